# The main job from end to end, as a newcomer does it. Small enough for valgrind.
# bats file_tags=smoke
load sandbox

@test "smoke: register repositories, see them, run over them" {
	for state in ahead behind diverged dirty staged untracked stashed conflict detached gone; do
		make_state $state $SRC/$state
	done
	make_state unborn new
	make_state no-upstream old
	gita add -r . >/dev/null 2>&1
	rm -rf old

	try gita ll
	expect 0 <<-END
		ahead      main       [↑2]    and another       (3 hours ago)
		behind     main       [↓1]    first commit      (3 hours ago)
		conflict   main|merge [!↑1]   our side          (3 hours ago)
		detached   (f3d2048)  [∅]     first commit      (3 hours ago)
		dirty      main       [*]     first commit      (3 hours ago)
		diverged   main       [⇕1/1]  one more          (3 hours ago)
		gone       topic      [✗]     first commit      (3 hours ago)
		new        main       [∅]     (no commits yet)
		old        missing: $SRC/old
		staged     main       [+]     first commit      (3 hours ago)
		stashed    main       [$]     first commit      (3 hours ago)
		untracked  main       [?]     first commit      (3 hours ago)
	END
}

@test "smoke: run a git command, a shell command, one that fails" {
	make_repo web
	make_repo api
	register web api

	try gita super -k rev-parse --abbrev-ref HEAD
	expect 0 <<-END
		api: main
		web: main
	END
	try gita shell -k 'echo "$GITA_NAME on $GITA_BRANCH"'
	expect 0 <<-END
		api: api on main
		web: web on main
	END
	try gita shell -k api web 'exit 3'
	assert_equal "$status" 1
	assert_contains "$stderr" 'shell: 0 ok, 2 failed (exit 3: api web)'
}

@test "smoke: choose, change and forget repos" {
	make_repo web
	make_state dirty "$SRC/api"
	register web api

	try gita ls @dirty
	expect 0 <<<api
	gita rename api core
	gita rm web
	try gita ls
	expect 0 <<<core
}

@test "smoke: groups, context, JSON" {
	make_repo web
	make_repo api
	register web api

	gita group add web -n front
	gita context front
	try gita ls
	expect 0 <<<web
	try gita ll --json
	assert_equal "$status" 0
	assert_contains "$output" '"name": "web"'
	refute_contains "$output" '"name": "api"'
}
