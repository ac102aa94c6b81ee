# Completion of gita for bash; `gita completion bash` prints this file.
#
# gita knows the candidates. This script finds the words of the line, asks gita,
# and quotes the answers so that they stand on the line as they are. What was
# typed and what a name holds is never expanded and never run.
#
# The locals of __gita_complete are shared by all functions:
#   words            what follows `gita`, up to the cursor, without quotes
#   raw              the last of them as it was typed
#   starts, places   where each starts in COMP_LINE, and in COMP_WORDS
#   own, order       gita's candidates, and the order that came with them
#   plain, quote     a text without its quotes, and the quote that is open at its end

__gita_unquote() { # TEXT
	local text=$1 char
	plain='' quote=''
	while [[ $text == *[\'\"\\]* ]]; do
		char=${text:0:1} text=${text:1}
		if [[ $char == \\ && $quote != \' ]]; then
			# Between double quotes it quotes these only.
			[[ $quote && $text != [\$\`\"\\]* ]] && plain+=\\
			plain+=${text:0:1} text=${text:1}
		elif [[ $quote && $char == "$quote" ]]; then
			quote=''
		elif [[ ! $quote && $char == [\'\"] ]]; then
			quote=$char
		else
			plain+=$char
		fi
	done
	plain+=$text
}

# Sets plain to the text as it may stand on the line where $quote is open.
__gita_quote() { # TEXT
	plain=$1
	case $quote in
	\') plain=${plain//\'/\'\\\'\'} ;;
	\")
		plain=${plain//\\/\\\\} plain=${plain//\"/\\\"}
		plain=${plain//\$/\\\$} plain=${plain//\`/\\\`}
		;;
	*) [[ $plain == *[!a-zA-Z0-9_./:=@%+,-]* ]] && printf -v plain %q "$1" ;;
	esac
	# Readline would take this one for the closing quote.
	[[ $quote && $plain == *"$quote" ]] && plain+=$quote
}

# Bash parts words at : = @, too; to gita one word is what no blank parts. Fails
# where the word is no argument but the file of a redirection.
__gita_read() {
	local rest=${COMP_LINE:0:COMP_POINT} length=$COMP_POINT token blank i n=-1 file=''
	local -a raws=()
	rest=${rest:${#COMP_WORDS[0]}}
	for ((i = 1; i <= COMP_CWORD; i++)); do
		blank=${rest%%[![:blank:]]*}
		rest=${rest:${#blank}} token=${COMP_WORDS[i]}
		((i == COMP_CWORD)) && token=$rest
		case $file$token in
		\<* | \>*) file=next ;;
		next*) file=this ;;
		this*) [[ $blank ]] && file='' ;;
		esac
		if [[ ! $file ]]; then
			if [[ $blank || $n == -1 ]]; then
				n=$((n + 1)) raws[n]='' places[n]=$i
				starts[n]=$((length - ${#rest}))
			fi
			raws[n]+=$token
		fi
		rest=${rest:${#token}}
	done
	[[ ! $file ]] || return
	for raw in "${raws[@]}"; do
		# shellcheck disable=SC2088 # bash expands it when the line runs, we do now
		[[ $raw == '~/'* ]] && raw=$HOME${raw:1}
		__gita_unquote "$raw"
		words+=("$plain")
	done
	raw=${raws[n]}
}

# A bash older than 4 has none.
__gita_option() {
	compopt "$@" 2>/dev/null
}

# Whether git's completion is there; loads it where that has not been done.
__gita_load_git() {
	local file
	for file in "${XDG_DATA_HOME:-$HOME/.local/share}/bash-completion/completions/git" \
		/usr/{,local/}share/bash-completion/completions/git \
		{,/usr/local}/etc/bash_completion.d/git{,-completion.bash}; do
		declare -F __git_wrap__git_main >/dev/null && return
		# shellcheck source=/dev/null
		[[ -r $file ]] && source "$file"
	done
	declare -F __git_wrap__git_main >/dev/null
}

# Git's completion sees `git -C FOLDER WORD...` and the words of the line from
# number N on. It runs nothing of the repository and leaves it as it is.
__gita_ask_git() { # N FOLDER WORD...
	__gita_load_git || return
	local start=${starts[$1]} place=${places[$1]} n=${GIT_CONFIG_COUNT:-0}
	local -a front=(git -C "$2" "${@:3}")
	[[ $n == *[!0-9]* ]] && n=0
	local -x "GIT_CONFIG_KEY_$n=core.fsmonitor" "GIT_CONFIG_VALUE_$n=false"
	local -x GIT_CONFIG_COUNT=$((n + 1)) GIT_OPTIONAL_LOCKS=0
	printf -v n '%s ' "${front[@]}"
	local COMP_POINT=$((${#n} + COMP_POINT - start)) COMP_LINE=$n${COMP_LINE:start}
	local COMP_CWORD=$((${#front[@]} + COMP_CWORD - place))
	local -a COMP_WORDS=("${front[@]}" "${COMP_WORDS[@]:place}")
	__gita_option -o bashdefault -o default -o nospace
	__git_wrap__git_main
}

# Orders: see include/cli/complete.h.
__gita_follow() { # ORDER WORD...
	local word
	case $1 in
	folders) __gita_option -o dirnames -o plusdirs ;;
	files) __gita_option -o default ;;
	git) __gita_ask_git "${@:2}" ;;
	shell)
		if (($2 < ${#words[@]} - 1)); then
			__gita_option -o default
			return
		fi
		while IFS= read -r word; do
			[[ $word ]] && own+=("$word")
		done < <(compgen -c -- "${words[$2]}")
		;;
	esac
}

# Completes the text that readline is about to replace, as if the words of FRONT
# stood before those of the line.
__gita_complete() { # TEXT [FRONT...]
	local text=$1 raw plain quote word head end=''
	local -a words=() starts=() places=() own=() order=()
	COMPREPLY=()
	if ! __gita_read; then
		__gita_option -o default
		return
	fi
	while IFS= read -r word; do
		case $word in
		$'\t'*) IFS=$'\t' read -ra order <<<"${word:1}" ;;
		*) own+=("${word%%$'\t'*}") ;;
		esac
	done < <(command gita __complete -- "${@:2}" "${words[@]}" 2>/dev/null)
	((${#order[@]})) && __gita_follow "${order[@]}"

	# What stands before the text stays.
	__gita_unquote "${raw%"$text"}"
	head=$plain
	if [[ ${order[0]-} == git && ! $quote ]]; then
		end=' ' # git's candidates bring theirs
	elif [[ ${#own[@]} == 1 && ${own[0]} == *: ]]; then
		__gita_option -o nospace
	fi
	for word in ${own[@]+"${own[@]}"}; do
		[[ $word == "$head"* ]] || continue
		__gita_quote "${word:${#head}}"
		COMPREPLY+=("$plain$end")
	done
}

_gita() {
	__gita_complete "$2"
}

complete -F _gita gita
