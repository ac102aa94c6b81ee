# A terminal whose screen can be read, for what draws on all of it: tmux, with a server
# of the test's own. Loaded after sandbox.
#
#   screen [-s 80x24] COMMAND...  starts the command there; skips the test without tmux
#   keys KEY...                   types them, as tmux(1) names them
#   screen_is                     awaits that the screen shows standard input and nothing
#                                 else (blanks at the ends of lines do not count)
#   screen_has TEXT               awaits that some line holds it
#   screen_size 40x10             changes the size
#   screen_over                   awaits that the command is over; its exit status is in
#                                 $status

screen() {
	local size=80x24
	command -v tmux >/dev/null || skip 'no tmux here'
	if [ "$1" = -s ]; then
		size=$2
		shift 2
	fi
	SCREEN=$SANDBOX/screen
	{
		printf 'trap : INT QUIT HUP\n' # the command's end is to be seen
		printf '%q ' "$@"
	} >"$SCREEN.command"
	echo "; echo \$? >$SCREEN.status" >>"$SCREEN.command"
	printf 'set -g status off\nset -g default-terminal %s\nset -g escape-time 0\n' \
		"${SCREEN_TERM-screen}" >"$SCREEN.conf"
	tmux -S "$SCREEN.socket" -f "$SCREEN.conf" new-session -d -x "${size%x*}" -y "${size#*x}" \
		sh "$SCREEN.command"
}

screen_tmux() {
	tmux -S "$SCREEN.socket" "$@"
}

keys() {
	screen_tmux send-keys "$@"
}

screen_size() {
	screen_tmux resize-window -x "${1%x*}" -y "${1#*x}"
}

# Nothing once the command is over.
screen_text() {
	screen_tmux capture-pane -p 2>/dev/null | sed 's/ *$//' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}

screen_shows() {
	[ "$(screen_text)" = "$1" ]
}

screen_holds() {
	[[ $(screen_text) == *"$1"* ]]
}

screen_is() {
	local expected
	expected=$(sed 's/ *$//')
	await screen_shows "$expected" || assert_equal "$(screen_text)" "$expected"
}

screen_has() {
	await screen_holds "$1" || {
		screen_text
		return 1
	}
}

screen_over() {
	await test -s "$SCREEN.status"
	status=$(<"$SCREEN.status")
}

teardown() {
	[ ! -S "${SCREEN-}.socket" ] || screen_tmux kill-server 2>/dev/null || true
}
