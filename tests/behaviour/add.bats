# `add`: what is registered, under which name, in which groups.
load sandbox

@test "add: by name of the folder, told on a line each" {
	make_repo web
	make_repo deep/api
	try gita add web/ ./deep/../deep/api
	expect 0 'gita: add: 2 repos added' <<-END
		web $SRC/web
		api $SRC/deep/api
	END
	assert_equal "$(cat -A "$CONF/repos.csv")" "$SRC/web,web,,^M\$
$SRC/deep/api,api,,^M\$"
}

@test "add: what is registered is not added twice, whatever leads there" {
	make_repo web
	register web
	ln -s web link
	try gita add web web/../web .
	expect 1 "gita: add: '$SRC': not a git repository
gita: add: '$SRC/web' is already registered as 'web'"
	try gita add link
	expect 0 "gita: add: '$SRC/link' is already registered as 'web'"
	try gita ls -p
	expect 0 <<<"web $SRC/web"
}

@test "add: one folder named twice is one repo" {
	make_repo web
	ln -s web link
	try gita add link web
	expect 0 <<<"link $SRC/link"
}

@test "add: what is no repo is said, the others are still added" {
	make_repo web
	mkdir -p empty web/inside
	touch file
	try gita add nope empty web file web/inside web/.git
	expect 1 "gita: add: '$SRC/nope': no such folder
gita: add: '$SRC/empty': not a git repository
gita: add: '$SRC/file': not a git repository
gita: add: '$SRC/web/inside': not a git repository
gita: add: '$SRC/web/.git': inside a repository; add the folder above it" <<<"web $SRC/web"
}

@test "add: nothing and the empty path are usage errors" {
	try gita add
	expect 2 'gita: add: PATH is missing; usage: gita add [OPTIONS] PATH...'
	try gita add ''
	expect 2 'gita: add: empty path'
	try gita add --depth 2 .
	expect 2 'gita: add: --depth, --exclude and --nested require -r or -a'
	try gita add --group-path . .
	expect 2 'gita: add: --group-path requires --group'
}

@test "add: a bare one wants -b" {
	make_state bare web.git
	try gita add web.git
	expect 1 "gita: add: '$SRC/web.git': a bare repository; add it with -b"
	try gita add -b web.git
	expect 0 <<<"web.git $SRC/web.git"
}

@test "add: a submodule and a linked worktree are repos; -s leaves submodules out" {
	make_repo web
	make_repo lib
	git -C web submodule --quiet add "$SRC/lib" libs/lib
	git -C web worktree add -q ../tree
	try gita add -s web/libs/lib
	expect 0 "gita: add: '$SRC/web/libs/lib' skipped: a submodule"
	try gita add web/libs/lib tree
	expect 0 'gita: add: 2 repos added' <<-END
		lib $SRC/web/libs/lib
		tree $SRC/tree
	END
}

@test "add: -n shows and changes nothing" {
	make_repo web
	try gita add -n web
	expect 0 <<<"web $SRC/web"
	try gita ls
	expect 0
}

@test "add: -r finds what is below, stops at a repo, follows no loop" {
	make_repo web
	make_repo web/vendor/inner
	make_repo .hidden/api
	make_state bare store.git
	ln -s . self
	ln -s /nowhere gone
	try gita add -r .
	expect 0 'gita: add: 2 repos added' <<-END
		api $SRC/.hidden/api
		web $SRC/web
	END
	try gita add -r .
	expect 0 'gita: add: no new repos'
	try gita add -r -b .
	expect 0 'gita: add: 1 repo added, 2 already registered' <<<"store.git $SRC/store.git"
	mkdir nothing
	try gita add -r nothing nope
	expect 1 "gita: add: no repositories below '$SRC/nothing'
gita: add: '$SRC/nope': no such folder"
}

