# What runs over repos of other hosts: shared ssh connections, hosts that are down,
# failures of the network. The servers are real (server.bash).
load sandbox
load server

# Neither a process nor a socket of a shared connection.
none_left() {
	await no_ssh
	assert_equal "$(find "$TMPDIR" -name 'gita-ssh-*')" ''
}

no_ssh() {
	! pgrep -f "$TMPDIR/gita-ssh-"
}

@test "network: repos of one host share one connection, and bring their news" {
	serve
	served ssh api docs web
	news api docs web
	try gita fetch
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 1
	for name in api docs web; do
		assert_equal "$(git -C $name log -1 --format=%s origin/main)" news
	done
	none_left
}

@test "network: pull, push, super and ls-remote share as well" {
	serve
	served ssh api docs
	news api docs
	gita pull
	assert_equal "$(connections ssh)" 1
	make_commit api one
	make_commit docs one
	gita push
	assert_equal "$(connections ssh)" 2
	assert_equal "$(git -C "$SERVER/repos/api.git" log -1 --format=%s main)" 'change one'
	try gita super -k ls-remote --heads origin
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 3
	try gita super -k status -s
	expect 0
	assert_equal "$(connections ssh)" 3
	none_left
}

@test "network: one repo, or two of different hosts, open no connection of their own" {
	serve
	served ssh api docs
	git -C docs remote set-url origin "ssh://localhost:$SSH_PORT$SERVER/repos/docs.git"
	sed "s/127.0.0.1/localhost/" "$SANDBOX/known_hosts" >>"$SANDBOX/known_hosts"
	try gita fetch
	assert_equal "$status" 0
	try gita fetch api
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 3
	refute_contains "$(cat "$SANDBOX/ssh_calls")" ControlPath
}

@test "network: GITA_SSH_SHARE=0 turns sharing off" {
	serve
	served ssh api docs
	GITA_SSH_SHARE=0 try gita fetch
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 2
}

@test "network: an ssh command of the user's stays as it is" {
	serve
	served ssh api docs web
	GIT_SSH_COMMAND='ssh -o Compression=yes' try gita fetch
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 3
	git -C api config core.sshCommand 'ssh -o LogLevel=ERROR'
	rm "$SANDBOX/ssh_calls"
	try gita fetch
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 5
	assert_equal "$(grep -c LogLevel "$SANDBOX/ssh_calls")" 1
	refute_contains "$(grep LogLevel "$SANDBOX/ssh_calls")" Control
	none_left
}

@test "network: where the user's ssh shares connections itself, it is left to" {
	serve
	served ssh api docs
	ssh_setting 'Host 127.0.0.1' 'ControlMaster auto' "ControlPath $SANDBOX/mine-%C" 'ControlPersist 60'
	try gita fetch -j1
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 1
	refute_contains "$(grep -v '^-G' "$SANDBOX/ssh_calls")" Control
	ssh -p "$SSH_PORT" -O exit 127.0.0.1 2>/dev/null
}

@test "network: two names of one host, with a key each, never share" {
	serve
	served ssh a1 a2 b1 b2
	ssh-keygen -q -t ed25519 -N '' -C a -f "$SANDBOX/key.a"
	ssh-keygen -q -t ed25519 -N '' -C b -f "$SANDBOX/key.b"
	# The server tells the keys apart: each may read but its own repositories.
	for letter in a b; do
		echo "restrict,command=\"case \$SSH_ORIGINAL_COMMAND in */$letter?.git*) eval exec \$SSH_ORIGINAL_COMMAND;; esac; exit 9\" $(cat "$SANDBOX/key.$letter.pub")"
	done >"$SERVER/authorized_keys"
	cat >"$SANDBOX/ssh_config" <<-END
		Host one
		IdentityFile $SANDBOX/key.a
		Host two
		IdentityFile $SANDBOX/key.b
		Host *
		HostName 127.0.0.1
		Port $SSH_PORT
		IdentitiesOnly yes
		UserKnownHostsFile $SANDBOX/known_hosts
	END
	for name in a1 a2; do
		git -C $name remote set-url origin "one:$SERVER/repos/$name.git"
	done
	for name in b1 b2; do
		git -C $name remote set-url origin "two:$SERVER/repos/$name.git"
	done
	try gita fetch
	assert_equal "$stderr" ''
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 2
	none_left
}

