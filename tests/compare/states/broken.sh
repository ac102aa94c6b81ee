# What git refuses to read, and what looks as if it would.

head_garbage() {
	usual
	echo garbage >.git/HEAD
}

head_empty() {
	usual
	: >.git/HEAD
}

head_absent() {
	usual
	rm .git/HEAD
}

head_is_folder() {
	usual
	rm .git/HEAD
	mkdir .git/HEAD
}

head_to_invalid_name() {
	usual
	echo 'ref: refs/heads/..x' >.git/HEAD
	expects broken
}

head_to_itself() {
	usual
	git symbolic-ref refs/heads/main refs/heads/other
	git symbolic-ref refs/heads/other refs/heads/main
	expects broken
}

head_of_missing_commit() {
	usual
	echo 1234567890123456789012345678901234567890 >.git/HEAD
}

head_of_blob() {
	usual
	blob=$(git rev-parse HEAD:b)
	echo "$blob" >.git/HEAD
}

branch_garbage() {
	usual
	echo garbage >.git/refs/heads/main
	expects broken
}

branch_empty() {
	usual
	: >.git/refs/heads/main
	expects broken
}

branch_zeros() {
	usual
	printf '%040d\n' 0 >.git/refs/heads/main
}

branch_of_missing_commit() {
	usual
	echo 1234567890123456789012345678901234567890 >.git/refs/heads/main
}

branch_of_blob() {
	usual
	blob=$(git rev-parse HEAD:b)
	echo "$blob" >.git/refs/heads/main
}

branch_is_folder() {
	usual
	git checkout -q --detach
	git branch -q -D main
	git branch main/deeper
	git symbolic-ref HEAD refs/heads/main
}

branch_other_garbage() {
	usual
	echo garbage >.git/refs/heads/other
	write b changed
}

# Overwrites the loose object NAME with what is on stdin, or removes it.
_object() {
	name=$(git rev-parse "$1")
	file=.git/objects/$(echo "$name" | cut -c1-2)/$(echo "$name" | cut -c3-)
	rm -f "$file"
	if [ "$2" = garbage ]; then echo garbage >"$file"; fi
}

commit_missing() {
	usual
	_object HEAD gone
}

commit_garbage() {
	usual
	_object HEAD garbage
}

commit_parent_missing() {
	usual
	_object HEAD~1 gone
}

tree_missing() {
	usual
	_object 'HEAD^{tree}' gone
}

tree_garbage() {
	usual
	_object 'HEAD^{tree}' garbage
}

tree_missing_and_staged() {
	usual
	_object 'HEAD^{tree}' gone
	write b staged
	git add b
}

tree_below_missing() {
	usual
	_object HEAD:dir/sub gone
}

tree_below_missing_and_staged() {
	usual
	_object HEAD:dir/sub gone
	write dir/sub/d staged
	git add dir/sub/d
}

tree_below_missing_elsewhere() {
	usual
	_object HEAD:dir/sub gone
	write b staged
	git add b
}

tree_below_garbage() {
	usual
	_object HEAD:dir garbage
	write b staged
	git add b
}

blob_missing() {
	usual
	_object HEAD:b gone
}

blob_missing_modified() {
	usual
	_object HEAD:b gone
	write b changed
}

objects_absent() {
	usual
	rm -rf .git/objects
}

refs_absent() {
	usual
	rm -rf .git/refs
}

upstream_garbage() {
	cloned
	mkdir -p .git/refs/remotes/origin
	echo garbage >.git/refs/remotes/origin/main
}

upstream_of_missing_commit() {
	cloned
	echo 1234567890123456789012345678901234567890 >.git/refs/remotes/origin/main
}

upstream_history_missing() {
	cloned
	git unpack-objects -q <"$(ls .git/objects/pack/*.pack | head -1 | xargs -I{} sh -c 'mv {} ../p.pack; rm .git/objects/pack/*; echo ../p.pack')"
	git update-ref refs/remotes/origin/main HEAD~1
	new=$(git commit-tree -m x -p HEAD~1 'HEAD^{tree}')
	git update-ref refs/remotes/origin/main "$new"
	commit ours
	_object HEAD~2 gone
}