@test "add: -r heeds --depth, --exclude and .gitaignore" {
	for repo in a/one b/two b/c/three old/four tmp/five; do
		make_repo $repo
	done
	printf 'tmp/\n# a comment\n\nb/c\n' >.gitaignore
	try gita add -n -r --exclude 'ol*' .
	expect 0 'gita: add: 2 repos would be added' <<-END
		one $SRC/a/one
		two $SRC/b/two
	END
	try gita add -n -r --depth 1 a/one old
	expect 0 "gita: add: '$SRC/a/one' is a repository itself; --nested searches below it
gita: add: 2 repos would be added" <<-END
		one $SRC/a/one
		four $SRC/old/four
	END
}

@test "add: equal names take as many parents as tell them apart" {
	make_repo a/x/r
	make_repo b/x/r
	make_repo b/y/r
	make_repo web
	try gita add -r .
	expect 0 'gita: add: 4 repos added' <<-END
		a/x/r $SRC/a/x/r
		b/x/r $SRC/b/x/r
		y/r $SRC/b/y/r
		web $SRC/web
	END
	make_repo other/web
	try gita add other/web
	expect 0 <<<"other/web $SRC/other/web"
}

@test "add: a name that a group has is not given to a repo" {
	make_repo web
	gita group add -n web
	try gita add web
	expect 0 <<<"src/web $SRC/web"
}

