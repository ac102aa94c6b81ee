# Branches, upstreams, tags, stashes, and the commit that HEAD is.

sync_in_sync() {
	cloned
}

sync_ahead() {
	cloned
	commit 'ahead'
	commit 'further'
}

sync_behind() {
	cloned
	git reset -q --hard HEAD~1
}

sync_diverged() {
	cloned
	git reset -q --hard HEAD~1
	commit 'mine'
	commit 'mine again'
}

sync_ahead_by_many() {
	cloned
	for _ in $(seq 60); do commit 'more'; done
}

sync_across_merges() {
	cloned
	for round in 1 2 3; do
		git checkout -q -b "side$round" HEAD~1
		commit "side $round"
		git checkout -q main
		commit "main $round"
		git merge -q -m "merge $round" "side$round"
	done
	git update-ref refs/remotes/origin/main side2
}

sync_same_tree_other_commit() {
	cloned
	git commit -q --amend -m 'reworded'
}

sync_unrelated() {
	cloned
	git checkout -q --orphan fresh
	commit 'unrelated'
	git branch -q -u origin/main
}

no_upstream() {
	cloned
	git branch --unset-upstream
}

upstream_gone() {
	cloned
	git update-ref -d refs/remotes/origin/main
}

upstream_gone_packed() {
	cloned
	git pack-refs --all
	git update-ref -d refs/remotes/origin/main
}

upstream_of_remote_without_fetch() {
	cloned
	git config --unset remote.origin.fetch
}

upstream_of_unknown_remote() {
	usual
	git config branch.main.remote nowhere
	git config branch.main.merge refs/heads/main
}

upstream_merge_without_remote() {
	usual
	git config branch.main.merge refs/heads/main
}

upstream_remote_without_merge() {
	cloned
	git config --unset branch.main.merge
}

upstream_is_url() {
	cloned
	git config branch.main.remote "file://$STATE/origin.git"
}

upstream_local() {
	usual
	git checkout -q -b topic
	commit 'topic'
	git branch -q -u main
}

upstream_local_gone() {
	usual
	git checkout -q -b topic
	git branch -q -u main
	git branch -q -D main
}

upstream_local_itself() {
	usual
	git config branch.main.remote .
	git config branch.main.merge refs/heads/main
}

upstream_local_is_tag() {
	usual
	git tag v1
	commit 'after'
	git config branch.main.remote .
	git config branch.main.merge refs/tags/v1
}

upstream_other_name() {
	cloned
	git checkout -q -b mine/too
	git branch -q -u origin/main
	commit 'ahead'
}

upstream_other_remote_name() {
	cloned -o up/stream
	commit 'ahead'
}

upstream_own_refspec() {
	cloned
	git config remote.origin.fetch '+refs/heads/*:refs/mirror/*'
	git fetch -q
	commit 'ahead'
}

upstream_exact_refspec() {
	cloned
	git config remote.origin.fetch 'refs/heads/main:refs/remotes/here/there'
	git fetch -q
	commit 'ahead'
}

upstream_malformed_refspec() {
	cloned
	git config remote.origin.fetch '+refs/heads/*/*:refs/remotes/origin/*'
}

upstream_malformed_target() {
	cloned
	git config remote.origin.fetch '+refs/heads/*:/remotes/*'
}

malformed_refspec_of_another_remote() {
	cloned
	git config remote.other.fetch 'refs/heads/a b:refs/x'
	git checkout -q --detach
}

refspec_without_value() {
	cloned
	printf '[remote "other"]\n\tfetch\n' >>.git/config
}

upstream_negative_refspec() {
	cloned
	git config --add remote.origin.fetch '^refs/heads/other'
	commit 'ahead'
}

upstream_two_merges() {
	cloned
	git push -q origin main~1:refs/heads/second
	git fetch -q
	git config --add branch.main.merge refs/heads/second
}

upstream_set_twice() {
	cloned
	git push -q origin main~1:refs/heads/second
	git fetch -q
	cat >>.git/config <<-END
		[branch "main"]
			remote = origin
			merge = refs/heads/second
	END
}

upstream_symbolic() {
	cloned
	git symbolic-ref refs/remotes/origin/alias refs/remotes/origin/main
	git config branch.main.merge refs/heads/alias
	commit 'ahead'
}

upstream_ambiguous_name() {
	cloned
	git branch origin/main HEAD~1
	git tag origin/main HEAD~1
}

