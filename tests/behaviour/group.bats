# `group`: named sets of repos.
load sandbox

setup() {
	sandbox_make
	for repo in web api lib; do
		make_repo $repo
	done
	register web api lib
}

@test "group: add, show, list" {
	try gita group add web api -n work
	expect 0
	try gita group add -n src -p . lib
	expect 0
	try gita group
	expect 0 <<-END
		work:$(printf ' ')
		  - web
		  - api
		src: $SRC
		  - lib
	END
	try gita group ls
	expect 0 <<<'work src'
	try gita group ll work
	expect 0 <<<'web api'
	assert_equal "$(cat -A "$CONF/groups.csv")" "work:web api:^M\$
src:lib:$SRC^M\$"
}

@test "group: none yet" {
	for command in group 'group ll' 'group ls'; do
		# shellcheck disable=SC2086
		try gita $command
		expect 0
	done
}

@test "group: add joins, and keeps the path where none is given" {
	gita group add -n work -p /a/b web
	try gita group add -n work api web
	expect 0
	assert_equal "$(cat "$CONF/groups.csv")" $'work:web api:/a/b\r'
	gita group add -n work -p ''
	assert_equal "$(cat "$CONF/groups.csv")" $'work:web api:\r'
}

@test "group: an empty one can exist, and be added to" {
	try gita group add -n later
	expect 0
	try gita group ll later
	expect 0
	try gita ll later
	assert_equal "$status$output" 0
	try gita group addrepo -n later 'w*'
	expect 0
	try gita group ll later
	expect 0 <<<'web'
	gita group rmrepo -n later web
	try gita group ls
	expect 0 <<<'later'
}

@test "group: a path, a glob, a fact and another group are repos, too" {
	echo change >>web/README
	gita group add -n one ./lib "$SRC/api/.git/.."
	gita group add -n two @dirty
	gita group add -n three one 'w*'
	try gita group
	expect 0 <<-END
		one:$(printf ' ')
		  - lib
		  - api
		two:$(printf ' ')
		  - web
		three:$(printf ' ')
		  - api
		  - lib
		  - web
	END
}

@test "group: rmrepo" {
	gita group add -n work web api
	try gita group rmrepo -n work web lib
	expect 1 "gita: group: 'lib' is not in 'work'"
	try gita group ll work
	expect 0 <<<'api'
	try gita ls
	expect 0 <<<'api lib web'
}

@test "group: rename and rm; the repos stay" {
	gita group add -n work web
	gita group add -n home lib
	try gita group rename work job
	expect 0
	try gita group rename job job
	expect 0
	try gita group ls
	expect 0 <<<'job home'
	try gita group rm job home
	expect 0
	try gita group ls
	expect 0
	try gita ls
	expect 0 <<<'api lib web'
}

@test "group: typing errors are usage errors, and nothing is changed" {
	gita group add -n work web
	cp "$CONF/groups.csv" before
	while IFS='|' read -r words error; do
		# shellcheck disable=SC2086
		try gita group $words
		expect 2 "gita: $error" </dev/null
	done <<-'END'
		ad|group: unknown command 'ad'; did you mean 'add' or 'addrepo'?
		add web|group add: no group; use -n GROUP
		add -n work wbe|no repo or group 'wbe'; did you mean 'web'?
		add -n api web|group: cannot use the name 'api': a repo of that name exists
		add -n auto web|group: cannot use the name 'auto': it is reserved for the context
		add -n none web|group: cannot use the name 'none': it is reserved for the context
		add -n a:b web|group: cannot use the name 'a:b': it contains a space or ':'
		ll wrk|no group 'wrk'; did you mean 'work'?
		rm work wrk|no group 'wrk'; did you mean 'work'?
		rm|group rm: GROUP is missing; usage: gita group rm GROUP...
		rename wrk x|no group 'wrk'; did you mean 'work'?
		rename work none|group: cannot use the name 'none': it is reserved for the context
		rename work api|group: cannot use the name 'api': a repo of that name exists
		addrepo -n wrk web|no group 'wrk'; did you mean 'work'?
		rmrepo -n work|group rmrepo: SELECTION is missing; usage: gita group rmrepo [OPTIONS] SELECTION...
		ls x|group ls: unexpected argument 'x'; usage: gita group ls
	END
	cmp before "$CONF/groups.csv"
}

@test "group: members that are not registered are kept in the file and not shown" {
	printf 'work:web gone api:/x:more\n' >"$CONF/groups.csv"
	try gita group ll work
	expect 0 <<<'web api'
	gita group add -n work lib
	assert_equal "$(cat "$CONF/groups.csv")" $'work:web gone api lib:/x:more\r'
}

@test "group: a repo whose name holds a space is not lost" {
	make_repo 'my repo'
	echo "$SRC/my repo,my repo,," >>"$CONF/repos.csv"
	try gita group add -n work 'my repo' web
	expect 0
	try gita group
	expect 0 <<-END
		work:$(printf ' ')
		  - my repo
		  - web
	END
	gita rename 'my repo' mine
	try gita group ll work
	expect 0 <<<'mine web'
}

@test "group: 20 changes at once are 20 changes" {
	for i in $(seq 20); do
		gita group add -n "g$i" web &
	done
	wait
	assert_equal "$(gita group ls | wc -w)" 20
}
