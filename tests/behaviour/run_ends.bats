# How runs end: signals, logins, the summary, the report, closed and full outputs.
load sandbox

three() {
	for name in api docs web; do
		make_repo $name
	done
	register api docs web
}

# A run of three children of which each tells its process id and then hangs.
hang() {
	gita shell 'echo $$ >"$SANDBOX/pid.$GITA_NAME"; sleep 1000' >"$SANDBOX/out" 2>"$SANDBOX/err" &
	run_pid=$!
	for name in api docs web; do
		await test -s "$SANDBOX/pid.$name"
	done
}

none_left() {
	for name in api docs web; do
		await test ! -d "/proc/$(cat "$SANDBOX/pid.$name")"
	done
}

@test "ends: TERM stops every child, says so, and ends gita by TERM" {
	three
	hang
	kill -TERM $run_pid
	wait $run_pid || status=$?
	assert_equal "$status" 143
	none_left
	assert_contains "$(cat "$SANDBOX/err")" 'shell: 0 ok, 3 failed ('
	assert_contains "$(cat "$SANDBOX/err")" '(stopped: '
}

@test "ends: HUP does so too" {
	three
	hang
	kill -HUP $run_pid
	wait $run_pid || status=$?
	assert_equal "$status" 129
	none_left
}

@test "ends: Ctrl-C stops all, prints what was finished and says what was not run" {
	three
	on_terminal --when 'api:\e[0m done' --type '\x03' -- \
		gita shell -j1 'if [ $GITA_NAME = api ]; then echo done; else sleep 1000; fi'
	assert_equal "$status" 130
	assert_contains "$output" $'\e[1mapi:\e[0m done'
	assert_contains "$output" 'shell: 1 ok, 1 failed (docs: stopped), 1 not run, '
}

@test "ends: children that ignore TERM are killed, and none is left" {
	three
	gita shell 'trap "" TERM; echo $$ >"$SANDBOX/pid.$GITA_NAME"; while :; do sleep 0.1; done' \
		>"$SANDBOX/out" 2>"$SANDBOX/err" &
	run_pid=$!
	for name in api docs web; do
		await test -s "$SANDBOX/pid.$name"
	done
	kill -TERM $run_pid
	kill -INT $run_pid
	kill -INT $run_pid
	wait $run_pid || :
	none_left
}

@test "ends: a run stopped with ^Z goes on with fg" {
	three
	for name in api docs web; do gate $name; done
	# A group of its own, as a shell at a terminal makes it: one without a parent in
	# its session could not be stopped.
	set -m
	gita shell -j1 -k 'echo $GITA_NAME >>"$SANDBOX/started"; read -r go <"$GATES/$GITA_NAME"; echo ok' \
		>"$SANDBOX/out" 2>&1 &
	run_pid=$!
	set +m
	await grep api "$SANDBOX/started"
	kill -TSTP $run_pid
	await grep -q 'State:.T' "/proc/$run_pid/status"
	kill -CONT $run_pid
	for name in api docs web; do open_gate $name; done
	wait $run_pid
	assert_equal "$(cat "$SANDBOX/out")" "api: ok
docs: ok
web: ok"
}

@test "ends: no summary in a pipe when all went well" {
	three
	try gita shell -k true
	expect 0
}

@test "ends: a summary on a terminal when all went well" {
	three
	on_terminal -- gita shell true
	assert_equal "$status" 0
	assert_contains "$output" 'shell: 3 ok, '
}

@test "ends: a closed pipe stops the run quietly" {
	three
	try bash -c 'gita shell "yes | head -c 10000000" | head -1 | wc -l; echo ${PIPESTATUS[0]}'
	expect 0 <<-END
		1
		141
	END
}

@test "ends: a closed pipe ends a run in the foreground quietly, too" {
	three
	cat >"$CONF/cmds.yml" <<-'END'
		long:
		  cmd: yes | head -c 10000000; kill -PIPE $$
		  shell: true
		  disable_async: true
	END
	try bash -c 'gita long api web | head -1; echo ${PIPESTATUS[0]}'
	expect 0 <<-END
		api:
		141
	END
}

@test "ends: a full disk at stdout is an error" {
	three
	try bash -c 'gita shell echo x >/dev/full'
	assert_equal "$status" 1
	assert_contains "$stderr" 'gita: standard output: No space left on device'
}

