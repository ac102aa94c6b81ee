# Content that differs between repository and work tree.

_attributes() {
	printf '%s\n' "$@" >.gitattributes
}

eol_crlf() {
	usual
	_attributes '*.txt text eol=crlf'
	printf 'one\r\ntwo\r\n' >x.txt
	git add .
	commit 'crlf'
}

eol_crlf_modified() {
	eol_crlf
	printf 'one\r\nTWO\r\n' >x.txt
}

eol_crlf_as_lf() {
	eol_crlf
	printf 'one\ntwo\n' >x.txt
}

eol_crlf_added_later() {
	usual
	_attributes '* text eol=crlf'
	git add .gitattributes
	commit 'crlf'
}

eol_lf_on_crlf_blob() {
	usual
	printf 'one\r\ntwo\r\n' >x.txt
	git add .
	commit 'raw'
	_attributes '*.txt text'
	git add .gitattributes
	commit 'now text'
}

text_auto_with_crlf_blob() {
	usual
	printf 'one\r\ntwo\r\n' >x.txt
	git add .
	commit 'raw'
	_attributes '* text=auto'
	git add .gitattributes
	commit 'now text'
}

text_auto_mixed() {
	usual
	_attributes '* text=auto'
	git add .gitattributes
	commit 'text'
	printf 'one\r\ntwo\n' >x.txt
	git add .
	commit 'mixed'
}

autocrlf() {
	usual
	git config core.autocrlf true
	printf 'one\r\ntwo\r\n' >x
	git add . 2>/dev/null
	commit 'crlf'
}

autocrlf_modified() {
	autocrlf
	printf 'one\r\nTWO\r\n' >x
}

autocrlf_lf_in_work_tree() {
	autocrlf
	printf 'one\ntwo\n' >x
}

autocrlf_input() {
	usual
	git config core.autocrlf input
	printf 'one\ntwo\n' >x
	git add .
	commit 'lf'
	printf 'one\r\ntwo\r\n' >x
}

autocrlf_set_later() {
	usual
	printf 'one\r\ntwo\r\n' >x
	git add .
	commit 'raw'
	git config core.autocrlf true
}

autocrlf_binary() {
	usual
	git config core.autocrlf true
	printf 'one\r\n\0two\r\n' >x
	git add . 2>/dev/null
	commit 'binary'
}

core_eol_crlf() {
	usual
	git config core.eol crlf
	_attributes '* text=auto'
	printf 'one\r\ntwo\r\n' >x
	git add . 2>/dev/null
	commit 'crlf'
}

safe_crlf_refuses() {
	usual
	git config core.autocrlf input
	git config core.safecrlf true
	printf 'one\n' >x
	git add .
	commit 'lf'
	printf 'one\r\n' >x
}

attribute_binary() {
	usual
	git config core.autocrlf true
	_attributes '*.bin -text'
	printf 'one\r\ntwo\r\n' >x.bin
	git add . 2>/dev/null
	commit 'bin'
}

attribute_old_crlf() {
	usual
	_attributes '*.txt crlf'
	printf 'one\r\ntwo\r\n' >x.txt
	git add . 2>/dev/null
	commit 'crlf'
}

# upper case in the work tree, lower case in the repository
_filtered() {
	usual
	marking "$STATE/clean" 'tr A-Z a-z'
	git config filter.case.clean "$STATE/clean"
	git config filter.case.smudge 'tr a-z A-Z'
	_attributes '*.up filter=case'
	write x.up HELLO
	git add .
	commit 'filtered'
}

filter_clean() {
	_filtered
}

filter_modified() {
	_filtered
	write x.up WORLD
}

filter_modified_but_equal() {
	_filtered
	write x.up Hello
}

filter_untracked() {
	_filtered
	write y.up NEW
}

filter_staged() {
	_filtered
	write x.up WORLD
	git add x.up
}

filter_without_driver() {
	usual
	_attributes '*.up filter=none'
	write x.up HELLO
	git add .
	commit 'no driver'
}

filter_that_fails() {
	_filtered
	write x.up WORLD
	git config filter.case.clean false
}

filter_that_fails_and_is_required() {
	_filtered
	git config filter.case.clean false
	git config filter.case.required true
	write x.up WORLD
}

filter_added_later() {
	usual
	write x.up HELLO
	git add .
	commit 'raw'
	git config filter.case.clean 'tr A-Z a-z'
	_attributes '*.up filter=case'
	git add .gitattributes
	commit 'filter'
}

filter_by_info_attributes() {
	_filtered
	git rm -q --cached .gitattributes
	commit 'moved'
	mv .gitattributes .git/info/attributes
}

