# The status table: rows, columns, order, headings, colour, exit status.
load sandbox

@test "ll: every state in its row" {
	for state in $states_all; do
		make_state "$state" "$SRC/$state"
		[ "$state" = missing ] || register -b "$SRC/$state"
	done
	make_repo missing
	register missing
	rm -rf missing
	echo more >>stashed/README
	git -C stashed stash push -q
	try gita ll
	expect 0 <<-END
		ahead        main        [↑2]    and another       (3 hours ago)
		bare         main        [∅]     first commit      (3 hours ago)
		behind       main        [↓1]    first commit      (3 hours ago)
		clean        main        []      first commit      (3 hours ago)
		conflict     main|merge  [!↑1]   our side          (3 hours ago)
		detached     (f3d2048)   [∅]     first commit      (3 hours ago)
		dirty        main        [*]     first commit      (3 hours ago)
		diverged     main        [⇕1/1]  one more          (3 hours ago)
		gone         topic       [✗]     first commit      (3 hours ago)
		missing      missing: $SRC/missing
		no-upstream  main        [∅]     first commit      (3 hours ago)
		rebase       main|rebase [!↑1]   their side        (3 hours ago)
		staged       main        [+]     first commit      (3 hours ago)
		stashed      main        [\$2]    first commit      (3 hours ago)
		unborn       main        [∅]     (no commits yet)
		unfetched    main        []      first commit      (3 hours ago)
		untracked    main        [?]     first commit      (3 hours ago)
	END
}

@test "ll: no repos yet" {
	try gita ll
	expect 0 "gita: no repos yet; 'gita add -r .' registers those below this folder"
}

@test "ll: a repo that cannot be read is one row, and exit status 1" {
	make_repo api
	make_repo web
	register api web
	echo 'ref: refs/heads/../../x' >api/.git/HEAD
	try gita ll
	assert_equal "$status" 1
	assert_equal "${output%%: *}" 'api  broken'
	assert_equal "${output#*$'\n'}" 'web  main [∅]  first commit  (3 hours ago)'
}

@test "ll: a reason that git lists on the next lines is told with the list" {
	make_repo api
	register api
	git -C api config core.repositoryFormatVersion 1
	printf '[extensions]\n\tone = x\n\ttwo = x\n' >>api/.git/config
	try gita ll
	expect 1 <<<'api  broken: unknown repository extensions found: one two'
	git init -q web
	register web
	printf '[include]\n\tpath = config\n' >>web/.git/config
	try gita ll web
	expect 1 <<<'web  broken: exceeded maximum include depth (10) while including .git/config'
}

@test "ll: a tag on a detached head is shown" {
	make_repo api
	git -C api tag v1.0
	git -C api checkout -q --detach
	register api
	try gita ll
	expect 0 <<<'api  (v1.0) [∅]  first commit  (3 hours ago)'
}

@test "ll: a selection, in the order given" {
	for name in a b c; do
		make_repo $name
	done
	register a b c
	try gita ll --cols name,branch_name c a
	expect 0 <<-'END'
		c  main
		a  main
	END
}

@test "ll: columns are aligned by what a terminal shows" {
	make_repo 名前
	make_repo api
	git -C api commit -q --allow-empty -m 'ümläute 日本'
	register 名前 api
	try gita ll
	expect 0 <<-'END'
		api   main [∅]  ümläute 日本  (3 hours ago)
		名前  main [∅]  first commit  (3 hours ago)
	END
}

@test "ll: control characters of a repository do not reach the terminal" {
	make_repo api
	git -C api commit -q --allow-empty -m $'a\e[31mb\tc\u009bd\u202ee\u2066f'
	git -C api checkout -q -b $'x\u202ey'
	register api
	try gita ll
	expect 0 <<<'api  x\u{202E}y [∅]  a\e[31mb\tc\u{009B}d\u{202E}e\u{2066}f  (3 hours ago)'
}

