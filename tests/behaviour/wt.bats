# One branch in several repos, each in a worktree of its own: all of them or none.
load sandbox

make_two() {
	make_state clean "$SRC/api"
	make_state clean "$SRC/web"
	register api web
	mkdir "$SANDBOX/wt"
	cd "$SANDBOX/wt" || return
}

# Everything that a failed or refused command must leave as it was.
facts_of_all() {
	local repo
	for repo in "$SRC"/*; do
		git -C "$repo" worktree list
		git -C "$repo" for-each-ref
		cat "$repo/.git/config"
	done
	cat "$CONF"/*.csv
	find "$SANDBOX/wt" | sort
}

nothing_changed() { # COMMAND...
	facts_of_all >"$TMPDIR/before"
	try "$@"
	facts_of_all | diff "$TMPDIR/before" -
}

# What git lists besides the main one, by path.
linked_of() { # REPO
	git -C "$1" worktree list --porcelain | sed -n 's/^worktree //p' | tail -n +2
}

# bats test_tags=smoke
@test "wt: a new branch in two repos, from making to removing" {
	make_two
	try gita wt add feat/login api web -b
	expect 0 <<-END
		api@feat/login $SANDBOX/wt/feat/login/api
		web@feat/login $SANDBOX/wt/feat/login/web
	END
	assert_equal "$(linked_of "$SRC/api")" "$SANDBOX/wt/feat/login/api"
	assert_equal "$(linked_of "$SRC/web")" "$SANDBOX/wt/feat/login/web"
	try gita wt
	expect 0 <<-END
		feat/login  api  feat/login [∅]  $SANDBOX/wt/feat/login/api
		feat/login  web  feat/login [∅]  $SANDBOX/wt/feat/login/web
	END
	try gita wt ls --json
	expect 0 <<-END
		[{"worktrees": "feat/login", "repo": "api", "name": "api@feat/login", "path": "$SANDBOX/wt/feat/login/api", "state": "ok", "branch": "feat/login", "head": "$(git -C "$SRC/api" rev-parse HEAD)"},
		{"worktrees": "feat/login", "repo": "web", "name": "web@feat/login", "path": "$SANDBOX/wt/feat/login/web", "state": "ok", "branch": "feat/login", "head": "$(git -C "$SRC/web" rev-parse HEAD)"}]
	END
	try gita group ll feat/login
	expect 0 <<<'api@feat/login web@feat/login'
	try gita wt path feat/login
	expect 0 <<<"$SANDBOX/wt/feat/login"
	try gita wt path feat/login web
	expect 0 <<<"$SANDBOX/wt/feat/login/web"
	try gita wt path feat/login docs
	expect 2 "gita: wt: no worktree 'feat/login' of repo 'docs'"
	try gita super -k feat/login rev-parse --abbrev-ref HEAD
	expect 0 <<-'END'
		api@feat/login: feat/login
		web@feat/login: feat/login
	END
	try gita wt rm feat/login
	expect 0
	assert_equal "$(linked_of "$SRC/api")$(linked_of "$SRC/web")$(ls)" ''
	assert_equal "$(gita ls)$(gita group ls)" 'api web'
	git -C "$SRC/api" rev-parse -q --verify feat/login
}

@test "wt: branches that exist, here or on a remote only; a start elsewhere" {
	make_two
	make_state clean "$SRC/docs"
	register "$SRC/docs"
	git -C "$SRC/api" branch -q --no-track topic
	git -C "$SRC/web" push -q origin main:topic
	git -C "$SRC/web" fetch -q
	make_commit "$SRC/docs" new
	try gita wt add topic --all --dir sets --from HEAD~1
	expect 0 <<-END
		api@topic $SANDBOX/wt/sets/topic/api
		docs@topic $SANDBOX/wt/sets/topic/docs
		web@topic $SANDBOX/wt/sets/topic/web
	END
	assert_equal "$(git -C sets/topic/web rev-parse --abbrev-ref '@{u}')" origin/topic
	assert_equal "$(git -C sets/topic/docs rev-parse topic)" "$(git -C "$SRC/docs" rev-parse main~1)"
	# One more, where the others are.
	make_repo "$SRC/new"
	register "$SRC/new"
	cd / || return
	try gita wt add topic new -b
	expect 0 <<<"new@topic $SANDBOX/wt/sets/topic/new"
	try gita wt add topic new -b --dir /
	expect 2 "gita: wt add: the worktrees of 'topic' are in '$SANDBOX/wt/sets/topic'"
}

@test "wt: what cannot be made in one repo is made in none" {
	make_two
	git -C "$SRC/api" branch topic
	nothing_changed gita wt add topic api web
	expect 1 "gita: wt add: web: there is no branch 'topic'; -b makes it"
	nothing_changed gita wt add main api web
	expect 1 "gita: wt add: api: branch 'main' is checked out in '$SRC/api'
gita: wt add: web: branch 'main' is checked out in '$SRC/web'"
	nothing_changed gita wt add next api web --from topic
	expect 1 "gita: wt add: web: there is no commit 'topic' to start from"
	nothing_changed gita wt add next
	expect 2 "gita: wt add: needs repos or groups ('--all' for all of them)"
	nothing_changed gita wt add 'a..b' api
	expect 2 "gita: wt add: not a name for a branch: 'a..b'"
	nothing_changed gita wt add api api -b
	expect 2 "gita: wt add: cannot use the name 'api': a repo of that name exists"
	gita group add api -n work
	nothing_changed gita wt add work api -b
	expect 2 "gita: wt add: group 'work' exists and is not one of worktrees"
	cd "$SRC/web" || return
	nothing_changed gita wt add next api -b
	expect 2 "gita: wt add: '$SRC/web/next' is inside the repo 'web'; choose another folder with --dir"
	cd "$SANDBOX/wt" || return
	nothing_changed gita wt add next api web -b -n
	expect 0 <<-END
		api: git worktree add -b next $SANDBOX/wt/next/api HEAD
		web: git worktree add -b next $SANDBOX/wt/next/web HEAD
	END
}

@test "wt: the branch of a remote whatever that is called" {
	make_two
	git -C "$SRC/api" push -q origin main:next
	git -C "$SRC/api" remote rename origin team/up 2>/dev/null
	git -C "$SRC/api" fetch -q team/up
	git -C "$SRC/web" push -q origin main:team/next
	git -C "$SRC/web" fetch -q
	try gita wt add next api web
	expect 1 "gita: wt add: web: there is no branch 'next'; -b makes it"
	gita wt add next api >/dev/null
	assert_equal "$(git -C next/api rev-parse --abbrev-ref '@{u}')" team/up/next
}

@test "wt: a failure of git in one repo takes the others back" {
	make_two
	git -C "$SRC/api" push -q origin main:topic
	git -C "$SRC/api" fetch -q
	mkdir -p next/web topic/web
	echo mine | tee next/web/file >topic/web/file
	nothing_changed gita wt add next api web -b
	[ "$status" = 1 ]
	assert_contains "$stderr" "web: fatal: '$SANDBOX/wt/next/web' already exists"
	assert_contains "$stderr" 'gita: wt add: what was made has been taken back'
	nothing_changed gita wt add topic api web -b
	[ "$status" = 1 ]
	assert_equal "$(git -C "$SRC/api" config --get-regexp '^branch.topic')" ''
}

@test "wt: what cannot be taken back is named, and what the user has set stays" {
	make_two
	git -C "$SRC/api" push -q origin main:topic
	git -C "$SRC/api" fetch -q
	git -C "$SRC/api" config branch.topic.description mine
	mkdir -p topic/web
	echo mine >topic/web/file
	try gita wt add topic api web -b
	[ "$status" = 1 ]
	assert_equal "$(git -C "$SRC/api" config branch.topic.description)" mine
	assert_contains "$stderr" 'gita: wt add: what was made has been taken back'
	git -C "$SRC/api" config --remove-section branch.topic
	fake git <<-'END'
		case "$*" in
		*/api\ config\ --remove-section*) echo 'error: could not lock config file .git/config: File exists' >&2; exit 255 ;;
		esac
		exec "$REAL" "$@"
	END
	try gita wt add topic api web -b
	[ "$status" = 1 ]
	assert_contains "$stderr" "gita: wt add: api: what git has set for the branch is left: error: could not lock config file .git/config: File exists
