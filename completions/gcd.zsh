
# 'gita rename' takes one repo, too.
_gcd() {
	local -a names values order
	_gita_ask rename
	(($#names)) && _describe -t repos repo names
}

(($+functions[compdef])) && compdef _gcd gcd
