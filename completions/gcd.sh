
# gcd NAME changes to the folder of a repo, or to that of a branch's worktrees. NAME may
# be the beginning of a name. Of several repos, those of a group or all, fzf picks one.
# For bash and zsh.
gcd() {
	local list folder query=
	if [[ $# -gt 1 ]]; then
		echo 'gcd: too many names; usage: gcd [NAME]' >&2
		return 2
	elif [[ ${1-} == - ]]; then
		builtin cd -
		return
	fi
	# `NAME /path` lines; a path may hold and end with a newline.
	if ! list=$(command gita ls -p -- "$@" 2>/dev/null && echo .); then
		list=$(command gita ls -p -- "$1*" 2>/dev/null && echo .)
		list=${list%$'\n.'}
		if [[ $list != *' /'* || $list == *$'\n'* ]]; then
			query=$1
			list=$(command gita ls -p && echo .)
		fi
	elif [[ $# == 1 && $list != "$1 /"* ]]; then
		folder=$(command gita wt path -- "$1" 2>/dev/null && echo .) && list="$1 $folder"
	fi
	list=${list%$'\n.'}
	if [[ $list == *$'\n'* && $list != "${1-} /"* ]]; then
		if ! command -v fzf >/dev/null; then
			if [[ -n $query ]]; then
				command gita ls -p -- "$query"
			else
				echo 'gcd: install fzf to pick one of several repos' >&2
			fi
			return 2
		fi
		list=$(printf '%s\n' "$list" | command fzf --no-multi --query="$query") || return
	fi
	if [[ $list != *' /'* ]]; then
		echo 'gcd: no repo to go to' >&2
		return 1
	fi
	builtin cd -- "/${list#* /}"
}
