# Linked worktrees and submodules, from `freeze` to `clone -f`.
load sandbox

# A home and a source folder with nothing in them, as on a new machine.
new_machine() {
	mv "$SRC" "$SANDBOX/old-src"
	mv "$CONF" "$SANDBOX/old-conf"
	mkdir -p "$SRC"
	cd "$SRC" || return
}

list() {
	cat >"$SANDBOX/list"
}

# A repo on `topic` with worktrees for main, a tag and a commit.
with_worktrees() {
	make_state clean web
	git -C web tag v1
	git -C web push -q origin v1
	git -C web checkout -q -b topic
	git -C web push -q origin topic
	git -C web branch -q side
	git -C web push -q origin side
	git -C web worktree add -q ../main main
	git -C web worktree add -q ../side side
	git -C web worktree add -q --detach ../tag v1
	register web main side tag
}

# A repo with a submodule in a submodule, both registered.
with_submodules() {
	make_state clean lib
	make_state clean core
	make_state clean app
	git -C lib submodule --quiet add "$REMOTES/core.git" core
	git -C lib commit -q -m core
	git -C lib push -q
	git -C app submodule --quiet add "$REMOTES/lib.git" libs/lib
	git -C app commit -q -m lib
	git -C app push -q
	git -C app submodule --quiet update --init --recursive
	rm -rf lib core
	register app app/libs/lib app/libs/lib/core
}

@test "linked: freeze names the main repository and the superproject" {
	with_worktrees
	with_submodules
	try gita freeze --relative-to .
	expect 0 <<-END
		$REMOTES/app.git,app,app,,,main
		$REMOTES/core.git,core,app/libs/lib/core,submodule,,$(git -C app/libs/lib/core rev-parse HEAD),lib
		$REMOTES/lib.git,lib,app/libs/lib,submodule,,main,app
		$REMOTES/web.git,main,main,worktree,,main,web
		$REMOTES/web.git,side,side,worktree,,side,web
		$REMOTES/web.git,tag,tag,worktree,,v1,web
		$REMOTES/web.git,web,web,,,topic
	END
	try gita freeze --relative-to . side lib
	expect 0 <<-END
		$REMOTES/web.git,side,side,worktree,,side
		$REMOTES/lib.git,lib,app/libs/lib,submodule,,main
	END
}

@test "linked: worktrees come back as worktrees" {
	with_worktrees
	gita freeze >"$SANDBOX/list"
	gita ll --cols type,branch_name,path >"$SANDBOX/ll"
	new_machine
	try gita clone -n -f -p "$SANDBOX/list"
	expect 0 <<-END
		web: git clone -q -- $REMOTES/web.git $SRC/web
		web: git checkout -q topic --
		main: git -C $SRC/web worktree add -q -- $SRC/main main
		side: git -C $SRC/web worktree add -q -- $SRC/side side
		tag: git -C $SRC/web worktree add -q -- $SRC/tag v1
	END
	try gita clone -q -f -p "$SANDBOX/list"
	expect 0
	try gita ll --cols type,branch_name,path
	expect 0 <"$SANDBOX/ll"
	assert_equal "$(git -C web worktree list | wc -l)" 4
	try gita freeze
	expect 0 <"$SANDBOX/list"
	try gita clone -q -f -p "$SANDBOX/list"
	expect 0 'gita: clone: 4 repos are already registered'
}

@test "linked: worktrees of a bare repository, inside and beside it" {
	make_state clean web
	git -C web branch -q side
	git -C web push -q origin side
	git clone -q --bare "$REMOTES/web.git" store.git
	git -C store.git worktree add -q ../out main
	git -C store.git worktree add -q in side
	rm -rf web
	register -b store.git out store.git/in
	gita freeze --relative-to . >"$SANDBOX/list"
	new_machine
	try gita clone -q -f "$SANDBOX/list"
	expect 0
	try gita ll --cols type,branch_name,path
	expect 0 <<-END
		in         worktree  side  $SRC/store.git/in
		out        worktree  main  $SRC/out
		store.git  bare      main  $SRC/store.git
	END
}

