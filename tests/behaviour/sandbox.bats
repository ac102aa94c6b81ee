# The sandbox itself: what the other files rely on.
load sandbox

@test "sandbox: home, clock and settings are the test's own" {
	try sh -c 'echo $HOME; env | grep "^GITA_"; git config user.name; pwd'
	expect 0 <<-END
		$SANDBOX/home
		GITA_STATUS_TIMEOUT=600
		A U Thor
		$SRC
	END
}

@test "sandbox: commits are the same on every machine" {
	make_repo api
	try git -C api log --format='%h %ad %an %s' --date=relative
	expect 0 <<-END
		f3d2048 3 hours ago A U Thor first commit
	END
}

@test "sandbox: every state can be made" {
	for state in $states_all; do
		make_state "$state" "$SRC/$state"
	done
	try git -C diverged status -sb
	expect 0 <<-END
		## main...origin/main [ahead 1, behind 1]
	END
}

@test "sandbox: a fake program waits until its gate is opened" {
	gate ready
	fake git <<-'END'
		pass_gate ready
		exec "$REAL" "$@"
	END
	git --version >out &
	open_gate ready
	wait $!
	assert_contains "$(cat out)" 'git version'
}

@test "sandbox: expect shows what differs" {
	try echo actual
	try expect 0 <<<expected
	assert_equal "$status" 1
	assert_contains "$output" '-expected'
	assert_contains "$output" '+actual'
}

@test "sandbox: a command on a terminal sees its size, colour and keys" {
	on_terminal --size 61x17 --when 'name? ' --type 'web\n' -- \
		sh -c 'stty size; printf "name? "; read -r name; echo "<$name>"; exit 3'
	expect 3 <<-END
		17 61
		name? web
		<web>
	END
}

@test "sandbox: Ctrl-C on a terminal is a signal" {
	on_terminal --when go --type '\x03' -- sh -c 'echo go; while :; do sleep 0.1; done'
	assert_equal "$status" 130
}