gita: wt add: what else was made has been taken back"
	[ ! -e topic/api ]
	assert_equal "$(git -C "$SRC/api" branch --list topic)" ''
}

@test "wt: a branch of which git gives no answer is named, too" {
	make_two
	mkdir -p topic/web
	echo mine >topic/web/file
	fake git <<-'END'
		case "$*" in
		*/api\ rev-parse*refs/heads/topic) echo 'fatal: no answer today' >&2; exit 128 ;;
		esac
		exec "$REAL" "$@"
	END
	try gita wt add topic api web -b
	[ "$status" = 1 ]
	assert_contains "$stderr" "gita: wt add: api: the branch is left: fatal: no answer today
gita: wt add: what else was made has been taken back"
}

@test "wt: a signal takes back what was made" {
	make_two
	gate web
	# shellcheck disable=SC2016 # for the fake to expand
	fake git <<-'END'
		case "$PWD $*" in
		*/src/web*'worktree add'*) touch "$GATES/here"; pass_gate web ;;
		esac
		exec "$REAL" "$@"
	END
	facts_of_all >"$TMPDIR/before"
	gita wt add next api web -b >"$TMPDIR/out" 2>&1 &
	await test -e "$GATES/here"
	await test -e "$SANDBOX/wt/next/api/README"
	await git -C "$SRC/api" rev-parse -q --verify next
	kill -TERM $!
	wait $! || code=$?
	assert_equal "$code" 143
	facts_of_all | diff "$TMPDIR/before" -
	assert_contains "$(cat "$TMPDIR/out")" 'gita: wt add: what was made has been taken back'
}

