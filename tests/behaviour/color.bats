# `color`: the colours of the branch's situations.
load sandbox

@test "color: colours, and which means what" {
	try gita color
	expect 0 <<-'END'
		black     red       green     yellow    blue      purple    cyan      white
		b_black   b_red     b_green   b_yellow  b_blue    b_purple  b_cyan    b_white
		underline default   end
		in_sync      : b_green    same commit as the upstream
		local_ahead  : purple     commits to push
		remote_ahead : b_yellow   commits to pull
		diverged     : b_red      commits on both sides
		no_remote    : default    no upstream
		upstream_gone: b_cyan     upstream was deleted
		missing      : b_purple   repo is not on disk
		broken       : b_red      repo cannot be read
		timeout      : b_blue     repo did not answer in time
	END
	try gita --color=always color
	assert_contains "$output" $'diverged     : \e[31;1mb_red\e[0m'
}

@test "color: set one, all by a preset, reset" {
	try gita color set in_sync blue
	expect 0
	assert_equal "$(cat "$CONF/color.csv")" $'in_sync,local_ahead,remote_ahead,diverged,no_remote,upstream_gone,missing,broken,timeout,in-sync,local-ahead,remote-ahead,no-remote\r
blue,purple,b_yellow,b_red,end,b_cyan,b_purple,b_red,b_blue,blue,purple,b_yellow,end\r'
	make_state clean web
	register web
	try gita --color=always ll --cols branch
	expect 0 <<<$'web  \e[34mmain\e[0m \e[34m[]\e[0m'
	gita color set in_sync end
	try gita --color=always ll --cols branch
	expect 0 <<<$'web  \e[39mmain\e[0m \e[39m[]\e[0m'
	try gita color set --preset colorblind
	expect 0
	assert_equal "$(tail -1 "$CONF/color.csv")" $'b_blue,b_purple,b_yellow,b_red,end,underline,b_cyan,b_red,purple,b_blue,b_purple,b_yellow,end\r'
	try gita color reset
	expect 0
	[ ! -e "$CONF/color.csv" ]
	try gita color reset
	expect 0
}

@test "color: typing errors are usage errors, and nothing is changed" {
	while IFS='|' read -r words error; do
		# shellcheck disable=SC2086
		try gita color $words
		expect 2 "gita: $error" </dev/null
	done <<-'END'
		set in_snyc red|color set: no situation 'in_snyc'; did you mean 'in_sync'?
		set xyzzyxyzzy red|color set: no situation 'xyzzyxyzzy'; 'gita color' lists them
		set in_sync rde|color set: no colour 'rde'; did you mean 'red'?
		set in_sync|color set: expected SITUATION COLOR or --preset NAME
		set|color set: expected SITUATION COLOR or --preset NAME
		set --preset colourblind|color set: no preset 'colourblind'; did you mean 'colorblind'?
		set --preset xyzzy|color set: no preset 'xyzzy'; 'gita help color set' lists them
		set --preset default in_sync red|color set: expected SITUATION COLOR or --preset NAME
		sett|color: unknown command 'sett'; did you mean 'set'?
	END
	[ ! -e "$CONF/color.csv" ]
}
