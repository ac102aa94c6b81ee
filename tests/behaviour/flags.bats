# `flags`: options that git gets in every run for a repo.
load sandbox

setup() {
	sandbox_make
	make_repo web
	make_repo api
	register web api
}

@test "flags: none yet, set, shown, none again" {
	try gita flags
	expect 0
	try gita flags set web -c user.name='A B' --no-pager
	expect 0
	try gita flags
	expect 0 <<<"web: -c 'user.name=A B' --no-pager"
	try gita super web config user.name
	expect 0 <<<'A B'
	gita flags set web
	try gita flags
	expect 0
}

@test "flags: stand behind git in every run" {
	gita flags set web --no-pager
	gita flags set api --work-tree='/a b'
	try gita super -n status
	expect 0 <<-'END'
		api: git '--work-tree=/a b' status
		web: git --no-pager status
	END
	try gita fetch -n
	expect 0 <<-'END'
		api: git '--work-tree=/a b' fetch
		web: git --no-pager fetch
	END
}

@test "flags: how words are read" {
	while IFS='|' read -r words flags; do
		eval "try gita flags set web $words"
		expect 0 </dev/null
		assert_equal "$(gita flags)" "${flags:+web: $flags}"
	done <<-'END'
		--work-tree='/a b'|'--work-tree=/a b'
		--work-tree='/a b' -c x.y=z|'--work-tree=/a b' -c x.y=z
		'--git-dir=/a --work-tree=/b'|--git-dir=/a --work-tree=/b
		'-c x.y=z'|-c x.y=z
		"-c 'user.name=A B' --no-pager"|-c 'user.name=A B' --no-pager
		-- --bare|--bare
		-h|-h
		''|
		--|
	END
}

@test "flags: a quote and a newline survive" {
	gita flags set web -c "user.name=O'Neill
Jr."
	try gita super web config user.name
	expect 0 <<<"O'Neill
Jr."
}

@test "flags: typing errors are usage errors, and nothing is changed" {
	while IFS='|' read -r words error; do
		eval "try gita flags $words"
		expect 2 "gita: $error" </dev/null
	done <<-'END'
		set wbe --bare|no repo or group 'wbe'; did you mean 'web'?
		set web status|flags: 'status' is not an option
		set web "-c 'open"|flags: cannot parse '-c 'open': unclosed quote
		set|flags set: NAME is missing; usage: gita flags set NAME [FLAG...]
		sett|flags: unknown command 'sett'; did you mean 'set'?
	END
	try gita flags
	expect 0
}

@test "flags: the status heeds them" {
	mkdir elsewhere
	git -C web config core.bare false
	cp web/README elsewhere
	gita flags set web --work-tree="$SRC/elsewhere"
	try gita ll web --cols branch
	expect 0 <<<'web  main [∅]'
	echo change >>elsewhere/README
	try gita ll web --cols branch
	expect 0 <<<'web  main [*∅]'
}

@test "flags: not used where others may write to the settings" {
	gita flags set web -c user.name=evil
	chmod o+w "$CONF"
	try gita super -n web status
	assert_equal "$status$output" '0web: git status'
	assert_contains "$stderr" 'warning'
}

# The set-up of dot-files that the README of the Python tool leads to: a bare
# repository in the home, whose work tree is the home.
@test "flags: bare dot-files, from start to end" {
	cd "$HOME"
	git init -q --bare .dotfiles
	git --git-dir=.dotfiles config status.showUntrackedFiles no
	gita add -b .dotfiles
	gita rename .dotfiles dots
	gita flags set dots --git-dir="$(gita ls dots)" --work-tree="$HOME"
	echo 'set number' >.vimrc
	try gita super dots add ../.vimrc
	expect 0
	gita super dots commit -q -m 'vim'
	try gita ll dots
	expect 0 <<<'dots  main [∅]  vim  (3 hours ago)'
	echo 'set ruler' >>.vimrc
	try gita ll dots
	expect 0 <<<'dots  main [*∅]  vim  (3 hours ago)'
	try gita st dots -- --short
	expect 0 <<<' M ../.vimrc'
	gita super dots commit -q -a -m 'ruler'
	make_state bare "$REMOTES/dots.git"
	git -C "$REMOTES/dots.git" update-ref -d refs/heads/main
	gita super dots remote add origin "$REMOTES/dots.git"
	gita super dots push -q origin main
	try gita freeze dots
	expect 0 <<<"$REMOTES/dots.git,dots,$HOME/.dotfiles,bare,--git-dir=$HOME/.dotfiles --work-tree=$HOME,main"
	gita freeze dots >"$SANDBOX/list"

	# On another machine, with the same home.
	rm -rf .dotfiles "$CONF"
	try gita clone -f -p "$SANDBOX/list"
	expect 1 "gita: clone: 'dots' sets flags for git: --git-dir=$HOME/.dotfiles --work-tree=$HOME
gita: clone: nothing done: the list sets flags for git (see above); use -y to accept them"
	gita clone -q -y -f -p "$SANDBOX/list"
	git --git-dir=.dotfiles config status.showUntrackedFiles no
	try gita st dots -- --short
	assert_equal "$status" 0
	try gita super dots log --format=%s
	expect 0 <<-'END'
		ruler
		vim
	END
}

@test "flags: a repo whose flags do not parse fails, the others run" {
	sed -i "s/,web,,/,web,,--work-tree='x/" "$CONF/repos.csv"
	try gita super rev-parse --abbrev-ref HEAD
	assert_equal "$status $output" '1 api: main'
	assert_contains "$stderr" "gita: web: cannot use its flags: cannot parse '--work-tree='x': unclosed quote"
	assert_contains "$stderr" '1 ok, 1 failed (web: not started)'
	try gita super -n status
	expect 1 "gita: web: cannot use its flags: cannot parse '--work-tree='x': unclosed quote" <<<'api: git status'
}