@test "network: a server that allows one session a connection still serves all" {
	serve --sshd-option 'MaxSessions 1'
	served ssh a b c d e f
	news a b c d e f
	try gita fetch
	assert_equal "$status" 0
	for name in a b c d e f; do
		assert_equal "$(git -C $name log -1 --format=%s origin/main)" news
	done
	none_left
}

@test "network: more at once than a connection has sessions" {
	serve --sshd-option 'MaxSessions 10'
	served ssh a b c d e f g h i j k l m
	news a b c d e f g h i j k l m
	try gita fetch -j 13 --per-host 13
	assert_equal "$status" 0
	for name in a b c d e f g h i j k l m; do
		assert_equal "$(git -C $name log -1 --format=%s origin/main)" news
	done
	none_left
}

@test "network: a host that is down is reported once, its repos have failed, others run" {
	serve
	served ssh api docs web
	make_state clean local
	register local
	serve_end
	try gita fetch
	assert_equal "$status" 1
	assert_equal "$output" ''
	assert_equal "${stderr%, *}" "127.0.0.1:$SSH_PORT: ssh: connect to host 127.0.0.1 port $SSH_PORT: Connection refused
gita: cannot connect to host '127.0.0.1:$SSH_PORT': 3 repos failed
fetch: 1 ok, 3 failed (no connection: api docs web)"
	none_left
	try gita ls @failed
	expect 0 <<<'api docs web'
}

@test "network: a host that is down is reported once by git:// and http, too" {
	local scheme port
	for scheme in git http; do
		serve
		mkdir -p $scheme
		served $scheme $scheme-a $scheme-b $scheme-c
		port=${scheme^^}_PORT
		serve_end
		try gita fetch -j 1 $scheme-a $scheme-b $scheme-c
		assert_equal "$status" 1
		assert_equal "$output" ''
		assert_equal "$(grep -c 'fatal: unable to ' <<<"$stderr")" 1
		assert_contains "$stderr" "gita: cannot connect to host '127.0.0.1:${!port}': 3 repos failed
fetch: 0 ok, 3 failed (no connection: $scheme-a $scheme-b $scheme-c)"
		try gita report $scheme-c
		assert_equal "$output" ''
	done
	# With one repo its own words are as good.
	try gita fetch git-a
	assert_equal "$status" 1
	assert_contains "$stderr" 'fatal: unable to connect to 127.0.0.1'
}

mute_is_asked() {
	[ "$(connections mute)" = 1 ]
}

# Those of the other host end while this one is waited for, also where there is but one
# place for them.
@test "network: a host that says nothing holds up its own repos only" {
	serve
	served ssh api docs
	served mute infra web
	make_state clean local
	register local
	news api docs infra web
	gita fetch -j1 >"$SANDBOX/out" 2>&1 &
	run_pid=$!
	await grep -q '^api: .* origin/main' "$SANDBOX/out"
	await grep -q '^docs: .* origin/main' "$SANDBOX/out"
	await mute_is_asked
	refute_contains "$(git -C infra log -1 --format=%s origin/main)" news
	speak
	wait $run_pid
	for name in infra web; do
		assert_equal "$(git -C $name log -1 --format=%s origin/main)" news
	done
	assert_equal "$(connections ssh) $(connections mute)" '1 1'
	none_left
}

@test "network: a host that says nothing is left when the run is stopped" {
	serve
	served mute infra web
	gita fetch >"$SANDBOX/out" 2>&1 &
	run_pid=$!
	await mute_is_asked
	kill -TERM $run_pid
	wait $run_pid || status=$?
	assert_equal "$status" 143
	assert_equal "$(cut -d, -f1,2 "$SANDBOX/out")" 'fetch: 0 ok, 2 not run'
	none_left
}

@test "network: one repo after the other shares a connection as well" {
	serve
	served ssh api docs
	news api docs
	try gita fetch -i
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 1
	none_left
	serve_end
	try gita fetch -i
	assert_equal "$status" 1
	assert_equal "$output" '[1/2] api
[2/2] docs'
	assert_equal "${stderr%, *}" "127.0.0.1:$SSH_PORT: ssh: connect to host 127.0.0.1 port $SSH_PORT: Connection refused
gita: cannot connect to host '127.0.0.1:$SSH_PORT': 2 repos failed
fetch: 0 ok, 2 failed (no connection: api docs)"
}

