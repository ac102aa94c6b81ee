# What was done in all repos: one stream, by day, each commit once.
load sandbox

# Commits at so many hours before noon of the sandbox's day.
commit_at() { # HOURS REPO SUBJECT [GIT-COMMIT-OPTION...]
	at_time $((NOON - $1 * 3600))
	git -C "$2" commit -q --allow-empty -m "$3" "${@:4}"
	at_time $NOON
}

make_week() {
	git init -q api
	git init -q web
	commit_at 400 api 'long ago'
	commit_at 49 web 'start'
	commit_at 30 api 'yesterday, by another' --author 'Other <other@example.com>'
	commit_at 26 api 'read the flags'
	git -C api checkout -q -b topic
	commit_at 3 api 'a topic'
	git -C api checkout -q main
	commit_at 2 web 'one'
	commit_at 1 api 'two'
	register api web
}

# What git says of a repo, and what gita says of it; sorted, because the order of
# those that have the same second is not promised.
ask_git() { # REPO GIT-LOG-OPTION...
	git -C "$1" log --exclude=refs/stash --exclude='refs/notes/*' --all --encoding=UTF-8 \
		--format='%H %ct %aN <%aE> %s' "${@:2}" | sort
}

ask_gita() { # REPO OPTION...
	gita activity --json "$@" 2>/dev/null | "${PYTHON:-/usr/bin/python3}" -c '
import json, sys
for c in json.load(sys.stdin):
    print("%(commit)s %(time)d %(author)s <%(email)s> %(subject)s" % c)' | sort
}

# bats test_tags=smoke
@test "activity: by day, with sums" {
	make_week
	try gita activity
	expect 0 'gita: activity: 5 commits in 2 repos' <<-END
		Wed 2024-05-01: 3 commits in 2 repos
		  11:00  api  $(git -C api rev-parse --short=7 main)  two
		  10:00  web  $(git -C web rev-parse --short=7 main)  one
		  09:00  api  $(git -C api rev-parse --short=7 topic)  a topic
		Tue 2024-04-30: 1 commit in 1 repo
		  10:00  api  $(git -C api rev-parse --short=7 topic~1)  read the flags
		Mon 2024-04-29: 1 commit in 1 repo
		  11:00  web  $(git -C web rev-parse --short=7 main~1)  start
	END
}

@test "activity: whose commits, and when, in git's words" {
	make_week
	hash=$(git -C api rev-parse --short=7 topic~2)
	try gita activity --author 'Oth.*@example'
	expect 0 'gita: activity: 1 commit in 1 repo' <<-END
		Tue 2024-04-30: 1 commit in 1 repo
		  06:00  api  $hash  yesterday, by another  Other
	END
	try gita activity --all-authors --since '2 days ago' --until yesterday
	expect 0 'gita: activity: 2 commits in 1 repo' <<-END
		Tue 2024-04-30: 2 commits in 1 repo
		  10:00  api  $(git -C api rev-parse --short=7 topic~1)  read the flags         A U Thor
		  06:00  api  $hash  yesterday, by another  Other
	END
	git -C api config user.email other@example.com
	try gita activity --until 6.hours.ago
	expect 0 'gita: activity: 2 commits in 2 repos' <<-END
		Tue 2024-04-30: 1 commit in 1 repo
		  06:00  api  $hash  yesterday, by another
		Mon 2024-04-29: 1 commit in 1 repo
		  11:00  web  $(git -C web rev-parse --short=7 main~1)  start
	END
	# In the time zone of whoever asks.
	TZ=UTC-14 try gita activity --since 5.hours.ago web
	expect 0 'gita: activity: 1 commit in 1 repo' <<-END
		Thu 2024-05-02: 1 commit in 1 repo
		  00:00  web  $(git -C web rev-parse --short=7 main)  one
	END
}

@test "activity: a commit is listed once, whatever holds it" {
	make_week
	git -C api worktree add -q "$SRC/linked" topic 2>/dev/null
	git -C linked checkout -q --detach
	commit_at 2 linked 'on no branch'
	git -C api worktree add -q "$SRC/other" -b other
	git -C api tag v1
	git -C api tag -m annotated v2 topic
	git clone -q api copy
	git -C api stash list
	echo x >api/file && git -C api add file && git -C api stash -q
	git -C api notes add -m remark
	register linked other copy
	# A linked worktree comes behind the others, whoever reads it.
	try gita activity --since yesterday linked other api copy
	expect 0 'gita: activity: 3 commits in 1 repo' <<-END
		Wed 2024-05-01: 3 commits in 1 repo
		  11:00  api  $(git -C api rev-parse --short=7 main)  two
		  10:00  api  $(git -C linked rev-parse --short=7 HEAD)  on no branch
		  09:00  api  $(git -C api rev-parse --short=7 topic)  a topic
	END
	gita flags set linked -c gita.asked=1
	gita flags set api -c gita.asked=1
	expected=$output
	try gita activity --since yesterday linked api
	expect 0 'gita: activity: 3 commits in 1 repo' <<<"$expected"
}

