# Repos that were moved are found again; what is gone is listed.
load sandbox

@test "repair: nothing is missing" {
	make_repo api
	register api
	try gita repair
	expect 0 'gita: repair: no repo is missing'
}

@test "repair: a moved repo is found by commit and remote" {
	make_state clean "$SRC/api"
	make_repo web
	make_commit web page
	register api web
	mkdir -p new/place
	mv api new/place/other-name
	mv web new/web
	try gita repair -n
	expect 0 <<-END
		api: $SRC/api -> $SRC/new/place/other-name
		web: $SRC/web -> $SRC/new/web
	END
	try gita ls api
	expect 0 <<<"$SRC/api"
	try gita repair
	expect 0 <<-END
		api: $SRC/api -> $SRC/new/place/other-name
		web: $SRC/web -> $SRC/new/web
	END
	try gita ll --cols path
	expect 0 <<-END
		api  $SRC/new/place/other-name
		web  $SRC/new/web
	END
}

@test "repair: later commits and a rewritten last one do no harm" {
	make_repo api
	register api
	git -C api commit -q --amend -m 'said better'
	make_commit api more
	mv api moved
	try gita repair
	expect 0 <<<"api: $SRC/api -> $SRC/moved"
}

@test "repair: only below the folders that are named" {
	make_repo api
	register api
	mkdir "$SANDBOX/far"
	mv api "$SANDBOX/far"
	try gita repair
	expect 1 "gita: repair: 1 of 1 missing repos not found; 'gita rm NAME' forgets one" \
		<<<"api: gone: $SRC/api"
	try gita repair "$SANDBOX/nowhere"
	expect 1 "gita: repair: '$SANDBOX/nowhere': no such folder"
	try gita repair "$SANDBOX/far"
	expect 0 <<<"api: $SRC/api -> $SANDBOX/far/api"
}

@test "repair: two that fit are told apart by their names" {
	make_state clean "$SRC/one"
	git clone -q "$REMOTES/one.git" two
	register one two
	mkdir new
	mv one two new
	try gita repair
	expect 0 <<-END
		one: $SRC/one -> $SRC/new/one
		two: $SRC/two -> $SRC/new/two
	END
}

@test "repair: nothing is guessed" {
	make_state clean "$SRC/one"
	git clone -q "$REMOTES/one.git" two
	register one two
	mv one a
	mv two b
	try gita repair
	expect 1 "gita: repair: 2 of 2 missing repos not found; 'gita rm NAME' forgets one" <<-END
		one: gone: $SRC/one
		one: perhaps $SRC/a
		one: perhaps $SRC/b
		two: gone: $SRC/two
		two: perhaps $SRC/a
		two: perhaps $SRC/b
	END
}

@test "repair: what is registered is no candidate" {
	make_state clean "$SRC/one"
	git clone -q "$REMOTES/one.git" two
	register one two
	rm -rf one
	try gita repair
	expect 1 "gita: repair: 1 of 1 missing repos not found; 'gita rm NAME' forgets one" \
		<<<"one: gone: $SRC/one"
}

@test "repair: a repo that was registered by another tool is known once ll has shown it" {
	make_repo api
	make_commit api more
	printf '%s,api,,\r\n' "$SRC/api" >"$CONF/repos.csv"
	try gita ll
	mv api moved
	try gita repair
	expect 0 <<<"api: $SRC/api -> $SRC/moved"
}

@test "repair: one that was never seen is only hinted at" {
	make_repo new/api
	printf '%s,api,,\r\n' "$SRC/api" >"$CONF/repos.csv"
	try gita repair
	expect 1 "gita: repair: 1 of 1 missing repos not found; 'gita rm NAME' forgets one" <<-END
		api: gone: $SRC/api
		api: perhaps $SRC/new/api
	END
}

@test "repair: a state folder that cannot be written is no trouble" {
	make_repo api
	mkdir -p "$SANDBOX/home/.local"
	: >"$SANDBOX/home/.local/state"
	try gita add api
	expect 0 <<<"api $SRC/api"
	try gita ll
	expect 0 <<<'api  main [∅]  first commit  (3 hours ago)'
}

