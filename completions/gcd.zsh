
# 'gita rename' takes one repo, too, and 'gita wt rm' one branch's worktrees.
_gcd() {
	local -a names values order
	_gita_ask rename
	_gita_ask wt rm
	(($#names)) && _describe -t repos repo names
}

(($+functions[compdef])) && compdef _gcd gcd
