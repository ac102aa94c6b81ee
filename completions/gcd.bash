
# 'gita rename' takes one repo, too.
_gcd() {
	__gita_complete "$2" rename
}

complete -F _gcd gcd
