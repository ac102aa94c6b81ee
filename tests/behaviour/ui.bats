# `ui`: the table on the whole terminal, and its keys.
load sandbox
load screen

three() {
	for name in api docs web; do
		make_repo $name
	done
	register api docs web
}

HINT='? keys  f fetch  p pull  P push  Enter details  / text  @ fact  : command  q quit'

# The list as it is at the start, with nothing changed.
at_start() {
	screen_is <<-END
		gita: 3 repos
		> api   main [∅]  first commit  (3 hours ago)
		  docs  main [∅]  first commit  (3 hours ago)
		  web   main [∅]  first commit  (3 hours ago)


		$HINT
	END
}

@test "ui: shows what changes, moves, marks, filters and sorts, and gives the terminal back" {
	three
	screen -s 90x7 gita ui
	at_start
	touch web/new
	git -C docs checkout -q -b next
	screen_is <<-END
		gita: 3 repos
		> api   main [∅]   first commit  (3 hours ago)
		  docs  next [∅]   first commit  (3 hours ago)
		  web   main [?∅]  first commit  (3 hours ago)


		$HINT
	END
	keys j Space
	screen_is <<-END
		gita: 3 repos, 1 marked
		  api   main [∅]   first commit  (3 hours ago)
		 *docs  next [∅]   first commit  (3 hours ago)
		> web   main [?∅]  first commit  (3 hours ago)


		$HINT
	END
	keys / N e x
	screen_is <<-END
		gita: 1 of 3 repos, 1 marked  /Nex
		>*docs  next [∅]  first commit  (3 hours ago)




		/Nex
	END
	keys Enter Escape @ d i r t y Enter
	screen_is <<-END
		gita: 1 of 3 repos, 1 marked  @dirty
		> web  main [?∅]  first commit  (3 hours ago)




		$HINT
	END
	git -C web clean -qf
	screen_has 'gita: 0 of 3 repos'
	keys @ d i r t Enter
	screen_has "gita: unknown fact '@dirt' (did you mean '@dirty'?)"
	keys Escape s s R
	screen_is <<-END
		gita: 3 repos, 1 marked  by path  reversed
		  web   main [∅]  first commit  (3 hours ago)
		 *docs  next [∅]  first commit  (3 hours ago)
		> api   main [∅]  first commit  (3 hours ago)


		$HINT
	END
	keys q
	screen_over
	assert_equal "$status" 0
	assert_equal "$(git -C docs status --porcelain)" ''
}

@test "ui: fetches in the marked repos, shows how far it is, and keeps what failed" {
	three
	make_remote web
	git -C api remote add origin nowhere
	gate web
	fake git <<-'END'
		case "$PWD $*" in */web*fetch*) pass_gate web ;; esac
		exec "$REAL" "$@"
	END
	screen -s 90x7 gita ui
	screen_has 'web '
	keys Space G Space f
	screen_is <<-END
		gita: 3 repos, 2 marked
		 *api   FAILED, exit 128  main [∅]  first commit  (3 hours ago)
		  docs                    main [∅]  first commit  (3 hours ago)
		>*web   fetch ...         main []   first commit  (3 hours ago)


		fetch: 1/2, 1 failed  x stops it
	END
	open_gate web
	screen_is <<-END
		gita: 3 repos, 2 marked
		 *api   FAILED, exit 128  main [∅]  first commit  (3 hours ago)
		  docs                    main [∅]  first commit  (3 hours ago)
		>*web   fetch ok          main []   first commit  (3 hours ago)


		fetch: 1 ok, 1 failed  o shows why, L runs them on the terminal
	END
	keys '<' o
	screen_is <<-END
		api: fetch
		fatal: 'nowhere' does not appear to be a git repository
		fatal: Could not read from remote repository.

		Please make sure you have the correct access rights
		and the repository exists.
		/ search  q back
	END
	keys q L
	screen_has '[Enter]'
	keys Enter
	screen_has "$HINT"
	keys q
	screen_over
	assert_equal "$status" 0
	assert_contains "$(gita report)" 'exit 128'
}

@test "ui: a name that reads as an option, of another tool's making" {
	make_state clean web
	make_state clean api
	register api web
	sed -i 's/,web,/,-n,/' "$CONF/repos.csv"
	screen -s 90x5 gita ui
	screen_has 'api '
	keys f
	screen_is <<-END
		gita: 2 repos
		> -n   fetch ok  main []  first commit  (3 hours ago)
		  api            main []  first commit  (3 hours ago)

		fetch: 1 ok, 0 failed
	END
}

