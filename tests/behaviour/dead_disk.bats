# A disk that does not answer costs its own rows, for a while, and nothing else.
load sandbox

setup() {
	sandbox_make
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
	GITA_STATUS_TIMEOUT=0.5 try gita ll
	expect 1 <<-'END'
		far   timeout: no answer within 0.5 s
		near  main [∅]  first commit  (3 hours ago)
	END
}

@test "dead disk: a symbolic link that leads there is seen in time" {
	ln -s dead "$SRC/link"
	printf '%s,linked,,\r\n' "$SRC/link/far" >>"$CONF/repos.csv"
	GITA_STATUS_TIMEOUT=0.5 try gita ll linked near
	expect 1 <<-'END'
		linked  timeout: no answer within 0.5 s
		near    main [∅]  first commit  (3 hours ago)
	END
}

@test "dead disk: check counts it as unsafe" {
	GITA_STATUS_TIMEOUT=0.5 try gita check
	expect 1 'gita: check: 2 of 2 repos not safe' <<-'END'
		far: timeout: no answer within 0.5 s
		near: branch 'main': 1 commit on no remote
	END
}
