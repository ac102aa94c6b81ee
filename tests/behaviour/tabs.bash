# Completion in real shells; load it behind sandbox.
#
#   hostile_registry         repos that exist (api, web, spaced, evil), with branches,
#                            and more with every kind of name; groups `work`, `my group`
#   interactive SHELL SETUP  sets `shell`, the words that start an interactive bash or
#                            zsh with the prompt `ready> `, which has read SETUP
#   tabs SHELL SETUP LINE... types each LINE and a TAB into one; $output: what is on its
#                            command line then, a line each
#   untouched                nothing that a name holds was run

# A name and a path that each shell would run, would it expand them.
EVIL='$(touch pwned)`touch pwned`(touch pwned);touch pwned'

hostile_registry() {
	local name
	for name in api web 'spa ce' "$EVIL"; do
		make_repo "$name"
	done
	git -C api branch feat/api
	git -C web branch feat/web
	git -C 'spa ce' branch feat/space
	git -C "$EVIL" branch feat/evil
	{
		printf '"%s",%s,,\r\n' "$SRC/api" api "$SRC/web" web "$SRC/spa ce" spaced \
			"$SRC/$EVIL" evil
		for name in 'my repo' 'my repo2' "it's" 'say "hi"' 'a:b' 'a:c=d' -dash @x 'st*r' \
			'~tilde' müll 'a&b;c|d' '#hash' '!bang' 'back\slash' '{x,y}' '<in>' '$HOME' \
			:files "$EVIL"; do
			printf '/x,"%s",,\r\n' "${name//\"/\"\"}"
		done
		# Names that no terminal should see are not offered.
		printf '/x,"z%s",,\r\n' $'new\nline' $'esc\e[31m' $'tab\tfiles' $'\u202ebidi' $'\xff'
	} >"$CONF/repos.csv"
	printf 'work:api web:\r\nmy group:web:\r\n' >"$CONF/groups.csv"
}

# Ctrl-G shows the line and empties it.
interactive() { # SHELL SETUP
	case $1 in
	bash)
		shell=(bash --rcfile "$HOME/.bashrc" -i)
		cat >"$HOME/.bashrc" <<-'END'
			PS1='ready> '
			bind 'set enable-bracketed-paste off'
			result() {
				printf '\nLINE<%s>\n' "$READLINE_LINE"
				READLINE_LINE='' READLINE_POINT=0
			}
			bind -x '"\C-g": result'
		END
		;;
	zsh)
		shell=(env "ZDOTDIR=$HOME" zsh -d -i)
		cat >"$HOME/.zshrc" <<-'END'
			PS1='ready> '
			unset zle_bracketed_paste
			unsetopt prompt_sp always_last_prompt
			autoload -Uz compinit && compinit -D -u
			result() {
				print
				print -r -- "LINE<$BUFFER>"
				BUFFER=''
				zle reset-prompt
			}
			zle -N result
			bindkey '^G' result
		END
		;;
	esac
	printf '%s\n' "$2" >>"$HOME/.${1}rc"
}

tabs() { # SHELL SETUP LINE...
	local shell steps=() line
	interactive "$1" "$2"
	for line in "${@:3}"; do
		steps+=(--when 'ready> ' --type "${line//\\/\\\\}\\t\\x07" --when 'LINE<' --type '')
	done
	TERM=dumb on_terminal --size 200x50 "${steps[@]}" --when 'ready> ' --type 'exit\n' -- \
		"${shell[@]}"
	[ "$status" = 0 ] || echo "$output" "$stderr"
	output=$(sed -n 's/^LINE<\(.*\)>$/\1/p' <<<"$output")
}

untouched() {
	local found
	found=$(find "$SANDBOX" -name pwned)
	assert_equal "$found" ''
}
