# `info`: the columns of ll and their widths.
load sandbox

@test "info: what is in use, and what else there is" {
	try gita info
	expect 0 <<-'END'
		In use: branch,commit_msg,commit_time
		Unused: branch_name,path,upstream,hash,author,remote,stash,sync,fetched,type,groups
	END
	assert_equal "$(ls "$CONF")" ''
}

@test "info: add at the end, rm, set in order, reset" {
	try gita info add path
	expect 0
	assert_equal "$(cat "$CONF/info.csv")" $'branch,commit_msg,commit_time,path\r'
	gita info add path
	gita info rm commit_msg
	gita info rm author
	assert_equal "$(cat "$CONF/info.csv")" $'branch,commit_time,path\r'
	gita info set sync,branch author
	assert_equal "$(cat "$CONF/info.csv")" $'sync,branch,author\r'
	gita info set-length path 9
	try gita info reset
	expect 0
	[ ! -e "$CONF/info.csv" ]
	[ ! -e "$CONF/layout.csv" ]
	try gita info reset
	expect 0
}

@test "info: typing errors are usage errors, and nothing is changed" {
	gita info set branch
	while IFS='|' read -r words error; do
		# shellcheck disable=SC2086
		try gita info $words
		expect 2 "gita: $error" </dev/null
	done <<-'END'
		add pth|info: no item 'pth'; did you mean 'path'?
		add xyzzy|info: no item 'xyzzy'; 'gita info' lists them
		add|info add: ITEM is missing; usage: gita info add ITEM
		rm branch|info: cannot remove 'branch': it is the last column
		set ,|info: at least one item is required
		set path,pth|info: no item 'pth'; did you mean 'path'?
		set-length path|info set-length: WIDTH is missing; usage: gita info set-length ITEM WIDTH
		set-length pth 5|info: no item 'pth'; did you mean 'path'?
		set-length path 5x|info: invalid width '5x': expected a number from 0 (no limit) to 10000
		set-length path 10001|info: invalid width '10001': expected a number from 0 (no limit) to 10000
		resett|info: unknown command 'resett'; did you mean 'reset'?
	END
	assert_equal "$(cat "$CONF/info.csv")" $'branch\r'
	[ ! -e "$CONF/layout.csv" ]
}

@test "info: set-length limits a column; 0 takes the limit away" {
	make_repo web
	register web
	gita info set-length commit_msg 6
	try gita ll
	expect 0 <<<'web  main [∅]  first…  (3 hours ago)'
	try gita info
	expect 0 <<-'END'
		In use: branch,commit_msg,commit_time
		Unused: branch_name,path,upstream,hash,author,remote,stash,sync,fetched,type,groups
		Width of commit_msg: 6
	END
	gita info set-length commit_msg 0
	try gita ll
	expect 0 <<<'web  main [∅]  first commit  (3 hours ago)'
}

@test "info: columns of others stay in the files" {
	printf 'branch,theirs\n' >"$CONF/info.csv"
	printf 'theirs,path\n7,20\n' >"$CONF/layout.csv"
	gita info add path 2>/dev/null
	assert_equal "$(cat "$CONF/info.csv")" $'branch,path,theirs\r'
	gita info set-length path 9 2>/dev/null
	assert_equal "$(cut -d, -f1,2 "$CONF/layout.csv")" $'theirs,path\n7,9'
}

@test "info: changes at once lose nothing" {
	for item in path upstream hash author remote stash sync fetched type groups; do
		gita info add $item &
		gita info set-length $item 9 &
	done
	wait
	assert_equal "$(gita info | head -1 | tr , '\n' | wc -l)" 13
	assert_equal "$(gita info | grep -c 'Width of .*: 9')" 10
}

@test "info: ll -C colours nothing, not even the path" {
	make_state ahead web
	register web
	gita info set branch path
	on_terminal --size 80x200 -- gita ll
	assert_contains "$output" $'\e['
	on_terminal --size 80x200 -- gita ll -C
	expect 0 <<<"web  main [↑2]  $SRC/web"
}

@test "info: a stash is seen from a linked worktree" {
	make_state stashed web
	git -C web worktree add -q -b tree ../tree
	register web tree
	gita info set branch stash
	try gita ll
	expect 0 <<-'END'
		tree  tree [$∅]  1
		web   main [$]   1
	END
}