upstream_named_by_branch_with_dots() {
	cloned
	git checkout -q -b 'release.1.x' --track origin/main
	commit 'ahead'
}

upstream_push_differs() {
	cloned
	git config remote.pushDefault nowhere
	git config branch.main.pushRemote nowhere
	git config push.default upstream
	commit 'ahead'
}

upstream_of_unborn() {
	cloned
	git checkout -q --orphan fresh
	git config branch.fresh.remote origin
	git config branch.fresh.merge refs/heads/main
}

upstream_of_clone_of_nothing() {
	git init -q --bare origin.git
	git clone -q "file://$STATE/origin.git" repo 2>/dev/null
}

remotes_by_old_file() {
	cp -R "$MODELS/origin.git" .
	usual
	mkdir -p .git/remotes
	printf 'URL: ../origin.git\nPull: refs/heads/main:refs/remotes/old/main\n' >.git/remotes/old
	git update-ref refs/remotes/old/main HEAD~1
	git config branch.main.remote old
	git config branch.main.merge refs/heads/main
}

refs_packed() {
	cloned
	git tag v1
	git pack-refs --all
}

refs_packed_and_loose() {
	cloned
	git pack-refs --all
	commit 'loose'
}

refs_packed_old_style() {
	cloned
	git pack-refs --all
	sed -i -e '/^#/d' -e '/^\^/d' .git/packed-refs
	commit 'loose'
}

branch_with_slashes() {
	usual
	git checkout -q -b a/b-c/d.e
}

branch_not_ascii() {
	usual
	git checkout -q -b "$(printf 'caf\303\251/\346\227\245')"
}

branch_not_utf8() {
	usual
	git checkout -q -b "$(printf 'caf\351.x')"
}

branch_with_controls_hidden() {
	usual
	git checkout -q -b "$(printf 'x\302\233y\342\200\256z')"
}

branch_like_a_tag() {
	usual
	git tag main HEAD~1
}

branch_like_a_remote() {
	cloned
	git checkout -q -b origin
}

branch_named_head() {
	usual
	git update-ref refs/heads/HEAD HEAD~1
	git symbolic-ref HEAD refs/heads/HEAD
}

branch_symbolic() {
	cloned
	git symbolic-ref refs/heads/alias refs/heads/main
	git symbolic-ref HEAD refs/heads/alias
}

head_outside_of_branches() {
	usual
	git update-ref refs/elsewhere/x HEAD
	git symbolic-ref HEAD refs/elsewhere/x
}

head_as_link() {
	usual
	rm .git/HEAD
	ln -s refs/heads/main .git/HEAD
}

head_with_odd_space() {
	usual
	printf 'ref:   refs/heads/main \n\n' >.git/HEAD
}

detached() {
	usual
	git checkout -q --detach
}

detached_in_the_past() {
	cloned
	git checkout -q HEAD~1
}

detached_at_tag() {
	usual
	git tag v1
	git checkout -q v1
}

detached_at_annotated_tag() {
	usual
	git tag -a -m 'one' v1
	git checkout -q v1
}

detached_at_packed_tag() {
	usual
	git tag -a -m 'one' v1
	git tag light HEAD~1
	git pack-refs --all
	git checkout -q v1
}

detached_at_many_tags() {
	usual
	git tag a-light
	git tag z-light
	GIT_COMMITTER_DATE='1700000000 +0000' git tag -a -m 'old' m-old
	GIT_COMMITTER_DATE='1700009000 +0000' git tag -a -m 'new' b-new
	GIT_COMMITTER_DATE='1700005000 +0000' git tag -a -m 'middle' c-middle
	git checkout -q --detach
}

detached_at_light_tags() {
	usual
	git tag zeta
	git tag alpha
	git tag deep/er
	git checkout -q --detach
}

detached_at_equal_tags() {
	usual
	for name in second first third; do
		GIT_COMMITTER_DATE='1700000000 +0000' git tag -a -m 'x' "$name"
	done
	git checkout -q --detach
}

detached_at_tag_of_tag() {
	usual
	git tag -a -m 'inner' inner
	git tag -a -m 'outer' outer inner
	git tag -d inner >/dev/null
	git checkout -q --detach
}

detached_near_tag() {
	usual
	git tag v1 HEAD~1
	git tag of-a-tree 'HEAD^{tree}'
	git tag of-a-blob HEAD:b
	git checkout -q --detach
}

tag_on_branch() {
	usual
	git tag v1
}