@test "ends: a full pipe that does not block is waited for" {
	three
	cat >"$SANDBOX/reader.py" <<-'END'
		import fcntl, os, subprocess, sys
		ours, theirs = os.pipe()
		fcntl.fcntl(theirs, 1031, 4096)  # F_SETPIPE_SZ: full after one page
		os.set_blocking(theirs, False)
		child = subprocess.Popen(sys.argv[1:], stdout=theirs)
		os.close(theirs)
		length = 0
		while bytes_read := os.read(ours, 65536):
		    length += len(bytes_read)
		print(length, child.wait())
	END
	# 50,000 lines of each: `api: y`, `docs: y`, `web: y`
	try "${PYTHON:-/usr/bin/python3}" "$SANDBOX/reader.py" gita shell 'yes | head -n 50000'
	expect 0 <<<'1100000 0'
}

@test "ends: closed standard streams are no trouble" {
	three
	try bash -c 'gita shell -k "echo x >\$SANDBOX/\$GITA_NAME.ran" <&- >&- 2>&-'
	assert_equal "$status" 0
	[ -e "$SANDBOX/api.ran" ] && [ -e "$SANDBOX/web.ran" ]
}

@test "ends: an ignored SIGCHLD of the parent is no trouble" {
	three
	try bash -c 'trap "" CHLD; exec gita shell -k echo x'
	expect 0 <<-END
		api: x
		docs: x
		web: x
	END
}

@test "ends: ten thousand descriptors are not needed" {
	three
	try bash -c 'ulimit -n 64; gita shell -j 1000 -k "ulimit -n"'
	expect 0 <<-END
		api: 64
		docs: 64
		web: 64
	END
}

needs_login() {
	fake git <<-'END'
		case " $* " in
		*" fetch "*)
			if [ "${GIT_TERMINAL_PROMPT:-1}" = 0 ]; then
				echo "fatal: could not read Username for 'https://x': terminal prompts disabled" >&2
				exit 128
			fi
			printf 'name? '
			read -r name
			echo "hello $name" ;;
		*) exec "$REAL" "$@" ;;
		esac
	END
}

@test "ends: whoever wanted a login is asked about at the end and run in the foreground" {
	three
	needs_login
	on_terminal --when 'one at a time? [y/N]' --type 'y\n' --when 'name? ' --type 'me\n' \
		--when 'name? ' --type 'me\n' -- gita fetch api web
	assert_equal "$status" 0
	assert_contains "$output" '2 repos want a login ('
	assert_contains "$output" 'hello me'
	assert_contains "$output" 'fetch: 2 ok, '
	try gita ls @failed
	expect 0
}

@test "ends: no is no" {
	three
	needs_login
	on_terminal --when '[y/N]' --type '\n' -- gita fetch api web
	assert_equal "$status" 1
	assert_contains "$output" 'fetch: 0 ok, 2 failed ('
}

@test "ends: without a terminal nobody is asked, nothing runs twice" {
	three
	needs_login
	try gita fetch api web
	assert_equal "$status" 1
	refute_contains "$stderr" '[y/N]'
	assert_equal "$(grep -c 'could not read Username' <<<"$stderr")" 2
}

@test "report: what the last run did, and the whole output of one" {
	three
	try gita shell -k 'echo out of $GITA_NAME; echo err >&2; [ $GITA_NAME != docs ]'
	try gita report
	assert_equal "$status" 0
	assert_equal "$(sed -E 's/[0-9.]+ s$/T/; s/ \(.*ago\)$//' <<<"$output")" \
		"gita shell -k 'echo out of \$GITA_NAME; echo err >&2; [ \$GITA_NAME != docs ]'
docs  exit 1  T
api   ok      T
web   ok      T
2 ok, 1 failed"
	try gita report docs
	expect 0 <<-END
		out of docs
		err
	END
	try gita ls @failed
	expect 0 <<<docs
	try gita ls @ok
	expect 0 <<<'api web'
}

@test "report: a repo that the last run does not have is refused, with --json too" {
	make_repo api
	register api
	gita shell true
	for json in '' --json; do
		try gita report $json apo
		expect 2 "gita: report: the last run has no repo 'apo'; did you mean 'api'?"
	done
}

@test "report: one row a repo, what was not run behind what failed; JSON says what there was" {
	three
	needs_login
	on_terminal --when 'one at a time? [y/N]' --type 'y\n' --when 'name? ' --type 'me\n' \
		--when 'name? ' --type 'me\n' -- gita fetch api web
	try gita report
	assert_equal "$(sed 1d <<<"$output" | sed -E 's/[0-9.]+ s$/T/' | sort)" '2 ok
api  ok  T
web  ok  T'
	try gita shell -j1 --fail-fast 'case $GITA_NAME in docs) kill -KILL $$;; esac'
	try gita report
	assert_equal "$(sed 1d <<<"$output" | sed -E 's/[0-9.]+ s$/T/')" 'docs  killed by SIGKILL  T
web   not run
api   ok                 T
1 ok, 1 failed, 1 not run'
	try gita report --json
	assert_equal "$(grep -oE '"(name|exit|signal)": [^,]*' <<<"$output" | cut -d' ' -f2 | xargs)" \
		'api 0 null docs null 9 web null null'
}

