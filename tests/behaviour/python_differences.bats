# Where gita differs from the Python tool on purpose: the lines of both, and the row
# of docs/migrating.md that explains it.
load sandbox
load python

explained() {
	grep -q "^| $1 |" "$BATS_TEST_DIRNAME/../../docs/migrating.md" ||
		assert_equal "$1" 'a row of docs/migrating.md'
}

# differs WHAT COMMAND...: the differing lines are standard input, for the reason in
# the row WHAT of docs/migrating.md.
differs() {
	local what=$1
	shift
	explained "$what"
	assert_equal "$(diff <(python "$@" 2>&1 | plain) <(gita "$@" 2>&1 | plain) |
		grep '^[<>]' | plain)" "$(cat)"
}

differences() {
	fleet
	make_state gone gone
	register gone
	gita rm tool
	differs order ls <<-'END'
		< web api lib gone
		> api gone lib web
	END
	gita context work
	differs context ls <<-'END'
		< web api lib gone
		> api web
	END
	gita context none
	differs 'no context' context <<-'END'
		< Context is not set
		> no context is set
	END
	differs 'one repo' br web <<<"< $SRC/web"
	differs blocks shell web pwd <<-END
		< web: $SRC/web
		<
		> $SRC/web
	END
	differs headings log api lib <<-END
		< $SRC/api
		> api:
		< $SRC/lib
		> lib:
	END
	explained failures
	run -0 python super web api rev-parse --verify nope
	run -1 gita super web api rev-parse --verify nope
	gita flags set web -c a.b=c
	differs flags flags <<-'END'
		< web: ['-c', 'a.b=c']
		> web: -c a.b=c
	END
	gita flags set web
	differs rename rename web api <<-'END'
		< api is already in use!
		> gita: rename: cannot use the name 'api': a repo of that name exists
	END
	differs super super web nope <<-END
		< $SRC/web
		< git: 'nope' is not a git command. See 'git --help'.
		<
		< The most similar command is
		< 	notes
		> gita: super: no repo, group or git command 'nope'
	END
	differs usage group rename work <<-'END'
		< usage: gita group rename [-h] group-name new-name
		< gita group rename: error: the following arguments are required: new-name
		> gita: group rename: NEW is missing; usage: gita group rename GROUP NEW
	END
	make_repo fresh
	differs add add -n fresh nope <<-END
		< Found 1 new repo(s).
		< $SRC/fresh
		> gita: add: '$SRC/nope': no such folder
		> fresh $SRC/fresh
	END
	gita info set commit_msg
	differs columns ll work <<-'END'
		< api and another
		< web first commit
		> api  and another
		> web  first commit
	END
	differs ungrouped ll -g <<-'END'
		< work:
		<    api and another
		<    web first commit
		<    lib first commit
		>   lib   first commit
		> work:
		>   api   and another
		>   web   first commit
		> (no group):
		>   gone  first commit
	END
	explained colours
	gita info set branch
	assert_contains "$(python ll)" $'\e['
	refute_contains "$(gita ll)" $'\e['
}

@test "python: different on purpose" {
	each differences
}

# What the newest one has, or shows otherwise than the older ones.
newest_differences() {
	for state in clean ahead behind diverged dirty staged untracked conflict no-upstream \
		detached gone; do
		make_state $state "$SRC/$state"
		register $state
	done
	git -C detached tag v1
	make_state stashed stashed
	git -C stashed worktree add -q -b tree ../tree
	register tree
	gita info set branch
	differs symbols ll -C <<-'END'
		< ahead       main       [↑]
		< behind      main       [↓]
		< clean       main       []
		< conflict    main       [*+↑]
		< detached    v1         [∅]
		< dirty       main       [*]
		< diverged    main       [⇕]
		< gone        topic      [∅]
		< no-upstream main       [∅]
		< staged      main       [+]
		< tree        tree       [∅]
		< untracked   main       [?]
		> ahead        main       [↑2]
		> behind       main       [↓1]
		> clean        main       []
		> conflict     main|merge [!↑1]
		> detached     (v1)       [∅]
		> dirty        main       [*]
		> diverged     main       [⇕1/1]
		> gone         topic      [✗]
		> no-upstream  main       [∅]
		> staged       main       [+]
		> tree         tree       [$∅]
		> untracked    main       [?]
	END
	git -C detached tag -d v1 >/dev/null
	gita info set branch_name
	gita group add -n one detached
	differs detached ll -C one <<-'END'
		< detached
		> detached  (f3d2048)
	END
	rm -rf "$CONF"
	register clean gone detached no-upstream
	git clone -q "$REMOTES/clean.git" second
	register second
	differs freeze freeze <<-END
		> $REMOTES/detached.git,detached,$SRC/detached,,,f3d20487be6b8d8579befed84857441c0fd2eaaa
		< $REMOTES/detached.git,detached,$SRC/detached,,,
		> ,no-upstream,$SRC/no-upstream,,,main
		> $REMOTES/clean.git,second,$SRC/second,,,main
	END
	differs info info <<-'END'
		< Unused: branch_name,path
		> Unused: branch_name,path,upstream,hash,author,remote,stash,sync,fetched,type,groups
	END
	differs color color <<-'END'
		< black    red      green    yellow   blue     purple   cyan     white
		< b_black  b_red    b_green  b_yellow b_blue   b_purple b_cyan   b_white
		<
		< diverged    : red
		< in_sync     : green
		< local_ahead : purple
		< no_remote   : white
		< remote_ahead: yellow
		> black     red       green     yellow    blue      purple    cyan      white
		> b_black   b_red     b_green   b_yellow  b_blue    b_purple  b_cyan    b_white
		> underline default   end
		> in_sync      : b_green    same commit as the upstream
		> local_ahead  : purple     commits to push
		> remote_ahead : b_yellow   commits to pull
		> diverged     : b_red      commits on both sides
		> no_remote    : default    no upstream
		> upstream_gone: b_cyan     upstream was deleted
		> missing      : b_purple   repo is not on disk
		> broken       : b_red      repo cannot be read
		> timeout      : b_blue     repo did not answer in time
	END
}

@test "python: different on purpose, from the newest" {
	[[ " ${TOOLS[*]} " == *' newest '* ]] || skip '$PYGITA is not set'
	TOOLS=(newest)
	each newest_differences
}
