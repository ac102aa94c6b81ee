# `context`: the group assumed where nothing is named.
load sandbox

setup() {
	sandbox_make
	for repo in web api lib; do
		make_repo "$repo"
	done
	register web api lib
	gita group add -n work web api
}

@test "context: set, shown, used, left" {
	try gita context
	expect 0 <<<'no context is set'
	try gita context work
	expect 0
	try gita context
	expect 0 <<<'work: web api'
	try gita ls
	expect 0 <<<'api web'
	try gita ls --all
	expect 0 <<<'api lib web'
	try gita ls lib
	expect 0 <<<"$SRC/lib"
	try gita context none
	expect 0
	try gita ls
	expect 0 <<<'api lib web'
	assert_equal "$(ls "$CONF"/*.context 2>/dev/null)" ''
}

@test "context: the same everywhere" {
	gita context work
	for command in 'super rev-parse --show-prefix' 'shell true' 'fetch' 'st'; do
		# shellcheck disable=SC2086
		try gita "${command%% *}" -n -- ${command#"${command%% *}"}
		assert_equal "$(sed 's/:.*//' <<<"$output" | tr '\n' ' ')" 'api web '
	done
	try gita ll --cols path
	expect 0 <<-END
		api  $SRC/api
		web  $SRC/web
	END
	try gita freeze
	expect 0 <<-END
		,api,$SRC/api,,,main
		,web,$SRC/web,,,main
		,work,,web|api
	END
}

@test "context: follows a renamed group, goes with a removed one" {
	gita context work
	gita group rename work job
	try gita context
	expect 0 <<<'job: web api'
	gita group rm job
	try gita context
	expect 0 <<<'no context is set'
	try gita ls
	expect 0 <<<'api lib web'
}

@test "context: where it cannot follow, the group keeps its name" {
	gita context work
	try gita group rename work team/work
	expect 1 "gita: cannot make 'team/work' the context: a name with '/' cannot be the name of a file"
	try gita context
	expect 0 <<<'work: web api'
	assert_equal "$(cat "$CONF/groups.csv")" $'work:web api:\r'
}

@test "context: a rename that was killed leaves the group twice, and can be repeated" {
	gita context work
	printf 'work:web api:\njob:web api:\n' >"$CONF/groups.csv"
	try gita group rename work job
	expect 0
	try gita context
	expect 0 <<<'job: web api'
	assert_equal "$(cat "$CONF/groups.csv")" $'job:web api:\r'
	printf 'work:web api:\njob:web api:\n' >"$CONF/groups.csv"
	try gita group rename work job
	expect 0
	try gita context
	expect 0 <<<'job: web api'
	assert_equal "$(cat "$CONF/groups.csv")" $'job:web api:\r'
}

@test "context: one whose group is gone is an error that says how to leave it" {
	touch "$CONF/gone.context"
	for command in ls ll fetch context freeze; do
		try gita $command
		expect 1 "gita: cannot use the context 'gone': there is no such group; leave it with 'gita context none'"
	done
	try gita ls --all
	expect 0 <<<'api lib web'
	try gita ls web
	expect 0 <<<"$SRC/web"
	gita context none
	try gita ls
	expect 0 <<<'api lib web'
}

@test "context: a group that is not there cannot be set" {
	try gita context wrk
	expect 2 "gita: no group 'wrk'; did you mean 'work'?"
	try gita context lib
	expect 2 "gita: no group 'lib'"
	try gita context work lib
	expect 2 "gita: context: unexpected argument 'lib'; usage: gita context [GROUP|auto|none]"
}

@test "context: auto takes the deepest folder above, links or not" {
	mkdir -p deep/er
	gita group add -n top -p . lib
	gita group add -n deep -p deep web
	gita context auto
	try gita context
	expect 0 <<<'top: lib'
	cd deep/er
	try gita context
	expect 0 <<<'deep: web'
	try gita ls
	expect 0 <<<'web'
	ln -s "$SRC/deep" "$SANDBOX/link"
	cd "$SANDBOX/link/er"
	try gita context
	expect 0 <<<'deep: web'
	gita group add -n linked -p "$SANDBOX/link/er" api
	cd "$SRC/deep/er"
	try gita context
	expect 0 <<<'linked: api'
	cd /
	try gita context
	expect 0 <<<"auto: no group's folder contains this one"
	try gita ls
	expect 0 <<<'api lib web'
}

@test "context: several files are said, and one is left by the next change" {
	touch "$CONF/auto.context" "$CONF/work.context"
	local warning="gita: warning: there are several contexts ('auto.context' and 'work.context' in '$CONF'): 'auto' is used; set one with 'gita context'"
	try gita ls
	expect 0 "$warning" <<<'api lib web'
	try gita context work
	expect 0 "$warning"
	try gita context
	expect 0 <<<'work: web api'
	assert_equal "$(cd "$CONF" && echo ./*.context)" './work.context'
}
