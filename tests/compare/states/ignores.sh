# Files that git is told not to see.

_ignoring() {
	printf '%s\n' "$@" >.gitignore
	git add .gitignore
	commit 'ignore'
}

ignored_only() {
	usual
	_ignoring '*.o'
	write x.o
	write dir/y.o
}

ignored_and_untracked() {
	usual
	_ignoring '*.o'
	write x.o
	write x.c
}

ignore_file_untracked() {
	usual
	printf '*.o\n' >.gitignore
	write x.o
}

ignore_file_hides_itself() {
	usual
	printf '*\n' >.gitignore
	write x.o
}

ignored_folder() {
	usual
	_ignoring 'build/'
	write build/x
	write dir/build/y
}

ignored_folder_pattern_and_file() {
	usual
	_ignoring 'build/'
	write build
}

ignored_folder_pattern_and_link() {
	usual
	_ignoring 'build/'
	ln -s dir build
}

ignored_nested() {
	usual
	printf '*.o\n' >dir/.gitignore
	git add dir/.gitignore
	commit 'ignore'
	write dir/x.o
	write dir/sub/x.o
}

ignored_nested_only_there() {
	ignored_nested
	write x.o
}

ignored_nested_overrides() {
	usual
	_ignoring '*.o'
	printf '!keep.o\n' >dir/.gitignore
	git add dir
	commit 'keep'
	write dir/keep.o
}

ignored_negated() {
	usual
	_ignoring '*.o' '!keep.o'
	write x.o
	write keep.o
}

ignored_negated_below_ignored_folder() {
	usual
	_ignoring 'build/' '!build/keep'
	write build/keep
}

ignored_negated_below_ignored_content() {
	usual
	_ignoring 'build/*' '!build/keep'
	write build/x
	write build/keep
}

ignored_white_list() {
	usual
	_ignoring '*' '!*/' '!*.c' '!.gitignore'
	write x/y/z.o
	write x.h
}

ignored_white_list_found() {
	ignored_white_list
	write x/y/z.c
}

ignored_white_list_at_top() {
	usual
	_ignoring '/*' '!/keep' '!/.gitignore'
	write x/y
	write keep/z
}

ignored_anchored() {
	usual
	_ignoring '/x' 'dir/y'
	write x
	write dir/y
}

ignored_anchored_elsewhere() {
	usual
	_ignoring '/x'
	write dir/x
}

ignored_middle_slash_anchors() {
	usual
	_ignoring 'sub/x'
	write dir/sub/x
}

ignored_double_star() {
	usual
	_ignoring '**/x' 'p/**/q' 'all/**'
	write dir/sub/x
	write p/q
	write p/1/2/q
	write all/1/2
}

ignored_double_star_not() {
	usual
	_ignoring 'p/**/q'
	write p/1/2/r
}

ignored_star_stops_at_slash() {
	usual
	_ignoring 'p/*/q'
	write p/1/2/q
}

ignored_classes() {
	usual
	_ignoring '[abc].x' '[!a-y].y' '[[:digit:]].z' '?.w' '[^q].v'
	write b.x
	write z.y
	write 7.z
	write z.w
	write z.v
}

ignored_classes_not() {
	usual
	_ignoring '[!a].x' '[a-c].y' '[]-].z' '[\]].w'
	write a.x
}

ignored_escapes() {
	usual
	_ignoring '\#x' '\!y' '\*z' 'trail\ ' 'w\x'
	write '#x'
	write '!y'
	write '*z'
	write 'trail '
	write wx
}

ignored_trailing_spaces() {
	usual
	_ignoring 'x   ' '   '
	write x
	write 'y '
}

ignored_leading_space() {
	usual
	_ignoring ' x'
	write x
}

ignored_backslash_at_end() {
	usual
	_ignoring 'x\'
	write x
}

ignored_crlf() {
	usual
	printf '*.o\r\nx\r\n' >.gitignore
	git add .gitignore
	commit 'ignore'
	write x
	write y.o
}

ignored_byte_order_mark() {
	usual
	printf '\357\273\277*.o\n' >.gitignore
	git add .gitignore
	commit 'ignore'
	write x.o
}

ignored_no_last_newline() {
	usual
	printf '*.a\n*.o' >.gitignore
	git add .gitignore
	commit 'ignore'
	write x.o
}

ignore_file_is_link() {
	usual
	printf '*.o\n' >ignore
	ln -s ignore .gitignore
	git add .
	commit 'ignore'
	write x.o
}

ignore_file_is_folder() {
	usual
	write .gitignore/file
	git add .
	commit 'odd'
	write x.o
}

