
# gcd NAME changes to the folder of a repo; without a name, to one picked with fzf.
gcd() {
	local line
	case $# in
	0)
		if ! (($+commands[fzf])); then
			print -u2 'gcd: which repo? Give a name, or install fzf to pick one'
			return 2
		fi
		line=$(command gita ls -p | command fzf --no-multi) || return
		;;
	1)
		# One repo comes back under the name that was given; a newline at the
		# end may be the path's.
		line=$(command gita ls -p -- "$1" && echo .) || return
		line=${line%$'\n.'}
		;;
	esac
	if [[ $# -gt 1 || ( $# == 1 && $line != "$1 /"* ) ]]; then
		print -ru2 -- "gcd: '$*' is not a repo; usage: gcd NAME"
		return 2
	fi
	builtin cd -- "/${line#* /}"
}

# To rename takes one repo, too.
_gcd() {
	local -a names values order
	_gita_ask rename
	(($#names)) && _describe -t repos repo names
}

(($+functions[compdef])) && compdef _gcd gcd
