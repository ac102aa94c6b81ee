# What -o lines says of a fetch, pull, push and clone: from the references, never from
# the words of git, which here has none.
load sandbox

# git that says nothing on its way.
mute() {
	fake git <<-'END'
		case " $* " in
		*' fetch '* | *' pull '* | *' push '* | *' clone '*) exec "$REAL" "$@" >/dev/null 2>&1 ;;
		esac
		exec "$REAL" "$@"
	END
}

# Somebody else's clone of a repository's remote.
elsewhere() { # REPO COMMAND...
	local there=$SANDBOX/elsewhere/$1
	[ -d "$there" ] || git clone -q "$REMOTES/$1.git" "$there"
	(cd "$there" && "${@:2}")
}

make_news() { # REPO COUNT
	local i
	for ((i = 0; i < $2; i++)); do
		elsewhere "$1" make_commit . news "news $i"
	done
	elsewhere "$1" git push -q origin HEAD
}

short() { # REPO REVISION
	git -C "$1" rev-parse --short=7 "$2"
}

# bats test_tags=smoke
@test "news: fetch" {
	for name in api forced many new none other pruned quiet tagged; do
		make_state clean $name
	done
	git -C none remote remove origin
	make_news api 3
	git -C other branch -q topic
	git -C other push -q origin topic
	make_news other 1
	elsewhere other git checkout -q topic
	make_news other 2
	elsewhere forced git commit -q --amend -m 'said otherwise'
	elsewhere forced git push -qf
	make_news many 1
	elsewhere many git push -q origin HEAD:one HEAD:two
	elsewhere many git tag v1
	elsewhere many git push -q --tags
	elsewhere new git push -q origin HEAD:feat/login
	git -C pruned push -q origin HEAD:old
	elsewhere pruned git push -q origin :old
	elsewhere tagged git tag v1
	elsewhere tagged git tag v2
	elsewhere tagged git push -q --tags
	register api forced many new none other pruned quiet tagged
	mute
	try gita fetch -k -o lines -- --prune
	expect 0 <<-END
		api     ok       main 3 new commits ($(short api main)..$(short api origin/main))
		forced  ok       main forced update, 1 new commit, 1 commit gone ($(short forced main)...$(short forced origin/main))
		many    ok       main 1 new commit ($(short many main)..$(short many origin/main)), 2 new branches, 1 tag
		new     ok       new branch feat/login
		none    ok       no remote
		other   ok       main 1 new commit ($(short other main)..$(short other origin/main)), 1 more branch updated
		pruned  ok       branch old deleted
		quiet   ok       up to date
		tagged  ok       2 new tags
	END
	for name in api forced other; do
		git -C $name rev-list --count --left-right main...origin/main
	done >"$SANDBOX/counts"
	assert_equal "$(tr '\t\n' ' ' <"$SANDBOX/counts")" '0 3 1 1 0 1 '
	# Nothing new a second time; a dry run cannot know.
	try gita fetch -k -o lines api many
	expect 0 <<-'END'
		api   ok       up to date
		many  ok       up to date
	END
	make_news api 1
	try gita fetch -k -o lines api many -- --dry-run
	expect 0 <<-'END'
		api   ok
		many  ok
	END
}

@test "news: pull says how it came together" {
	for name in conflict forward merge quiet rebase; do
		make_state clean $name
		[ $name = quiet ] || make_news $name 2
	done
	git config --global pull.rebase false
	git -C rebase config pull.rebase true
	make_commit merge own
	make_commit rebase own
	make_commit rebase more
	make_commit conflict news 'our news'
	elsewhere forward git push -q origin HEAD:topic
	register conflict forward merge quiet rebase
	for name in forward merge rebase; do
		eval "$name=$(short $name main)"
	done
	mute
	try gita pull -k -o lines
	assert_equal "$status" 1
	assert_equal "$output" "conflict  failed   exit 1
forward   ok       main 2 new commits ($forward..$(short forward main)), new branch topic
merge     ok       main 2 new commits, merged ($merge..$(short merge main))
quiet     ok       up to date
rebase    ok       main 2 new commits, 2 rebased ($rebase...$(short rebase main))"
}

@test "news: push" {
	for name in api quiet topic gone; do
		make_state clean $name
	done
	make_commit api one
	make_commit api two
	git -C topic checkout -q -b topic
	git -C gone push -q origin HEAD:old
	register api quiet topic gone
	old=$(short api origin/main)
	mute
	try gita push -k -o lines api quiet
	expect 0 <<-END
		api    ok       main 2 new commits ($old..$(short api main))
		quiet  ok       up to date
	END
	try gita super -o lines topic push -u origin topic
	expect 0 <<<'topic  ok       new branch topic'
	try gita super -o lines gone push origin :old
	expect 0 <<<'gone  ok       branch old deleted'
}

@test "news: clone" {
	make_state clean api
	git -C api push -q origin HEAD:topic
	git -C api tag v1
	git -C api push -q --tags
	git init -q --bare "$REMOTES/empty.git"
	printf '%s,api,api\n%s,empty,empty\n' "$REMOTES/api.git" "$REMOTES/empty.git" >list
	mkdir there
	mute
	try gita clone -k -o lines -C there -f list
	expect 0 <<-'END'
		api    ok       main, 2 branches, 1 tag
		empty  ok       no commits yet
	END
}

@test "news: names are escaped, and several remotes named" {
	make_state clean api
	make_remote_named() {
		git init -q --bare "$REMOTES/$1.git"
		git -C api remote add "$1" "$REMOTES/$1.git"
		git -C api push -q "$1" main
	}
	make_remote_named fork
	make_news api 1
	elsewhere api git push -q origin HEAD:$'e\u202evil'
	register api
	mute
	try gita fetch -o lines api
	expect 0 <<-END
		api  ok       origin/main 1 new commit ($(short api main)..$(short api origin/main)), new branch origin/e\\u{202E}vil
	END
}

@test "news: where commits cannot be counted, none are mentioned" {
	make_state clean full
	make_commit full more
	git -C full push -q
	git clone -q --depth 1 "file://$REMOTES/full.git" shallow
	git clone -q "$REMOTES/full.git" extended
	git -C extended config core.repositoryFormatVersion 1
	git -C extended config extensions.preciousObjects true
	make_news full 2
	register shallow extended
	mute
	try gita fetch -k -o lines shallow extended
	expect 0 <<-END
		shallow   ok       main updated ($(short shallow main)..$(short shallow origin/main))
		extended  ok
	END
}