@test "wt: rm refuses what check would report, and says why" {
	make_two
	gita wt add next api web -b >/dev/null
	echo change >>next/api/README
	echo new >next/api/new
	make_commit next/web one
	nothing_changed gita wt rm next
	expect 1 "api@next: uncommitted changes
api@next: untracked files
web@next: branch 'next': 1 commit on no remote
gita: wt rm: nothing was removed; --force removes 'next' with all that is listed"
	git -C next/api checkout -q README
	rm next/api/new
	git -C next/web checkout -q --detach
	make_commit next/web two
	nothing_changed gita wt rm next
	expect 1 "web@next: detached HEAD: 1 commit on no remote
gita: wt rm: nothing was removed; --force removes 'next' with all that is listed"
	rm -rf next/web
	nothing_changed gita wt rm next
	expect 1 "web@next: missing: $SANDBOX/wt/next/web
gita: wt rm: nothing was removed; --force removes 'next' with all that is listed"
	try gita wt rm next -n --force
	expect 0 <<-END
		api@next: git worktree remove --force -- $SANDBOX/wt/next/api
		web@next: git worktree remove --force -- $SANDBOX/wt/next/web
	END
	echo change >>next/api/README
	try gita wt rm --force next
	expect 0
	assert_equal "$(linked_of "$SRC/api")$(linked_of "$SRC/web")$(ls)" ''
	assert_equal "$(gita ls)" 'api web'
	try gita wt rm nexx
	expect 2 "gita: wt: no worktrees 'nexx'; 'gita wt ls' lists them"
}

@test "wt: where git does not answer, nothing is removed, with --force either" {
	make_two
	gita wt add next api web -b >/dev/null
	gita flags set api@next -- -c core.abbrev=7 >/dev/null
	gate never
	fake git <<-'END'
		pass_gate never
	END
	GITA_STATUS_TIMEOUT=0.3 try gita wt rm --force next
	expect 1 'gita: wt rm: api@next: no answer within 0.3 s'
	assert_equal "$(ls next)" $'api\nweb'
	assert_equal "$(gita ls)" 'api api@next web web@next'
}

@test "wt: what a killed 'wt add' has made is taken in, and stays if the rest fails" {
	make_two
	git -C "$SRC/api" worktree add -q -b next "$SANDBOX/wt/next/api"
	mkdir -p next/web
	touch next/web/file
	try gita wt add next api web -b
	assert_equal "$status" 1
	assert_equal "$(linked_of "$SRC/api")" "$SANDBOX/wt/next/api"
	rm -r next/web
	# The file of the repos was written, that of the groups was not.
	printf '%s,api@next,,\n' "$SANDBOX/wt/next/api" >>"$CONF/repos.csv"
	try gita wt add next api web -b
	expect 0 <<-END
		api@next $SANDBOX/wt/next/api
		web@next $SANDBOX/wt/next/web
	END
	try gita group ll next
	expect 0 <<<'api@next web@next'
}

