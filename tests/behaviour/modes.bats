# How runs print: -o blocks|lines|group|table, in a pipe and on a terminal.
load sandbox

fleet() {
	for name in api app docs web; do
		make_repo $name
	done
	register api app docs web
	# An output of every kind, and one failure.
	cat >"$SANDBOX/script" <<-'END'
		case $GITA_NAME in
		api) printf '10%%\r50%%\rreceived \033[32mall\033[0m of it, which takes a long line to tell\n\n' ;;
		app) echo first; echo 'error: nothing here' >&2; echo 'hint: look elsewhere' >&2; exit 3 ;;
		docs | web) echo same; echo end ;;
		esac
	END
}

# Seconds are never twice the same.
timeless() {
	output=$(sed -E 's/[0-9]+\.[0-9] s/0.0 s/; s/, [0-9]+ s:/, 0 s:/' <<<"$output")
	stderr=$(sed -E 's/[0-9]+\.[0-9] s/0.0 s/' <<<"$stderr")
}

runs() { # OPTION...
	try gita shell "$@" "$(cat "$SANDBOX/script")"
	timeless
}

shows() { # COLUMNSxROWS OPTION...
	on_terminal --size "$1" --screen -- gita shell "${@:2}" "$(cat "$SANDBOX/script")"
	timeless
}

# bats test_tags=smoke
@test "modes: lines in a pipe, as they come or in order, with failures at the end" {
	fleet
	runs -o lines -k
	expect 1 'app: error: nothing here
app: hint: look elsewhere
shell: 3 ok, 1 failed (app: exit 3), 0.0 s' <<-'END'
		api   ok       received all of it, which takes a long line to tell
		app   failed   exit 3: error: nothing here
		docs  ok       end
		web   ok       end
		app: first
	END
	in_order=$output
	runs -o lines
	assert_equal "$(head -4 <<<"$output" | sort; tail -n +5 <<<"$output")" "$in_order"
}

@test "modes: table in a pipe" {
	fleet
	runs -o table
	expect 1 'app: error: nothing here
app: hint: look elsewhere
shell: 3 ok, 1 failed (app: exit 3), 0.0 s' <<-'END'
		api   0  0.0 s  received all of it, which takes a long line to tell
		app   3  0.0 s  error: nothing here
		docs  0  0.0 s  end
		web   0  0.0 s  end
		app: first
	END
}

@test "modes: group in a pipe: equal outputs once, the most frequent first" {
	fleet
	runs -o group
	expect 1 'app: error: nothing here
app: hint: look elsewhere
shell: 3 ok, 1 failed (app: exit 3), 0.0 s' <<-END
		docs web:
		2 repos: same
		2 repos: end
		api: $(printf 'received \033[32mall\033[0m of it, which takes a long line to tell')
		api:$(printf ' ')
		app: first
	END
	try gita shell -j1 -o group 'case $GITA_NAME in api) exit 1;; docs) exit 1;; web) echo only;; esac'
	timeless
	expect 1 'shell: 2 ok, 2 failed (exit 1: api docs), 0.0 s' <<-'END'
		api docs (exit 1):
		2 repos: (exit 1)
		app: (no output)
		web: only
	END
	try gita shell -o group 'echo complaint >&2'
	expect 0 'api app docs web:
4 repos: complaint'
}

@test "modes: colours that can be read on a light ground, too" {
	make_repo web
	register web
	try gita shell -o lines --color=always true
	expect 0 <<<$'web  \e[32;1mok\e[0m'
	try gita shell -o lines --color=always false
	assert_contains "$output" $'web  \e[31;1mfailed\e[0m'
}

@test "modes: lines on terminals of 40, 80 and 200 columns" {
	fleet
	blocks='app: first
app: error: nothing here
app: hint: look elsewhere
shell: 3 ok, 1 failed (app: exit 3), 0.0 s'
	shows 40x24 -o lines
	expect 1 <<-END
		api   ok       received all of it, whic…
		app   failed   exit 3: error: nothing h…
		docs  ok       end
		web   ok       end
		$blocks
	END
	for size in 80x24 200x50; do
		shows $size -o lines
		expect 1 <<-END
			api   ok       received all of it, which takes a long line to tell
			app   failed   exit 3: error: nothing here
			docs  ok       end
			web   ok       end
			$blocks
		END
	done
}

@test "modes: table on terminals of 40, 80 and 200 columns" {
	fleet
	blocks='app: first
app: error: nothing here
app: hint: look elsewhere
shell: 3 ok, 1 failed (app: exit 3), 0.0 s'
	shows 40x24 -o table
	expect 1 <<-END
		api   0  0.0 s  received all of it, whi…
		app   3  0.0 s  error: nothing here
		docs  0  0.0 s  end
		web   0  0.0 s  end
		$blocks
	END
	for size in 80x24 200x50; do
		shows $size -o table
		expect 1 <<-END
			api   0  0.0 s  received all of it, which takes a long line to tell
			app   3  0.0 s  error: nothing here
			docs  0  0.0 s  end
			web   0  0.0 s  end
			$blocks
		END
	done
}

