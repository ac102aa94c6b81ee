# `ll --watch`: what changes is shown as it changes.
load sandbox
load screen

two() {
	make_repo api
	make_repo web
	register api web
}

# Until so many lines are in the file.
lines() { # COUNT FILE
	[ "$(wc -l <"$2")" = "$1" ]
}

# Whether the last line of the file holds the text.
ends_with() { # TEXT FILE
	[[ $(tail -n1 "$2") == *"$1"* ]]
}

# The job is told to end, and does so by that signal.
ends_by() { # SIGNAL STATUS
	local status=0
	kill "-$1" $!
	wait $! || status=$?
	assert_equal "$status" "$2"
}

@test "watch: into a pipe, a new table for each change" {
	two
	gita ll --watch >out 2>err &
	await lines 2 out
	touch web/new
	await lines 5 out
	git -C api commit -q --allow-empty -m again
	await lines 8 out
	ends_by TERM 143
	assert_equal "$(<out)" 'api  main [∅]  first commit  (3 hours ago)
web  main [∅]  first commit  (3 hours ago)

api  main [∅]   first commit  (3 hours ago)
web  main [?∅]  first commit  (3 hours ago)

api  main [∅]   again         (3 hours ago)
web  main [?∅]  first commit  (3 hours ago)'
	assert_equal "$(<err)" ''
}

@test "watch: ends when nobody reads the pipe any more, though nothing changes" {
	two
	mkfifo pipe
	gita ll --watch >pipe 2>err &
	head -n2 <pipe >out
	wait $! && status=0 || status=$?
	assert_equal "$status $(<err)" '141 '
	assert_equal "$(wc -l <out)" 2
}

@test "watch: with --json, an object for each change and none for what stays the same" {
	two
	gita ll --watch --json >out 2>err &
	await lines 2 out
	git -C web stash -q # nothing to stash: no change
	echo more >>web/README
	await lines 3 out
	git -C web stash -q # in more than one step, any of which may be seen
	await ends_with '"stashes": 1' out
	await ends_with '"unstaged": false' out
	ends_by TERM 143
	assert_equal "$(head -n3 out | grep -oE '"(name|unstaged)": [^,]*' | paste -sd ' ')" \
		'"name": "api" "unstaged": false "name": "web" "unstaged": false "name": "web" "unstaged": true'
	assert_equal "$(<err)" ''
}

@test "watch: files, folders, branches, references and operations are noticed, git stays as it was" {
	two
	git -C web commit -q --allow-empty -m second
	gita ll --watch --cols branch web >out 2>err &
	await lines 1 out
	after() { # STATE COMMAND...
		local state=$1
		shift
		"$@" >/dev/null 2>&1
		await ends_with "web  $state" out || { echo "after: $*"; cat out; false; }
	}
	mkdir -p web/a/b # git knows no folders
	after 'main [?∅]' touch web/a/b/new
	after 'feat/x [?∅]' git -C web checkout -q -b feat/x
	after 'feat/x [+∅]' git -C web add a
	after 'feat/x [∅]' git -C web reset -q --hard
	after 'main [∅]' git -C web checkout -q main
	after '(v1) [∅]' git -C web checkout -q --detach "$(git -C web tag v1; echo v1)"
	after '(v1)|bisect [∅]' git -C web bisect start
	after '(v1) [∅]' git -C web bisect reset
	after "missing: $SRC/web" rm -rf web
	ends_by HUP 129
}

@test "watch: each reading goes by the configuration as it is then" {
	two
	gita ll --watch --cols branch web >out 2>err &
	await lines 1 out
	touch web/new
	await lines 3 out
	git config --global status.showUntrackedFiles no
	echo more >>web/README
	await lines 5 out
	ends_by TERM 143
	assert_equal "$(tail -n1 out)" 'web  main [*∅]'
}

@test "watch: repos follow the list, and facts choose among them anew" {
	two
	make_repo late
	gita group add web -n work
	gita ll --watch @dirty --cols branch >out 2>err &
	await test -e err
	touch web/new
	await lines 1 out
	gita add late >/dev/null
	touch late/new
	await lines 4 out
	gita context work
	await lines 6 out
	gita group add late -n work
	await lines 9 out
	gita rm web
	await lines 11 out
	ends_by TERM 143
	assert_equal "$(<out)" 'web  main [?∅]

late  main [?∅]
web   main [?∅]

web  main [?∅]

late  main [?∅]
web   main [?∅]

late  main [?∅]'
}

@test "watch: what cannot be watched is read again and again: with flags, below no folder" {
	two
	gita flags set web -c status.showUntrackedFiles=no
	printf '%s,far,,\r\n' "$SRC/a/b/far" >>"$CONF/repos.csv"
	gita ll --watch --cols branch web far >out 2>err &
	await lines 2 out
	echo more >>web/README
	await lines 5 out
	make_repo far # elsewhere, so that it is there at once
	mkdir -p a/b
	mv far a/b
	await lines 8 out
	touch a/b/far/new
	await lines 11 out
	ends_by TERM 143
	assert_equal "$(tail -n2 out)" 'web  main [*∅]
far  main [?∅]'
}

@test "watch: on a terminal the rows are redrawn in place, also when its size changes" {
	two
	screen -s 40x6 gita ll --watch --cols branch
	screen_is <<-END
		api  main [∅]
		web  main [∅]
	END
	touch web/new
	screen_is <<-END
		api  main [∅]
		web  main [?∅]
	END
	screen_size 60x3
	git -C api checkout -q -b next
	screen_is <<-END
		api  next [∅]
		web  main [?∅]
	END
	screen_size 60x2
	screen_is <<-END
		... 2 more
	END
	keys C-c
	screen_over
	assert_equal "$status" 130
}
