# Commands over many repos: delegated ones, super, shell.
load sandbox

three() {
	for name in api docs web; do
		make_repo $name
	done
	register api docs web
}

# Whole blocks in the order in which the children end: sorted, they do not depend on it.
sorted() {
	output=$(sort <<<"$output")
}

# bats test_tags=smoke
@test "run: a delegated command in all repos, each line under its name" {
	three
	try gita super -k rev-parse --abbrev-ref HEAD
	expect 0 <<-END
		api: main
		docs: main
		web: main
	END
}

@test "run: fetch brings what the remote has" {
	make_state unfetched api
	make_state clean web
	register api web
	try gita fetch
	assert_equal "$status" 0
	try gita ll --cols branch
	expect 0 <<-END
		api  main [↓1]
		web  main []
	END
}

@test "run: results on stdout, complaints on stderr, a failure in the summary" {
	three
	try gita shell -k 'echo out; [ "$GITA_NAME" = docs ] && { echo bad >&2; exit 3; }; :'
	assert_equal "$status" 1
	assert_equal "$output" "api: out
docs: out
web: out"
	assert_contains "$stderr" 'docs: bad'
	assert_contains "$stderr" 'shell: 2 ok, 1 failed (docs: exit 3), '
}

@test "run: where stdout and stderr are one file, a child's order is kept" {
	three
	gita shell -k 'echo 1; echo 2 >&2; echo 3' >both 2>&1
	assert_equal "$(cat both)" "api: 1
api: 2
api: 3
docs: 1
docs: 2
docs: 3
web: 1
web: 2
web: 3"
}

@test "run: blocks come as the children end, never mixed" {
	three
	gate api
	gita shell -j3 'if [ $GITA_NAME = api ]; then echo first; read -r go <"$GATES/api"; echo last
		else echo only; fi' >out 2>&1 &
	await grep docs: out
	await grep web: out
	open_gate api
	wait $!
	assert_equal "$(tail -2 out)" "api: first
api: last"
}

@test "run: a last line without its newline gets one" {
	three
	try gita shell -k 'printf "no newline"'
	expect 0 <<-END
		api: no newline
		docs: no newline
		web: no newline
	END
}

@test "run: no byte is lost or changed" {
	make_repo api
	make_repo web
	register api web
	head -c 3000000 /dev/urandom | base64 -w 997 >"$SANDBOX/data"
	gita shell -k 'cat "$SANDBOX/data"' >out
	sed 's/^/api: /' "$SANDBOX/data" >expected
	sed 's/^/web: /' "$SANDBOX/data" >>expected
	cmp out expected
}

@test "run: of progress the last state is printed, other lines stay as they are" {
	three
	try gita shell -k api web 'printf "got  10%% (1/9)\rgot 100%% (9/9), done.\nat 1%%\rat 2%%\r\n"
		printf "a\rb\r\nno %% here\rc\n50%%\rthe end"'
	expect 0 <<-END
		$(for name in api web; do
			printf "$name: got 100%% (9/9), done.\n$name: at 2%%\r\n$name: a\rb\r\n"
			printf "$name: no %% here\rc\n$name: the end\n"
		done)
	END
}

@test "run: one repo runs in the foreground, without a prefix" {
	three
	try gita super api rev-parse --abbrev-ref HEAD
	expect 0 <<<main
}

@test "run: of one repo it is said how its command ended, where that could not say so" {
	three
	try gita shell --timeout 0.1 api 'exec sleep 1000'
	expect 1 'gita: api: timed out'
	try gita shell api 'kill -KILL $$'
	expect 1 'gita: api: killed by SIGKILL'
	try gita shell api 'exit 3'
	expect 1
	try gita shell --timeout 0.1 -k api web 'exec sleep 1000'
	assert_equal "$status ${stderr%, * s}" '1 shell: 0 ok, 2 failed (timed out: api web)'
	try gita shell --timeout 0 api true
	expect 2 "gita: shell: option '--timeout' expects a number of seconds above 0, not '0'"
}

@test "run: one repo has the terminal" {
	three
	on_terminal -- gita shell api 'test -t 0 && test -t 1 && echo terminal'
	expect 0 <<<terminal
}

