# Repos that share one git folder run one after the other, all others at once.
load sandbox

# first waits at a gate; second, which shares its git folder, comes before other. That
# other is over while second has not begun shows that second waits for first: there is
# room for all three.
expect_in_turn() { # FIRST SECOND
	[ -d zz-other ] || { make_repo zz-other && register zz-other; }
	rm -f "$SANDBOX/began" "$GATES/first" out
	gate first
	export FIRST=$1
	gita shell "$1" "$2" zz-other \
		'echo "begin $GITA_NAME"; [ "$GITA_NAME" != "$FIRST" ] || read -r go <"$GATES/first"
		echo "begin $GITA_NAME" >>"$SANDBOX/began"; echo "$GITA_BRANCH end"' >out 2>&1 &
	await grep zz-other: out
	assert_equal "$(<"$SANDBOX/began")" 'begin zz-other'
	open_gate first
	wait $!
	assert_equal "$(<"$SANDBOX/began")" "begin zz-other
begin $1
begin $2"
}

@test "shared: linked worktrees" {
	make_repo main
	git -C main worktree add -q -b one ../linked-1
	git -C main worktree add -q -b two ../linked-2
	register main linked-1 linked-2
	expect_in_turn main linked-1
	expect_in_turn linked-2 linked-1
	assert_contains "$(<out)" 'linked-1: one end'
}

@test "shared: a copy of git-new-workdir" {
	make_repo main
	mkdir -p copy/.git/logs
	for part in config refs logs/refs objects info hooks packed-refs remotes rr-cache svn; do
		ln -s "$SRC/main/.git/$part" "copy/.git/$part"
	done
	cp main/.git/HEAD copy/.git
	register main copy
	expect_in_turn copy main
}

@test "shared: a superproject and its submodules, deep ones and those of its worktrees too" {
	make_repo deep
	make_repo inner
	git -C inner submodule --quiet add "$SRC/deep" deep
	git -C inner commit -qm deep
	make_repo super
	git -C super submodule --quiet add "$SRC/inner" inner
	git -C super commit -qm inner
	git -C super submodule --quiet update --init --recursive
	git -C super worktree add -q ../linked
	git -C linked submodule --quiet update --init
	register super super/inner super/inner/deep
	register linked/inner
	expect_in_turn super inner
	expect_in_turn deep super
	expect_in_turn inner linked/inner
}

# As they were before git kept their git folders in that of the superproject.
@test "shared: submodules that have their own git folder; not what else lies in a work tree" {
	make_repo super
	make_repo super/inner
	make_repo super/inner/deep
	git -C super/inner/deep submodule --quiet add "$SRC/super" absorbed 2>/dev/null
	git -C super/inner submodule --quiet add ./deep
	git -C super submodule --quiet add ./inner
	git -C super worktree add -q ../linked
	make_repo super/aside
	register super super/inner super/inner/deep super/inner/deep/absorbed linked super/aside
	expect_in_turn inner super
	expect_in_turn deep linked
	expect_in_turn absorbed super
	gate aside
	gita shell super aside 'if [ "$GITA_NAME" = super ]; then read -r go <"$GATES/aside"
		else echo open >"$GATES/aside"; fi'
}

@test "shared: a git folder that is named by flags" {
	make_repo main
	mkdir elsewhere
	git init -q elsewhere
	register main elsewhere
	gita flags set elsewhere "--git-dir=$SRC/main/.git --work-tree=$SRC/elsewhere"
	expect_in_turn main elsewhere
	assert_contains "$(<out)" 'elsewhere: main end'
}

@test "shared: one that is stopped lets the next one begin" {
	make_repo main
	git -C main worktree add -q ../linked
	register main linked
	gate never
	try gita shell --timeout 2 linked main \
		'if [ "$GITA_NAME" = linked ]; then read -r go <"$GATES/never"; else echo ran; fi'
	assert_equal "$status" 1
	assert_equal "$output" 'main: ran'
	assert_contains "$stderr" 'shell: 1 ok, 1 failed (linked: timed out), '
}

@test "shared: fetch, pull, gc, config and check --fetch in worktrees, with news for all" {
	make_repo main
	make_remote main
	for i in 1 2 3; do
		git -C main worktree add -q -b "b$i" "../linked-$i"
		git -C "linked-$i" push -qu origin "b$i"
	done
	register main linked-1 linked-2 linked-3
	git clone -q "$REMOTES/main.git" "$SANDBOX/other"
	for i in 1 2 3; do
		git -C "$SANDBOX/other" checkout -q "b$i"
		make_commit "$SANDBOX/other" "news-$i"
		git -C "$SANDBOX/other" push -q
	done
	try gita fetch
	assert_equal "$status" 0
	try gita pull -q
	expect 0
	try gita super -q gc --quiet
	expect 0
	try gita super -q config user.nick me
	expect 0
	make_commit "$SANDBOX/other" more
	git -C "$SANDBOX/other" push -q
	try gita check --fetch
	expect 0 'gita: check: nothing would be lost in 4 repos'
}
