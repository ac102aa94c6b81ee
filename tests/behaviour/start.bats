# Before any command: the name of the version, help, and what is not known.
load sandbox

@test "start: -v and --version name the version and those of the libraries" {
	try gita -v
	[[ $output =~ ^gita\ [0-9.]+\ \(libgit2\ [0-9.]+,\ libuv\ [0-9.]+,\ libyaml\ [0-9.]+\)$ ]]
	assert_equal "$status$stderr" 0
	version=$output
	try gita --version
	expect 0 <<<"$version"
}

@test "start: help fits a screen and lists every command" {
	try gita
	assert_equal "$status$stderr" 0
	help=$output
	[ "$(wc -l <<<"$help")" -le 24 ]
	[ "$(wc -L <<<"$help")" -le 80 ]
	for command in ll ls add rm rename clear group context info color flags freeze clone super \
		shell check repair report fetch pull; do
		assert_contains "$help" "$command"
	done
	for words in help --help -h; do
		try gita $words
		expect 0 <<<"$help"
	done
}

@test "start: each command explains itself on a screen" {
	for command in ll ls add rm rename clear group context info color flags freeze clone super \
		shell check repair report completion shell-init fetch; do
		try gita help $command
		assert_equal "$status$stderr" 0
		assert_contains "$output" "usage: gita $command"
		help=$output
		[ "$(wc -l <<<"$help")" -le 40 ]
		try gita $command -h
		expect 0 <<<"$help"
	done
}

@test "start: an unknown command is a usage error with a suggestion" {
	try gita lss
	expect 2 "gita: unknown command 'lss'; did you mean 'ls'?"
}

@test "start: an unknown option is a usage error that says so" {
	try gita ll --colour
	assert_equal "$status$output" 2
	assert_contains "$stderr" '--colour'
}

@test "start: help and version need no home" {
	try env -u HOME XDG_CONFIG_HOME=relative gita -v
	assert_equal "$status" 0
	rm -rf "$HOME"
	try gita help ll
	assert_equal "$status$stderr" 0
}

@test "start: results that cannot be written are an error" {
	try sh -c 'gita help >/dev/full'
	assert_equal "$status$output" 1
	assert_contains "$stderr" 'gita: '
	assert_contains "$stderr" 'No space left on device'
}

@test "start: a closed pipe ends it quietly" {
	try bash -c 'gita help | head -1; echo "${PIPESTATUS[1]}"'
	assert_equal "$stderr" ''
	assert_equal "$status" 0
}
