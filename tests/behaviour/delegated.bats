# The delegated commands that do more than run: pull --safe, co, grep.
load sandbox

# No time is the same twice.
timeless() {
	stderr=$(sed -E 's/, [0-9.]+ s$/, 0.0 s/' <<<"$stderr")
}

@test "pull --safe: fast-forwards what is ready, skips the rest with a phrase" {
	for state in unfetched dirty untracked detached gone rebase bare unborn; do
		make_state $state $state
	done
	make_repo alone
	make_state unfetched apart
	git -C apart commit -q --allow-empty -m mine
	register -b ./*
	try gita pull -k --safe -x unborn
	timeless
	assert_equal "$status" 1
	refute_contains "$output" 'skipped'
	assert_equal "$(grep -v '^apart: \|^unfetched: ' <<<"$stderr")" "alone: skipped: no upstream
bare: skipped: a bare repository
detached: skipped: HEAD is detached
dirty: skipped: uncommitted changes
gone: skipped: the upstream is gone
rebase: skipped: rebase in progress
pull: 2 ok, 1 failed (apart: exit 128), 6 skipped, 0.0 s"
	try gita ll --cols branch unfetched
	expect 0 <<<'unfetched  main []'

	try gita ls @failed
	expect 0 <<<apart
	try gita ls @ok
	expect 0 <<<'unfetched untracked'
	try gita report
	assert_contains "$output" 'dirty      skipped: uncommitted changes'
}

@test "pull --safe: by the environment, in a plan, in every mode" {
	make_state dirty api
	make_state clean web
	register api web
	export GITA_PULL_SAFE=1
	try gita pull -n -- --tags
	expect 0 'api: skipped: uncommitted changes' <<<'web: git pull --ff-only --tags'
	try gita pull -q
	expect 0
	try gita pull api
	expect 0 'api: skipped: uncommitted changes'
	try gita pull -o lines
	expect 0 <<-END
		api  skipped  uncommitted changes
		web  ok       up to date
	END
	try gita pull --json api
	assert_contains "$output" '"exit": null, "signal": null, "timed_out": false'
	assert_contains "$output" '"stdout": "", "stderr": "skipped: uncommitted changes"'
	GITA_PULL_SAFE=0 try gita pull -n
	expect 0 <<-END
		api: git pull
		web: git pull
	END
	GITA_PULL_SAFE=2 try gita pull
	expect 2 "gita: GITA_PULL_SAFE: neither 1 nor 0: '2'"
	try gita fetch --safe
	expect 2 "gita: fetch: unknown option '--safe'; options for git go after '--'"
}

@test "pull --safe: an untracked file that is in the way is kept, git says so" {
	make_state unfetched web
	register web
	echo mine >web/news
	try gita pull --safe -q web
	assert_equal "$status" 1
	assert_contains "$stderr" 'web: error: The following untracked working tree files would be overwritten by merge:'
	assert_equal "$(cat web/news)" mine
}

@test "pull --safe: by the file of commands" {
	make_state dirty api
	make_state clean web
	register api web
	settings cmds.yml <<-'END'
		pull:
		  pull_safe: true
		  allow_all: true
		up: {cmd: pull --tags, pull_safe: yes}
		down: {cmd: push, pull_safe: true}
		all: {cmd: git pull, shell: true, pull_safe: true}
		off: {cmd: pull, pull_safe: maybe}
	END
	local ignored="gita: warning: $CONF/cmds.yml:5: 'down' is ignored: 'pull_safe' is for what 'git pull' does, not for 'push'
gita: warning: $CONF/cmds.yml:6: 'all' is ignored: 'pull_safe' is for what 'git pull' does, not for 'git pull'
gita: warning: $CONF/cmds.yml:7: 'off' is ignored: 'pull_safe' must be true or false, not 'maybe'"
	try gita pull -n
	expect 0 "$ignored
api: skipped: uncommitted changes" <<<'web: git pull --ff-only'
	sed -i 4q "$CONF/cmds.yml"
	try gita up -n web
	expect 0 <<<'web: git pull --tags --ff-only'
	GITA_PULL_SAFE=0 try gita pull -n web
	expect 0 <<<'web: git pull'
	GITA_PULL_SAFE=0 try gita pull -n --safe web
	expect 0 <<<'web: git pull --ff-only'
}

@test "co: where the branch is, here or on a remote; the others are left alone" {
	make_state clean api
	make_state clean docs
	make_state clean web
	git -C api branch next
	git -C docs push -q origin main:next
	git -C docs fetch -q
	git -C web branch next/deeper
	git clone -q --bare "$REMOTES/docs.git" bare.git
	register -b api bare.git docs web
	try gita co -k next -- -q
	expect 0 "bare.git: skipped: a bare repository
web: skipped: no branch 'next'"
	gita rm bare.git
	try gita ll --cols branch_name
	expect 0 <<-END
		api   next
		docs  next
		web   main
	END
	assert_equal "$(git -C docs rev-parse --abbrev-ref '@{u}')" origin/next
	try gita co -n main api
	expect 0 <<<'api: git checkout main --'
	try gita co
	expect 2 'gita: co: BRANCH is missing; usage: gita co [OPTIONS] BRANCH [SELECTION...] [-- GIT-OPTION...]'
	echo change >api/README
	git -C api commit -qam change
	echo other >api/README
	try gita co -k main api docs
	assert_equal "$status" 1
	assert_contains "$stderr" 'co: 1 ok, 1 failed (api: exit 1), '
}

@test "co: the branch of a remote whatever that is called, and none that only ends alike" {
	make_state clean api
	make_state clean web
	git -C api push -q origin main:next
	git -C api remote rename origin team/up 2>/dev/null
	git -C api fetch -q team/up
	git -C web push -q origin main:team/next
	git -C web fetch -q
	register api web
	try gita co -k next -- -q
	expect 0 "web: skipped: no branch 'next'"
	assert_equal "$(git -C api rev-parse --abbrev-ref '@{u}')" team/up/next
	try gita co -k team/next -- -q
	expect 0 "api: skipped: no branch 'team/next'"
	assert_equal "$(git -C web rev-parse --abbrev-ref HEAD)" team/next
}

@test "co: a branch of the flags' repository, not of the folder's" {
	make_repo api
	make_repo other
	git -C other branch next
	register api
	gita flags set api --git-dir="$SRC/other/.git" --work-tree="$SRC/other"
	try gita co -q next
	assert_equal "$(git -C other rev-parse --abbrev-ref HEAD)" next
}

@test "grep: names in front, and grep's exit status" {
	for name in api docs web; do
		make_repo $name
	done
	echo 'a needle' | tee -a api/README web/README >/dev/null
	register api docs web
	try gita grep -k needle
	expect 0 <<-END
		api: README:a needle
		web: README:a needle
	END
	try gita grep needle web
	expect 0 <<<'web: README:a needle'
	try gita grep -k -- -n -e needle README
	expect 2 'gita: grep: PATTERN is missing; usage: gita grep [OPTIONS] PATTERN [SELECTION...] [-- GIT-OPTION...]'
	try gita grep -k NEEDLE -- -i -n README
	expect 0 <<-END
		api: README:2:a needle
		web: README:2:a needle
	END
	try gita grep nothing
	expect 1
	try gita grep -j1 --fail-fast needle -x api
	expect 0 <<<'web: README:a needle'
	try gita ls @failed
	expect 0
	rm -rf docs
	try gita grep -q needle
	assert_equal "$status" 2
	assert_contains "$stderr" 'grep: 2 ok, 1 failed (docs: not started), '
}

@test "a user's command that is a program is run as one" {
	make_repo api
	make_repo web
	register api web
	fake tool <<<'echo "[$1] $#"'
	settings cmds.yml <<-'END'
		run: {cmd: tool 'a b', help: run the tool}
		hello: {cmd: bash -c 'echo "$0 in $GITA_NAME"'}
		gits: {cmd: git tool}
		branch: {cmd: branch --list}
	END
	try gita run -k api web -- more
	expect 0 <<-END
		api: [a b] 2
		web: [a b] 2
	END
	try gita hello -k api web -- there
	expect 0 <<-END
		api: there in api
		web: there in web
	END
	try gita help run
	assert_contains "$output" "Runs: tool 'a b'"
	# What git knows, or what is said to be git's, is git's.
	fake branch <<<'echo a program'
	try gita branch web
	expect 0 <<<'* main'
	try gita gits -n web
	expect 0 <<<'web: git tool'
}

@test "co, grep, pull: the user's command of that name comes first" {
	make_repo web
	register web
	settings cmds.yml <<-'END'
		co: {cmd: 'rev-parse --abbrev-ref'}
		pull: {cmd: status -s}
	END
	try gita co web -- HEAD
	expect 0 <<<main
	GITA_PULL_SAFE=1 try gita pull -n web
	expect 0 <<<'web: git status -s'
}