@test "modes: the names of a group fit the terminal" {
	for i in 1 2 3 4 5 6 7 8; do make_repo "repository-$i"; done
	register repository-?
	try gita shell -o group 'echo same'
	expect 0 <<-'END'
		repository-1 repository-2 repository-3 repository-4 repository-5 repository-6 repository-7 repository-8:
		8 repos: same
	END
	for size in 40x24 80x24 200x50; do
		on_terminal --size $size --screen -- gita shell -o group 'echo same'
		assert_equal "$(tail -n +2 <<<"$output")" "8 repos: same
shell: 8 ok, $(sed -n 's/^shell: 8 ok, //p' <<<"$output")"
		headings+=$(head -1 <<<"$output")$'\n'
	done
	assert_equal "$headings" 'repository-1 repository-2 and 6 more:
repository-1 repository-2 repository-3 repository-4 repository-5 and 3 more:
repository-1 repository-2 repository-3 repository-4 repository-5 repository-6 repository-7 repository-8:
'
}

@test "modes: on a terminal rows change in place, and follow its size" {
	fleet
	gate web
	# shellcheck disable=SC2016 # for the shell on the terminal
	on_terminal --size 80x24 --screen --when '3/4, 1 failed' --type '' --when 's: web' --type '=40x24' \
		--when '3/4, 1 failed' --type '' --when 's: web' --type '\n' -- bash -c '
		stty -echo
		gita shell -j3 -o lines "[ \$GITA_NAME != web ] || read -r line <\$GATES/web
			$(cat "$SANDBOX/script")" & read -r key; echo >"$GATES/web"; wait'
	timeless
	expect 0 <<-'END'
		api   ok       received all of it, which takes a long line to tell
		app   failed   exit 3: error: nothing here
		docs  ok       end
		web   running
		shell: 3/4, 1 failed, 0 s: web
		--
		api   ok       received all of it, whic…
		app   failed   exit 3: error: nothing h…
		docs  ok       end
		web   running
		shell: 3/4, 1 failed, 0 s: web
		--
		api   ok       received all of it, whic…
		app   failed   exit 3: error: nothing h…
		docs  ok       end
		web   ok       end
		app: first
		app: error: nothing here
		app: hint: look elsewhere
		shell: 3 ok, 1 failed (app: exit 3), 0.0 s
	END
}

@test "modes: more rows than a screen has: what runs is seen, all are there at the end" {
	for i in 1 2 3 4 5 6 7 8 9; do make_repo "r$i"; done
	register r?
	gate r3
	gate r8
	# r1 and r2 are over and scroll away, r4 to r7 are over and wait for r3.
	# shellcheck disable=SC2016
	on_terminal --size 60x7 --screen --when '6/9, ' --when 's: r3 r8' --type '' --type '\n' -- bash -c '
		stty -echo
		gita shell -j2 -o table "case \$GITA_NAME in
			r3 | r8) read -r line <\$GATES/\$GITA_NAME;; esac; echo \$GITA_NAME is done" &
		read -r key; echo >"$GATES/r3"; echo >"$GATES/r8"; wait'
	timeless
	expect 0 <<-'END'
		r1  0          0.0 s       r1 is done
		r2  0          0.0 s       r2 is done
		r3  running
		r4  0          0.0 s       r4 is done
		r5  0          0.0 s       r5 is done
		r6  0          0.0 s       r6 is done
		r8  running
		shell: 6/9, 0 s: r3 r8
		--
		r1  0          0.0 s       r1 is done
		r2  0          0.0 s       r2 is done
		r3  0          0.0 s       r3 is done
		r4  0          0.0 s       r4 is done
		r5  0          0.0 s       r5 is done
		r6  0          0.0 s       r6 is done
		r7  0          0.0 s       r7 is done
		r8  0          0.0 s       r8 is done
		r9  0          0.0 s       r9 is done
		shell: 9 ok, 0.0 s
	END
}

@test "modes: -q shows failures only, -n runs nothing" {
	fleet
	for mode in lines table group; do
		runs -q -o $mode
		seen+=$output$'\n'
		try gita shell -n -o $mode api true
		seen+=$output$'\n'
	done
	assert_equal "$seen" "app   failed   exit 3: error: nothing here
app: first
api: sh -c true
app   3  0.0 s  error: nothing here
app: first
api: sh -c true
app: first
api: sh -c true
"
	shows 80x24 -q -o lines
	expect 1 <<-'END'
		app   failed   exit 3: error: nothing here
		app: first
		app: error: nothing here
		app: hint: look elsewhere
		shell: 3 ok, 1 failed (app: exit 3), 0.0 s
	END
}

