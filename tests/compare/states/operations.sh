# Operations in progress, as git status words them.

merge_conflict() {
	forked
	stopped git merge -q other
}

merge_resolved() {
	forked
	stopped git merge -q other
	write a both
	git add a
}

merge_not_committed() {
	usual
	git checkout -q -b other
	write new
	git add new
	commit 'new'
	git checkout -q main
	git merge -q --no-commit --no-ff other
}

merge_squashed() {
	usual
	git checkout -q -b other
	write new
	git add new
	commit 'new'
	git checkout -q main
	git merge -q --squash other
}

merge_of_many() {
	usual
	for name in one two; do
		git checkout -q -b "$name" main
		write "$name"
		git add .
		commit "$name"
	done
	git checkout -q main
	git merge -q --no-commit --no-ff one two 2>/dev/null
}

merge_autostash() {
	forked
	write dir/c changed
	stopped git merge -q --autostash other
}

merge_aborted() {
	forked
	stopped git merge -q other
	git merge --abort
}

rebase_conflict() {
	forked
	stopped git rebase other
}

rebase_conflict_resolved() {
	forked
	stopped git rebase other
	write a both
	git add a
}

# The branch counts against its own upstream while HEAD is somewhere else.
rebase_with_upstream() {
	forked
	git branch -q theirs main~1
	git branch -q -u theirs main
	stopped git rebase other
}

rebase_in_sync() {
	forked
	git branch -q same main
	git branch -q -u same main
	GIT_SEQUENCE_EDITOR='sed -i 1s/pick/edit/' git rebase -q -i HEAD~1 2>/dev/null
	git commit -q --amend -m amended
}

rebase_with_upstream_gone() {
	forked
	git config branch.main.remote origin
	git config branch.main.merge refs/heads/main
	git config remote.origin.url /nowhere
	git config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'
	stopped git rebase --apply other
}

rebase_by_apply() {
	forked
	stopped git rebase --apply other
}

rebase_interactive_edit() {
	forked
	GIT_SEQUENCE_EDITOR='sed -i 1s/pick/edit/' git rebase -q -i HEAD~1 2>/dev/null
}

rebase_interactive_break() {
	forked
	GIT_SEQUENCE_EDITOR='sed -i 1s/^/break\\n/' git rebase -q -i HEAD~1 2>/dev/null
}

rebase_interactive_exec_failed() {
	forked
	stopped git rebase -q -x false HEAD~1
}

rebase_stopped_in_merge() {
	usual
	git checkout -q -b side
	write a side
	git add a
	commit 'side'
	git checkout -q main
	write a main
	git add a
	commit 'main'
	stopped git merge -q side
	write a merged
	git add a
	commit 'merged'
	stopped git rebase -q --rebase-merges --force-rebase HEAD~1
}

rebase_from_root() {
	forked
	GIT_SEQUENCE_EDITOR='sed -i 1s/pick/edit/' git rebase -q -i --root 2>/dev/null
}

rebase_autostash() {
	forked
	write dir/c changed
	stopped git rebase -q --autostash other
}

rebase_in_linked_worktree() {
	forked
	git worktree add -q ../linked other
	(cd ../linked && stopped git rebase main)
	registered_as linked
}

rebase_in_another_worktree() {
	rebase_in_linked_worktree
	registered_as repo
}

rebase_aborted() {
	forked
	stopped git rebase other
	git rebase --abort
}

rebase_of_detached() {
	forked
	git checkout -q --detach
	stopped git rebase other
}

am_conflict() {
	forked
	git format-patch -q -1 other~1 -o ../patches
	stopped git am ../patches/0001-theirs.patch
}

am_three_way() {
	forked
	git format-patch -q -1 other~1 -o ../patches
	stopped git am -3 ../patches/0001-theirs.patch
}

am_of_garbage() {
	usual
	printf 'From: A <a@x>\nSubject: x\n\nno patch\n' >../mail
	stopped git am ../mail
}

cherry_pick_conflict() {
	forked
	stopped git cherry-pick other~1
}