stash_garbage() {
	usual
	echo garbage >.git/refs/stash
}

stash_of_missing_commit() {
	usual
	echo 1234567890123456789012345678901234567890 >.git/refs/stash
}

tag_garbage() {
	usual
	echo garbage >.git/refs/tags/v1
	git checkout -q --detach
}

tag_of_missing_object() {
	usual
	git tag v1
	git checkout -q --detach
	echo 1234567890123456789012345678901234567890 >.git/refs/tags/a
}

packed_refs_garbage() {
	usual
	echo garbage >.git/packed-refs
}

config_garbage() {
	usual
	echo '[core' >.git/config
}

config_is_folder() {
	usual
	rm .git/config
	mkdir .git/config
}

config_of_home_garbage() {
	own_home
	usual
	echo '[core' >"$HOME/.gitconfig"
}

# git reads past the end of the file, and is stopped by a signal.
index_truncated() {
	usual
	mkdir many
	seq 300 | (cd many && xargs touch)
	git add many
	head -c 6000 .git/index >../index
	cp ../index .git/index
}

index_truncated_in_header() {
	usual
	head -c 8 .git/index >../index
	cp ../index .git/index
}

index_garbage() {
	usual
	seq 1000 >.git/index
}

index_of_no_bytes() {
	usual
	: >.git/index
}

index_is_folder() {
	usual
	rm .git/index
	mkdir .git/index
}

index_of_unknown_version() {
	usual
	printf '\011' | dd of=.git/index bs=1 seek=7 conv=notrunc status=none
}

# An extension in lower case must be understood by who reads the index.
index_with_unknown_extension() {
	usual
	_extended mars
}

index_with_optional_extension() {
	usual
	_extended MARS
}

# Puts an empty extension of this name in front of the index's checksum.
_extended() {
	size=$(wc -c <.git/index)
	{
		head -c $((size - 20)) .git/index
		printf '%s\0\0\0\0' "$1"
	} >../index
	sha1sum ../index | cut -c1-40 | perl -ne 'chomp; print pack "H*", $_' >>../index
	cp ../index .git/index
}

git_folder_empty() {
	mkdir -p repo/.git
}

git_file_to_nowhere() {
	write repo/.git 'gitdir: /nowhere'
}

git_file_garbage() {
	write repo/.git garbage
}

git_file_empty() {
	mkdir repo
	: >repo/.git
}

git_link_to_nowhere() {
	mkdir repo
	ln -s nowhere repo/.git
}

git_is_fifo() {
	mkdir repo
	mkfifo repo/.git
}

no_repository() {
	write repo/file
}

no_folder() {
	write repo
}

# git would look further up and find the outer one.
lost_below_a_repository() {
	usual outer
	write new
	write inner/file
	registered_as outer/inner
}

lost_below_a_repository_with_empty_git() {
	usual outer
	mkdir -p inner/.git
	registered_as outer/inner
}

lost_below_a_repository_without_head() {
	usual outer
	(usual inner)
	rm inner/.git/HEAD
	registered_as outer/inner
}

attributes_garbage() {
	usual
	head -c 3000 /dev/zero | tr '\0' 'x' >.gitattributes
	printf '\n\0\n[attr]\n!x\n' >>.gitattributes
	git add .
	commit 'odd'
	write b changed
}

exclude_is_folder() {
	usual
	rm -f .git/info/exclude
	mkdir -p .git/info/exclude
	write new
}

modules_is_folder() {
	usual
	write .gitmodules/file
}

shallow_garbage() {
	usual
	echo garbage >.git/shallow
}

grafts_garbage() {
	usual
	echo garbage >.git/info/grafts
}

alternates_of_itself() {
	usual
	echo "$STATE/repo/.git/objects" >.git/objects/info/alternates
	write b changed
}

locks_everywhere() {
	cloned
	: >.git/HEAD.lock
	: >.git/refs/heads/main.lock
	: >.git/packed-refs.lock
	: >.git/config.lock
	: >.git/index.lock
	write b changed
}

worktree_common_folder_gone() {
	usual
	git worktree add -q ../linked
	mv .git ../away.git
	registered_as linked
}

work_tree_gone() {
	usual
	git config core.worktree /nowhere
}