@test "add: hostile folder names become harmless names" {
	local esc=$'\e' c1=$'\xc2\x9b' bidi=$'\xe2\x80\xae'
	for repo in 'my repo' my-repo a:b "${esc}[31mred" "c1${c1}x" "bi${bidi}di" $'new\nline' \
		@at ./-dash 'st*r' ' ' 'com,ma' 'q"uote'; do
		make_repo "$repo"
	done
	try gita add -r .
	expect 0 'gita: add: 13 repos added' <<-END
		31mred $SRC/\e[31mred
		repo $SRC/$(printf ' ')
		dash $SRC/-dash
		at $SRC/@at
		a-b $SRC/a:b
		bi-di $SRC/bi\u{202E}di
		c1-x $SRC/c1\u{009B}x
		com,ma $SRC/com,ma
		my-repo $SRC/my repo
		my-repo-2 $SRC/my-repo
		new-line $SRC/new\nline
		q"uote $SRC/q"uote
		st-r $SRC/st*r
	END
	try gita shell -- test -d .git
	assert_equal "$status$stderr" 0
	try gita ls -p new-line
	assert_equal "$output" "new-line $SRC/new
line"
}

@test "add: a path that is no UTF-8" {
	[ "$(uname)" = Linux ] || skip 'the file system allows no such name'
	make_repo $'n\xff'
	try gita add $'n\xff'
	expect 0 <<<"n\\xFF $SRC/n\\xFF"
	try gita ls $'n\xff'
	assert_equal "$output" "$SRC/"$'n\xff'
}

@test "add: -g makes a group or joins one; --group-path sets its folder" {
	make_repo web
	make_repo api
	try gita add -g work web
	expect 0 <<<"web $SRC/web"
	try gita add -g work --group-path .. web api
	expect 0 "gita: add: '$SRC/web' is already registered as 'web'" <<<"api $SRC/api"
	assert_equal "$(cat "$CONF/groups.csv")" "work:web api:$SANDBOX"$'\r'
}

@test "add: a group's name that cannot be is refused before anything is added" {
	make_repo web
	make_repo api
	register api
	for name in auto none 'a b' a:b ./x '*' -- ''; do
		try gita add "--group=$name" web
		assert_equal "$status" 2
	done
	try gita add -g api web
	expect 2 "gita: add: cannot use the name 'api': a repo of that name exists"
	try gita ls -p
	expect 0 <<<"api $SRC/api"
}

@test "add: -a groups by folder, with several roots, again and again" {
	for repo in src/one/a src/one/b src/c src/two/d lib/e; do
		make_repo $repo
	done
	try gita add -a src lib
	expect 0 'gita: add: 5 repos added
gita: add: in the groups src src-one src-two lib' <<-END
		c $SRC/src/c
		a $SRC/src/one/a
		b $SRC/src/one/b
		d $SRC/src/two/d
		e $SRC/lib/e
	END
	local groups="src: $SRC/src
  - c
  - a
  - b
  - d
src-one: $SRC/src/one
  - a
  - b
src-two: $SRC/src/two
  - d
lib: $SRC/lib
  - e"
	try gita group
	expect 0 <<<"$groups"
	try gita add -a src lib
	expect 0 'gita: add: no new repos
gita: add: in the groups src src-one src-two lib'
	try gita group
	expect 0 <<<"$groups"
	make_repo src/two/f
	try gita add -a src
	expect 0 'gita: add: 1 repo added, 4 already registered
gita: add: in the groups src src-one src-two' <<<"f $SRC/src/two/f"
	try gita group ll src-two
	expect 0 <<<'d f'
	try gita group ll src
	expect 0 <<<'c a b d f'
}

@test "add: -a leaves a group of that name alone that is something else" {
	make_repo src/web
	gita group add -n src
	try gita add -a src
	expect 0 'gita: add: in the groups src-src' <<<"web $SRC/src/web"
	try gita group
	expect 0 <<-END
		src:$(printf ' ')
		src-src: $SRC/src
		  - web
	END
}

@test "add: 20 at once lose nothing" {
	for i in $(seq 20); do
		make_repo "r$i"
	done
	for i in $(seq 20); do
		gita add "r$i" >"$TMPDIR/out$i" 2>&1 &
	done
	wait
	assert_equal "$(cat "$TMPDIR"/out* | sort)" "$(gita ls -p | sort)"
	assert_equal "$(gita ls | wc -w)" 20
}

@test "add: a registry that cannot be written is an error, and nothing is claimed" {
	make_repo web
	mkdir -p "$CONF/repos.csv"
	try gita add web
	expect 1 "gita: cannot read '$CONF/repos.csv': is a directory"
	rmdir "$CONF/repos.csv"
	ln -s /dev/full "$CONF/repos.csv"
	try gita add web
	assert_equal "$status$output" 1
}

# The repository in .bare, a `.git` file that points there, worktrees beside it.
bare_layout() {
	make_state clean seed
	mkdir proj
	git clone -q --bare "$REMOTES/seed.git" proj/.bare
	echo 'gitdir: ./.bare' >proj/.git
	git -C proj worktree add -q main
	git -C proj worktree add -q -b side feature/side
	rm -rf seed
}

@test "add: the layout of .bare, a .git file and worktrees" {
	bare_layout
	assert_equal "$(git -C proj rev-parse --is-bare-repository)" true
	try gita add -n -r .
	expect 0 'gita: add: 2 repos would be added' <<-END
		side $SRC/proj/feature/side
		main $SRC/proj/main
	END
	try gita add -n -r proj
	expect 0 'gita: add: 2 repos would be added' <<-END
		side $SRC/proj/feature/side
		main $SRC/proj/main
	END
	try gita add proj
	expect 1 "gita: add: '$SRC/proj': a bare repository; add it with -b"
	try gita add -b -r .
	expect 0 'gita: add: 3 repos added' <<-END
		proj $SRC/proj
		side $SRC/proj/feature/side
		main $SRC/proj/main
	END
	assert_equal "$(cut -d, -f 2,3 "$CONF/repos.csv")" $'proj,bare\nside,\nmain,'
	try gita ll --cols type,branch_name
	expect 0 <<-'END'
		main  worktree  main
		proj  bare      main
		side  worktree  side
	END
}

@test "add: a bare repository that is called .git, and worktrees" {
	make_state clean seed
	git clone -q --bare "$REMOTES/seed.git" proj/.git
	git -C proj worktree add -q main
	# Where git keeps core.bare with worktreeConfig.
	git clone -q --bare "$REMOTES/seed.git" apart/.git
	git -C apart config extensions.worktreeConfig true
	git -C apart config --unset core.bare
	git -C apart config --worktree core.bare true
	git -C apart worktree add -q -b side side
	rm -rf seed
	try gita add -n -r .
	expect 0 'gita: add: 2 repos would be added' <<-END
		side $SRC/apart/side
		main $SRC/proj/main
	END
	try gita add proj
	expect 1 "gita: add: '$SRC/proj': a bare repository; add it with -b"
	try gita add -b -r proj
	expect 0 'gita: add: 2 repos added' <<-END
		proj $SRC/proj
		main $SRC/proj/main
	END
	assert_equal "$(cut -d, -f 2,3 "$CONF/repos.csv")" $'proj,bare\nmain,'
}

@test "add: a .git file that points elsewhere makes no bare repository" {
	git init -q --separate-git-dir "$SANDBOX/elsewhere" web
	try gita add -r .
	expect 0 <<<"web $SRC/web"
}

@test "add: worktrees in a bare repository are found, what git keeps there is not" {
	make_state clean seed
	git clone -q --bare "$REMOTES/seed.git" store.git
	git -C store.git worktree add -q trees/main main
	make_repo store.git/objects/inner
	rm -rf seed
	try gita add -n -r .
	expect 0 <<<"main $SRC/store.git/trees/main"
	try gita add -n -b -r .
	expect 0 'gita: add: 2 repos would be added' <<-END
		store.git $SRC/store.git
		main $SRC/store.git/trees/main
	END
}

@test "add: --nested searches below repositories; a PATH that is one is pointed out" {
	make_repo web
	make_repo web/vendor/inner
	make_repo web/vendor/inner/deep
	try gita add -n -r web
	expect 0 "gita: add: '$SRC/web' is a repository itself; --nested searches below it" <<<"web $SRC/web"
	try gita add -n -r web web/vendor/inner
	expect 0 'gita: add: 2 of the paths are repositories themselves; --nested searches below them
gita: add: 2 repos would be added' <<-END
		web $SRC/web
		inner $SRC/web/vendor/inner
	END
	try gita add -n -r --nested .
	expect 0 'gita: add: 3 repos would be added' <<-END
		web $SRC/web
		inner $SRC/web/vendor/inner
		deep $SRC/web/vendor/inner/deep
	END
	try gita add -n -r --nested --depth 2 web
	expect 0 'gita: add: 2 repos would be added' <<-END
		web $SRC/web
		inner $SRC/web/vendor/inner
	END
	try gita add --nested web
	expect 2 'gita: add: --depth, --exclude and --nested require -r or -a'
}

@test "add: --nested finds submodules, -s skips them" {
	make_repo lib
	make_repo web
	git -C web submodule --quiet add "$SRC/lib" libs/lib
	try gita add -n -r --nested web
	expect 0 'gita: add: 2 repos would be added' <<-END
		web $SRC/web
		lib $SRC/web/libs/lib
	END
	try gita add -n -r -s --nested web
	expect 0 <<<"web $SRC/web"
}

@test "add: a git folder whose work tree is elsewhere is not bare, and taken by a search only with -b" {
	mkdir -p "$HOME" yadm
	git init -q --bare yadm/repo.git
	git -C yadm/repo.git config core.bare false
	git -C yadm/repo.git config core.worktree "$HOME"
	git -C yadm/repo.git commit -q --allow-empty -m 'first commit'
	try gita add -rn yadm
	expect 0 "gita: add: no repositories below '$SRC/yadm'"
	try gita add yadm/repo.git
	expect 0 <<<"repo.git $SRC/yadm/repo.git"
	try gita ll --cols type
	expect 0 <<<'repo.git  repo'
	gita rm repo.git
	try gita add -rb yadm
	expect 0 <<<"repo.git $SRC/yadm/repo.git"
	assert_equal "$(<"$CONF/repos.csv")" "$SRC/yadm/repo.git,repo.git,,"$'\r'
}
