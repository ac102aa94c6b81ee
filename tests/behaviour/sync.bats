# `sync`: what is here, made as a list says.
load sandbox

# Three repos with remotes, and the list of them.
fleet() {
	for name in api docs web; do
		make_state clean $name
	done
	register api docs web
	gita group add api web -n work
	gita freeze --relative-to "$SRC" >"$SANDBOX/list"
}

@test "sync: nothing to do" {
	fleet
	cp "$CONF/repos.csv" before
	try gita sync -f "$SANDBOX/list"
	expect 0 <<<'+ 0 to clone  ~ 0 URLs differ  ? 0 not in the list'
	cmp before "$CONF/repos.csv"
}

@test "sync: the plan first, then what is missing and what differs; nothing is deleted" {
	fleet
	rm -rf api
	gita rm api
	git -C docs remote set-url origin https://old.example/docs.git
	git -C web remote rename origin upstream
	git -C web remote set-url upstream https://old.example/web.git
	git -C web config url.https://x.example/.insteadOf https://old.example/
	make_repo extra
	register extra
	local plan="+ 1 to clone  ~ 2 URLs differ  ? 1 not in the list
+ api $SRC/api
~ docs https://old.example/docs.git -> $REMOTES/docs.git
~ web https://old.example/web.git -> $REMOTES/web.git
? extra"
	cp "$CONF/repos.csv" before
	try gita sync -n -f "$SANDBOX/list"
	expect 0 <<<"$plan"
	cmp before "$CONF/repos.csv"
	[ ! -e api ]
	assert_equal "$(git -C docs remote get-url origin)" https://old.example/docs.git

	try gita sync "$SANDBOX/list"
	expect 0 <<<"$plan"
	assert_equal "$(git -C api rev-parse --abbrev-ref HEAD)" main
	assert_equal "$(git -C docs config remote.origin.url)" "$REMOTES/docs.git"
	assert_equal "$(git -C web config remote.upstream.url)" "$REMOTES/web.git"
	try gita ls
	expect 0 <<<'api docs extra web'
	try gita group ll work
	expect 0 <<<'web api'
}

@test "sync: a repo that is elsewhere is found by its name; one without a remote gets one" {
	fleet
	gita clear -y
	mkdir mine
	mv web mine/web
	git -C docs remote remove origin
	register mine/web docs
	try gita sync -n -f "$SANDBOX/list"
	expect 0 <<-END
		+ 0 to clone  ~ 1 URL differs  ? 0 not in the list
		~ docs (none) -> $REMOTES/docs.git
	END
	gita sync -f "$SANDBOX/list"
	assert_equal "$(git -C docs remote get-url origin)" "$REMOTES/docs.git"
	assert_equal "$(gita ls web) $(gita ls api)" "$SRC/mine/web $SRC/api"
	[ ! -e web ]
}

@test "sync: worktrees come back as worktrees" {
	make_state clean web
	git -C web worktree add -q -b side ../side
	git -C web push -q origin side
	register web side
	gita freeze --relative-to "$SRC" >"$SANDBOX/list"
	mkdir "$SANDBOX/new"
	cd "$SANDBOX/new"
	gita clear -y
	try gita sync -n -f "$SANDBOX/list"
	expect 0 <<-END
		+ 2 to clone  ~ 0 URLs differ  ? 0 not in the list
		+ side $SANDBOX/new/side
		+ web $SANDBOX/new/web
	END
	gita sync -f "$SANDBOX/list" -- -q
	try gita ll --cols type,branch_name
	expect 0 <<-END
		side  worktree  side
		web   repo      main
	END
}

@test "sync: a URL that would run a program is refused, the rest is done" {
	fleet
	printf 'ext::sh -c touch%% ran,docs,docs,,,main\r\n%s,web,web,,,main\r\n' "$REMOTES/api.git" >"$SANDBOX/list"
	try gita sync -f "$SANDBOX/list"
	assert_equal "$status" 1
	assert_contains "$stderr" "gita: sync: 'docs' URL kept: that of the list is not an https, http, ssh, git or file URL"
	assert_contains "$output" '+ 0 to clone  ~ 1 URL differs  ? 1 not in the list'
	assert_equal "$(git -C docs remote get-url origin)" "$REMOTES/docs.git"
	assert_equal "$(git -C web remote get-url origin)" "$REMOTES/api.git"
}

@test "sync: no password is shown" {
	fleet
	git -C docs remote set-url origin https://me:secret@old.example/docs.git
	echo 'https://0123456789abcdef0123@new.example/docs.git,docs,docs,,,main' >"$SANDBOX/list"
	try gita sync -n -f "$SANDBOX/list"
	expect 0 <<-'END'
		+ 0 to clone  ~ 1 URL differs  ? 2 not in the list
		~ docs https://me:***@old.example/docs.git -> https://***@new.example/docs.git
		? api
		? web
	END
	try gita clone -n -f "$SANDBOX/list" -C "$SANDBOX/there"
	expect 0 "gita: clone: cannot use the name 'docs': a repo of that name exists; registered as 'there/docs'" <<-END
		there/docs: git clone -q -- 'https://***@new.example/docs.git' $SANDBOX/there/docs
		there/docs: git checkout -q main --
	END
	try gita ll --cols remote docs
	expect 0 <<<'docs  https://me:***@old.example/docs.git'
	try gita clone -q "file://me:secret@$SANDBOX/nowhere"
	try gita report
	refute_contains "$output" secret
}

@test "sync: a list that is not there; the user's command of that name comes first" {
	try gita sync -f nowhere
	expect 1 "gita: sync: cannot read 'nowhere': no such file"
	try gita sync
	expect 2 'gita: sync: FILE is missing; usage: gita sync [OPTIONS] FILE [-- GIT-OPTION...]'
	make_repo web
	register web
	settings cmds.yml <<<'sync: {cmd: rev-parse --abbrev-ref HEAD}'
	try gita sync web
	expect 0 <<<main
	try gita help sync
	assert_contains "$output" 'Runs: git rev-parse --abbrev-ref HEAD'
}
