# `ls`, `rm`, `rename`, `clear`, and what happens to the rows of repos.csv.
load sandbox

two_repos() {
	make_repo web
	make_repo api
	register web api
}

@test "ls: names on one line; with one repo named, its path" {
	try gita ls
	expect 0
	two_repos
	try gita ls
	expect 0 <<<'api web'
	try gita ls web
	expect 0 <<<"$SRC/web"
	try gita ls web api
	expect 0 <<<'web api'
	try gita ls 'w*'
	expect 0 <<<'web'
	try gita ls -p
	expect 0 <<-END
		api $SRC/api
		web $SRC/web
	END
	try gita ls ./api
	expect 0 <<<'api'
	gita group add -n work web
	try gita ls work
	expect 0 <<<'web'
	try gita ls wbe
	expect 2 "gita: no repo or group 'wbe'; did you mean 'web'?"
}

@test "ls: the path of a repo is not escaped, so that cd can use it" {
	make_repo $'new\nline'
	register $'new\nline'
	cd "$(gita ls new-line)"
	assert_equal "$PWD" "$SRC/"$'new\nline'
}

@test "ls: on a terminal nothing of a path is obeyed" {
	make_repo $'\e[31mred'
	register $'\e[31mred'
	on_terminal -- gita ls -p
	expect 0 <<<"31mred $SRC/\\e[31mred"
}

@test "rm: forgets, groups follow, the disk is not touched" {
	two_repos
	gita group add -n work web api
	try gita rm web
	expect 0
	try gita ls
	expect 0 <<<'api'
	try gita group ll work
	expect 0 <<<'api'
	[ -d web/.git ]
}

@test "rm: a group is not taken for its repos" {
	two_repos
	gita group add -n work web
	try gita rm api work
	expect 2 "gita: rm: 'work' is a group; 'gita group rm work' forgets it, 'gita rm @group:work' its repos"
	try gita ls
	expect 0 <<<'api web'
	gita rm @group:work
	try gita ls
	expect 0 <<<'api'
}

@test "rm: all or nothing where a word is unknown" {
	two_repos
	try gita rm web ap nope
	expect 2 "gita: no repo or group 'ap'; did you mean 'api'?"
	try gita rm
	expect 2 'gita: rm: SELECTION is missing; usage: gita rm [OPTIONS] SELECTION...'
	try gita ls
	expect 0 <<<'api web'
}

@test "rm: a missing repo, by name and by fact; the others stay" {
	two_repos
	make_repo lib
	register lib
	rm -r web lib
	try gita rm web
	expect 0
	try gita ls
	expect 0 <<<'api lib'
	try gita rm @missing
	expect 0
	try gita ls
	expect 0 <<<'api'
}

@test "rm: missing repos are not erased by a change to others" {
	two_repos
	make_repo lib
	register lib
	rm -r web
	gita rm lib
	gita rename api server
	gita flags set server --no-pager
	try gita ls -p
	expect 0 <<-END
		server $SRC/api
		web $SRC/web
	END
}

@test "rename: the row and the groups follow" {
	two_repos
	gita group add -n work web api
	try gita rename web front
	expect 0
	try gita ls
	expect 0 <<<'api front'
	try gita group ll work
	expect 0 <<<'front api'
	try gita rename ./web front
	expect 0
}

@test "rename: names that cannot be" {
	two_repos
	gita group add -n work
	while IFS='|' read -r name why; do
		try gita rename web -- "$name"
		expect 2 "gita: rename: cannot use the name '$name': $why" </dev/null
	done <<-'END'
		api|a repo of that name exists
		work|a group of that name exists
		-x|a name cannot start with '-' or '@'
		@x|a name cannot start with '-' or '@'
		a b|it contains a space or ':'
		a:b|it contains a space or ':'
		.|it looks like a path
		..|it looks like a path
		./x|it looks like a path
		/x|it looks like a path
		w*|it looks like a glob
	END
	try gita rename web ''
	expect 2 'gita: rename: cannot use an empty name'
	try gita rename web $'a\tb'
	expect 2 "gita: rename: cannot use the name 'a\tb': it contains a control character"
	try gita rename web $'a\xe2\x80\xaeb'
	expect 2 "gita: rename: cannot use the name 'a\u{202E}b': it contains a control character"
	try gita rename work x
	expect 2 "gita: 'work' is a group, not a repo"
	try gita rename web
	expect 2 'gita: rename: NEW is missing; usage: gita rename NAME NEW'
	try gita ls
	expect 0 <<<'api web'
}