@test "run: several repos have no stdin and no terminal" {
	three
	on_terminal -- gita shell -k 'read -r line; echo "<$line>"; test -t 1 || echo no terminal'
	assert_contains "$output" $'api:\e[0m <>'
	assert_contains "$output" $'web:\e[0m no terminal'
}

@test "run: a command that needs the terminal runs in turn, each under its name" {
	three
	try gita log api web -- -1 --format=%s
	expect 0 <<-END
		api:
		first commit
		web:
		first commit
	END
}

@test "run: where there are colours, a prefix is bold, but not in another file" {
	make_repo api
	make_repo web
	register api web
	try gita --color=always shell -k 'echo out; echo err >&2'
	expect 0 $'api: err\nweb: err' <<<$'\e[1mapi:\e[0m out\n\e[1mweb:\e[0m out'
	try bash -c 'gita --color=always shell -k "echo err >&2" 2>&1'
	expect 0 <<<$'\e[1mapi:\e[0m err\n\e[1mweb:\e[0m err'
	try gita --color=always show api web -- -s --format=%s
	expect 0 <<<$'\e[1mapi:\e[0m\nfirst commit\n\e[1mweb:\e[0m\nfirst commit'
}

@test "run: what follows -- is added to the command" {
	three
	try gita fetch -n api web -- --prune --all
	expect 0 <<-END
		api: git fetch --prune --all
		web: git fetch --prune --all
	END
}

@test "run: -n runs nothing" {
	three
	try gita shell -n 'touch "$SANDBOX/ran"'
	assert_equal "$status" 0
	[ ! -e "$SANDBOX/ran" ]
}

@test "run: -q prints failures only" {
	three
	try gita shell -q 'echo hello; [ $GITA_NAME != web ]'
	assert_equal "$status" 1
	assert_equal "$output" 'web: hello'
}

@test "run: --json prints one object a repo" {
	three
	try gita shell --json -k 'echo "$GITA_NAME"; printf "\377" >&2; [ $GITA_NAME = api ]'
	assert_equal "$status" 1
	output=$(sed -E 's/"seconds": [0-9.]+/"seconds": 0/' <<<"$output")
	assert_equal "$output" "$(
		cat <<-END
			{"name": "api", "path": "$SRC/api", "exit": 0, "signal": null, "timed_out": false, "seconds": 0, "error": null, "stdout": "api\\n", "stderr": "�"}
			{"name": "docs", "path": "$SRC/docs", "exit": 1, "signal": null, "timed_out": false, "seconds": 0, "error": null, "stdout": "docs\\n", "stderr": "�"}
			{"name": "web", "path": "$SRC/web", "exit": 1, "signal": null, "timed_out": false, "seconds": 0, "error": null, "stdout": "web\\n", "stderr": "�"}
		END
	)"
}

@test "run: --timeout stops a repo that takes too long, and its children" {
	three
	try gita shell --timeout 2 'if [ $GITA_NAME = web ]; then sleep 1000 & echo $! >"$SANDBOX/pid"; wait; fi'
	assert_equal "$status" 1
	assert_contains "$stderr" '2 ok, 1 failed (web: timed out)'
	await test ! -d "/proc/$(cat "$SANDBOX/pid")"
}

@test "run: --fail-fast stops at the first failure" {
	three
	try gita shell -j1 --fail-fast 'echo ran; exit 1'
	assert_equal "$status" 1
	assert_equal "$output" 'api: ran'
	assert_contains "$stderr" '0 ok, 1 failed (api: exit 1), 2 not run'
}

@test "run: a child that a signal ends is named" {
	three
	try gita shell 'case $GITA_NAME in web) kill -KILL $$;; esac'
	assert_equal "$status" 1
	assert_contains "$stderr" 'web: killed by SIGKILL'
}

@test "run: a missing repo fails alone and says which folder" {
	three
	rm -rf docs
	try gita super -k rev-parse --abbrev-ref HEAD
	assert_equal "$status" 1
	assert_equal "$output" "api: main
web: main"
	assert_contains "$stderr" "$SRC/docs"
	assert_contains "$stderr" '2 ok, 1 failed (docs: not started)'
}

