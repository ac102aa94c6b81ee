# A disk that does not answer costs its own rows, for a while, and nothing else.
load sandbox

setup() {
	sandbox_make
	# What answers does so sooner, on a busy machine, too.
	export GITA_STATUS_TIMEOUT=2
	make_repo near
	make_repo dead/far
	register near dead/far
	mkdir "$SRC/moved"
	mv dead/far moved
	/usr/bin/python3 "$BATS_TEST_DIRNAME/dead_disk.py" "$SRC/dead" "$SANDBOX/ready" 3>&- &
	disk=$!
	await over_or_ready
	[ -e "$SANDBOX/ready" ] || skip 'mounting FUSE is not allowed here'
}

over_or_ready() {
	[ -e "$SANDBOX/ready" ] || ! kill -0 "$disk"
}

# With the process gone, the kernel answers for the disk.
teardown() {
	kill "$disk" 2>/dev/null || return 0
	umount -l "$SRC/dead"
}

@test "dead disk: ll shows the others and ends" {
	try gita ll
	expect 1 <<-'END'
		far   timeout: no answer within 2 s
		near  main [∅]  first commit  (3 hours ago)
	END
}

@test "dead disk: a live table shows the others as they change" {
	gita ll --watch >out 2>err &
	local watch=$! status=0
	await grep -q 'far   timeout' out
	touch near/new
	await grep -q 'near  main \[?∅\]' out
	kill $watch
	wait $watch || status=$?
	assert_equal "$status" 143
	assert_equal "$(tail -n2 out)" 'far   timeout: no answer within 2 s
near  main [?∅]  first commit  (3 hours ago)'
}

@test "dead disk: a symbolic link that leads there is seen in time" {
	ln -s dead "$SRC/link"
	printf '%s,linked,,\r\n' "$SRC/link/far" >>"$CONF/repos.csv"
	try gita ll linked near
	expect 1 <<-'END'
		linked  timeout: no answer within 2 s
		near    main [∅]  first commit  (3 hours ago)
	END
}

@test "dead disk: check counts it as unsafe" {
	try gita check
	expect 1 'gita: check: 2 of 2 repos not safe' <<-'END'
		far: timeout: no answer within 2 s
		near: branch 'main': 1 commit on no remote
	END
}

@test "dead disk: branches and commits of the others; no worktrees at all" {
	try gita branches
	expect 1 'gita: warning: far: timeout: no answer within 2 s' <<-'END'
		      near
		main  *∅
	END
	try gita activity
	expect 1 'gita: activity: 1 commit in 1 repo
gita: warning: far: timeout: no answer within 2 s' <<-END
		Wed 2024-05-01: 1 commit in 1 repo
		  12:00  near  $(git -C near rev-parse --short=7 HEAD)  first commit
	END
	try gita wt add next --all -b
	expect 1 'gita: wt add: far: git gave no answer in time'
	assert_equal "$(git -C near worktree list | wc -l)" 1
	printf '%s,near@next,,\r\n' "$SRC/dead/near" >>"$CONF/repos.csv"
	printf 'next:near@next:%s\r\n' "$SRC/dead" >>"$CONF/groups.csv"
	try gita wt rm next --force
	expect 1 'gita: wt rm: near@next: no answer within 2 s'
}

# A linked worktree of a repository on the disk; looking for its git folder would hang.
worktree_of_far() {
	mkdir "$1"
	echo "gitdir: $SRC/dead/far/.git/worktrees/$1" >"$1/.git"
	printf '%s,%s,,\r\n' "$SRC/$1" "$1" >>"$CONF/repos.csv"
}

@test "dead disk: a run goes on in the others" {
	worktree_of_far linked
	try gita super -k rev-parse --abbrev-ref HEAD
	assert_equal "$status" 1
	assert_equal "$output" 'near: main'
	assert_contains "$stderr" "gita: far: its disk does not respond
gita: linked: its disk does not respond
rev-parse: 1 ok, 2 failed (not started: far linked), "
}

@test "dead disk: a run there alone ends" {
	try gita pull far
	expect 1 'gita: far: its disk does not respond'
}

@test "dead disk: a worktree whose .git file leads there" {
	worktree_of_far linked
	try gita ll linked near
	expect 1 <<-'END'
		linked  timeout: no answer within 2 s
		near    main [∅]  first commit  (3 hours ago)
	END
}

@test "dead disk: @has leaves its repos out and says so" {
	try gita ls @has:README
	expect 0 "gita: warning: 'far' is left out: its disk does not respond" <<<near
}

@test "dead disk: add says so, and registers the others" {
	make_repo other
	try gita add dead/far other
	expect 1 "gita: add: '$SRC/dead/far': its disk does not respond" <<<"other $SRC/other"
}

@test "dead disk: a search passes it by" {
	make_repo other
	worktree_of_far unregistered
	try gita add -rn .
	assert_equal "$status $output" "0 moved/far $SRC/moved/far
other $SRC/other"
	assert_contains "$stderr" "gita: warning: skipped '$SRC/dead': its disk does not respond"
	assert_contains "$stderr" "gita: warning: skipped '$SRC/unregistered': its disk does not respond"
	try gita add -r dead
	expect 1 "gita: add: '$SRC/dead': its disk does not respond"
}

@test "dead disk: repair searches elsewhere" {
	make_repo other
	register other
	mkdir kept
	mv other kept
	try gita repair "$SRC"
	assert_equal "$status $output" "1 other: $SRC/other -> $SRC/kept/other
far: timeout: no answer within 2 s"
	try gita repair dead
	expect 1 'gita: repair: not all repos could be looked at' <<<'far: timeout: no answer within 2 s'
}

@test "dead disk: freeze names the repo, and writes what is known of it" {
	try gita freeze
	expect 1 "gita: freeze: 'far': no answer within 2 s: its URL is unknown" <<-END
		,far,$SRC/dead/far,,,
		,near,$SRC/near,,,main
	END
}

@test "dead disk: clone does not go there" {
	try gita clone -C dead "$SRC/near"
	expect 1 "gita: clone: '$SRC/dead': its disk does not respond"
}

@test "dead disk: completion and what gcd asks for are there at once" {
	try gita __complete super far checkout ''
	assert_contains "$output" "git"
	try gita ls far
	expect 0 <<<"$SRC/dead/far"
	try gita ls near
	expect 0 <<<"$SRC/near"
}
