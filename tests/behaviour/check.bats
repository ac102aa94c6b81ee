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
		dirty: uncommitted changes
		staged: uncommitted changes
		stashed: 1 stash
		untracked: untracked files
	END
}

@test "check: commits of any branch; what is on a remote needs no upstream" {
	make_state ahead "$SRC/api"
	git -C api checkout -q -b topic origin/main
	git -C api commit -q --allow-empty -m one
	git -C api checkout -q -b local --no-track origin/main
	make_state gone "$SRC/web"
	git init -q empty
	register api web empty
	try gita check
	expect 1 'gita: check: 1 of 3 repos not safe' <<-'END'
		api: branch 'main': 2 commits on no remote
		api: branch 'topic': 1 commit on no remote
	END
}

@test "check: many branches are one line, with the commits of all" {
	make_state clean "$SRC/api"
	git -C api checkout -q -b one
	git -C api commit -q --allow-empty -m one
	for name in two three four; do
		git -C api checkout -q -b $name
		git -C api commit -q --allow-empty -m $name
	done
	git -C api checkout -q --detach
	for name in v1 v2 v3 v4; do
		git -C api commit -q --allow-empty -m $name
		git -C api tag $name
	done
	git -C api tag blob "$(git -C api hash-object -w --stdin <<<text)"
	git -C api checkout -q main
	register api
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<-'END'
		api: 4 branches: 4 commits on no remote (four, one, three, ...)
		api: 4 tags: 4 commits on no remote (v1, v2, v3, ...)
		api: tag 'blob': points to no commit, not checked
	END
}

@test "check: without a remote, all is only here" {
	make_repo api
	register api
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<<"api: branch 'main': 1 commit on no remote"
}

@test "check: a commit that only a tag, a note or another reference holds" {
	make_state clean "$SRC/api"
	git -C api checkout -q --detach
	git -C api commit -q --allow-empty -m one
	git -C api tag light
	git -C api commit -q --allow-empty -m two
	git -C api tag -a -m annotated heavy
	git -C api commit -q --allow-empty -m three
	git -C api update-ref refs/keep/it HEAD
	git -C api checkout -q main
	git -C api notes add -m remark
	git -C api tag blob "$(git -C api hash-object -w --stdin <<<text)"
	register api
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<-'END'
		api: tag 'blob': points to no commit, not checked
		api: tag 'heavy': 2 commits on no remote
		api: tag 'light': 1 commit on no remote
		api: refs/keep/it: 1 commit on no remote
		api: refs/notes/commits: 1 commit on no remote
	END
}

@test "check: --fetch asks the remote for its tags and other references" {
	make_state clean "$SRC/api"
	git -C api checkout -q --detach
	git -C api commit -q --allow-empty -m one
	git -C api tag -a -m annotated pushed
	git -C api commit -q --allow-empty -m two
	git -C api update-ref refs/keep/it HEAD
	git -C api checkout -q main
	git -C api push -q origin pushed
	register api
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<-'END'
		api: tag 'pushed': 1 commit on no remote
		api: refs/keep/it: 1 commit on no remote
	END
	try gita check --fetch
	expect 1 'gita: check: 1 of 1 repo not safe' <<<'api: refs/keep/it: 1 commit on no remote'
	git -C api push -q origin refs/keep/it
	try gita check --fetch
	expect 0 'gita: check: nothing would be lost in 1 repo'
}

