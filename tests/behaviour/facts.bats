# Selections by state: @facts, how they combine, and what is wrong with a wrong one.
load sandbox

setup_file() {
	load sandbox
	sandbox_make
	for state in $states_all; do
		make_state "$state" "$SRC/$state"
		[ "$state" = missing ] || gita add -b "$SRC/$state" >/dev/null
	done
	make_repo missing
	gita add missing >/dev/null
	rm -rf missing
	make_repo broken
	gita add broken >/dev/null
	echo nonsense >broken/.git/HEAD
	gita group add ahead behind -n sync
	export FLEET=$SRC FLEET_HOME=$HOME
}

setup() {
	sandbox_make
	export HOME=$FLEET_HOME XDG_CONFIG_HOME=$FLEET_HOME/.config XDG_STATE_HOME=$FLEET_HOME/.local/state
	cd "$FLEET" || return
}

@test "facts: each chooses the repos it is true of" {
	while read -r fact names; do
		try gita ls "@$fact"
		assert_equal "$fact $output" "$fact $names"
		assert_equal "$status" 0
	done <<-END
		dirty conflict dirty rebase staged untracked
		staged staged
		unstaged dirty
		untracked untracked
		conflicted conflict rebase
		stashed stashed
		ahead ahead conflict diverged rebase
		behind behind diverged
		diverged diverged
		no-upstream bare detached no-upstream unborn
		gone gone
		detached detached rebase
		unborn unborn
		bare bare
		busy conflict rebase
		missing missing
		broken broken
		on:topic gone
		has:new untracked
		remote:*/ahead.git ahead
		group:sync ahead behind
		idle:2h ahead bare behind clean conflict detached dirty diverged gone no-upstream rebase staged stashed unfetched untracked
		idle:4h
	END
}

@test "facts: a comma means or, several words mean and" {
	try gita ls @ahead,behind
	expect 0 <<<'ahead behind conflict diverged rebase'
	try gita ls @ahead @behind
	expect 0 <<<diverged
}

@test "facts: they narrow what the names chose" {
	try gita ls ahead 'd*' @ahead
	expect 0 <<<'ahead diverged'
	try gita ls sync @behind
	expect 0 <<<behind
}

@test "facts: -x takes away what is named, and what a fact is true of" {
	try gita ls @ahead -x conflict
	expect 0 <<<'ahead diverged rebase'
	try gita ls @ahead -x @dirty -x 'div*'
	expect 0 <<<ahead
}

@test "facts: a fact that does not exist is an error that lists them" {
	try gita ls @drity
	assert_equal "$status" 2
	assert_contains "$stderr" "gita: unknown fact '@drity' (did you mean '@dirty'?); the facts are @dirty @clean "
}

@test "facts: values are checked" {
	try gita ls @on
	expect 2 "gita: fact '@on' needs a value: @on:GLOB"
	try gita ls @dirty:x
	expect 2 "gita: fact '@dirty' takes no value"
	try gita ls @idle:soon
	expect 2 "gita: fact '@idle' expects a span like 30d, 12h, 2w, 6m or 1y, not 'soon'"
	try gita ls @group:nope
	expect 2 "gita: no group 'nope'"
}

@test "facts: a repo of that name comes first" {
	printf '%s,@dirty,,\r\n' "$FLEET/clean" >>"$XDG_CONFIG_HOME/gita/repos.csv"
	try gita ls @dirty
	expect 0 <<<"$FLEET/clean"
	sed -i /@dirty/d "$XDG_CONFIG_HOME/gita/repos.csv"
}

@test "facts: state is read only when a fact asks for it" {
	fake git <<<'echo git was asked >&2; exit 99'
	try gita ls 'd*'
	expect 0 <<<'detached dirty diverged'
	try gita ls @has:new
	expect 0 <<<untracked
}

@test "facts: none chosen is no failure" {
	try gita fetch clean @dirty
	expect 0 'gita: fetch: no repo to run in'
}

@test "facts: in every command that takes repos" {
	try gita ll @conflicted --cols branch
	expect 0 <<-END
		conflict  main|merge  [!↑1]
		rebase    main|rebase [!↑1]
	END
	try gita super -k @behind rev-parse --abbrev-ref HEAD
	expect 0 <<-END
		behind: main
		diverged: main
	END
	try gita shell @diverged pwd
	expect 0 <<<"$FLEET/diverged"
	try gita freeze @diverged
	assert_contains "$output" ",diverged,$FLEET/diverged,,,main"
}