filter_by_attributes_of_home() {
	own_home
	_filtered
	git rm -q --cached .gitattributes
	commit 'moved'
	mkdir -p "$XDG_CONFIG_HOME/git"
	mv .gitattributes "$XDG_CONFIG_HOME/git/attributes"
}

filter_by_attributes_file() {
	_filtered
	git rm -q --cached .gitattributes
	commit 'moved'
	mv .gitattributes ../attributes
	git config core.attributesFile "$STATE/attributes"
}

filter_by_macro() {
	_filtered
	_attributes '[attr]upper filter=case' '*.up upper'
	git add .
	commit 'macro'
}

filter_by_nested_attributes() {
	_filtered
	git rm -q .gitattributes
	write dir/.gitattributes '*.up filter=case'
	write dir/y.up HELLO
	git add dir
	commit 'nested'
}

filter_unset_below() {
	_filtered
	write dir/.gitattributes '*.up -filter'
	write dir/y.up HELLO
	git add dir
	commit 'unset'
}

attributes_deleted() {
	_filtered
	rm .gitattributes
}

attributes_file_is_link() {
	_filtered
	mv .gitattributes attributes
	ln -s attributes .gitattributes
	git add .
	commit 'link'
}

lfs() {
	command -v git-lfs >/dev/null || skip 'git-lfs is not installed'
	usual
	git lfs install --local --skip-repo >/dev/null
	_attributes '*.big filter=lfs diff=lfs merge=lfs -text'
	write x.big 'a large file'
	git add .
	commit 'lfs'
}

lfs_modified() {
	lfs
	write x.big 'another large file'
}

lfs_pointer_in_work_tree() {
	lfs
	git show HEAD:x.big >x.big
}

# As a clone is where git-lfs was never set up.
lfs_not_installed() {
	usual
	printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 7\n' 1 >x.big
	_attributes '*.big filter=lfs diff=lfs merge=lfs -text'
	git add .
	commit 'pointer'
}

encoding_utf16() {
	usual
	_attributes '*.txt working-tree-encoding=UTF-16LE'
	printf 'h\0i\0\n\0' >x.txt
	git add .
	commit 'utf-16'
}

encoding_utf16_modified() {
	encoding_utf16
	printf 'h\0o\0\n\0' >x.txt
}

encoding_latin1() {
	usual
	_attributes '*.txt working-tree-encoding=ISO-8859-1'
	printf 'caf\351\n' >x.txt
	git add .
	commit 'latin 1'
}

ident() {
	usual
	_attributes '*.c ident'
	printf '/* $Id$ */\n' >x.c
	git add .
	commit 'ident'
	rm x.c
	git checkout -q x.c
}

ident_modified() {
	ident
	echo 'int x;' >>x.c
}

ident_expanded_by_hand() {
	ident
	printf '/* $Id: something else $ */\n' >x.c
}

attributes_hostile() {
	usual
	_attributes '* text=auto eol=lf filter= -diff !x' '"a\tb" text' '*.x [attr]y' ''
	git add .
	commit 'odd'
}

export_and_diff_attributes() {
	usual
	_attributes 'a export-ignore' 'b diff=none merge=ours' '*.c whitespace=trailing-space'
	git add .
	commit 'harmless'
	write b changed
}

attribute_line_too_long() {
	usual
	_attributes "*.txt text$(printf '%2100s' ' ') eol=crlf"
	printf 'one\r\n' >x.txt
	git add . 2>/dev/null
	commit 'long'
	touch -d '2023-01-01' x.txt
}

attribute_name_not_valid() {
	usual
	_attributes '*.txt text b@d'
	printf 'one\r\n' >x.txt
	git add . 2>/dev/null
	commit 'bad name'
	_attributes '*.txt -text' '*.txt text b@d'
}

attribute_binary_after_text() {
	usual
	_attributes '*.txt text binary'
	printf 'one\r\n' >x.txt
	git add .
	commit 'binary wins'
}

attribute_text_after_binary() {
	usual
	_attributes '*.txt binary text'
	printf 'one\r\n' >x.txt
	git add . 2>/dev/null
	commit 'text wins'
	_attributes '*.txt binary'
}

attribute_of_folder_in_home() {
	own_home
	usual
	git config core.attributesFile '~/attributes'
	write "$HOME/attributes" '*.txt eol=crlf'
	printf 'one\r\n' >x.txt
	git add .
	commit 'crlf'
}

attributes_in_conflict() {
	forked
	git checkout -q other
	_attributes '* text'
	git add .
	commit 'theirs'
	git checkout -q main
	_attributes '* -text'
	git add .
	commit 'ours'
	stopped git merge -q other
	printf 'b\r\n' >b
}
