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
	ln -s loop loop
	make_repo api
	register api
	mkdir "$SANDBOX/far"
	mv api "$SANDBOX/far"
	try gita repair
	expect 1 "gita: repair: 1 of 1 missing repos not found; 'gita rm NAME' forgets one" \
		<<<"api: gone: $SRC/api"
	try gita repair "$SANDBOX/nowhere"
	expect 1 "gita: repair: '$SANDBOX/nowhere': no such folder"
	try gita repair loop
	expect 1 "gita: repair: 'loop': Too many levels of symbolic links"
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

# `proj` in the folder $1, and worktrees of it beside it and in it.
make_linked() {
	make_repo "$1/proj"
	git -C "$1/proj" worktree add -q "$SRC/$1/beside" -b beside 2>/dev/null
	git -C "$1/proj" worktree add -q "$SRC/$1/proj/within" -b within 2>/dev/null
}

# All of the worktrees are where the repository says.
expect_joined() {
	try git -C "$1" worktree list
	assert_equal "$status" 0
	refute_contains "$output" prunable
}

@test "repair: linked worktrees that moved with their repository, beside it and in it" {
	make_linked old
	register old/proj old/beside old/proj/within
	mv old new
	moves="proj: $SRC/old/proj -> $SRC/new/proj
beside: $SRC/old/beside -> $SRC/new/beside
within: $SRC/old/proj/within -> $SRC/new/proj/within
git --git-dir=$SRC/new/proj/.git worktree repair $SRC/new/beside $SRC/new/proj/within"
	try gita repair -n
	expect 0 <<<"$moves"
	run git -C new/beside status
	assert_equal "$status" 128
	try gita repair
	expect 0 <<<"$moves"
	try gita ll --cols branch_name,path
	expect 0 <<-END
		beside  beside  $SRC/new/beside
		proj    main    $SRC/new/proj
		within  within  $SRC/new/proj/within
	END
	expect_joined new/proj
	try gita repair
	expect 0 'gita: repair: no repo is missing'
}

@test "repair: a repository that moved away from its worktree" {
	make_linked old
	register old/proj old/beside old/proj/within
	mv old/proj moved
	try gita repair .
	expect 0 <<-END
		proj: $SRC/old/proj -> $SRC/moved
		within: $SRC/old/proj/within -> $SRC/moved/within
		git --git-dir=$SRC/moved/.git worktree repair $SRC/old/beside $SRC/moved/within
	END
	try gita ll --cols branch_name,path
	expect 0 <<-END
		beside  beside  $SRC/old/beside
		proj    main    $SRC/moved
		within  within  $SRC/moved/within
	END
	expect_joined moved
}

@test "repair: a worktree that moved away from its repository" {
	make_linked old
	register old/proj old/beside old/proj/within
	mv old/beside old/proj/within .
	try gita repair .
	expect 0 <<-END
		beside: $SRC/old/beside -> $SRC/beside
		within: $SRC/old/proj/within -> $SRC/within
		git --git-dir=$SRC/old/proj/.git worktree repair $SRC/beside $SRC/within
	END
	expect_joined old/proj
}

@test "repair: a worktree, not its repository, is registered, and both are renamed" {
	make_linked old
	git -C old/proj worktree remove within
	register old/beside
	mkdir new
	mv old/proj new/other
	mv old/beside new/one
	try gita repair .
	expect 0 <<-END
		beside: $SRC/old/beside -> $SRC/new/one
		git --git-dir=$SRC/new/other/.git worktree repair $SRC/new/one
	END
	expect_joined new/other
}

@test "repair: a worktree inside its repository is registered, and that is not" {
	make_linked old
	register old/proj/within
	git -C old/proj worktree remove beside
	mv old/proj new
	try gita repair .
	expect 0 <<-END
		within: $SRC/old/proj/within -> $SRC/new/within
		git --git-dir=$SRC/new/.git worktree repair $SRC/new/within
	END
	expect_joined new
}