@test "ll: on a terminal the row fits, the message gives way" {
	make_repo api
	git -C api commit -q --allow-empty -m 'a subject that is much too long for the terminal'
	register api
	on_terminal --size 50x24 -- gita ll -C
	expect 0 <<<'api  main [∅]  a subject that is m…  (3 hours ago)'
	COLUMNS=30 try gita ll api
	expect 0 <<<'api  main [∅]  a subject that is much too long for the terminal  (3 hours ago)'
}

@test "ll: a situation has its colour, on a terminal only" {
	make_state ahead "$SRC/api"
	register api
	on_terminal -- gita ll --cols branch,path
	expect 0 <<<$'api  \e[35mmain\e[0m \e[35m[↑2]\e[0m  \e[36;1m'"$SRC"$'/api\e[0m'
	try gita ll --cols branch,path
	expect 0 <<<"api  main [↑2]  $SRC/api"
	NO_COLOR=1 on_terminal -- gita ll --cols branch
	expect 0 <<<'api  main [↑2]'
	try gita --color=always ll --cols branch
	expect 0 <<<$'api  \e[35mmain\e[0m \e[35m[↑2]\e[0m'
	try gita ll --color=always -C --cols branch,path
	expect 0 <<<"api  main [↑2]  $SRC/api"
}

@test "ll: a repo without a row of its own has a colour, too" {
	for name in hurt lost; do
		make_repo $name
	done
	register hurt lost
	rm -rf lost
	echo nonsense >hurt/.git/HEAD
	try gita --color=always ll lost
	expect 0 <<<$'lost  \e[35;1mmissing: '"$SRC"$'/lost\e[0m'
	try gita --color=always ll hurt
	assert_equal "${output%%:*}" $'hurt  \e[31;1mbroken'
	assert_contains "$output" $'\e[0m'
}

@test "ll: on a terminal it says what the context hides" {
	for name in a b c; do
		make_repo $name
	done
	register a b c
	gita group add -n work a >/dev/null
	gita context work
	on_terminal -- gita ll -C
	expect 0 <<-'END'
		a  main [∅]  first commit  (3 hours ago)
		gita: the context 'work' hides 2 repos; 'gita ll --all' shows all
	END
	on_terminal -- gita ll -C b
	expect 0 <<<'b  main [∅]  first commit  (3 hours ago)'
	on_terminal -- gita ll -C --all
	assert_equal "$(wc -l <<<"$output")" 3
	gita group addrepo -n work b >/dev/null
	on_terminal -- gita ll -C @clean
	assert_equal "${output##*$'\n'}" "gita: the context 'work' hides 1 repo; 'gita ll --all' shows all"
	try gita ll
	expect 0 <<-'END'
		a  main [∅]  first commit  (3 hours ago)
		b  main [∅]  first commit  (3 hours ago)
	END
}

@test "ll: every column" {
	make_state clean "$SRC/api"
	echo change >>api/README
	git -C api stash push -q
	touch -d "@$((NOON - 86400))" api/.git/FETCH_HEAD
	make_repo new
	register api new
	gita group add -n work api >/dev/null
	gita group add -n all api new >/dev/null
	git -C api remote set-url origin https://x.org/api
	try gita ll --cols branch_name,upstream,hash,author,remote,stash,sync,fetched,type,groups,path
	expect 0 <<-END
		api  main  origin/main  f3d2048  A U Thor  https://x.org/api  1  in sync      27 hours ago  repo  work,all  $SRC/api
		new  main               f3d2048  A U Thor                        no upstream                repo  all       $SRC/new
	END
}

@test "ll: the files of settings are heeded" {
	make_state ahead "$SRC/api"
	register api
	settings info.csv <<<'commit_msg,branch'
	settings layout.csv <<-'END'
		branch,symbols,commit_msg
		6,7,8
	END
	settings symbols.csv <<-'END'
		local_ahead
		>
	END
	settings color.csv <<-'END'
		local_ahead
		b_red
	END
	try gita ll --color=always
	expect 0 <<<$'api  and ano…  \e[31;1mmain\e[0m   \e[31;1m[>2]\e[0m'
}