@test "run: a background grandchild does not hold the run, and what was said stays" {
	three
	try gita shell -k '(sleep 1000 & echo $! >>"$SANDBOX/pids"); echo done'
	while read -r pid; do kill "$pid"; done <"$SANDBOX/pids"
	expect 0 "$(holding api docs web)" <<-END
		api: done
		docs: done
		web: done
	END
}

holding() {
	printf 'gita: warning: %s: a background process holds its output; what it prints from now on is lost\n' "$@"
}

@test "run: nor does one that never stops writing, whatever signal it ignores" {
	three
	gita shell -k api web 'trap "" TERM; (while :; do echo more; done) & echo $! >>"$SANDBOX/pids"' \
		2>&1 >/dev/null | tee "$SANDBOX/said"
	while read -r pid; do kill -KILL "$pid" || :; done <"$SANDBOX/pids"
	assert_equal "$(<"$SANDBOX/said")" "$(holding api web)"
}

@test "run: a name with escape sequences is escaped in the question about logins" {
	make_repo api
	make_repo web
	register api web
	printf '%s,%b,,\r\n' "$SRC/api" 'x\033]0;evil\007' "$SRC/web" web >"$CONF/repos.csv"
	on_terminal --when '[y/N] ' --type 'n' -- gita shell -k 'echo "terminal prompts disabled" >&2; exit 1'
	assert_contains "$output" '2 repos want a login (web, x\e]0;evil\x07); run them now'
	refute_contains "$output" $'\033]0;'
}

@test "run: a child knows its repo" {
	three
	register api >/dev/null
	gita group add api web -n team
	try gita shell -k api web 'echo "$GITA_NAME|$GITA_PATH|$GITA_BRANCH|$GITA_GROUPS|$GITA_I/$GITA_N"'
	expect 0 <<-END
		api: api|$SRC/api|main|team|1/2
		web: web|$SRC/web|main|team|2/2
	END
}

@test "run: variables that name another repository do not reach git" {
	three
	make_repo other
	export GIT_DIR=$SRC/other/.git GIT_WORK_TREE=$SRC/other GIT_INDEX_FILE=$SRC/other/.git/index
	try gita super -k rev-parse --show-toplevel
	expect 0 <<-END
		api: $SRC/api
		docs: $SRC/docs
		web: $SRC/web
	END
}

@test "run: the user's GIT_CONFIG_* reach git" {
	three
	export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=my.key GIT_CONFIG_VALUE_0=mine
	try gita super -k api web config my.key
	expect 0 <<-END
		api: mine
		web: mine
	END
}

@test "run: nobody is asked in concurrent mode" {
	three
	try gita shell -k api web 'echo "$GIT_TERMINAL_PROMPT|$GIT_PAGER|$GIT_EDITOR"'
	expect 0 <<-END
		api: 0|cat|false # no editor while several repos run at once
		web: 0|cat|false # no editor while several repos run at once
	END
}

@test "run: -j bounds how many run at once" {
	for i in 1 2 3 4 5 6; do make_repo "r$i"; done
	register r?
	gita shell -j2 'mkdir "$SANDBOX/in.$GITA_NAME"; ls -d "$SANDBOX"/in.* | wc -l; rmdir "$SANDBOX/in.$GITA_NAME"' >out
	[ "$(sed 's/.*: //' out | sort -n | tail -1)" -le 2 ]
	assert_equal "$(wc -l <out)" 6
}

@test "run: GITA_JOBS must be a number" {
	three
	GITA_JOBS=lots try gita fetch
	expect 2 "gita: GITA_JOBS: not a whole number from 1 to 100000: 'lots'"
}

@test "run: an option that gita does not know is an error that says so" {
	three
	try gita fetch --prune
	expect 2 "gita: fetch: unknown option '--prune'; options for git go after '--'"
}

@test "run: a command that needs a choice runs nowhere without one" {
	three
	try gita merge
	expect 2 "gita: merge: needs repos or groups ('--all' for all of them)"
}

@test "run: an empty registry is no error" {
	try gita fetch
	expect 0 "gita: no repos yet; 'gita add -r .' registers those below this folder"
}