@test "network: a host key that nobody knows is refused once in a pipe" {
	serve
	served ssh api docs
	rm "$SANDBOX/known_hosts"
	try gita fetch
	assert_equal "$status" 1
	assert_equal "${stderr%, *}" "127.0.0.1:$SSH_PORT: Host key verification failed.
gita: cannot connect to host '127.0.0.1:$SSH_PORT': 2 repos failed
fetch: 0 ok, 2 failed (no connection: api docs)"
	none_left
}

@test "network: on a terminal the host key is asked about once, before the run" {
	serve
	served ssh api docs web
	news api docs web
	rm "$SANDBOX/known_hosts"
	on_terminal --when 'continue connecting (yes/no/[fingerprint])? ' --type 'yes\n' -- gita fetch
	assert_equal "$status" 0
	assert_equal "$(grep -c 'continue connecting' <<<"$output")" 1
	assert_contains "$output" 'fetch: 3 ok'
	none_left
}

fetched() {
	[ "$(git -C "$1" log -1 --format=%s origin/main)" = news ]
}

# The repos of other hosts wait for the question, but not for ever.
@test "network: on a terminal a host that answers late asks late, in the middle of the run" {
	serve
	served ssh api docs
	served mute infra web
	news api docs infra web
	sed -i "/:$MUTE_PORT /d" "$SANDBOX/known_hosts"
	(await fetched api && await fetched docs && speak) &
	on_terminal --when 'continue connecting (yes/no/[fingerprint])? ' --type 'yes\n' -- gita fetch
	assert_equal "$status" 0
	assert_equal "$(grep -c 'continue connecting' <<<"$output")" 1
	assert_contains "$output" 'fetch: 4 ok'
	assert_equal "$(connections ssh) $(connections mute)" '1 2'
	none_left
}

@test "network: a host key that has changed is no question" {
	serve
	served ssh api docs
	ssh-keygen -q -t ed25519 -N '' -f "$SANDBOX/another"
	printf '[127.0.0.1]:%s %s\n' "$SSH_PORT" "$(cut -d' ' -f1,2 "$SANDBOX/another.pub")" >"$SANDBOX/known_hosts"
	on_terminal -- gita fetch
	assert_equal "$status" 1
	assert_contains "$output" 'REMOTE HOST IDENTIFICATION HAS CHANGED'
	assert_contains "$output" "gita: cannot connect to host '127.0.0.1:$SSH_PORT': 2 repos failed"
	assert_contains "$output" 'fetch: 0 ok, 2 failed (no connection: api docs)'
	none_left
}

@test "network: a passphrase is asked for once" {
	serve
	served ssh api docs web
	ssh-keygen -q -p -N secret -f "$SANDBOX/key"
	on_terminal --when 'Enter passphrase' --type 'secret\n' -- gita fetch
	assert_equal "$status" 0
	assert_equal "$(grep -c 'Enter passphrase' <<<"$output")" 1
	none_left
	try gita fetch
	assert_equal "$status" 1
	assert_contains "$stderr" 'Permission denied (publickey)'
	assert_contains "$stderr" '3 repos failed'
}

@test "network: a password is asked for once, and not at all in a pipe" {
	serve --password secret
	served ssh api docs web
	news api docs web
	try gita fetch
	assert_equal "$status" 1
	assert_contains "$stderr" 'Permission denied (password)'
	assert_contains "$stderr" '3 repos failed'
	on_terminal --when 'password: ' --type 'secret\n' -- gita fetch
	assert_equal "$status" 0
	assert_equal "$(grep -c 'password: ' <<<"$output")" 1
	assert_contains "$output" 'fetch: 3 ok'
	none_left
}

@test "network: a connection that is dropped at first is tried again at once" {
	serve
	served ssh api docs
	faults 'drop 2'
	gita fetch
	try gita fetch
	assert_equal "$status" 0
	assert_equal "$(connections ssh)" 3
	none_left
}

