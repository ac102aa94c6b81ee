
# 'gita rename' takes one repo, too, and 'gita wt rm' one branch's worktrees.
_gcd() {
	local -a repos
	__gita_complete "$2" rename
	repos=("${COMPREPLY[@]}")
	__gita_complete "$2" wt rm
	COMPREPLY+=("${repos[@]}")
}

complete -F _gcd gcd
