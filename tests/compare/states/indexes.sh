# How the index is stored, and the flags that an entry of it can bear.

index_v2() {
	usual
	git update-index --index-version 2
}

index_v4() {
	usual
	git update-index --index-version 4
}

index_v4_modified() {
	usual
	git update-index --index-version 4
	write dir/sub/d changed
	write dir/new
}

index_v4_staged() {
	usual
	git update-index --index-version 4
	write dir/sub/e
	git add dir
}

index_split() {
	usual
	git update-index --split-index
}

index_split_modified() {
	usual
	git update-index --split-index
	write b changed
}

index_split_staged() {
	usual
	git update-index --split-index
	write new
	git add new
	git rm -q --cached dir/c
}

index_split_conflict() {
	forked
	git update-index --split-index
	stopped git merge -q other
}

index_sparse() {
	usual
	git sparse-checkout init --cone --sparse-index
	git sparse-checkout set dir/sub
}

index_sparse_modified() {
	usual
	git sparse-checkout init --cone --sparse-index
	git sparse-checkout set dir/sub
	write dir/sub/d changed
}

index_sparse_staged() {
	usual
	write far/away/x
	git add far
	commit 'far away'
	git sparse-checkout init --cone --sparse-index
	git sparse-checkout set dir/sub
	write dir/sub/e
	git add dir/sub/e
}

index_sparse_present() {
	usual
	write far/away/x
	git add far
	commit 'far away'
	git sparse-checkout init --cone --sparse-index
	git sparse-checkout set dir
	write far/away/x 'not what was committed'
}

index_sparse_untracked() {
	usual
	write far/away/x
	git add far
	commit 'far away'
	git sparse-checkout init --cone --sparse-index
	git sparse-checkout set dir
	write far/away/y
}

sparse_patterns() {
	usual
	git config core.sparseCheckout true
	write .git/info/sparse-checkout '/dir/'
	git read-tree -mu HEAD
}

sparse_patterns_present() {
	sparse_patterns
	write a 'back, and changed'
}

sparse_patterns_present_unchanged() {
	sparse_patterns
	git show HEAD:b >b
}

index_untracked_cache() {
	usual
	git update-index --untracked-cache
	git status >/dev/null
}

index_untracked_cache_stale() {
	usual
	git update-index --untracked-cache
	git status >/dev/null
	write dir/sub/new
}

index_untracked_cache_removed() {
	usual
	write new
	git update-index --untracked-cache
	git status >/dev/null
	rm new
}

# A monitor that says that nothing ever changes.
_monitored() {
	usual
	marking "$STATE/monitor" 'printf "token\0"'
	git config core.fsmonitor "$STATE/monitor"
	git config core.fsmonitorHookVersion 2
	git update-index --fsmonitor
	git status >/dev/null
}

index_fsmonitor() {
	_monitored
}

index_fsmonitor_wrong() {
	_monitored
	write b 'changed, unknown to the monitor'
	write new
}

index_fsmonitor_staged() {
	_monitored
	write new
	git add new
}

index_conflict() {
	forked
	stopped git merge -q other
}

index_conflict_removed_file() {
	forked
	stopped git merge -q other
	rm a
}

index_conflict_add_add() {
	usual
	git checkout -q -b other
	write new theirs
	git add new
	commit 'theirs'
	git checkout -q main
	write new ours
	git add new
	commit 'ours'
	stopped git merge -q other
}

index_conflict_delete_modify() {
	forked
	git rm -q b
	commit 'b is gone'
	git checkout -q other
	stopped git merge -q main
}

index_conflict_rename_rename() {
	usual
	git checkout -q -b other
	git mv b theirs
	commit 'theirs'
	git checkout -q main
	git mv b ours
	commit 'ours'
	stopped git merge -q other
}

index_conflict_file_folder() {
	usual
	git checkout -q -b other
	write new/file
	git add new
	commit 'a folder'
	git checkout -q main
	write new
	git add new
	commit 'a file'
	stopped git merge -q other
}

index_conflict_with_changes() {
	forked
	stopped git merge -q other
	write dir/c staged
	git add dir/c
	write dir/sub/d unstaged
	write new
}

index_conflict_resolved() {
	forked
	stopped git merge -q other
	write a both
	git add a
}

intent_to_add() {
	usual
	write new
	git add -N new
}

intent_to_add_empty() {
	usual
	: >empty
	git add -N empty
}

intent_to_add_removed() {
	usual
	write new
	git add -N new
	rm new
}

intent_to_add_with_staged() {
	usual
	write new
	git add -N new
	write b staged
	git add b
}

intent_to_add_in_new_folder() {
	usual
	write new/file
	git add -N new
	write new/other
}

intent_to_add_unborn() {
	git init -q repo
	cd repo
	write new
	git add -N new
}

intent_to_add_of_moved() {
	usual
	mv b b2
	git add -N b2
}

intent_to_add_over_removed() {
	usual
	git rm -q --cached b
	git add -N b
}

skip_worktree() {
	usual
	git update-index --skip-worktree b
}

skip_worktree_modified() {
	usual
	git update-index --skip-worktree b
	write b changed
}

skip_worktree_absent() {
	usual
	git update-index --skip-worktree b dir/c
	rm b dir/c
}

skip_worktree_absent_folder() {
	usual
	git update-index --skip-worktree dir/c dir/sub/d
	rm -r dir
}

skip_worktree_staged() {
	usual
	write b staged
	git add b
	git update-index --skip-worktree b
	rm b
}

