
# 'gita ls' takes the same names.
_gcd() {
	local -a names values order
	_gita_ask ls
	(($#names)) && _describe -t repos repo names
}

_gita_register
