# What can be found in a work tree.

clean() {
	usual
}

modified() {
	usual
	write b changed
}

modified_same_size() {
	usual
	printf 'x\n' >b
}

deleted() {
	usual
	rm dir/c
}

deleted_folder() {
	usual
	rm -r dir
}

deleted_everything() {
	usual
	rm -r a b dir
}

untracked() {
	usual
	write new
}

untracked_folder() {
	usual
	write new/deep/file
}

untracked_in_tracked_folder() {
	usual
	write dir/sub/new
}

untracked_empty_file() {
	usual
	: >empty
}

staged() {
	usual
	write b staged
	git add b
}

staged_then_modified() {
	usual
	write b staged
	git add b
	write b changed
}

staged_then_put_back() {
	usual
	write b staged
	git add b
	write b
}

staged_new() {
	usual
	write new
	git add new
}

staged_new_then_deleted() {
	usual
	write new
	git add new
	rm new
}

staged_removal() {
	usual
	git rm -q b
}

staged_removal_kept() {
	usual
	git rm -q --cached b
}

staged_removal_of_folder_kept() {
	usual
	git rm -qr --cached dir
}

staged_move() {
	usual
	git mv b dir/b
}

moved_by_hand() {
	usual
	mv b dir/b
}

everything_at_once() {
	forked
	git stash store -m 'by hand' "$(git stash create || true)" 2>/dev/null || true
	stopped git merge -q other
	write dir/new
	git add dir/new
	write dir/c changed
	write unknown
}

mode_executable() {
	usual
	chmod +x b
}

mode_not_executable() {
	usual
	chmod +x b
	git add b
	commit 'executable'
	chmod -x b
}

mode_of_group_only() {
	usual
	chmod 664 b
	chmod 600 a
}

mode_executable_by_group() {
	usual
	chmod 654 b
}

mode_unreadable_but_unchanged() {
	usual
	chmod 000 b
}

link() {
	usual
	ln -s a link
	git add link
	commit 'link'
}

link_changed() {
	link
	ln -sf b link
}

link_dangling_untracked() {
	usual
	ln -s nowhere link
}

link_loop_untracked() {
	usual
	ln -s . here
	ln -s loop loop
}

link_becomes_file() {
	link
	rm link
	printf a >link
}

file_becomes_link() {
	usual
	rm b
	ln -s a b
}

link_to_folder_untracked() {
	usual
	ln -s dir link
}

folder_becomes_link() {
	usual
	mv dir other
	ln -s other dir
}

folder_becomes_link_outside() {
	usual
	mv dir ../elsewhere
	ln -s ../elsewhere dir
}

link_becomes_folder() {
	link
	rm link
	write link/file
}

links_as_text() {
	link
	git config core.symlinks false
	rm link
	printf a >link
}

file_becomes_folder() {
	usual
	rm b
	write b/file
}

file_becomes_empty_folder() {
	usual
	rm b
	mkdir b
}

file_becomes_folder_of_ignored() {
	usual
	rm b
	write b/file.o
	write .git/info/exclude '*.o'
}

folder_becomes_file() {
	usual
	rm -r dir
	write dir
}

file_becomes_repository() {
	usual
	rm b
	(usual b)
}

fifo_untracked() {
	usual
	mkfifo fifo
}

fifo_in_untracked_folder() {
	usual
	mkdir new
	mkfifo new/fifo
}

file_becomes_fifo() {
	usual
	rm b
	mkfifo b
}

socket_untracked() {
	usual
	perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "socket", Listen => 1) or die'
}

empty_folder() {
	usual
	mkdir empty
}

empty_folders_nested() {
	usual
	mkdir -p empty/a/b/c empty/d
}

nested_repository() {
	usual
	(usual inner)
}

nested_repository_unborn() {
	usual
	git init -q inner
}

nested_repository_unborn_with_file() {
	usual
	git init -q inner
	write inner/file
}

nested_repository_deep() {
	usual
	mkdir -p x/y
	(usual x/y/z)
}

nested_repository_unborn_deep() {
	usual
	mkdir -p x/y
	git init -q x/y/z
}

nested_repository_detached() {
	usual
	(usual inner && git checkout -q --detach)
}

nested_repository_bare() {
	usual
	git init -q --bare inner
}

nested_repository_ignored() {
	usual
	(usual inner)
	write .git/info/exclude inner/
}

nested_repository_in_tracked_folder() {
	usual
	(usual dir/inner)
}

# Files that are tracked from above, in what has become a repository.
tracked_folder_becomes_repository() {
	usual
	(cd dir && git init -q . && git add c && commit inner)
}

tracked_folder_becomes_repository_and_changes() {
	tracked_folder_becomes_repository
	write dir/c changed
	write dir/new
}

nested_link_to_git_folder() {
	usual
	git init -q inner --separate-git-dir "$STATE/inner.git"
	write inner/file
}

nested_git_file_to_nowhere() {
	usual
	write inner/.git 'gitdir: /nowhere'
	write inner/file
}

nested_git_file_garbage() {
	usual
	write inner/.git garbage
}

nested_git_folder_empty() {
	usual
	mkdir -p inner/.git
}

nested_git_folder_empty_with_file() {
	usual
	mkdir -p inner/.git
	write inner/file
}

deep_folders() {
	usual
	deep=$(printf 'd%.0s/' $(seq 60))
	mkdir -p "$deep"
	write "${deep}file"
	git add .
	commit 'deep'
	write "${deep}file" changed
}