@test "clear: asks on a terminal, needs -y elsewhere" {
	two_repos
	try gita clear
	expect 2 'gita: clear: refusing to forget all repos and groups without -y'
	on_terminal --when 'y/N' --type 'n\n' -- gita clear
	assert_equal "$status" 1
	try gita ls
	expect 0 <<<'api web'
	on_terminal --when 'y/N' --type 'y\n' -- gita clear
	assert_equal "$status" 0
	try gita ls
	expect 0
}

@test "clear: takes groups and context along, leaves copies" {
	two_repos
	gita group add -n work web
	gita context work
	cp "$CONF/repos.csv" repos
	cp "$CONF/groups.csv" groups
	try gita clear -y
	expect 0
	cmp repos "$CONF/repos.csv.bak"
	cmp groups "$CONF/groups.csv.bak"
	try gita context
	expect 0 <<<'no context is set'
	gita clear -y
	cmp repos "$CONF/repos.csv.bak"
}

@test "rows: what no change touches keeps its bytes" {
	two_repos
	printf '"/mnt/away","quoted name",,\n/x,x,,,more,columns\n%s,n\xff,,\r\n' "$SRC/n" >>"$CONF/repos.csv"
	cp "$CONF/repos.csv" before
	gita rename web front
	sed 's/,web,/,front,/' before >expected
	cmp expected "$CONF/repos.csv"
}

@test "rows: mode and symbolic link stay" {
	make_repo web
	mkdir elsewhere
	touch elsewhere/repos
	chmod 640 elsewhere/repos
	ln -s "$SRC/elsewhere/repos" "$CONF/repos.csv"
	register web
	[ -L "$CONF/repos.csv" ]
	assert_equal "$(stat -c %a elsewhere/repos)" 640
	assert_equal "$(cat elsewhere/repos)" "$SRC/web,web,,"$'\r'
}

@test "rows: a file that does not parse is reported with its line and not written" {
	two_repos
	printf '"open\n' >>"$CONF/repos.csv"
	cp "$CONF/repos.csv" before
	make_repo lib
	for command in 'add lib' 'rm web' 'rename web x' 'clear -y'; do
		# shellcheck disable=SC2086
		try gita $command
		expect 1 "gita: cannot use '$CONF/repos.csv': line 3: unclosed quote; correct it or move the file away"
	done
	cmp before "$CONF/repos.csv"
}

@test "rows: reading goes on with those that parse, with one warning a file" {
	two_repos
	sed -i $'1i\\\xef\xbb\xbfnote' "$CONF/repos.csv"
	printf '"open\n%s\n' "$SRC/lib,lib,," >>"$CONF/repos.csv"
	make_repo lib
	printf 'team:web lib:\nnote\n' >"$CONF/groups.csv"
	warnings="gita: warning: $CONF/repos.csv:1: too few fields; this line and 1 more are left out
gita: warning: $CONF/groups.csv:2: too few fields; this line is left out"
	try gita ls team
	expect 0 "$warnings" <<<'lib web'
	try gita super -k team rev-parse --abbrev-ref HEAD
	expect 0 "$warnings" <<-'END'
		lib: main
		web: main
	END
	make_remote lib
	try gita check lib
	expect 0 "$warnings
gita: check: nothing would be lost in 1 repo"
	gita group rm team 2>/dev/null || status=$?
	assert_equal "$status" 1
	rm -rf api web
	git clone -q "$REMOTES/lib.git" api
	git clone -q "$REMOTES/lib.git" web
	try gita check
	expect 1 "$warnings
gita: check: nothing would be lost in 3 repos; the lines that were left out are not checked"
}