@test "network: a connection that ends in the middle costs no other run" {
	serve
	served ssh a b c d
	faults 'cut 4000'
	try gita fetch
	assert_equal "$status" 1
	rm "$SERVER/faults"
	try gita fetch
	assert_equal "$status" 0
	none_left
}

# The server waits until the file is there. It is no gate: those are for one child each.
# Where the sandbox is gone, nobody will make that file.
fake_hanging_server() {
	fake git-upload-pack <<-'END'
		echo x >>"$GATES/waiting"
		while [ -d "$GATES" ] && [ ! -e "$GATES/released" ]; do
			sleep 0.05
		done
		exec "$REAL" "$@"
	END
}

# A fetch of three repos that hangs at the server.
hang() {
	serve
	fake_hanging_server
	served ssh api docs web
	gita fetch >"$SANDBOX/out" 2>"$SANDBOX/err" &
	run_pid=$!
	await waiting 3
	pgrep -f "$TMPDIR/gita-ssh-" >/dev/null
	assert_equal "$(stat -c %a "$TMPDIR"/gita-ssh-*)" 700
}

waiting() {
	[ "$(wc -l <"$GATES/waiting")" = "$1" ]
}

@test "network: TERM leaves neither a connection nor a socket" {
	hang
	kill -TERM $run_pid
	wait $run_pid || status=$?
	assert_equal "$status" 143
	none_left
}

@test "network: HUP neither" {
	hang
	kill -HUP $run_pid
	wait $run_pid || status=$?
	assert_equal "$status" 129
	none_left
}

@test "network: Ctrl-C neither" {
	serve
	fake_hanging_server
	served ssh api docs
	on_terminal --when 'fetch: 0/2' --type '\x03' -- gita fetch
	assert_equal "$status" 130
	none_left
}

@test "network: Ctrl-C at the question about a host key ends the run" {
	serve
	served ssh api docs
	rm "$SANDBOX/known_hosts"
	on_terminal --again --when '(yes/no/[fingerprint])? ' --type '\x03' -- gita fetch
	assert_equal "$status" 130
	assert_contains "$output" 'fetch: 0 ok, 2 not run'
	none_left
}

@test "network: a closed output neither" {
	serve
	served ssh a b c d
	news a b c d
	gita fetch -j1 2>&1 | head -n1 >"$SANDBOX/out"
	none_left
}

# The children of a gita that was killed go on until they are done.
@test "network: after KILL the connection ends by itself, and its socket with it" {
	hang
	kill -KILL $run_pid
	wait $run_pid || :
	touch "$GATES/released"
	await no_ssh
	assert_equal "$(find "$TMPDIR" -type s)" ''
}

@test "network: the empty folder of a gita that was killed is removed later" {
	serve
	served ssh api docs
	mkdir "$TMPDIR/gita-ssh-000000" "$TMPDIR/gita-ssh-111111"
	touch -d '2 hours ago' "$TMPDIR/gita-ssh-000000"
	gita fetch
	assert_equal "$(ls "$TMPDIR" | grep gita-ssh)" gita-ssh-111111
}

@test "network: --retry tries again what the network broke" {
	serve
	served git a
	make_state clean local
	register local
	faults 'drop 2'
	gita fetch a
	try gita fetch -q --retry 1 a local
	assert_equal "$status" 0
	assert_equal "$(connections git)" 3
}

@test "network: --retry does not repeat what the other side refused" {
	serve
	served ssh a b
	rm -rf "$SERVER/repos/a.git"
	try gita fetch --retry 2 a b
	assert_equal "$status" 1
	assert_contains "$stderr" 'does not appear to be a git repository'
	assert_equal "$(grep -c upload-pack "$SANDBOX/ssh_calls")" 2
}

@test "network: --retry opens the connection again, but never pushes twice" {
	serve
	served ssh a b
	faults 'drop 1'
	try gita fetch --retry 1 a b
	assert_equal "$status" 1
	assert_equal "$(connections ssh)" 2
	assert_contains "$stderr" '2 repos failed'
	GITA_SSH_SHARE=0 try gita push --retry 2 a b
	assert_equal "$status" 1
	assert_equal "$(connections ssh)" 4
}