@test "run: git colours where gita does, but not what a script reads" {
	three
	local colored=$'* \e[32mmain\e[m' plain='api: * main
web: * main'
	try gita super -k api web branch
	expect 0 <<<"$plain"
	try gita super -k --color=always api web branch
	assert_contains "$output" "$colored"
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=color.branch.current GIT_CONFIG_VALUE_0=red \
		try gita super -k --color=always api web branch
	assert_contains "$output" $'* \e[31mmain\e[m'
	try gita super --color=always api branch
	expect 0 <<<"$colored"
	try gita shell -k --color=always api web 'git branch'
	refute_contains "$output" "$colored"

	on_terminal -- gita super -k api web branch
	assert_contains "$output" "$colored"
	try gita report web
	expect 0 <<<'* main'
	on_terminal -- gita super -k --color=never api web branch
	assert_equal "$(head -2 <<<"$output")" "$plain"
	git config --global color.ui false
	on_terminal -- gita super -k api web branch
	refute_contains "$output" "$colored"
}

@test "super: a typo is said before anything runs anywhere" {
	three
	fake git <<-'END'
		echo "$*" >>"$SANDBOX/calls"
		exec "$REAL" "$@"
	END
	try gita super api statsu
	expect 2 "gita: super: no repo, group or git command 'statsu'; did you mean 'status'?"
	try grep -c '^statsu' "$SANDBOX/calls"
	expect 1 <<<0
}

@test "super: an alias of one repo counts" {
	three
	git -C web config alias.mine 'rev-parse --abbrev-ref HEAD'
	try gita super -k api web mine
	assert_equal "$output" 'web: main'
}

@test "super: an option of git starts the command, one of nobody is refused" {
	three
	try gita super -k api web --no-pager -c core.abbrev=4 log -1 --format=%s
	expect 0 <<-END
		api: first commit
		web: first commit
	END
	try gita super -n --git-dir=x status
	assert_contains "$output" 'api: git --git-dir=x status'
	try gita super --no-page log
	expect 2 "gita: super: unknown option '--no-page'; options for git go after '--'"
	try gita super --no-pager statsu
	expect 2 "gita: super: no repo, group or git command 'statsu'; did you mean 'status'?"
}

@test "super: a repo called like a command is said to be taken for the repo" {
	make_repo log
	make_repo web
	register log web
	local usage='usage: gita super [OPTIONS] [SELECTION...] GIT-COMMAND...'
	try gita super log
	expect 2 "gita: super: GIT-COMMAND is missing; 'log' chooses repos, after '--' it is the command; $usage"
	try gita super log -1
	expect 2 "gita: super: unknown option '-1'; options for git go after '--'; 'log' chooses repos, after '--' it is the command"
	try gita super -k web log -- log -1 --format=%s
	expect 0 <<-END
		web: first commit
		log: first commit
	END
}

@test "super: a selection behind the command is pointed out" {
	three
	gita group add web -n work
	try gita super -n fetch -q work
	assert_equal "$stderr" "gita: super: 'work' is passed to git; a selection stands in front: gita super work fetch -q"
	assert_equal "$output" 'api: git fetch -q work
docs: git fetch -q work
web: git fetch -q work'
	try gita super -n api web checkout work
	assert_equal "$stderr" ''
}

@test "super: words of the command are passed as they are" {
	three
	try gita super -k api web log -1 --format='%s  $x "q" *'
	expect 0 <<-'END'
		api: first commit  $x "q" *
		web: first commit  $x "q" *
	END
}

@test "run: @failed asks the last run of the same command, elsewhere the last of all" {
	three
	try gita show @failed
	expect 1 'gita: no run to ask about: show was not run yet'
	git -C api tag v1
	try gita super -q tag v1 2>/dev/null
	try gita super -q show v1 >/dev/null
	try gita st -q
	try gita ls @failed
	expect 0
	try gita super -n @failed show v1
	expect 0
	try gita super -n @failed tag v1
	expect 0 <<<'api: git tag v1'
	try gita super -n @ok tag v1
	expect 0 <<-'END'
		docs: git tag v1
		web: git tag v1
	END
	mkdir elsewhere
	mv docs elsewhere
	gita rm docs
	register elsewhere/docs
	try gita super -n @ok tag v1
	expect 0 <<<'web: git tag v1'
}