@test "repair: the worktrees of a bare repository beside them" {
	make_state clean "$SRC/one"
	mkdir lay
	git clone -q --bare one lay/.bare
	echo 'gitdir: ./.bare' >lay/.git
	git -C lay worktree add -q "$SRC/lay/main" 2>/dev/null
	register -b lay lay/main
	mv lay laid
	try gita repair
	expect 0 <<-END
		lay: $SRC/lay -> $SRC/laid
		main: $SRC/lay/main -> $SRC/laid/main
		git --git-dir=$SRC/laid/.bare worktree repair $SRC/laid/main
	END
	expect_joined laid
}

@test "repair: a worktree whose repository is not found is there, not gone" {
	make_linked old
	git -C old/proj worktree remove within
	register old/beside
	mv old/proj "$SANDBOX/elsewhere"
	try gita repair
	expect 1 "gita: repair: not each worktree's repository was found; 'gita repair DIR' searches in DIR" <<-END
		beside: broken: its .git points to '$SRC/old/proj/.git/worktrees/beside', which is no git folder
	END
	try gita repair "$SANDBOX/elsewhere"
	expect 0 <<<"git --git-dir=$SANDBOX/elsewhere/.git worktree repair $SRC/old/beside"
	expect_joined "$SANDBOX/elsewhere"
}

@test "repair: of a repository and its copy neither is taken for that of a worktree" {
	make_linked old
	register old/beside
	cp -r old/proj copy
	mv old new
	before=$(cat new/beside/.git)
	try gita repair
	expect 1 "gita: repair: 1 of 1 missing repos not found; 'gita rm NAME' forgets one" <<-END
		beside: gone: $SRC/old/beside
		beside: perhaps $SRC/new/beside
	END
	assert_equal "$(cat new/beside/.git)" "$before"
}

@test "repair: a worktree that its repository has forgotten is not given to a copy" {
	make_linked old
	register old/proj old/beside
	cp -r old/proj copy
	mv old/beside away
	git -C old/proj worktree prune
	before=$(cat away/.git)
	try gita repair
	assert_equal "$status" 1
	assert_contains "$output" "beside: gone: $SRC/old/beside"
	assert_equal "$(cat away/.git)" "$before"
}

@test "repair: takes no worktree away from another repository" {
	make_linked old
	register old/beside
	mv old/proj/within .
	git -C within worktree repair 2>/dev/null
	cp -r old/proj copy
	rm -r copy/.git/worktrees/beside
	git -C copy worktree repair 2>/dev/null
	mv old/proj moved
	command="git --git-dir=$SRC/moved/.git worktree repair $SRC/old/beside"
	for try in -n ''; do
		try gita repair $try .
		expect 1 "gita: repair: '$command' was not run: it would take '$SRC/within' from another repository"
		assert_equal "$(cat within/.git)" "gitdir: $SRC/copy/.git/worktrees/within"
	done
}

@test "repair: what git cannot do is said, and done the next time" {
	make_linked old
	git -C old/proj worktree remove within
	register old/proj old/beside
	mv old new
	fake git <<-'END'
		case $* in
		*"worktree repair"*) echo 'fatal: no such luck' >&2; exit 128 ;;
		esac
		exec "$REAL" "$@"
	END
	command="git --git-dir=$SRC/new/proj/.git worktree repair $SRC/new/beside"
	try gita repair
	expect 1 "gita: repair: '$command': no such luck" <<-END
		proj: $SRC/old/proj -> $SRC/new/proj
		beside: $SRC/old/beside -> $SRC/new/beside
		$command
	END
	rm "$FAKES/git"
	try gita repair
	expect 0 <<<"$command"
	expect_joined new/proj
}

@test "repair: what cannot be looked at is not gone, and stays as it is" {
	make_repo far/api
	make_repo web
	make_commit web page
	register far/api web
	gita ll >/dev/null
	mv far kept
	ln -s far far # leads nowhere, for root as well
	mv web new
	try gita repair
	expect 1 'gita: repair: not all repos could be looked at' <<-END
		web: $SRC/web -> $SRC/new
		api: broken: Too many levels of symbolic links
	END
	try gita repair
	expect 1 'gita: repair: not all repos could be looked at' \
		<<<'api: broken: Too many levels of symbolic links'
	rm far
	try gita repair
	expect 0 <<<"api: $SRC/far/api -> $SRC/kept/api"
}
