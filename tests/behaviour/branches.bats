# Branches as rows, repos as columns; git's answer, whoever reads it.
load sandbox

# Two repos with branches in all situations, and one without a remote.
make_three() {
	local name
	make_state diverged "$SRC/api"
	git -C api checkout -q -b done origin/main
	git -C api checkout -q main
	make_commit api one
	git -C api merge -q -m both done
	git -C api branch -q --no-track topic HEAD~1
	make_state gone "$SRC/web"
	git -C web branch -q --no-track local main
	make_repo docs
	git -C docs checkout -q --detach
	register api docs web
}

# What git says of each branch of a repo, a line each.
ask_git() { # REPO
	git -C "$1" for-each-ref refs/heads --format='%(HEAD) %(refname:lstrip=2) %(objectname) %(upstream:short) %(upstream:track,nobracket)' |
		sed 's/ *$//'
	# shellcheck disable=SC2046 # on one line
	echo merged: $(git -C "$1" branch --merged 2>/dev/null | sed -n 's/^[*+ ] \([^(]*\)$/\1/p' | sed 's/ .*//')
}

# The same of gita's JSON.
ask_gita() { # REPO
	gita branches --json "$1" | "${PYTHON:-/usr/bin/python3}" -c '
import json, sys
merged = []
for b in json.load(sys.stdin)[0]["branches"]:
    if b["sync"] == "gone":
        track = "gone"
    else:
        track = ", ".join("%s %d" % (w, b[w]) for w in ("ahead", "behind") if b[w])
    line = "%s %s %s %s %s" % ("*" if b["current"] else " ", b["branch"], b["head"], b["upstream"] or "", track)
    print(line.rstrip())
    if b["merged"]:
        merged.append(b["branch"])
print(" ".join(["merged:"] + merged))'
}

# bats test_tags=smoke
@test "branches: rows are branches, columns are repos" {
	make_three
	try gita branches
	expect 0 <<-'END'
		       api  docs  web
		done   =✓
		local             ∅✓
		main   *↑3  ∅✓    =✓
		topic  ∅✓         *✗
	END
	try gita branches --merged --gone
	expect 0
	try gita branches --gone
	expect 0 <<-'END'
		       web
		topic  *✗
	END
	try gita branches --merged api web
	expect 0 <<-'END'
		       api  web
		done   =✓
		local       ∅✓
		main        =✓
		topic  ∅✓
	END
}

@test "branches: a list, with counts" {
	make_three
	try gita branches --list
	expect 0 <<-'END'
		done   1 repo   1 merged                      api =✓
		local  1 repo   1 merged                      web ∅✓
		main   3 repos  1 current, 1 ahead, 2 merged  api *↑3, docs ∅✓, web =✓
		topic  2 repos  1 current, 1 gone, 1 merged   api ∅✓, web *✗
	END
}

@test "branches: on a terminal, columns while they fit, then the list, cut" {
	make_three
	on_terminal --size 24x24 -- gita branches --color=never
	expect 0 <<-'END'
		       api  docs  web
		done   =✓
		local             ∅✓
		main   *↑3  ∅✓    =✓
		topic  ∅✓         *✗
	END
	gita rename docs documentation
	gita rename web infrastructure
	on_terminal --size 56x24 -- gita branches --color=never -x api
	expect 0 <<-'END'
		       documentation  infrastructure
		local                 ∅✓
		main   ∅✓             =✓
		topic                 *✗
	END
	on_terminal --size 34x24 -- gita branches --color=never
	expect 0 <<-'END'
		done   1 repo   1 merged
		local  1 repo   1 merged
		main   3 repos  1 current, 1 ahea…
		topic  2 repos  1 current, 1 gone…
	END
	# In the colours of ll.
	ESC=$'\e'
	on_terminal -- gita branches api --list --merged
	expect 0 <<-'END'
		done   1 repo  1 merged  api =✓
		topic  1 repo  1 merged  api ∅✓
	END
	on_terminal -- gita branches api --merged
	expect 0 <<-END
		       api
		done   $ESC[32;1m=✓$ESC[0m
		topic  $ESC[39m∅✓$ESC[0m
	END
}

@test "branches: git's own answer, in this process and from git" {
	local name state
	for state in $states_all; do
		[ $state != missing ] || continue
		make_state $state "$SRC/$state"
	done
	git -C diverged branch -q --no-track older HEAD~1
	git -C diverged branch -q --track other origin/main
	git init -q --object-format=sha256 sha
	make_commit sha one
	git -C sha branch old
	make_commit sha two
	git clone -q --depth 1 "file://$REMOTES/diverged.git" shallow
	git -C shallow branch side
	git -C clean worktree add -q "$SRC/linked" -b linked 2>/dev/null
	git -C clean symbolic-ref refs/heads/same refs/heads/main
	git -C ahead tag main
	register -b */
	for name in $(gita ls); do
		assert_equal "$(ask_gita "$name")" "$(ask_git "$(gita ls "$name")")"
		gita flags set "$name" -c core.abbrev=9
		assert_equal "$(ask_gita "$name")" "$(ask_git "$(gita ls "$name")")"
	done
}

@test "branches: a repo that is missing or broken is told apart from one without branches" {
	make_repo api
	make_repo old
	make_repo bad
	git init -q empty
	register api old bad empty
	rm -rf old
	echo nonsense >bad/.git/HEAD
	try gita branches
	expect 1 "gita: warning: bad: broken: HEAD, objects or refs of its .git is missing or damaged
gita: warning: old: missing: $SRC/old" <<-'END'
		      api
		main  *∅
	END
	try gita branches --json old empty
	expect 0 "gita: warning: old: missing: $SRC/old" <<-END
		[{"name": "old", "path": "$SRC/old", "state": "missing", "error": null, "branches": []},
		{"name": "empty", "path": "$SRC/empty", "state": "ok", "error": null, "branches": []}]
	END
}

@test "branches: names are shown escaped" {
	make_repo api
	git -C api branch $'a\u202eb'
	register api
	try gita branches
	expect 0 <<-'END'
		            api
		a\u{202E}b  ∅✓
		main        *∅
	END
}
