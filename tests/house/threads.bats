# What ThreadSanitizer finds in the threads of gita: nothing. It is built for this, in a
# folder of the test.
#
# `gita ui` is not among it: there one report can come that is wrong. libuv closes its
# pipes by the system call itself, and a thread may get the number of one by openat();
# ThreadSanitizer sees neither, and takes the close() of the thread (git/folders.c) for
# one of that pipe.

load ../behaviour/sandbox

ROOT=$BATS_TEST_DIRNAME/../..
PROGRAMS=(gita run_pool run_jobs run_order run_stops git_walk git_summary)

build() {
	cmake -S "$ROOT" -B "$BATS_FILE_TMPDIR/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DGITA_TESTS=ON \
		-DGITA_SANITIZE=thread &&
		cmake --build "$BATS_FILE_TMPDIR/build" --parallel "$(nproc)" --target "${PROGRAMS[@]}"
}

setup_file() {
	build >"$BATS_FILE_TMPDIR/log" 2>&1 || touch "$BATS_FILE_TMPDIR/unbuilt"
}

setup() {
	[ ! -e "$BATS_FILE_TMPDIR/unbuilt" ] || {
		! grep -q 'cannot find.*tsan' "$BATS_FILE_TMPDIR/log" || skip 'there is no libtsan'
		cat "$BATS_FILE_TMPDIR/log"
		return 1
	}
	GITA=$BATS_FILE_TMPDIR/build/gita
	export TSAN_OPTIONS=exitcode=66
	run "$GITA" --version
	[[ $output != *'unexpected memory mapping'* ]] || skip 'ThreadSanitizer does not run here'
	sandbox_make
}

@test "threads: ThreadSanitizer finds nothing in the pool, in jobs and in the walk" {
	local program
	for program in "${PROGRAMS[@]:1}"; do
		"$BATS_FILE_TMPDIR/build/tests/$program"
	done
}

@test "threads: ThreadSanitizer finds nothing in ll over many, of which one is large" {
	local state i
	for state in ahead behind diverged dirty staged untracked stashed conflict detached; do
		make_state $state $state
		for i in 1 2 3 4; do
			cp -r $state $state-$i
		done
	done
	make_repo large
	mkdir large/folder-{1..200}
	touch large/folder-{1..200}/file-{1..20}
	git -C large add .
	git -C large commit -qm files
	touch -d 2020-01-01 large/folder-{1..200}/file-1
	register ./*
	for i in 1 2 3; do
		try gita ll --json
		[ "$stderr" = '' ]
		[ "$status" = 0 ]
		assert_equal "$(grep -c '"name"' <<<"$output")" 46
	done
	try gita check
	refute_contains "$stderr" ThreadSanitizer
	try gita shell --all -- 'git status -s'
	refute_contains "$stderr" ThreadSanitizer
	[ "$status" = 0 ]
}