@test "report: nothing has been run yet" {
	try gita report
	expect 1 'gita: report: nothing has been run yet'
}

@test "report: a read-only state folder is a warning, not a failure" {
	three
	rm -rf "$XDG_STATE_HOME/gita"
	: >"$XDG_STATE_HOME/gita"
	try gita shell -k echo x
	assert_equal "$status" 0
	assert_equal "$output" "api: x
docs: x
web: x"
	assert_contains "$stderr" 'gita: warning: '
}

@test "progress: one line on a terminal, gone at the end" {
	three
	gate web
	cat >slow <<-'END'
		[ $GITA_NAME != web ] || read -r go <"$GATES/web"
	END
	on_terminal --when 'shell: 2/3, ' --when 's: web' --type '' --type '\n' -- \
		bash -c 'gita shell "$(cat slow)" & read -r key; echo go >"$GATES/web"; wait'
	assert_equal "$status" 0
	# Drawn over itself, erased before the summary, never followed by other text.
	assert_contains "$output" $'\r\e[Kshell: 3 ok, '
}

@test "progress: nothing in a pipe" {
	three
	try gita shell true
	expect 0
}

# A run in `api`, whose output does not fit into memory, and in `web`, with no room for
# it on disk; without the output itself.
try_cut() {
	TMPDIR=$SANDBOX/nowhere try bash -c '"$@" >"$0"' "$SANDBOX/output" "$@"
	output=$(grep -v 'x$' "$SANDBOX/output" || true)
	stderr=$(sed 's/, [0-9.]* m\?s$/, TIME/' <<<"$stderr")
}

@test "ends: a repo whose output is cut has failed, in all modes" {
	make_repo api
	make_repo web
	register api web
	local print='[ $GITA_NAME = web ] || yes xxxx | head -c 3000000; echo end of $GITA_NAME'
	local why="gita: api: cannot keep its whole output in '$SANDBOX/nowhere' (TMPDIR): no such file or directory"
	local end='shell: 1 ok, 1 failed (api: output cut), TIME'
	try_cut gita shell -k "$print"
	expect 1 "$why
$end" <<<'web: end of web'
	try_cut gita shell -k -o lines "$print"
	expect 1 "$why
$end" <<-END
		api  failed   output cut
		web  ok       end of web
	END
	try_cut gita shell -k -o table "$print"
	assert_equal "$status $(sed 's/  [0-9.]* m\?s  */  TIME  /' <<<"$output")" "1 api  0  TIME  output cut
web  0  TIME  end of web"
	assert_equal "$stderr" "$why
$end"
	try_cut gita shell -o group "$print"
	expect 1 "$why
$end" <<<'web: end of web'
	try_cut gita shell -q "$print"
	expect 1 "$why
$end"
	try_cut gita shell --json "$print"
	assert_equal "$status $stderr" "1 $why
$end"
	assert_equal "$(sed -n 's/.*"name": "\([a-z]*\)".*\("exit.*\), "sig.*\("error.*\), "stdout.*/\1 \2 \3/p' "$SANDBOX/output" | sort)" \
		"api \"exit\": 0 \"error\": \"${why#gita: api: }\"
web \"exit\": 0 \"error\": null"
	try_cut gita shell --json api "$print"
	assert_equal "$status $stderr" "1 $why"
	try gita ls @failed
	expect 0 <<<api
	try gita report --json
	assert_contains "$output" '"outcome": "output cut", "ok": false, "exit": 0, '
	assert_contains "$output" '"whole": false'
	try gita report api
	assert_equal "$status $stderr" "0 gita: report: the end of the output of 'api' was not kept"
}

@test "ends: a delegated command whose output is cut has failed" {
	make_repo api
	make_repo web
	register api web
	fake git <<-'END'
		case "$GITA_NAME $*" in
		"api "*fetch*) yes xxxx | head -c 3000000; exit 1 ;;
		*fetch* | *grep*) yes xxxx | head -c 3000000 ;;
		esac
		exec "$REAL" "$@"
	END
	for words in fetch 'super fetch'; do
		try_cut gita $words
		assert_equal "$status ${stderr##*$'\n'}" "1 fetch: 0 ok, 2 failed (api: exit 1 with output cut, web: output cut), TIME"
	done
	try_cut gita grep first
	assert_equal "$status ${stderr##*$'\n'}" "2 grep: 0 ok, 2 failed (output cut: api web), TIME"
}