@test "ui: what asks for a login gets the terminal when it is wanted" {
	three
	fake git <<-'END'
		case "$*" in
		*push*)
			[ -t 0 ] || { echo 'fatal: could not read Username: terminal prompts disabled' >&2; exit 128; }
			printf 'Username: '
			read -r user
			echo "hello $user" ;;
		*) exec "$REAL" "$@" ;;
		esac
	END
	screen -s 90x7 gita ui
	screen_has 'web '
	keys P
	screen_is <<-END
		gita: 3 repos
		> api   FAILED, wants a login  main [∅]  first commit  (3 hours ago)
		  docs                         main [∅]  first commit  (3 hours ago)
		  web                          main [∅]  first commit  (3 hours ago)


		push: 0 ok, 1 failed  L runs them on the terminal, where you can log in
	END
	keys L
	screen_has 'Username:'
	keys me Enter
	screen_has 'hello me'
	keys Enter
	at_start
}

@test "ui: x stops a run, and a hang-up ends both" {
	three
	fake git <<-'END'
		case "$*" in *pull*) echo $$ >"$SANDBOX/pid"; exec sleep 1000 ;; esac
		exec "$REAL" "$@"
	END
	screen -s 90x7 gita ui
	screen_has 'web '
	keys p
	await test -s "$SANDBOX/pid"
	keys x
	screen_has 'pull: 0 ok, 1 failed'
	await test ! -d "/proc/$(<"$SANDBOX/pid")"
	rm "$SANDBOX/pid"
	keys p
	await test -s "$SANDBOX/pid"
	pkill -HUP -P "$(screen_tmux display -p '#{pane_pid}')" gita
	screen_over
	assert_equal "$status" 129
	await test ! -d "/proc/$(<"$SANDBOX/pid")"
}

@test "ui: ends with its terminal, also where nobody sends a signal" {
	three
	screen -s 60x7 gita ui
	screen_has 'web '
	pid=$(pgrep -P "$(screen_tmux display -p '#{pane_pid}')")
	screen_size 50x6
	screen_tmux kill-server
	await test ! -d "/proc/$pid"
}

@test "ui: Enter shows status, diff and log of the repo, in turn" {
	three
	printf 'more%064d to the end\n' 7 >>api/README
	screen -s 70x12 gita ui
	screen_has 'web '
	keys Enter
	screen_has 'api: git status'
	screen_has 'modified:   README'
	keys Tab
	screen_has 'api: git diff'
	keys G
	screen_has '+more'
	keys l
	screen_has '7 to the end'
	keys h
	screen_has '+more'
	keys Tab
	screen_has 'api: git log'
	screen_has '* commit'
	keys q
	screen_has 'gita: 3 repos'
	keys '?' G
	screen_has 'quit'
	keys q q
	screen_over
	assert_equal "$status" 0
}

@test "ui: / searches in a text and marks what it found, n and N go on" {
	three
	screen -s 60x5 gita ui
	screen_has 'web '
	keys '?' n
	screen_has '/ searches for a text'
	keys / R E P O Enter
	screen_is <<-'END'
		keys
		  Space       mark or unmark the repo
		  a           mark all that are shown, or none
		  /           only repos with this text
		/ search  q back
	END
	await eval 'screen_tmux capture-pane -pe | grep -qF "$(printf "unmark the \e[7mrepo")"'
	keys n
	screen_is <<-'END'
		keys
		  /           only repos with this text
		  @           only repos of which these facts are true
		  Esc         show all repos again
		/ search  q back
	END
	keys N N
	screen_is <<-'END'
		keys
		  Space       mark or unmark the repo
		  a           mark all that are shown, or none
		  /           only repos with this text
		not found further up: REPO
	END
	keys / a l l Escape / s h o w n x Enter
	screen_has 'not found further down: shownx'
	keys / q u i t Enter
	screen_is <<-'END'
		keys
		  ?           these keys
		  q, Esc      back to the list
		  q           quit
		/ search  q back
	END
	keys n
	screen_has 'not found further down: quit'
	keys '<' / Enter
	screen_has '  q           quit'
}