@test "check: a mirror holds what its remote has" {
	make_state clean "$SRC/api"
	git -C api tag v1
	git -C api push -q origin v1
	git clone -q --mirror "$REMOTES/api.git" mirror
	git clone -q --bare "$REMOTES/api.git" bare
	gita add -b mirror bare
	try gita check mirror
	expect 0 'gita: check: nothing would be lost in 1 repo'
	# This one remembers nothing of what its remote has.
	try gita check bare
	expect 1 'gita: check: 1 of 1 repo not safe' <<<"bare: branch 'main': 1 commit on no remote"
	try gita check --fetch bare
	expect 0 'gita: check: nothing would be lost in 1 repo'
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

@test "check: linked worktrees, registered or not" {
	make_state clean "$SRC/api"
	git -C api worktree add -q --detach ../loose
	git -C loose commit -q --allow-empty -m one
	git -C api worktree add -q -b topic ../topic
	git -C topic commit -q --allow-empty -m two
	echo new >topic/new
	echo keep >api/stashed
	git -C api stash -q -u
	register api
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<-END
		api: worktree '$SRC/loose': detached HEAD: 1 commit on no remote
		api: worktree '$SRC/topic': untracked files
		api: 1 stash
		api: branch 'topic': 1 commit on no remote
	END
	gita add topic loose
	try gita check
	expect 1 'gita: check: 3 of 3 repos not safe' <<-'END'
		api: 1 stash
		api: branch 'topic': 1 commit on no remote
		loose: detached HEAD: 1 commit on no remote
		topic: untracked files
	END
	# The main work tree counts as well.
	gita rm api loose
	echo new >api/new
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<-END
		topic: untracked files
		topic: worktree '$SRC/api': untracked files
		topic: worktree '$SRC/loose': detached HEAD: 1 commit on no remote
		topic: 1 stash
		topic: branch 'topic': 1 commit on no remote
	END
}

@test "check: a worktree that is gone or elsewhere is named" {
	make_state clean "$SRC/api"
	git -C api worktree add -q --detach ../gone
	git -C gone commit -q --allow-empty -m one
	git -C api worktree add -q --detach ../away
	git -C away commit -q --allow-empty -m two
	git -C api worktree lock ../away
	rm -rf gone away
	register api
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<-END
		api: worktree '$SRC/away': missing: $SRC/away
		api: worktree '$SRC/away': detached HEAD: 1 commit on no remote
		api: worktree '$SRC/gone': not checked: gitdir file points to non-existent location
		api: worktree '$SRC/gone': detached HEAD: 1 commit on no remote
	END
	git -C api worktree unlock ../away
	git -C api worktree prune
	try gita check
	expect 0 'gita: check: nothing would be lost in 1 repo'
}

@test "check: what a bisection in another worktree holds" {
	make_state clean "$SRC/api"
	git -C api worktree add -q -b topic ../topic
	for number in 1 2 3 4; do
		git -C topic commit -q --allow-empty -m $number
	done
	git -C topic bisect start HEAD origin/main >/dev/null
	git -C topic checkout -q --detach origin/main
	git -C api update-ref -d refs/heads/topic
	register api
	try gita check
	assert_equal "$status" 1
	assert_contains "$output" "api: worktree '$SRC/topic': bisect in progress"
	assert_contains "$output" "api: $SRC/topic: refs/bisect/bad: 4 commits on no remote"
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

# One that is too deep stands for one without permission, which root would have.
@test "check: a folder that git cannot search is not safe" {
	make_state clean "$SRC/api"
	register api
	(
		deep=$(printf 'd%.0s' {1..250})
		cd api
		for _ in {1..17}; do
			mkdir "$deep"
			cd "$deep"
		done
		echo lost >file
	)
	try gita check
	assert_equal "$status $stderr" '1 gita: check: 1 of 1 repo not safe'
	assert_equal "${output%%ddd*}" "api: not checked for untracked files: could not open directory '"
}

@test "check: a branch whose commits are gone is not safe" {
	make_state clean "$SRC/api"
	git -C api branch topic
	echo 0123456789012345678901234567890123456789 >api/.git/refs/heads/topic
	register api
	try gita check
	assert_equal "$status" 1
	assert_contains "$output" 'api: cannot read references: '
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
	expect 0 'gita: check: nothing would be lost in 1 repo; submodules of 1 not checked (--submodules)'
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
	git -C api checkout -q -b $'x\u202ey'
	git -C api commit -q --allow-empty -m one
	register api
	try gita check
	expect 1 'gita: check: 1 of 1 repo not safe' <<<"api: branch 'x\\u{202E}y': 1 commit on no remote"
}

@test "check: --submodules where flags put the work tree elsewhere" {
	make_state clean "$SRC/lib"
	make_state clean "$SRC/app"
	git -C app submodule --quiet add "$REMOTES/lib.git" lib
	git -C app commit -q -m 'with lib'
	git -C app push -q
	git -C app/lib checkout -q --detach
	git -C app/lib commit -q --allow-empty -m 'only here'
	git -C app config submodule.lib.ignore all
	mkdir place
	mv app/.git place/git
	printf 'gitdir: ../../place/git/modules/lib\n' >app/lib/.git
	git config -f place/git/modules/lib/config core.worktree "$SRC/app/lib"
	gita add -b place/git
	gita flags set git "--git-dir=$SRC/place/git" "--work-tree=$SRC/app"
	try gita check --submodules
	expect 1 'gita: check: 1 of 2 repos not safe' <<<'git/lib: detached HEAD: 1 commit on no remote'
}

@test "check: as many commits as git counts, in a history of merges" {
	make_state clean "$SRC/api"
	seed=${RANDOM}
	RANDOM=$seed
	for branch in one two three; do
		git -C api branch -q --no-track $branch
	done
	for ((step = 0; step < 30; step++)); do
		branches=(one two three)
		git -C api checkout -q "${branches[RANDOM % 3]}"
		if ((RANDOM % 3)); then
			git -C api commit -q --allow-empty -m $step
		else
			git -C api merge -q --no-ff -m "$step" "${branches[RANDOM % 3]}" >/dev/null
		fi
		((step == 10)) && git -C api push -q origin HEAD:refs/heads/shared
	done
	register api
	expected=
	for branch in one three two; do
		count=$(git -C api rev-list --count $branch --not --remotes)
		case $count in
		0) ;;
		1) expected+="api: branch '$branch': 1 commit on no remote"$'\n' ;;
		*) expected+="api: branch '$branch': $count commits on no remote"$'\n' ;;
		esac
	done
	try gita check
	echo "seed $seed"
	assert_equal "$output" "${expected%$'\n'}"
}