cherry_pick_resolved() {
	forked
	stopped git cherry-pick other~1
	write a both
	git add a
}

cherry_pick_of_many() {
	forked
	stopped git cherry-pick other~1 other
}

# Between two picks: the sequencer is at work, and no pick is at hand.
cherry_pick_of_many_committed() {
	forked
	stopped git cherry-pick other~1 other
	write a both
	git add a
	git commit -q --no-edit
}

cherry_pick_not_committed() {
	forked
	git cherry-pick -n other
}

revert_conflict() {
	usual
	echo 'more still' >>a
	git add a
	commit 'third'
	stopped git revert --no-edit HEAD~1
}

revert_of_many() {
	usual
	echo 'more still' >>a
	git add a
	commit 'third'
	echo 'and more' >>a
	git add a
	commit 'fourth'
	stopped git revert --no-edit HEAD~1 HEAD~2
}

revert_of_many_committed() {
	revert_of_many
	write a resolved
	git add a
	git commit -q --no-edit
}

revert_not_committed() {
	usual
	git revert -n HEAD
}

bisect_started() {
	usual
	git bisect start >/dev/null
}

bisect_running() {
	usual
	for _ in 1 2 3 4; do commit 'more'; done
	git bisect start HEAD HEAD~4 >/dev/null 2>&1
}

bisect_done() {
	bisect_running
	git bisect reset >/dev/null 2>&1
}

bisect_in_linked_worktree() {
	usual
	for _ in 1 2 3 4; do commit 'more'; done
	git worktree add -q ../linked
	(cd ../linked && git bisect start HEAD HEAD~4 >/dev/null 2>&1)
	registered_as linked
}

bisect_in_another_worktree() {
	bisect_in_linked_worktree
	registered_as repo
}

bisect_and_merge() {
	forked
	git bisect start >/dev/null
	stopped git merge -q other
}

bisect_and_cherry_pick() {
	forked
	git bisect start >/dev/null
	stopped git cherry-pick other~1
}

stash_pop_conflict() {
	usual
	write a stashed
	git stash -q
	write a committed
	git add a
	commit 'third'
	stopped git stash pop
}

cherry_pick_in_rebase() {
	forked
	GIT_SEQUENCE_EDITOR='sed -i 1s/pick/edit/' git rebase -q -i HEAD~1 2>/dev/null
	stopped git cherry-pick other~1
}

merge_in_rebase() {
	forked
	GIT_SEQUENCE_EDITOR='sed -i 1s/pick/edit/' git rebase -q -i HEAD~1 2>/dev/null
	stopped git merge other
}

merge_in_rebase_by_apply() {
	forked
	stopped git rebase --apply other
	git reset -q --hard
	stopped git merge main
}

merge_in_rebase_not_interactive() {
	forked
	stopped git rebase other
	git reset -q --hard
	rm -f .git/rebase-merge/interactive
	stopped git merge main
}

merge_after_leaving_a_rebase() {
	forked
	stopped git rebase --apply other
	git checkout -q -f main
	stopped git merge other
}

merge_after_leaving_am() {
	am_conflict
	stopped git merge other
}

cherry_pick_after_leaving_a_rebase() {
	forked
	stopped git rebase other
	git checkout -q -f main
	stopped git cherry-pick other~1
}

revert_in_bisect() {
	revert_conflict
	git bisect start >/dev/null 2>&1 || : >.git/BISECT_LOG
}

leftover_sequencer_folder() {
	usual
	mkdir .git/sequencer
}

leftover_rebase_folder() {
	usual
	mkdir .git/rebase-merge
}

leftover_original_head() {
	usual
	git rev-parse HEAD >.git/ORIG_HEAD
	git rev-parse HEAD >.git/AUTO_MERGE
	echo x >.git/MERGE_MSG
}

notes_merge() {
	usual
	git notes add -m one
	git update-ref refs/notes/other refs/notes/commits
	git notes append -m two
	git notes --ref=other append -m three
	stopped git notes merge other
}
