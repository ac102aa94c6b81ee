# Both tools on the same files: the same output, the same changes, by turns.
load sandbox
load python

# same COMMAND...: whole output and exit status are the same.
same() {
	local theirs ours
	theirs=$(python "$@" 2>&1 && echo "[$?]")
	ours=$(gita "$@" 2>&1 && echo "[$?]")
	assert_equal "$(plain <<<"$ours")" "$(plain <<<"$theirs")"
}

# same_lines COMMAND...: but for the order of blocks and the lines between them.
same_lines() {
	assert_equal "$(gita "$@" 2>&1 | plain | sort)" "$(python "$@" 2>&1 | plain | grep . | sort)"
}

# Rows in any order, since the Python tool puts what was renamed at the end.
files() {
	(cd "$CONF" && grep -s '' ./*.csv && ls ./*.context 2>/dev/null) | tr -d '\r' | sort
}

# same_files COMMAND...: from the same files both make the same files; ours stay.
same_files() {
	local theirs
	rm -rf "$SANDBOX/saved"
	cp -r "$CONF" "$SANDBOX/saved"
	python "$@" >/dev/null
	theirs=$(files)
	rm -rf "$CONF"
	cp -r "$SANDBOX/saved" "$CONF"
	gita "$@" >/dev/null
	assert_equal "$(files)" "$theirs"
}

same_output() {
	fleet
	same ls web
	same group
	same group ll
	same group ll work
	same group ls
	same flags
	gita context work
	same context
	gita context none
	gita context auto
	(cd deep && same context)
	gita context none
	gita push -q web api
	for command in br remote st stat diff tag reflog fetch pull push merge rebase \
		stash clean 'super rev-parse HEAD' 'shell pwd' 'shell git log -1 --format=%s'; do
		# shellcheck disable=SC2086
		set -- $command
		case $1 in
		super | shell) same_lines "$1" web api "${@:2}" ;;
		*) same_lines "$1" web api ;;
		esac
	done
	same_lines fetch home work
	gita flags set web -c core.abbrev=5
	same_lines super web api rev-parse --short HEAD
}

@test "python: the same output" {
	each same_output
}

changes() {
	fleet
	make_repo more
	same_files add more
	make_repo zoo
	same_files add -g work zoo
	same_files rename more most
	same_files rm most
	same_files group add -n home web
	same_files group add -n third -p "$SRC" api
	same_files group rename third fourth
	same_files group rmrepo -n home web
	same_files context work
	same_files group rename work job
	same_files context auto
	same_files context none
	same_files group rm fourth
	same_files info add path
	same_files info rm commit_msg
	same_files flags set web -c a.b=c --no-pager
	same_files flags set web
	mkdir deeper
	make_repo deeper/one/a
	make_repo deeper/two/b
	gita add deeper/one/a deeper/two/b >/dev/null
	gita rm a b
}

@test "python: the same changes to the files" {
	each changes
}

# The Python tool finds repos in the order of the disk.
sorted_groups() {
	gita group | awk '/^[^ ]/ { group = $1 $2 } { print group, $0 }' | sort
}

auto_groups() {
	make_repo src/one/a
	make_repo src/c
	python add -a src >/dev/null
	local theirs
	theirs=$(sorted_groups)
	rm -rf "$CONF"
	gita add -a src >/dev/null
	assert_equal "$(sorted_groups)" "$theirs"
	# It writes a further row for each new repo; none of them hides another.
	make_repo src/one/d
	python add -a src >/dev/null
	try gita group ll src-one
	expect 0 <<<'a d'
	make_repo src/one/e
	register -a src
	python group ll src-one >"$SANDBOX/theirs"
	try cat "$SANDBOX/theirs"
	expect 0 <<<'a d e'
}

@test "python: groups by folder, by turns" {
	each auto_groups
}

by_turns() {
	make_state clean web
	make_state clean api
	make_repo lib
	python add web >/dev/null
	register api
	python add lib >/dev/null
	python group add web -n work
	gita group add -n work -p . api
	python rename web front
	gita rename lib back
	python context work
	gita flags set api --no-pager
	python color set diverged blue
	gita color set diverged b_red
	python info add path
	gita info rm commit_time
	try gita ls --all -p
	expect 0 <<-END
		api $SRC/api
		back $SRC/lib
		front $SRC/web
	END
	same ls api
	same group
	same context
	assert_equal "$(python info | head -1)" 'In use: branch,commit_msg,path'
	assert_equal "$(gita info | head -1)" 'In use: branch,commit_msg,path'
	assert_contains "$(gita color)" 'diverged     : b_red'
	assert_contains "$(python color | plain)" 'diverged    : b_red'
	assert_contains "$(python ll | plain)" 'first commit'
	gita group rm work
	python rm back
	assert_equal "$(python ls) $(gita ls)" 'api front api front'
}

@test "python: by turns on the same files" {
	each by_turns
}

odd_files() {
	make_repo web
	make_repo 'my repo'
	make_repo 'com,ma'
	printf '"%s",web,,--no-pager,more\r\n%s,my repo,,\n"%s","com,ma",,\n/away,away,,\n' \
		"$SRC/web" "$SRC/my repo" "$SRC/com,ma" >"$CONF/repos.csv"
	printf 'work:web my repo away:\n' >"$CONF/groups.csv"
	try gita ls
	expect 0 <<<'away com,ma my repo web'
	try gita group ll work
	expect 0 <<<'web my repo away'
	same ls com,ma
	# What we change it still reads; what we do not touch stays.
	gita rename com,ma comma
	assert_equal "$(cat "$CONF/repos.csv")" "\"$SRC/web\",web,,--no-pager,more"$'\r'"
$SRC/my repo,my repo,,
\"$SRC/com,ma\",comma,,"$'\r'"
/away,away,,"
	assert_equal "$(python ls)" 'web my repo comma'
	same ls comma
}

@test "python: odd quoting, names with spaces, missing repos and further columns" {
	each odd_files
}

lists() {
	make_state clean web
	make_state clean api
	register web api
	gita group add -n work web api
	python freeze >"$SANDBOX/theirs"
	gita freeze >"$SANDBOX/ours"
	rm -rf "$CONF" "$SRC"
	mkdir -p "$SRC" "$CONF"
	cd "$SRC"
	gita clone -q -f -p "$SANDBOX/theirs"
	try gita ls -p
	expect 0 <<-END
		api $SRC/api
		web $SRC/web
	END
	rm -rf "$CONF" "$SRC"
	mkdir -p "$SRC" "$CONF"
	cd "$SRC"
	[ "$TOOL" = newest ] || return 0 # older ones know lists of three columns
	python clone -f -p "$SANDBOX/ours" >/dev/null 2>&1
	same ls web
	assert_equal "$(gita ls)" 'api web'
}

@test "python: each clones from the other's list" {
	each lists
}
