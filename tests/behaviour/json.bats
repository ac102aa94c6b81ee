# `ll --json`: the keys, their order and their values are a promise.
load sandbox

@test "json: a repo with all there is to tell" {
	make_state ahead "$SRC/api"
	echo change >>api/README
	git -C api add README
	echo more >>api/README
	register api
	gita group add -n work api >/dev/null
	try gita ll --json
	expect 0 <<-END
		[{"name": "api", "path": "$SRC/api", "type": "repo", "groups": ["work"], "state": "ok", "error": null, "branch": "main", "detached": false, "head": "$(git -C api rev-parse HEAD)", "tag": null, "upstream": "origin/main", "sync": "local_ahead", "ahead": 2, "behind": 0, "staged": true, "unstaged": true, "untracked": false, "conflicted": false, "stashes": 0, "operation": null, "subject": "and another", "time": $NOON, "author": "A U Thor"}]
	END
}

@test "json: what is not known is null" {
	git init -q new
	make_repo old
	register new old
	rm -rf old
	try gita ll --json
	expect 0 <<-END
		[{"name": "new", "path": "$SRC/new", "type": "repo", "groups": [], "state": "ok", "error": null, "branch": "main", "detached": false, "head": null, "tag": null, "upstream": null, "sync": "no_remote", "ahead": 0, "behind": 0, "staged": false, "unstaged": false, "untracked": false, "conflicted": false, "stashes": 0, "operation": null, "subject": null, "time": null, "author": null},
		{"name": "old", "path": "$SRC/old", "type": null, "groups": [], "state": "missing", "error": null, "branch": null, "detached": null, "head": null, "tag": null, "upstream": null, "sync": null, "ahead": null, "behind": null, "staged": null, "unstaged": null, "untracked": null, "conflicted": null, "stashes": null, "operation": null, "subject": null, "time": null, "author": null}]
	END
}

@test "json: during a rebase the head is detached" {
	make_state rebase "$SRC/api"
	register api
	try gita ll --json
	assert_contains "$output" '"branch": null, "detached": true,'
	assert_contains "$output" '"upstream": "origin/main", "sync": "local_ahead", "ahead": 1, "behind": 0,'
	assert_contains "$output" '"conflicted": true, "stashes": 0, "operation": "rebase",'
}

@test "json: a tag on a detached head" {
	make_repo api
	git -C api tag v1
	git -C api checkout -q --detach
	register api
	try gita ll --json
	assert_contains "$output" '"branch": null, "detached": true,'
	assert_contains "$output" '"tag": "v1", "upstream": null, "sync": "no_remote",'
}

@test "json: a repo that cannot be read says why" {
	make_repo api
	register api
	rm -rf api/.git/objects
	try gita ll --json
	assert_equal "$status" 1
	assert_contains "$output" '"state": "broken", "error": "'
}

@test "json: kinds, situations and operations by their names" {
	for state in bare behind conflict diverged gone; do
		make_state $state "$SRC/$state"
		register -b "$SRC/$state"
	done
	git -C gone worktree add -q ../tree -b tree
	register tree
	try gita ll --json
	assert_equal "$(sed -E 's/.*"name": ("[^"]*").*"type": ("[^"]*").*"sync": ("[^"]*").*"operation": ([^,]*).*/\1 \2 \3 \4/' <<<"$output")" \
		'"bare" "bare" "no_remote" null
"behind" "repo" "remote_ahead" null
"conflict" "repo" "local_ahead" "merge"
"diverged" "repo" "diverged" null
"gone" "repo" "gone" null
"tree" "worktree" "no_remote" null'
}

@test "json: no repos are an empty array" {
	try gita ll --json
	expect 0 "gita: no repos yet; 'gita add -r .' registers those below this folder" <<<'[]'
}

@test "json: always UTF-8, never a trick on the terminal" {
	make_repo api
	git -C api commit -q --allow-empty --cleanup=verbatim -m $'a\u009bb\u202ec "d" \\ ü'
	mkdir $'b\xff'
	git init -q $'b\xff/name'
	register api $'b\xff/name'
	try gita ll --json
	assert_equal "$status" 0
	assert_contains "$output" '"subject": "a\u009Bb\u202Ec \"d\" \\ \u00FC"'
	assert_contains "$output" "\"path\": \"$SRC/b�/name\""
	/usr/bin/python3 -c 'import json, sys; json.load(sys.stdin)' <<<"$output"
}
