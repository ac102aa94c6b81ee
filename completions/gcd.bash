
# 'gita ls' takes the same names.
_gcd() {
	__gita_complete "$2" ls
}

complete -F _gcd gcd
