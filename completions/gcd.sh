
# gcd NAME changes to the folder of a repo, or to that of a branch's worktrees; without
# a name, to a repo picked with fzf.
# For bash and zsh.
gcd() {
	local line folder
	case $# in
	0)
		if ! command -v fzf >/dev/null; then
			echo 'gcd: no name given; install fzf to pick a repo' >&2
			return 2
		fi
		line=$(command gita ls -p | command fzf --no-multi) || return
		;;
	1)
		# A repo is printed under the name that was asked for; a group or a path
		# is not. The path may end with a newline.
		line=$(command gita ls -p -- "$1" && echo .) || return
		line=${line%$'\n.'}
		if [[ $line != "$1 /"* ]] && folder=$(command gita wt path -- "$1" 2>/dev/null && echo .); then
			line="$1 ${folder%$'\n.'}"
		fi
		;;
	esac
	if [[ $# -gt 1 || ( $# == 1 && $line != "$1 /"* ) ]]; then
		printf "gcd: '%s' is not a repo; usage: gcd NAME\n" "$*" >&2
		return 2
	fi
	builtin cd -- "/${line#* /}"
}