tag_not_utf8() {
	usual
	git tag "$(printf 'v\351-')"
	git checkout -q --detach
}

replaced_head() {
	usual
	new=$(git commit-tree -m 'instead' 'HEAD^{tree}' -p HEAD~1)
	git replace HEAD "$new"
}

replaced_head_other_tree() {
	usual
	new=$(git commit-tree -m 'instead' 'HEAD~1^{tree}' -p HEAD~1)
	git replace HEAD "$new"
}

replaced_parent() {
	cloned
	commit 'one'
	commit 'two'
	git replace --graft HEAD HEAD~2
}

replaced_tree() {
	usual
	git replace 'HEAD^{tree}' 'HEAD~1^{tree}'
}

replaced_but_told_not_to() {
	usual
	new=$(git commit-tree -m 'instead' 'HEAD~1^{tree}' -p HEAD~1)
	git replace HEAD "$new"
	git config core.useReplaceRefs false
}

replaced_packed() {
	replaced_head
	git pack-refs --all
}

grafted() {
	cloned
	commit 'one'
	commit 'two'
	git config advice.graftFileDeprecated false
	echo "$(git rev-parse HEAD) $(git rev-parse HEAD~2)" >.git/info/grafts
}

unborn() {
	git init -q repo
	cd repo
}

unborn_with_files() {
	git init -q repo
	cd repo
	write new
}

unborn_staged() {
	git init -q repo
	cd repo
	write new
	git add new
}

unborn_in_old_repository() {
	usual
	git checkout -q --orphan fresh
}

unborn_switched() {
	usual
	git switch -q --orphan fresh
}

stash_one() {
	usual
	write b changed
	git stash -q
}

stash_three() {
	usual
	for text in one two three; do
		write b "$text"
		git stash -q
	done
}

stash_popped() {
	usual
	write b changed
	git stash -q
	git stash pop -q
}

stash_dropped_in_the_middle() {
	stash_three
	git stash drop -q 'stash@{1}'
}

stash_packed() {
	stash_three
	git pack-refs --all --prune
}

stash_without_log() {
	stash_one
	rm -r .git/logs/refs
}

stash_of_untracked() {
	usual
	write new
	git stash -q -u
	write new again
}

stash_in_linked_worktree() {
	stash_three
	git worktree add -q ../linked
	registered_as linked
}

stash_of_subjects_with_newlines() {
	usual
	write b changed
	git stash push -q -m "$(printf 'one\ntwo')"
}

subject_of_many_lines() {
	usual
	commit "$(printf 'one\ntwo\n  three\n\nbody')"
}

subject_empty() {
	usual
	git commit -q --allow-empty --allow-empty-message -m ''
}

subject_after_blank_lines() {
	usual
	git commit -q --allow-empty --cleanup=verbatim -m "$(printf '\n \n  led by space  \n\nbody')"
}

subject_with_controls() {
	usual
	commit "$(printf 'red \033[31m bell \a tab\there del \177 c1 \302\233 rtl \342\200\256x')"
}

subject_with_carriage_returns() {
	usual
	git commit -q --allow-empty --cleanup=verbatim -m "$(printf 'one\r\ntwo\r\n\r\nbody\r\n')"
}

subject_long() {
	usual
	commit "$(printf 'long %.0s' $(seq 3000))"
}

subject_not_ascii() {
	usual
	commit "$(printf 'na\303\257ve \346\227\245\346\234\254 \360\237\232\200')"
}

subject_in_latin1() {
	usual
	git config i18n.commitEncoding ISO-8859-1
	commit "$(printf 'caf\351')" --author="$(printf 'Ren\351 <rene@example.com>')"
}

subject_in_latin1_unsaid() {
	usual
	git commit-tree 'HEAD^{tree}' -p HEAD -m "$(printf 'caf\351.')" >../new 2>/dev/null
	git reset -q --hard "$(cat ../new)"
}

# A commit as its bytes: HEADERS after the tree, then the message.
_commit_of() {
	{
		echo "tree $(git rev-parse 'HEAD^{tree}')"
		echo "parent $(git rev-parse HEAD)"
		printf "$1"
	} >../commit
	git reset -q --hard "$(git hash-object -t commit -w --literally ../commit)"
}

subject_in_unknown_encoding() {
	usual
	_commit_of 'author A <a@x> 1700000000 +0000\ncommitter A <a@x> 1700000000 +0000
encoding martian\n\ncaf\351.\n'
}