@test "check: --fetch knows a branch that the remote has deleted from one that it has" {
	make_state clean "$SRC/api"
	git -C api checkout -q -b topic
	git -C api commit -q --allow-empty -m one
	git -C api push -q -u origin topic
	git -C api checkout -q main
	git -C api fetch -q origin topic:refs/remotes/origin/other
	make_state behind "$SRC/web"
	register api web
	git -C "$REMOTES/api.git" update-ref -d refs/heads/topic
	try gita check
	expect 0 'gita: check: nothing would be lost in 2 repos'
	try gita check --fetch
	expect 1 'gita: check: 1 of 2 repos not safe' <<<"api: branch 'topic': 1 commit on no remote"
	# Nobody says any more what a remote has that is not fetched from.
	git -C api config remote.origin.skipFetchAll true
	try gita check --fetch
	expect 0 'gita: check: nothing would be lost in 2 repos'
}

@test "check: --fetch and what only a mirror has" {
	make_state clean "$SRC/api"
	git clone -q --mirror "$REMOTES/api.git" mirror.git
	register -b mirror.git
	commit=$(git -C mirror.git commit-tree -m one -p main 'main^{tree}')
	git -C mirror.git update-ref refs/heads/mine "$commit"
	try gita check --fetch
	expect 1 'gita: check: 1 of 1 repo not safe' <<<"mirror.git: branch 'mine': 1 commit on no remote"
}

@test "check: says where git does not show untracked files" {
	make_state untracked "$SRC/api"
	make_state clean "$SRC/web"
	git clone -q --bare web bare.git
	register -b api web bare.git
	git config --global status.showUntrackedFiles no
	git -C web config status.showUntrackedFiles normal
	try gita check api web
	expect 0 'gita: check: nothing would be lost in 2 repos; untracked files of 1 not checked (status.showUntrackedFiles)'
	try gita check bare.git
	refute_contains "$stderr" untracked
}