@test "activity: git's own answer, in this process and from git" {
	local state name
	for state in $states_all; do
		[ $state != missing ] || continue
		make_state $state "$SRC/$state"
	done
	make_week
	git init -q --object-format=sha256 sha
	commit_at 1 sha two
	git clone -q --depth 1 "file://$REMOTES/diverged.git" shallow
	git -C api update-ref refs/keep/it "$(git -C api commit-tree -m kept HEAD^{tree})"
	git -C web config i18n.commitEncoding ISO-8859-1
	printf 'caf\xe9 \xfc' | git -C web commit -q --allow-empty -F -
	git -C ahead tag -m 'of a file' blob "$(git -C ahead rev-parse HEAD:README)"
	printf 'New Name <author@example.com>\n' >behind/.mailmap
	register -b */ >/dev/null
	for name in $(gita ls); do
		path=$(gita ls "$name")
		assert_equal "$(ask_gita "$name" --all-authors --since=1.week)" "$(ask_git "$path" --since=1.week)"
		assert_equal "$(ask_gita "$name" --since=2.days --until=5.hours)" \
			"$(ask_git "$path" --since=2.days --until=5.hours --author='<author@example.com>')"
		gita flags set "$name" -c core.abbrev=9
		assert_equal "$(ask_gita "$name" --author=Oth)" "$(ask_git "$path" --since=1.week --author=Oth)"
		assert_equal "$(ask_gita "$name" --until=5.hours)" \
			"$(ask_git "$path" --since=1.week --until=5.hours --author='<author@example.com>')"
	done
}

@test "activity: clocks that went wrong: as far as git log --since looks" {
	git init -q api
	commit_at 500 api 'start'
	git -C api checkout -q -b side
	commit_at 3 api 'behind an old one'
	commit_at 400 api 'an old one'
	commit_at 2 api 'after the old one'
	git -C api checkout -q main
	commit_at 5 api 'seen by another way'
	git -C api branch both
	commit_at 300 api 'old, too'
	commit_at 1 api 'the last'
	git -C api merge -q --no-ff -m 'join' side
	register api
	for name in '' -c; do
		[ -z "$name" ] || gita flags set api -c core.abbrev=9
		for since in 4.hours 10.hours 14.days 18.days 1.year; do
			assert_equal "$(ask_gita api --since=$since)" "$(ask_git api --since=$since)"
		done
	done
}

@test "activity: wrong dates and patterns, no mail" {
	make_week
	try gita activity --since nonsense
	expect 2 "gita: activity: --since: not a date that git knows: 'nonsense'"
	try gita activity --until 'whatever'
	expect 2 "gita: activity: --until: not a date that git knows: 'whatever'"
	try gita activity --author '\('
	expect 2 "gita: activity: --author: not a regular expression: '\\(': Unmatched ( or \\("
	try gita activity --author me --all-authors
	expect 2 "gita: activity: options '--author' and '--all-authors' cannot be used together"
	git config --global --unset user.email
	try gita activity
	expect 1 "gita: activity: 0 commits in 0 repos
gita: activity: user.email is not set in 2 repos, so it is not known whose commits to show; try --author or --all-authors"
	rm -rf web
	try gita activity --author A --since 2.hours.ago
	expect 0 "gita: activity: 0 commits in 0 repos
gita: warning: web: missing: $SRC/web"
}

@test "activity: as JSON, and on a terminal" {
	make_week
	try gita activity --json --since 5.hours.ago web
	expect 0 <<-END
		[{"name": "web", "path": "$SRC/web", "commit": "$(git -C web rev-parse HEAD)", "time": $((NOON - 2 * 3600)), "author": "A U Thor", "email": "author@example.com", "subject": "one"}]
	END
	try gita activity --json --since 1.hour.ago
	expect 0 <<<'[]'
	commit_at 0 web $'a long subject with \e[31m in it'
	on_terminal --size 40x24 -- gita activity --since 4.hours.ago web
	expect 0 <<-END
		Wed 2024-05-01: 1 commit in 1 repo
		  12:00  web  $(git -C web rev-parse --short=7 HEAD)  a long subject w…
		gita: activity: 1 commit in 1 repo
	END
}