@test "wt: what a killed 'wt rm' has removed is forgotten" {
	make_two
	gita wt add next api web -b
	git -C "$SRC/api" worktree remove "$SANDBOX/wt/next/api"
	try gita wt rm next --force
	expect 0
	try gita ls
	expect 0 <<<'api web'
	assert_equal "$(cat "$CONF/groups.csv")$(ls next 2>/dev/null)" ''
	# The file of the repos was written, that of the groups was not.
	printf 'next:api@next web@next:%s\n' "$SANDBOX/wt/next" >"$CONF/groups.csv"
	try gita wt rm next
	expect 0
	assert_equal "$(cat "$CONF/groups.csv")" ''
}

@test "wt: what git refuses to remove stays, and stays registered" {
	make_two
	gita wt add next api web -b >/dev/null
	git -C "$SRC/api" worktree lock "$SANDBOX/wt/next/api"
	try gita wt rm next
	[ "$status" = 1 ]
	assert_contains "$stderr" 'api@next: fatal: cannot remove a locked working tree'
	assert_equal "$(gita ls)" 'api api@next web'
	assert_equal "$(ls next)" api
}

@test "wt: bare repositories with worktrees, submodules, sparse checkouts" {
	make_two
	git clone -q --bare "$REMOTES/api.git" "$SRC/lay/.bare"
	echo 'gitdir: ./.bare' >"$SRC/lay/.git"
	git -C "$SRC/lay" config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'
	git -C "$SRC/lay" fetch -q
	git -C "$SRC/lay" worktree add -q "$SRC/lay/main" main
	register -b "$SRC/lay"
	register "$SRC/lay/main"
	git -C "$SRC/web" submodule --quiet add "$REMOTES/api.git" part
	git -C "$SRC/web" commit -q -m part
	git -C "$SRC/web" push -q
	git -C "$SRC/api" worktree add -q -b side "$SRC/side"
	register "$SRC/side"
	git -C "$SRC/api" sparse-checkout set --no-cone '/nothing'
	cd "$SRC/lay" || return
	try gita wt add next main lay side api web -b
	expect 0 "gita: wt add: main: left out, its git folder is another repo's
gita: wt add: side: left out, its git folder is another repo's" <<-END
		lay@next $SRC/lay/next/lay
		api@next $SRC/lay/next/api
		web@next $SRC/lay/next/web
	END
	assert_equal "$(ls next/api)$(ls next/lay)" README
	git -C next/web submodule --quiet update --init
	echo change >>next/web/part/README
	try gita wt rm next
	[ "$status" = 1 ]
	assert_contains "$stderr" 'web@next/part: uncommitted changes'
	git -C next/web/part checkout -q README
	try gita wt rm next
	expect 0
	assert_equal "$(ls)" main
}

@test "wt: completion of names" {
	make_two
	gita wt add next api -b >/dev/null
	gita group add api -n work
	try gita __complete -- wt rm ''
	expect 0 <<<$'next\tworktrees'
	try gita __complete -- wt path next a
	assert_contains "$output" api
}

@test "wt: gcd goes to the folder, and completes" {
	local shell
	make_two
	gita wt add feat/x api -b >/dev/null
	for shell in bash zsh; do
		command -v $shell >/dev/null || continue
		try $shell -c "eval \"\$(gita shell-init $shell)\"; gcd feat/x && pwd; gcd api@feat/x && pwd; gcd api && pwd"
		expect 0 <<-END
			$SANDBOX/wt/feat/x
			$SANDBOX/wt/feat/x/api
			$SRC/api
		END
	done
	if command -v fish >/dev/null; then
		try fish -c 'gita shell-init fish | source; gcd feat/x && pwd; gcd api && pwd; complete -C "gcd fe"'
		expect 0 <<-END
			$SANDBOX/wt/feat/x
			$SRC/api
			feat/x	worktrees
		END
	fi
	load tabs
	tabs bash 'eval "$(gita shell-init bash)"' 'gcd fe'
	assert_equal "$output" 'gcd feat/x '
}