subject_in_utf16_unsaid() {
	usual
	_commit_of 'author A <a@x> 1700000000 +0000\ncommitter A <a@x> 1700000000 +0000
encoding ISO-2022-JP\n\n\033$BF|K\\\033(B\n'
}

commit_signed() {
	usual
	_commit_of 'author A <a@x> 1700000000 +0000\ncommitter C <c@x> 1700000100 +0000
gpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n\nsigned\n'
}

commit_without_message() {
	usual
	_commit_of 'author A <a@x> 1700000000 +0000\ncommitter C <c@x> 1700000100 +0000\n\n'
}

commit_without_end_of_headers() {
	usual
	_commit_of 'author A <a@x> 1700000000 +0000\ncommitter C <c@x> 1700000100 +0000\n'
}

commit_with_odd_author() {
	usual
	_commit_of 'author  A  "B" \\t <a@x> 1700000000 +0000\ncommitter C <c@x> 1700000100 +0000\n\nodd\n'
}

commit_without_name() {
	usual
	_commit_of 'author <a@x> 1700000000 +0000\ncommitter <c@x> 1700000100 +0000\n\nnobody\n'
}

commit_with_broken_time() {
	usual
	_commit_of 'author A <a@x> never\ncommitter C <c@x> never\n\nno time\n'
}

commit_before_time() {
	usual
	_commit_of 'author A <a@x> -100 +0000\ncommitter C <c@x> -100 +0000\n\nbefore 1970\n'
}

commit_far_in_the_future() {
	usual
	_commit_of 'author A <a@x> 9999999999 -1130\ncommitter C <c@x> 9999999999 +1345\n\nfuture\n'
}

commit_at_the_end_of_time() {
	usual
	_commit_of 'author A <a@x> 18446744073709551614 +0000\ncommitter C <c@x> 99999999999999999999 +0000\n\nend\n'
}

commit_with_nul() {
	usual
	_commit_of 'author A <a@x> 1700000000 +0000\ncommitter C <c@x> 1700000100 +0000\n\none\0two\nthree\n'
}

commit_by_author_with_angle() {
	usual
	_commit_of 'author A <a <b>@x> 1700000000 +0000\ncommitter C <c@x>> 1700000100 +0000\n\nangles\n'
}

author_not_committer() {
	usual
	GIT_COMMITTER_NAME=Other commit 'by two' --author='Some One <one@example.com>'
}

sync_with_wrong_dates() {
	cloned
	GIT_COMMITTER_DATE='1100000000 +0000' git commit -q --allow-empty -m 'years too early'
	clock=1800000000
	commit 'too late'
	git branch other HEAD~1
	git checkout -q other
	clock=1000000000
	commit 'too early again'
	git update-ref refs/remotes/origin/main main
}

sync_same_commit_by_two_names() {
	cloned
	git branch -q topic
	git branch -q -u topic
}

sync_with_equal_dates() {
	cloned
	for name in x y z; do
		git commit -q --allow-empty -m "$name" --date='1700000000 +0000'
	done
	git update-ref refs/remotes/origin/main HEAD~2
	git commit -q --amend --allow-empty -m 'other'
}

sync_with_octopus() {
	cloned
	for name in one two three; do
		git checkout -q -b "$name" main
		commit "$name"
	done
	git checkout -q main
	git merge -q -m 'all' one two three
	git update-ref refs/remotes/origin/main two
}

# libgit2 1.5 counts a commit of both sides as one of theirs.
sync_of_merges_in_one_second() {
	cloned
	export GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'
	first=$(git commit-tree -m first 'HEAD^{tree}')
	second=$(git commit-tree -m second -p "$first" 'HEAD^{tree}')
	third=$(git commit-tree -m third -p "$second" -p "$first" 'HEAD^{tree}')
	ours=$(git commit-tree -m ours -p "$third" -p "$first" 'HEAD^{tree}')
	theirs=$(git commit-tree -m theirs -p "$second" -p "$ours" 'HEAD^{tree}')
	git update-ref refs/heads/main "$ours"
	git update-ref refs/remotes/origin/main "$theirs"
}

refs_with_upper_case_hash() {
	cloned
	git rev-parse HEAD | tr a-f A-F >../head
	cp ../head .git/refs/heads/main
}

refs_with_text_behind_hash() {
	usual
	printf '%s and more\n' "$(git rev-parse HEAD)" >../head
	cp ../head .git/refs/heads/main
}

branch_by_link() {
	usual
	git branch other
	ln -sf other .git/refs/heads/main
}