@test "ui: Esc and ^C take back a prompt, ^C without one ends it" {
	three
	screen -s 90x7 gita ui
	screen_has "$HINT"
	keys / d o c s Enter / x
	screen_has 'gita: 0 of 3 repos  /docsx'
	keys Escape
	screen_has 'gita: 1 of 3 repos  /docs'
	keys / x
	screen_has 'gita: 0 of 3 repos  /docsx'
	keys C-c
	screen_has 'gita: 1 of 3 repos  /docs'
	keys : q u i
	screen_has ':qui'
	keys C-c
	screen_has "$HINT"
	keys C-c
	screen_over
	assert_equal "$status" 130
}

@test "ui: a shell, the editor, lazygit and any command of gita get the terminal" {
	three
	fake lazygit <<<'echo "lazygit in $PWD"; read -r line'
	fake edit <<<'echo "edit $1 in $PWD"; read -r line'
	fake shell <<<'echo "shell in $PWD"; read -r line'
	export SHELL=$FAKES/shell GIT_EDITOR=edit
	screen -s 90x7 gita ui
	screen_has 'web '
	keys j g
	screen_has "lazygit in $SRC/docs"
	keys Enter
	screen_has "$HINT"
	keys e
	screen_has "edit . in $SRC/docs"
	keys Enter
	screen_has "$HINT"
	keys '!'
	screen_has "shell in $SRC/docs"
	keys Enter
	screen_has "$HINT"
	keys k Space Space : 'super branch -m "trunkk' BSpace '"' Enter
	screen_has '[Enter]'
	keys Enter
	screen_is <<-END
		gita: 3 repos, 2 marked
		 *api   trunk [∅]  first commit  (3 hours ago)
		 *docs  trunk [∅]  first commit  (3 hours ago)
		> web   main  [∅]  first commit  (3 hours ago)


		$HINT
	END
}

@test "ui: repos appear and vanish, on disk and in the list" {
	make_repo api
	screen -s 40x5 gita ui
	screen_is <<-END
		gita: 0 repos



		no repos yet; 'gita add PATH...' registe
	END
	register api
	screen_has '> api  main [∅]'
	mv api elsewhere
	screen_has "> api  missing: ${SRC:0:7}…"
	mv elsewhere api
	screen_has '> api  main [∅]'
	gita rm api
	screen_has 'gita: 0 repos'
	keys C-c
	screen_over
	assert_equal "$status" 130
}

@test "ui: hostile names, wide characters and any size stay in their lines" {
	make_repo api
	git init -q 日本語
	register api 日本語
	git -C api commit -q --allow-empty -m $'red \e[31m and \u202e back'
	screen -s 60x5 gita ui
	screen_is <<-END
		gita: 2 repos
		> api     main [∅]  red \e[31m and \u{202E} …  (3 hours ago)
		  日本語  main [∅]  (no commits yet)

		? keys  f fetch  p pull  P push  Enter details  / text  @ fa
	END
	screen_size 20x3
	screen_has 'gita: 2 repos'
	screen_size 300x4
	screen_has "$HINT"
	screen_size 20x1
	screen_is <<<'? keys  f fetch  p p'
	screen_size 300x5
	screen_has '> api'
}

@test "ui: suspends, and comes back with what has changed meanwhile" {
	three
	screen -s 90x7 bash --norc -mc 'gita ui & fg >/dev/null; echo "stopped: $?"; read -r; fg >/dev/null'
	at_start
	keys C-z
	screen_has 'stopped: 148'
	touch web/new
	keys Enter
	screen_has '> api   main [∅]'
	screen_has '  web   main [?∅]'
	keys q
	screen_over
	assert_equal "$status" 0
}

@test "ui: says what it needs" {
	try gita ui
	expect 1 "gita: ui: needs a terminal; 'gita ll' and 'gita ll --watch' do not"
	TERM=dumb on_terminal -- gita ui
	assert_equal "$status $output" "1 gita: ui: cannot draw on a terminal of the kind 'dumb'; 'gita ll' shows the same once"
	TERM=never-heard-of on_terminal -- gita ui
	assert_equal "$status $output" "1 gita: ui: cannot draw on a terminal of the kind 'never-heard-of'; 'gita ll' shows the same once"
}

@test "ui: where ncurses cannot be loaded, says so" {
	name=$(grep -ao 'libncursesw\.so\.[0-9.]*' "$(command -v gita)" | head -n 1)
	[ "$name" ] || skip 'this build is linked with ncurses'
	mkdir library
	: >"library/$name"
	LD_LIBRARY_PATH=$PWD/library on_terminal -- gita ui
	assert_equal "$status $output" "1 gita: cannot load a library: $PWD/library/$name: file too short"
	LD_LIBRARY_PATH=$PWD/library try gita ls
	expect 0 <<<''
}