@test "ll: by group, ungrouped ones last" {
	for name in a b c; do
		make_repo $name
	done
	register a b c
	gita group add -n two c a >/dev/null
	gita group add -n one c >/dev/null
	gita group add -n one-more a >/dev/null
	try gita ll -g --cols branch
	expect 0 <<-'END'
		one:
		  c  main [∅]
		one-more:
		  a  main [∅]
		two:
		  a  main [∅]
		  c  main [∅]
		(no group):
		  b  main [∅]
	END
}

@test "ll: by folder, reversed within each" {
	for name in x/a x/b x-y/c; do
		make_repo $name
	done
	register x/a x/b x-y/c
	try gita ll -d -R --cols branch
	expect 0 <<-END
		$SRC/x:
		  b  main [∅]
		  a  main [∅]
		$SRC/x-y:
		  c  main [∅]
	END
	try gita ll -d -g
	expect 2 "gita: ll: options '-g' and '-d' cannot be used together"
}

@test "ll: sorted by state, what needs attention first" {
	for state in $states_all; do
		make_state "$state" "$SRC/$state"
		[ "$state" = missing ] || register -b "$SRC/$state"
	done
	rm -rf clean
	make_repo hurt
	register hurt
	rm -rf hurt/.git/objects
	try gita ll --sort state,name --cols branch_name
	assert_equal "$status" 1
	assert_equal "$(cut -d' ' -f1 <<<"$output" | xargs)" \
		'hurt clean conflict rebase diverged behind ahead dirty staged untracked stashed gone bare detached no-upstream unborn unfetched'
}