@test "rows: a line that starts with # is a comment, and stays in its place" {
	make_repo lib
	two_repos
	gita group add -n all web api >/dev/null
	printf '%s\n' '# my repos, "all of them' "$SRC/web,web,," '' '#/old,old,,' "$SRC/api,api,," \
		'# the end' >"$CONF/repos.csv"
	printf '#\nall:web api:\r\n# not now:\n#one:web:\ntwo:api:' >"$CONF/groups.csv"
	try gita ls -p
	expect 0 <<-END
		api $SRC/api
		web $SRC/web
	END
	try gita group ls
	expect 0 <<<'all two'
	gita rename web front
	gita rm api
	gita add lib 2>/dev/null
	gita group add -n '#3' lib
	gita group rm two
	assert_equal "$(tr -d '\r' <"$CONF/repos.csv")" "# my repos, \"all of them
$SRC/web,front,,
#/old,old,,
# the end
$SRC/lib,lib,,"
	assert_equal "$(tr -d '\r' <"$CONF/groups.csv")" '#
all:front:
# not now:
#one:web:
"#3":lib:'
	try gita group ls
	expect 0 <<<'all #3'
	gita clear -y
	assert_equal "$(<"$CONF/repos.csv")" "$(printf '# my repos, "all of them\n#/old,old,,\n# the end')"
}

@test "rows: a folder in the place of a file ends each command that needs it" {
	local line
	two_repos
	gita group add -n team web >/dev/null
	gita freeze >list
	rm "$CONF/repos.csv"
	mkdir "$CONF/repos.csv"
	for line in ll ls 'ls web' branches activity check 'add web' 'rm web' 'rename web x' 'clear -y' \
		repair freeze 'clone -f list' 'sync list' group 'group ls' 'group add -n x web' \
		'group rm team' 'group rename team x' 'group rmrepo -n team web' context 'context team' \
		'context none' 'wt add x web' 'wt ls' 'wt rm x' 'super status' 'super web status' \
		'shell true' flags 'flags set web -c a=b' fetch 'fetch web' 'co main' 'll --watch'; do
		echo "$line" >&2
		# shellcheck disable=SC2086 # the words of a line
		try gita $line
		expect 1 "gita: cannot read '$CONF/repos.csv': is a directory"
	done
	try gita __complete ll ''
	assert_equal "$status" 0
	refute_contains "$output" web
	rmdir "$CONF/repos.csv"
	assert_equal "$(<"$CONF/groups.csv")" team:web:$'\r'
}

@test "rows: a byte order mark is passed over, also by what is added" {
	two_repos
	sed -i $'1s/^/\xef\xbb\xbf/' "$CONF/repos.csv"
	make_repo lib
	register lib
	try gita ls
	expect 0 <<<'api lib web'
	gita rm api web
	try gita ls -p
	expect 0 <<<"lib $SRC/lib"
}

@test "rows: of two repos of one name the last one counts" {
	two_repos
	gita group add -n team web >/dev/null
	echo "$SRC/other,web,," >>"$CONF/repos.csv"
	mkdir other
	try gita ls web
	expect 0 "gita: warning: $CONF/repos.csv:1: duplicate name 'web'; rename one of the two" <<<"$SRC/other"
	try gita ll web ./web
	assert_equal "$(grep -c '^web ' <<<"$output")" 2
	gita rename ./other second 2>/dev/null
	assert_equal "$(<"$CONF/groups.csv")" team:second:$'\r'
	try gita ls
	expect 0 <<<'api second web'
}

@test "rows: what a move has left gives way to the row that is there, until repair forgets it" {
	two_repos
	printf '%s,web,,-c a=b\r\n' "$SRC/before" >>"$CONF/repos.csv"
	try gita ls
	expect 0 "gita: warning: $CONF/repos.csv:3: 'web' is not there, but where line 1 says; 'gita repair' forgets this row" \
		<<<'api web'
	try gita repair -n
	assert_equal "$status$output" "0web: forgotten: $SRC/before"
	assert_equal "$(wc -l <"$CONF/repos.csv")" 3
	try gita repair
	assert_equal "$status$output" "0web: forgotten: $SRC/before"
	try gita ls -p
	expect 0 <<-END
		api $SRC/api
		web $SRC/web
	END
	try gita flags
	expect 0 <<<'web: -c a=b'
}