@test "repair: submodules move along, whatever their depth" {
	make_state clean "$SRC/core"
	make_state clean "$SRC/lib"
	make_state clean "$SRC/app"
	git -C lib submodule --quiet add "$REMOTES/core.git" core
	git -C lib commit -q -m core
	git -C lib push -q
	git -C app submodule --quiet add "$REMOTES/lib.git" libs/lib
	git -C app submodule --quiet update --init --recursive
	rm -rf core lib
	register app app/libs/lib app/libs/lib/core
	mkdir new
	mv app new/other
	try gita repair -n
	expect 0 <<-END
		app: $SRC/app -> $SRC/new/other
		lib: $SRC/app/libs/lib -> $SRC/new/other/libs/lib
		core: $SRC/app/libs/lib/core -> $SRC/new/other/libs/lib/core
	END
	try gita repair
	assert_equal "$status" 0
	try gita ll --cols type,path
	expect 0 <<-END
		app   repo       $SRC/new/other
		core  submodule  $SRC/new/other/libs/lib/core
		lib   submodule  $SRC/new/other/libs/lib
	END
}

@test "repair: a submodule that is not there any more is gone" {
	make_state clean "$SRC/lib"
	make_state clean "$SRC/app"
	git -C app submodule --quiet add "$REMOTES/lib.git" libs/lib
	rm -rf lib
	register app app/libs/lib
	mv app new
	rm -rf new/libs/lib
	try gita repair
	expect 1 "gita: repair: 1 of 2 missing repos not found; 'gita rm NAME' forgets one" <<-END
		app: $SRC/app -> $SRC/new
		lib: gone: $SRC/app/libs/lib
	END
}

@test "repair: the folder of a group moves with its repos" {
	make_repo src/api
	make_commit src/api api
	make_repo src/deep/web
	make_commit src/deep/web web
	register src/api src/deep/web
	gita group add -n work -p src api web
	gita group add -n deep -p src/deep web
	gita group add -n inside -p src/api/docs api
	gita group add -n other -p nowhere api
	mkdir new src/api/docs
	mv src new/place
	try gita repair -n
	expect 0 <<-END
		api: $SRC/src/api -> $SRC/new/place/api
		web: $SRC/src/deep/web -> $SRC/new/place/deep/web
		group work: $SRC/src -> $SRC/new/place
		group deep: $SRC/src/deep -> $SRC/new/place/deep
		group inside: $SRC/src/api/docs -> $SRC/new/place/api/docs
	END
	try gita repair
	assert_equal "$status" 0
	try gita group
	expect 0 <<-END
		work: $SRC/new/place
		  - api
		  - web
		deep: $SRC/new/place/deep
		  - web
		inside: $SRC/new/place/api/docs
		  - api
		other: $SRC/nowhere
		  - api
	END
}

@test "repair: a group's folder stays where its repos do not agree, or it is there" {
	make_repo src/api
	make_commit src/api api
	make_repo src/web
	make_commit src/web web
	make_repo kept/cli
	make_commit kept/cli cli
	register src/api src/web kept/cli
	gita group add -n work -p src api web
	gita group add -n kept -p kept cli
	mkdir one two
	mv src/api one
	mv src/web two
	rmdir src
	mv kept/cli one
	try gita repair
	expect 0 <<-END
		api: $SRC/src/api -> $SRC/one/api
		web: $SRC/src/web -> $SRC/two/web
		cli: $SRC/kept/cli -> $SRC/one/cli
	END
	try gita group
	expect 0 <<-END
		work: $SRC/src
		  - api
		  - web
		kept: $SRC/kept
		  - cli
	END
}

@test "repair: says that its records cannot be read, and forgets nothing" {
	make_repo api
	make_repo web
	register api web
	gita ll >/dev/null
	mv api moved
	file=$(find "$SANDBOX" -name seen.csv)
	mv "$file" "$file.kept"
	mkdir "$file"
	try gita repair "$SRC"
	expect 1 "gita: warning: repair: cannot read '$file': is a directory; what was moved is not recognised
gita: repair: 1 of 1 missing repos not found; 'gita rm NAME' forgets one" <<<"api: gone: $SRC/api"
	rmdir "$file"
	mv "$file.kept" "$file"
	try gita repair "$SRC"
	expect 0 <<<"api: $SRC/api -> $SRC/moved"
}