@test "ll: sorted by time, branch and path" {
	for name in a b c; do
		at_time $((NOON - ${#made} * 60))
		made+=x
		make_repo $name
	done
	git -C a branch -m zebra
	register a b c
	try gita ll --sort time --cols branch_name
	expect 0 <<-'END'
		a  zebra
		b  main
		c  main
	END
	try gita ll --sort branch,time -R --cols branch_name
	expect 0 <<-'END'
		a  zebra
		c  main
		b  main
	END
}

@test "ll: what is not understood is a usage error" {
	make_repo web
	register web
	try gita ll --sort=nme
	expect 2 "gita: ll: no sort key 'nme'; did you mean 'name'?"
	try gita ll --cols branch,commit_mgs
	expect 2 "gita: ll: no column 'commit_mgs'; did you mean 'commit_msg'?"
	GITA_STATUS_TIMEOUT=soon try gita ll
	expect 2 "gita: GITA_STATUS_TIMEOUT is 'soon': not a number of seconds above 0"
}

@test "ll: a reader that goes away ends it quietly" {
	make_repo api
	register api
	try bash -c 'set -o pipefail; gita ll | :'
	[ "$status" = 0 ] || [ "$status" = 141 ]
	assert_equal "$stderr" ''
	try bash -c 'gita ll >/dev/full'
	assert_equal "$status" 1
	assert_contains "$stderr" 'gita: '
}

@test "ll: flags of a repo are heeded by asking git" {
	make_repo store
	git clone -q --bare store dots
	register -b dots
	git -C dots --work-tree="$SRC/store" reset -q
	gita flags set dots -- --work-tree="$SRC/store" >/dev/null
	echo change >>store/README
	try gita ll
	expect 0 <<<'dots  main [*∅]  first commit  (3 hours ago)'
}

@test "ll: where libgit2 cannot be loaded, git is asked" {
	name=$(grep -ao 'libgit2\.so\.[0-9.]*' "$(command -v gita)" | head -n 1)
	[ "$name" ] || skip 'this build is linked with libgit2'
	make_repo api
	register api
	mkdir library
	: >"library/$name"
	LD_LIBRARY_PATH=$PWD/library try gita ll
	expect 0 "gita: warning: cannot load a library: $PWD/library/$name: file too short; git is asked instead" \
		<<<'api  main [∅]  first commit  (3 hours ago)'
	LD_LIBRARY_PATH=$PWD/library try gita ls
	expect 0 <<<'api'
}

@test "ll: git that does not answer costs the limit, and that row only" {
	make_repo slow
	make_repo fast
	register slow fast
	gita flags set slow -- -c core.abbrev=7 >/dev/null
	gate never
	fake git <<-'END'
		pass_gate never
	END
	GITA_STATUS_TIMEOUT=2 try gita ll
	expect 1 <<-'END'
		fast  main [∅]  first commit  (3 hours ago)
		slow  timeout: no answer within 2 s
	END
}

@test "ll: an answer of git that cannot be kept whole is no answer" {
	make_repo api
	make_repo web
	register api web
	gita flags set api -c color.ui=never
	# more than is held in memory, with what counts at its end
	printf 'api/%0200d\n' {1..4000} | xargs touch
	TMPDIR=$SANDBOX/none try gita ll
	assert_equal "$status" 1
	assert_equal "${output%%: *}" 'api  broken'
	assert_equal "${output#*$'\n'}" 'web  main [∅]  first commit  (3 hours ago)'
	TMPDIR=$SANDBOX/none try gita check api
	assert_equal "$status" 1
	assert_contains "$output" 'api: broken: '
	try gita ll api
	expect 0 <<<'api  main [?∅]  first commit  (3 hours ago)'
}

@test "ll: nothing is written to a repository" {
	make_state dirty "$SRC/api"
	register api
	touch api/README
	before=$(find api -type f -exec sha256sum {} + | sort)
	try gita ll
	assert_equal "$(find api -type f -exec sha256sum {} + | sort)" "$before"
}

@test "ll: a signal while git is asked ends the children, then gita by it" {
	make_repo slow
	register slow
	gita flags set slow -- -c core.abbrev=7 >/dev/null
	gate never
	fake git <<-'END'
		echo $$ >"$SANDBOX/child"
		pass_gate never
	END
	gita ll >out 2>&1 3>&- &
	gita=$!
	await test -s "$SANDBOX/child"
	kill -TERM $gita
	wait $gita || status=$?
	assert_equal "$status" 143
	assert_equal "$(cat out)" ''
	try kill -0 "$(cat "$SANDBOX/child")"
	assert_equal "$status" 1
}

@test "ll: fetched is what any work tree has fetched last, and a clone is a fetch" {
	make_state unfetched api
	git clone -q "$REMOTES/api.git" fresh
	git -C api worktree add -q -b side ../linked
	git clone -q --bare "$REMOTES/api.git" bare
	git -C bare remote set-url origin "$REMOTES/api.git"
	git init -q new
	git -C new remote add origin "$REMOTES/api.git"
	register -b api bare fresh linked new
	touch -d "@$((NOON + 3600))" "$(git -C api rev-parse --absolute-git-dir)/FETCH_HEAD"
	try gita ll --cols fetched
	expect 0 <<-END
		api     2 hours ago
		bare
		fresh   3 hours ago
		linked  2 hours ago
		new     never
	END
	git -C linked fetch -q
	touch -d "@$((NOON + 7200))" "$(git -C linked rev-parse --absolute-git-dir)/FETCH_HEAD"
	try gita ll --cols fetched
	expect 0 <<-END
		api     60 minutes ago
		bare
		fresh   3 hours ago
		linked  60 minutes ago
		new     never
	END
	# The log of a clone expires, that of what was made here says that it was.
	git -C fresh reflog expire --expire=now --all
	make_repo own
	git -C own remote add origin "$REMOTES/api.git"
	register own
	try gita ll --cols fetched fresh own
	expect 0 <<-END
		fresh
		own    never
	END
}

@test "ll: everyday states are read without asking git" {
	local state
	for state in $states_all; do
		[ "$state" = missing ] || make_state "$state" "$state"
	done
	gita add -b -- * 2>/dev/null >/dev/null
	gita ll --cols branch,commit_msg,commit_time,upstream,remote,stash,sync,fetched,type >before
	fake git <<-'END'
		echo "asked: $*" >&2
		exit 99
	END
	try gita ll --cols branch,commit_msg,commit_time,upstream,remote,stash,sync,fetched,type
	expect 0 <before
	[ "$(wc -l <before)" -gt 14 ]
}