@test "super: an exit status that is an answer is no failure" {
	three
	make_commit api words 'a needle'
	try gita super -k grep -h needle
	expect 0 <<<'api: a needle'
	try gita super grep -q nowhere
	expect 1
	try gita ls @failed
	expect 0
	try gita super grep --no-such-option
	assert_contains "$stderr" 'grep: 0 ok, 3 failed (exit 129: api docs web)'
	echo change >>docs/README
	try gita super diff --exit-code --stat
	assert_equal "$status$stderr" 1
	assert_contains "$output" 'docs:  README | 1 +'
	try gita diff api web -- --quiet
	expect 0
	try gita diff docs web -- --quiet
	expect 1
	try gita super -o table diff --quiet
	assert_equal "$(sed -E 's/ +[0-9.]+ s$//' <<<"$output")" 'api   0
docs  1
web   0'
	# Without the option exit status 1 is a failure like any other.
	try gita super api web diff --no-index README nowhere
	assert_equal "$status" 1
	assert_contains "$stderr" 'diff: 0 ok, 2 failed ('
}

@test "shell: one word is a script, several are a command as typed" {
	three
	try gita shell -k api web 'echo a  b; echo $((1 + 1))'
	expect 0 <<-END
		api: a b
		api: 2
		web: a b
		web: 2
	END
	try gita shell -k api web printf '[%s]\n' 'a  b' '$HOME'
	expect 0 <<-'END'
		api: [a  b]
		api: [$HOME]
		web: [a  b]
		web: [$HOME]
	END
}

@test "run: a command that is too long for the system is reported once" {
	make_repo api
	make_repo web
	register api web
	{
		printf 'long:\n  shell: true\n  allow_all: true\n  cmd: echo '
		printf 'x%.0s' {1..200000}
	} | settings cmds.yml
	try gita long
	assert_equal "$status $output" '1 '
	assert_equal "${stderr%, * s}" "gita: cannot start 'sh': argument list too long
long: 0 ok, 2 failed (not started: api web)"
}

@test "shell: of several words the program is looked for before it runs anywhere" {
	three
	try gita shell apo make install
	expect 2 "gita: shell: no repo, group or program 'apo'; did you mean 'api'?"
	try gita shell api no-such-program x
	expect 2 "gita: shell: no repo, group or program 'no-such-program'"
	# One word is a script, and a path may be the repo's own.
	try gita shell api 'no_such() { echo script; }; no_such'
	expect 0 <<<script
	printf '#!/bin/sh\necho own "$@"\n' >api/own
	chmod +x api/own
	try gita shell api ./own word
	expect 0 <<<'own word'
}

@test "shell: --quote-mode takes the last word as the command" {
	three
	try gita shell -k --quote-mode api web 'echo api'
	expect 0 <<-END
		api: api
		web: api
	END
	try gita shell --quote-mode api nope 'echo x'
	expect 2 "gita: no repo or group 'nope'"
}

@test "run: control characters in a name are escaped in the prefix" {
	three
	printf '%s,"e\033[31mvil",,\r\n' "$SRC/api" >"$CONF/repos.csv"
	printf '%s,web,,\r\n' "$SRC/web" >>"$CONF/repos.csv"
	try gita shell -k 'echo x'
	expect 0 <<-'END'
		e\e[31mvil: x
		web: x
	END
}

@test "run: the summary names failures by their reasons, as many as a line holds" {
	for i in 1 2 3 4 5 6 7 8 9; do make_repo "repo-$i"; done
	register repo-?
	# shellcheck disable=SC2016
	script='case $GITA_I in 1) exit 1;; 3) kill -KILL $$;; 5) exit 1;; 7 | 8 | 9) exit 2;; esac'
	try gita shell "$script"
	assert_equal "${stderr%, *}" \
		'shell: 3 ok, 6 failed (exit 1: repo-1 repo-5; repo-3: killed by SIGKILL; exit 2: repo-7 repo-8 repo-9)'
	on_terminal --size 100x24 --screen -- gita shell "$script"
	assert_equal "${output%, *}" \
		'shell: 3 ok, 6 failed (exit 1: repo-1 and 1 more; repo-3: killed by SIGKILL; exit 2: repo-7 and 2 more)'
	try gita shell 'case $GITA_I in 1) exit 1;; 3) kill -KILL $$;; esac'
	assert_equal "${stderr%, *}" 'shell: 7 ok, 2 failed (repo-1: exit 1, repo-3: killed by SIGKILL)'
}