@test "modes: what was stopped, timed out, could not start or never ran" {
	fleet
	rm -rf api
	# shellcheck disable=SC2016
	hangs='case $GITA_NAME in app) sleep 1000;; esac; echo done'
	try gita shell -j1 --timeout 2 -o table "$hangs"
	timeless
	expect 1 "gita: api: cannot start 'sh' in '$SRC/api': the folder does not exist
shell: 2 ok, 2 failed (api: not started, app: timed out), 0.0 s" <<-'END'
		api   not started
		app   timed out    0.0 s
		docs  0            0.0 s  done
		web   0            0.0 s  done
	END
	try gita shell -j1 --fail-fast -o lines false
	assert_equal "$output" 'api   failed   not started
app   not run
docs  not run
web   not run'
	on_terminal --screen --when 's: app' --type '\x03' -- \
		bash -c 'stty -echo; exec gita shell -j1 -o lines "$1"' . "$hangs"
	timeless
	assert_equal "$status" 130
	assert_equal "$(sed '1,/^--/d' <<<"$output")" "gita: api: cannot start 'sh' in '$SRC/api': the folder does not exist
api   failed   not started
app   failed   stopped
docs  not run
web   not run
shell: 0 ok, 2 failed (api: not started, app: stopped), 2 not run, 0.0 s"
}

@test "modes: one repo has the terminal, unless -o is typed" {
	fleet
	GITA_OUTPUT=lines on_terminal -- gita shell api 'test -t 1 && echo terminal'
	expect 0 <<<terminal
	try gita shell -o lines api 'test -t 1 || echo a pipe'
	expect 0 <<<'api  ok       a pipe'
	try gita shell -o group api 'echo a pipe'
	expect 0 <<<'api: a pipe'
	GITA_OUTPUT=table try gita shell api docs 'echo $GITA_NAME'
	timeless
	expect 0 <<-END
		api   0  0.0 s  api
		docs  0  0.0 s  docs
	END
	# A command that needs the terminal has it whatever the mode.
	try gita log api docs -o lines -- -1 --format=%s
	expect 0 <<-END
		api:
		first commit
		docs:
		first commit
	END
}

@test "modes: a mode that there is not, and JSON" {
	fleet
	try gita fetch -o list
	expect 2 "gita: fetch: option '--output' expects one of blocks lines group table, not 'list'"
	GITA_OUTPUT=list try gita fetch
	expect 2 "gita: GITA_OUTPUT: no output mode 'list'; 'gita help fetch' lists them"
	try gita fetch --json -o lines
	expect 2 "gita: fetch: '--json' and '--output' exclude each other"
	GITA_OUTPUT=lines try gita shell --json api 'echo x'
	assert_contains "$output" '"stdout": "x\n"'
}

@test "modes: hostile names and outputs are escaped, and outputs of any length kept whole" {
	make_repo api
	make_repo web
	printf '%s,"e\033[31mvil",,\r\n%s,"\xe7\x95\x8c\xe2\x80\xae",,\r\n' "$SRC/api" "$SRC/web" >"$CONF/repos.csv"
	try gita shell -o lines -k 'printf "\033[2Jtitle\033]0;\a\342\200\256"'
	expect 0 <<-'END'
		e\e[31mvil  ok       title\e]0;\x07\u{202E}
		界\u{202E}  ok       title\e]0;\x07\u{202E}
	END
	try gita shell -o group 'echo same'
	expect 0 <<-'END'
		e\e[31mvil 界\u{202E}:
		2 repos: same
	END
	head -c 2500000 /dev/urandom | base64 -w 997 >"$SANDBOX/data"
	gita shell -o lines 'cat "$SANDBOX/data"; exit 1' 2>"$SANDBOX/err" | tail -n +3 >"$SANDBOX/out" || true
	sed 's/^/e\\e[31mvil: /' "$SANDBOX/data" >"$SANDBOX/expected"
	sed 's/^/界\\u{202E}: /' "$SANDBOX/data" >>"$SANDBOX/expected"
	cmp "$SANDBOX/out" "$SANDBOX/expected"
	gita shell -o group 'cat "$SANDBOX/data"; [ $GITA_I = 1 ] || echo' >"$SANDBOX/out"
	assert_equal "$(grep -c . "$SANDBOX/out")" "$(grep -c . "$SANDBOX/expected" | sed 's/$/ + 1/' | xargs expr)"
	gita shell -o group 'cat "$SANDBOX/data"' | tail -n +2 >"$SANDBOX/out"
	sed 's/^/2 repos: /' "$SANDBOX/data" | cmp "$SANDBOX/out"
}