@test "linked: submodules come back in their superproject, wherever that goes" {
	with_submodules
	gita freeze >"$SANDBOX/list"
	new_machine
	try gita clone -n -f "$SANDBOX/list" -C there
	expect 0 <<-END
		app: git clone -q -- $REMOTES/app.git $SRC/there/app
		app: git checkout -q main --
		lib: git -C $SRC/there/app submodule update -q --init -- libs/lib
		lib: git checkout -q main --
		core: git -C $SRC/there/app/libs/lib submodule update -q --init -- core
		core: git checkout -q $(git -C "$SANDBOX/old-src/app/libs/lib/core" rev-parse HEAD) --
	END
	try gita clone -q -f "$SANDBOX/list" -C there
	expect 0
	try gita ll --cols type,branch_name,path
	expect 0 <<-END
		app   repo       main       $SRC/there/app
		core  submodule  (f3d2048)  $SRC/there/app/libs/lib/core
		lib   submodule  main       $SRC/there/app/libs/lib
	END
	try git -C there/app submodule status --recursive
	assert_equal "$(cut -c1 <<<"$output" | sort -u)" ' '
}

@test "linked: lists of the past, which do not name the parent" {
	with_worktrees
	with_submodules
	list <<-END
		$REMOTES/web.git,web,web,,,main
		$REMOTES/web.git,side,side,worktree,,side
		$REMOTES/app.git,app,app,,,main
		$REMOTES/lib.git,lib,app/libs/lib,submodule,,main
	END
	new_machine
	try gita clone -q -f "$SANDBOX/list"
	expect 0
	try gita ll --cols type,branch_name
	expect 0 <<-'END'
		app   repo       main
		lib   submodule  main
		side  worktree   side
		web   repo       main
	END
}

@test "linked: without its parent in the list each is a clone of its own" {
	with_worktrees
	with_submodules
	gita freeze --relative-to . side lib >"$SANDBOX/list"
	new_machine
	try gita clone -q -f "$SANDBOX/list"
	expect 0 "gita: warning: clone: 'side' cloned: the main repository is not in the list ($SANDBOX/list:1)
gita: warning: clone: 'lib' cloned: the superproject is not in the list ($SANDBOX/list:2)"
	try gita ll --cols type,branch_name
	expect 0 <<-'END'
		lib   repo  main
		side  repo  side
	END
}

@test "linked: without a URL a worktree is made from what is there" {
	make_repo web
	git -C web branch -q side
	list <<-END
		,web,web,,,main
		,side,side,worktree,,side,web
		,none,none,worktree,,side,gone
		,lost,lost,,,
		,again,again,worktree,,side,lost
	END
	try gita clone -q -f "$SANDBOX/list"
	expect 1 "gita: clone: 'none', 'lost', 'again' skipped: no URL ($SANDBOX/list:3, 4, 5)
gita: clone: 'web' registered: already there"
	try gita ll --cols type,branch_name
	expect 0 <<-'END'
		side  worktree  side
		web   repo      main
	END
}

@test "linked: rows that belong to each other in a circle are cloned" {
	make_state clean web
	list <<-END
		$REMOTES/web.git,s,w/s,submodule,,,w
		$REMOTES/web.git,w,w,worktree,,,s
		$REMOTES/web.git,x,x,worktree,,,x
	END
	try gita clone -n -f "$SANDBOX/list"
	expect 0 "gita: warning: clone: 'x' cloned: the main repository is not in the list ($SANDBOX/list:3)" <<-END
		w: git clone -q -- $REMOTES/web.git $SRC/w
		x: git clone -q -- $REMOTES/web.git $SRC/x
		s: git -C $SRC/w submodule update -q --init -- s
	END
}

@test "linked: a worktree without a branch is detached" {
	make_state clean web
	list <<-END
		$REMOTES/web.git,web,web2,,,main
		$REMOTES/web.git,any,any,worktree,,,web
		$REMOTES/web.git,bad,bad,worktree,,-f,web
	END
	try gita clone -q -f "$SANDBOX/list"
	expect 0 "gita: warning: clone: 'bad' ('-f') on the default branch of the remote: not a valid branch name ($SANDBOX/list:3)"
	try gita ll --cols type,branch_name
	expect 0 <<-'END'
		any  worktree  (f3d2048)
		bad  worktree  (f3d2048)
		web  repo      main
	END
}