ignore_file_deleted() {
	usual
	_ignoring '*.o'
	write x.o
	rm .gitignore
}

ignored_by_exclude_file() {
	usual
	write .git/info/exclude '*.o'
	write x.o
}

ignored_by_exclude_file_anchored() {
	usual
	printf '/x.o\ndir/y.o\n' >.git/info/exclude
	write x.o
	write dir/y.o
	write dir/x.o
}

ignored_by_exclude_file_but_not_by_ignore_file() {
	usual
	write .git/info/exclude '*.o'
	_ignoring '!x.o'
	write x.o
}

ignored_by_excludes_of_repository() {
	usual
	write ../excludes '*.o'
	git config core.excludesFile "$STATE/excludes"
	write x.o
	write dir/x.o
}

ignored_by_excludes_of_home() {
	own_home
	usual
	git config --global core.excludesFile '~/excludes'
	write "$HOME/excludes" '*.o'
	write x.o
}

ignored_by_excludes_at_usual_place() {
	own_home
	usual
	write "$XDG_CONFIG_HOME/git/ignore" '*.o'
	write x.o
}

ignored_by_excludes_set_to_nothing() {
	own_home
	usual
	write "$XDG_CONFIG_HOME/git/ignore" '*.o'
	git config core.excludesFile ''
	write x.o
}

ignored_by_excludes_relative() {
	usual
	write dir/excludes '*.o'
	git add .
	commit 'excludes'
	git config core.excludesFile dir/excludes
	write x.o
}

ignored_by_excludes_absent() {
	usual
	git config core.excludesFile "$STATE/nowhere"
	write x.o
}

folder_with_only_ignored() {
	usual
	_ignoring '*.o'
	write new/x.o
	write new/deep/y.o
}

folder_with_only_ignored_folders() {
	usual
	_ignoring 'build/'
	write new/build/x
	mkdir new/empty
}

folder_with_one_not_ignored() {
	usual
	_ignoring '*.o'
	write new/1.o
	write new/2/3.o
	write new/2/4/x.c
}

tracked_but_ignored() {
	usual
	_ignoring a dir/
}

tracked_but_ignored_modified() {
	usual
	_ignoring a dir/
	write dir/c changed
}

tracked_in_ignored_folder_and_untracked() {
	usual
	_ignoring dir/
	write dir/new
}

staged_but_ignored() {
	usual
	_ignoring '*.o'
	write x.o
	git add -f x.o
}

ignored_regardless_of_case() {
	usual
	git config core.ignoreCase true
	_ignoring '*.O' 'BUILD/'
	write x.o
	write build/y
}

ignored_in_a_nested_folder_of_untracked() {
	usual
	write new/.gitignore '*'
	write new/x
}

ignored_in_nested_repository_of_nothing() {
	usual
	(usual inner)
	_ignoring inner
}

ignored_by_long_pattern() {
	usual
	_ignoring "$(printf 'n%.0s' $(seq 250))*"
	write "$(printf 'n%.0s' $(seq 255))"
}

ignored_by_bytes() {
	usual
	_ignoring "$(printf '*\351')" "$(printf 'caf\303\251')"
	write "$(printf 'x\351')"
	write "$(printf 'caf\303\251')"
}

ignored_in_sparse_checkout() {
	usual
	_ignoring '*.o'
	git config core.sparseCheckout true
	write .git/info/sparse-checkout '/dir/'
	git read-tree -mu HEAD
	write x.o
}

ignored_comment_and_blank() {
	usual
	_ignoring '# x' '' '#' '  ' '/'
	write x
}

ignored_many_patterns() {
	usual
	seq -f 'f%g/' 1 2000 >.gitignore
	git add .gitignore
	commit 'many'
	write f1999/x
	write f7/x
}

# git reads rules from the index where it was told not to look for the file.
ignore_file_skipped() {
	usual
	_ignoring '*.o'
	git update-index --skip-worktree .gitignore
	rm .gitignore
	write x.o
}

ignore_file_with_nul() {
	usual
	printf 'x\0y\nz\n' >.gitignore
	git add .gitignore
	commit 'nul'
	write x
	write z
}

ignore_file_unreadable() {
	[ "$(id -u)" != 0 ] || skip 'root reads every file'
	usual
	_ignoring '*.o'
	chmod 000 .gitignore
	write x.o
}

excludes_is_folder() {
	usual
	git config core.excludesFile "$STATE"
	write x.o
}

ignored_by_plain_front_of_longer_name() {
	usual
	_ignoring '/foo/bar/' 'foo/b*/'
	write foo/barbaz
	write foo/bar
}