skip_worktree_replaced_by_folder() {
	usual
	git update-index --skip-worktree b
	rm b
	write b/file
}

assume_unchanged() {
	usual
	git update-index --assume-unchanged b
	write b changed
}

assume_unchanged_absent() {
	usual
	git update-index --assume-unchanged b
	rm b
}

assume_unchanged_staged() {
	usual
	write b staged
	git add b
	git update-index --assume-unchanged b
	write b 'changed again'
}

assume_unchanged_replaced_by_folder() {
	usual
	git update-index --assume-unchanged b
	rm b
	write b/file
}

# Same size, same time: only its content tells.
racy_modified() {
	usual
	printf 'one\n' >racy
	touch -d '2023-01-01 00:00:00' racy
	git add racy
	commit 'racy'
	touch -d '2023-01-01 00:00:00' .git/index
	printf 'two\n' >racy
	touch -d '2023-01-01 00:00:00' racy
}

racy_same() {
	usual
	touch -d '2023-01-01 00:00:00' a b
	git update-index --refresh
	touch -d '2023-01-01 00:00:00' .git/index
}

# Size 0 in the index is how git marks what was racy when it was written.
racy_smudged() {
	usual
	printf 'one\n' >racy
	git add racy
	printf 'two\n' >racy
	touch -r .git/index racy
	write other
	git add other
}

racy_emptied() {
	usual
	printf 'x' >racy
	git add racy
	commit 'racy'
	: >racy
	touch -r .git/index racy
}

index_absent() {
	usual
	rm .git/index
}

index_absent_unborn() {
	git init -q repo
	cd repo
}

index_emptied() {
	usual
	git read-tree --empty
}

index_emptied_bare_tree() {
	usual
	git read-tree --empty
	rm -r a b dir
}

# git does not look at the checksum in a status.
index_checksum_wrong() {
	usual
	size=$(wc -c <.git/index)
	printf 'xxxx' | dd of=.git/index bs=1 seek=$((size - 4)) conv=notrunc status=none
}

index_checksum_wrong_modified() {
	index_checksum_wrong
	write b changed
}

index_checksum_null() {
	usual
	size=$(wc -c <.git/index)
	head -c 20 /dev/zero | dd of=.git/index bs=1 seek=$((size - 20)) conv=notrunc status=none
}

# Without the extension TREE there is no short way to "nothing is staged".
index_without_tree() {
	usual
	git ls-files -s >../entries
	rm .git/index
	git update-index --index-info <../entries
}

index_without_tree_staged() {
	usual
	git ls-files -s | sed '/dir.c$/d' >../entries
	rm .git/index
	git update-index --index-info <../entries
}

index_tree_stale_but_equal() {
	usual
	write b staged
	git add b
	git checkout -q HEAD -- b
	write dir/new
	git add dir/new
	git rm -q --cached dir/new
	rm dir/new
}

index_offset_table() {
	usual
	git config index.threads 2
	git config index.recordEndOfIndexEntries true
	git config index.recordOffsetTable true
	write dir/c staged
	git add dir/c
}

index_executable_bit() {
	usual
	git update-index --chmod=+x b
}

index_missing_blob_staged() {
	usual
	git update-index --add --cacheinfo 100644,1234567890123456789012345678901234567890,gone
}

index_order_of_names() {
	usual
	write x-y
	write x.y
	write x/y
	write x0
	write x/y.z/0
	write x/y-z
	git add .
	commit 'names that sort differently as files and as folders'
	rm x/y
	write x/y-z changed
}

index_resolve_undo() {
	forked
	stopped git merge -q other
	git checkout -q --ours a
	git add a
	commit merged
}

# Large enough to be shared among threads; alone, so that there are idle ones.
_large() {
	own_home
	git init -q repo
	cd repo
	for name in a b/c b/d/e f/g h; do
		mkdir -p "$name"
		seq 2400 | split -l 1 -a 4 -d - "$name/"
	done
	git add .
	commit 'many files'
}

index_large() {
	_large
}

index_large_modified() {
	_large
	write h/2399 changed
}

index_large_untracked() {
	_large
	write b/d/new
}

index_large_deleted() {
	_large
	rm -r b/d
}

# Modes of old; a tree with them is not the one that the index would make.
index_of_tree_with_old_modes() {
	usual
	tree=$(git ls-tree HEAD | sed 's/^100644/100664/' | git mktree)
	git reset -q --hard "$(git commit-tree -m 'old' "$tree")"
}

index_of_tree_with_old_modes_without_tree() {
	index_of_tree_with_old_modes
	git ls-files -s >../entries
	rm .git/index
	git update-index --index-info <../entries
}

index_by_link() {
	usual
	mv .git/index ../index
	ln -s ../../index .git/index
	write b changed
}

index_intended_and_skipped() {
	usual
	write new
	git add -N new
	git update-index --skip-worktree new
	rm new
}

index_conflict_and_intended() {
	forked
	stopped git merge -q other
	write new
	git add -N new
}

index_locked() {
	usual
	write b changed
	: >.git/index.lock
}

# Both stat fields and content say that it is another file, but git is told not to look.
index_refresh_off() {
	usual
	git config core.preloadIndex false
	touch -d '2023-01-01' a b
}

index_variable_of_a_hook() {
	usual
	write b changed
	own_variable "GIT_INDEX_FILE=$STATE/none"
	own_variable "GIT_DIR=$STATE/none.git"
	own_variable "GIT_WORK_TREE=$STATE"
}
