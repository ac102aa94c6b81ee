# The servers of server.bash serve, and fail as told: other tests believe them.
load sandbox
load server

server_is_gone() {
	! pgrep -f "$SERVER/"
}

@test "server: fetches over ssh, git:// and http bring the news" {
	serve
	served ssh a
	served git b
	served http c
	news a b c
	for name in a b c; do
		git -C $name fetch -q
		assert_equal "$(git -C $name log -1 --format=%s origin/main)" news
	done
	assert_equal "$(connections ssh) $(connections git) $(connections http)" '1 1 3'
}

@test "server: http asks for a login" {
	serve --login user:secret
	served http a
	try git -C a -c core.askPass= -c credential.helper= fetch </dev/null
	assert_equal "$status" 128
	git -C a remote set-url origin "http://user:secret@127.0.0.1:$HTTP_PORT/a.git"
	git -C a fetch -q
}

@test "server: sshd asks for a password and takes no key" {
	serve --password secret
	served ssh a
	try git -C a -c core.sshCommand='ssh -o BatchMode=yes' fetch
	assert_equal "$status" 128
	assert_contains "$stderr" 'Permission denied (password)'
	on_terminal --when 'password: ' --type 'secret\n' -- git -C a fetch
	assert_equal "$status" 0
}

@test "server: connections are dropped and cut" {
	serve
	served ssh a
	faults 'drop 2'
	git -C a fetch -q
	try git -C a fetch -q
	assert_equal "$status" 128
	# Closed or reset, as the kernel sees the bytes that nobody has read.
	[[ $stderr == *"Connection "*" by 127.0.0.1"* ]]
	assert_equal "$(sed -n 2p "$SERVER/connections")" 'ssh dropped'
	faults 'cut 3000'
	try git -C a fetch -q
	assert_equal "$status" 128
}

@test "server: nothing of it is left when it ends" {
	serve
	served ssh a
	assert_contains "$(pgrep -af "$SERVER/")" sshd
	serve_end
	await server_is_gone
	try git -C a fetch -q
	assert_equal "$status" 128
	assert_contains "$stderr" 'Connection refused'
}