deep_untracked() {
	usual
	deep=$(printf 'd%.0s/' $(seq 90))
	mkdir -p "$deep"
	write "${deep}file"
}

very_deep_untracked() {
	usual
	deep=$(printf 'd%.0s/' $(seq 180))
	mkdir -p "$deep"
	write "${deep}file"
}

very_deep_tracked() {
	usual
	deep=$(printf 'd%.0s/' $(seq 180))
	mkdir -p "$deep"
	write "${deep}file"
	git add .
	commit 'very deep'
	write "${deep}file" changed
}

huge_file() {
	usual
	head -c 20000000 /dev/zero >huge
	git add huge
	commit 'huge'
}

huge_file_modified() {
	huge_file
	printf x | dd of=huge bs=1 seek=10000000 conv=notrunc status=none
	touch -d '2023-01-01' huge
}

names_odd() {
	usual
	for name in ' space' 'tab	' '"quote' 'back\slash' '-dash' '*' '?' '[a]' '#x' '!x' '~' '...' \
		"$(printf 'new\nline')" "$(printf 'esc\033[31m')" "$(printf 'latin\351.')" \
		"$(printf 'nfc\303\251')" "$(printf 'nfde\314\201')" "$(printf '\302\205')"; do
		printf x >"./$name"
	done
	git add .
	commit 'odd names'
}

names_odd_modified() {
	names_odd
	printf changed >"$(printf 'latin\351.')"
	printf new >"$(printf 'latin\352.')"
}

name_of_255_bytes() {
	usual
	write "$(printf 'n%.0s' $(seq 255))"
	git add .
	commit 'long'
}

names_differ_in_case() {
	usual
	write A
	git add A
	commit 'upper'
	rm a
}

names_differ_in_case_ignored() {
	usual
	git config core.ignoreCase true
	mv b B
}

names_differ_in_case_both() {
	usual
	git config core.ignoreCase true
	write B
}

time_changed_only() {
	usual
	touch -d '2001-01-01' a b
}

time_in_the_future() {
	usual
	touch -d '2037-01-01' a
	git update-index --refresh
	touch -d '2037-01-02' b
}

time_zero() {
	usual
	touch -d '@0' a
	git update-index --refresh
}

# Changed with its old time: the change time still tells.
time_put_back() {
	usual
	touch -d '2023-01-01' b
	git update-index --refresh
	printf 'x\n' >b
	touch -d '2023-01-01' b
}

time_put_back_untrusted() {
	usual
	git config core.trustctime false
	touch -d '2023-01-01' b
	git update-index --refresh
	printf 'x\n' >b
	touch -d '2023-01-01' b
}

time_put_back_minimal() {
	usual
	git config core.checkStat minimal
	git config core.trustctime false
	touch -d '2023-01-01 00:00:00.5' b
	git update-index --refresh
	printf 'x\n' >b
	touch -d '2023-01-01 00:00:00.7' b
}

inode_changed_only() {
	usual
	touch -d '2023-01-01' b
	git update-index --refresh
	cp -p b b2
	mv b2 b
}

hard_links() {
	usual
	ln a hard
	git add hard
	commit 'hard link'
	echo more >>hard
}

dot_names() {
	usual
	write ..x
	write .gitx
	write dir/.git-
	write .GIT/file
}

folder_unreadable() {
	[ "$(id -u)" != 0 ] || skip 'root reads every folder'
	usual
	mkdir new
	write new/file
	chmod 000 new
}

work_tree_elsewhere() {
	usual
	mkdir ../elsewhere
	git config core.worktree "$STATE/elsewhere"
	write ../elsewhere/new
}

registered_by_link() {
	usual
	write b changed
	ln -s repo ../link
	registered_as link
}

registered_with_odd_name() {
	name=$(printf 'a, "b"\nc;\351.')
	usual "$name"
	write new
	registered_as "$name"
}

registered_below_a_repository() {
	usual outer
	write new
	usual inner
	registered_as outer/inner
}

# _deep DEPTH: a file in so many folders, one in the other, the first of which is here.
_deep() {
	python3 -c 'import os, sys
for _ in range(int(sys.argv[1])):
    os.mkdir("d")
    os.chdir("d")
open("file", "w").close()' "$1"
}

untracked_deep() {
	usual
	_deep 1700
}

# git asks the system for whole paths, and warns of a folder that is beyond their limit.
untracked_too_deep() {
	usual
	_deep 3000
}

ignored_deep() {
	usual
	write .git/info/exclude 'file'
	_deep 1700
}

ignored_deep_within() {
	usual
	_deep 1000
	write d/d/d/d/.gitignore 'd/d/d/'
	write .git/info/exclude '.gitignore'
}

tracked_deep() {
	usual
	_deep 1000
	git add .
	commit 'deep'
}

tracked_deep_changed() {
	tracked_deep
	echo more >>"$(find d -name file)"
}

staged_deep() {
	tracked_deep
	echo more >>"$(find d -name file)"
	git add .
}

index_with_cut_cached_trees() {
	usual
	python3 -c 'import hashlib
with open(".git/index", "r+b") as index:
    data = index.read()[:-20]
    at = data.rindex(b"TREE")
    data = data[:at + 4] + (12).to_bytes(4, "big") + data[at + 8:at + 20]
    index.seek(0)
    index.truncate()
    index.write(data + hashlib.sha1(data).digest())'
}
