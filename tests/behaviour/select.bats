# Selections: from words to repos.
load sandbox

setup() {
	sandbox_make
	for repo in web svc-a svc-b deep/lib; do
		make_repo $repo
	done
	register web svc-a svc-b deep/lib
	gita group add -n work web svc-a
}

# chosen WORDS... : the names, in the order in which a run takes them
chosen() {
	try gita fetch -n "$@"
	assert_equal "$(cut -d: -f1 <<<"$output" | xargs)" "$expected"
}

@test "select: nothing is all, by name" {
	expected='lib svc-a svc-b web' chosen
}

@test "select: names and groups in the order given, none twice" {
	expected='web lib' chosen web lib
	expected='lib svc-a web' chosen lib work
	expected='svc-a web' chosen work web
}

@test "select: globs" {
	expected='svc-a svc-b' chosen 'svc-*'
	expected='svc-b web' chosen '[sw]*[b]'
	try gita ls 'x*'
	expect 2 "gita: no repo matches 'x*'"
}

@test "select: the repo that holds a path" {
	mkdir web/src
	cd web/src
	expected='web' chosen .
	expected='svc-a' chosen ../../svc-a/README
	expected='web lib' chosen "$SRC/web" "$SRC/deep/lib/"
	try gita ls ..
	expect 0 <<<'web'
	try gita ls ../..
	expect 2 "gita: no repo holds the path '../..'"
}

@test "select: a path by way of links, on either side" {
	ln -s "$SRC/web" "$SANDBOX/link"
	expected='web' chosen "$SANDBOX/link/README"
	make_repo "$SANDBOX/real"
	ln -s "$SANDBOX/real" linked
	register linked
	cd "$SANDBOX/real"
	expected='linked' chosen .
}

@test "select: the deepest repo that holds it" {
	make_repo web/inner
	register web/inner
	cd web/inner
	expected='inner' chosen .
	cd ..
	expected='web' chosen .
}

@test "select: -x takes away, --all forgets the context" {
	expected='lib web' chosen -x 'svc-*'
	expected='lib svc-b' chosen -x work
	expected='svc-a' chosen work -x web -x lib
	gita context work
	expected='svc-a web' chosen
	expected='svc-a' chosen -x web
	expected='lib svc-a svc-b web' chosen --all
	expected='lib' chosen lib
	try gita ls -x wbe
	expect 2 "gita: no repo or group 'wbe'; did you mean 'web'?"
}

@test "select: unknown words are errors with a suggestion, wherever only repos can stand" {
	for command in ll ls rm fetch br check freeze 'group add -n x'; do
		# shellcheck disable=SC2086
		try gita $command svc-c
		expect 2 "gita: no repo or group 'svc-c'; did you mean 'svc-a' or 'svc-b'?"
	done
	try gita ll wrk
	expect 2 "gita: no repo or group 'wrk'; did you mean 'work'?"
}

@test "select: names win over other readings" {
	printf '%s,@dirty,,\n%s,s*,,\n' "$SRC/at" "$SRC/star" >>"$CONF/repos.csv"
	make_repo at
	make_repo star
	expected='@dirty' chosen @dirty
	expected='s*' chosen 's*'
}

@test "select: -- ends it" {
	fake web <<<true
	try gita shell -n work -- web x
	expect 0 <<-'END'
		svc-a: web x
		web: web x
	END
	try gita fetch -n web -- --prune origin
	expect 0 <<<'web: git fetch --prune origin'
}

@test "select: in super a first word that is nothing is refused before anything runs" {
	try gita super wbe status
	expect 2 "gita: super: no repo, group or git command 'wbe'; did you mean 'web'?"
	try gita super -n web stauts
	expect 2 "gita: super: no repo, group or git command 'stauts'; did you mean 'status'?"
}

@test "select: in super a path or glob that is no repo, and a whole command that is none" {
	for command in super shell; do
		try gita $command . status
		expect 2 "gita: no repo holds the path '.'"
		try gita $command 'nope-*' status
		expect 2 "gita: no repo matches 'nope-*'"
	done
	try gita super ../elsewhere status
	expect 2 "gita: no repo holds the path '../elsewhere'"
	try gita super --quote-mode web api
	expect 2 "gita: super: no git command 'api'"
	try gita super --quote-mode web 'stauts -s'
	expect 2 "gita: super: no git command 'stauts'; did you mean 'status'?"
}

@test "select: commands that need a choice say so" {
	for command in br clean reset; do
		try gita $command
		expect 2 "gita: $command: needs repos or groups ('--all' for all of them)"
	done
}

@test "select: the work tree of a repo may be elsewhere, by its flags or core.worktree" {
	mkdir -p home/.config/x store other/in
	make_repo home/.dotfiles
	make_repo store/yadm
	git -C store/yadm config core.worktree ../../../other
	register home/.dotfiles store/yadm
	gita flags set .dotfiles --work-tree=..
	echo text >home/.config/x/file
	echo text >other/in/file
	try gita ls -p home/.config/x
	expect 2 "gita: no repo or group 'home/.config/x'"
	try gita ls ./home/.config/x
	expect 0 <<<.dotfiles
	cd other/in || return
	try gita ls .
	expect 0 <<<yadm
	try gita ls @has:.config/x/file
	expect 0 <<<'.dotfiles'
	try gita ls @has:in/file
	expect 0 <<<yadm
	try gita ls .dotfiles yadm @has:README
	expect 0
}
