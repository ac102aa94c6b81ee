# Is it safe to walk away: one line a reason, exit status 1 if there is one.
load sandbox

@test "check: all is on a remote" {
	make_state clean "$SRC/api"
	make_state unfetched "$SRC/web"
	make_state behind "$SRC/docs"
	register api web docs
	try gita check
	expect 0 'gita: check: nothing would be lost in 3 repos'
}

@test "check: what is in the work tree, stashed or in progress" {
	make_state conflict "$SRC/a"
	git -C a push -q origin --all
	for state in dirty staged untracked stashed; do
		make_state $state "$SRC/$state"
	done
	register a dirty staged untracked stashed
	try gita check
	expect 1 'gita: check: 5 of 5 repos not safe' <<-'END'
		a: unresolved conflicts
		a: merge in progress
		a: branch 'topic': no upstream
		dirty: uncommitted changes
		staged: uncommitted changes
		stashed: 1 stash
		untracked: untracked files
	END
}

@test "check: commits of any branch, and branches without upstream" {
	make_state ahead "$SRC/api"
	git -C api checkout -q -b topic origin/main
	git -C api commit -q --allow-empty -m one
	git -C api checkout -q -b local --no-track origin/main
	make_state gone "$SRC/web"
	git init -q empty
	register api web empty
	try gita check
	expect 1 'gita: check: 2 of 3 repos not safe' <<-'END'
		api: branch 'local': no upstream
		api: branch 'main': 2 commits on no remote
		api: branch 'topic': 1 commit on no remote
		web: branch 'topic': upstream 'origin/topic' is gone
	END
}

@test "check: a detached head with commits of its own" {
	make_state detached "$SRC/api"
	register api
	try gita check
	expect 0 'gita: check: nothing would be lost in 1 repo'
	git -C api commit -q --allow-empty -m one
	git -C api commit -q --allow-empty -m two
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<<'api: detached HEAD: 2 commits on no remote'
}

@test "check: a linked worktree and its own stash and branch" {
	make_state clean "$SRC/api"
	git -C api worktree add -q -b tree ../tree
	git -C api push -q -u origin tree
	echo new >tree/new
	register tree
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<<'tree: untracked files'
}

@test "check: what cannot be read is not safe" {
	make_state clean "$SRC/api"
	make_state clean "$SRC/old"
	make_state clean "$SRC/web"
	register api old web
	rm -rf old
	rm -rf api/.git/objects
	try gita check
	assert_equal "$status" 1
	assert_equal "${output%%: *}" api
	assert_contains "$output" 'api: broken: '
	assert_equal "${output#*$'\n'}" "old: missing: $SRC/old"
	assert_equal "$stderr" 'gita: check: 2 of 3 repos not safe'
}

@test "check: a branch whose commits are gone is not safe" {
	make_state clean "$SRC/api"
	git -C api branch topic
	echo 0123456789012345678901234567890123456789 >api/.git/refs/heads/topic
	register api
	try gita check
	assert_equal "$status" 1
	assert_contains "$output" 'api: cannot read branches: '
}

@test "check: only the selection" {
	make_state dirty "$SRC/api"
	make_state clean "$SRC/web"
	register api web
	try gita check web
	expect 0 'gita: check: nothing would be lost in 1 repo'
	try gita check @dirty
	expect 1 'gita: check: 1 of 1 repo not safe' <<<'api: uncommitted changes'
}

@test "check: --fetch learns what the remote has" {
	make_state clean "$SRC/api"
	git clone -q "$REMOTES/api.git" other
	git -C api checkout -q -b topic
	git -C api commit -q --allow-empty -m one
	git -C api branch -q --set-upstream-to=origin/main
	git -C api push -q "$REMOTES/api.git" topic 2>/dev/null
	git -C api update-ref -d refs/remotes/origin/topic
	register api
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<<"api: branch 'topic': 1 commit on no remote"
	try gita check --fetch
	expect 0 'gita: check: nothing would be lost in 1 repo'
}

@test "check: a fetch that fails is a reason" {
	make_state clean "$SRC/api"
	make_repo old
	register api old
	rm -rf old "$REMOTES/api.git"
	try gita check --fetch --json
	assert_equal "$status" 1
	assert_equal "$output" "[{\"name\": \"api\", \"path\": \"$SRC/api\", \"state\": \"ok\", \"safe\": false, \"reasons\": [\"fetch failed\"]},
{\"name\": \"old\", \"path\": \"$SRC/old\", \"state\": \"missing\", \"safe\": false, \"reasons\": [\"missing: $SRC/old\"]}]"
}

@test "check: --submodules looks into those as well" {
	make_state clean "$SRC/lib"
	make_state clean "$SRC/deep"
	git -C lib submodule --quiet add "$REMOTES/deep.git" in/deep
	git -C lib commit -q -m 'with deep'
	git -C lib push -q
	make_state clean "$SRC/app"
	git -C app submodule --quiet add "$REMOTES/lib.git" lib
	git -C app commit -q -m 'with lib'
	git -C app push -q
	git -C app submodule --quiet update --init --recursive
	git -C app/lib/in/deep checkout -q --detach
	git -C app/lib/in/deep commit -q --allow-empty -m 'only here'
	git -C app/lib config submodule.in/deep.ignore all
	git -C app config submodule.lib.ignore all
	register app
	try gita check
	expect 0 'gita: check: nothing would be lost in 1 repo'
	try gita check --submodules
	expect 1 'gita: check: 1 of 3 repos not safe' <<<'app/lib/in/deep: detached HEAD: 1 commit on no remote'
}

@test "check: --json" {
	make_state clean "$SRC/api"
	make_state dirty "$SRC/web"
	register api web
	try gita check --json
	expect 1 'gita: check: 1 of 2 repos not safe' <<-END
		[{"name": "api", "path": "$SRC/api", "state": "ok", "safe": true, "reasons": []},
		{"name": "web", "path": "$SRC/web", "state": "ok", "safe": false, "reasons": ["uncommitted changes"]}]
	END
}

@test "check: a branch's name does not reach the terminal raw" {
	make_state clean "$SRC/api"
	git -C api branch --no-track $'x\u202ey'
	register api
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<<"api: branch 'x\\u{202E}y': no upstream"
}
