# One repo after the other with the terminal: -i, and what git does in the foreground.
load sandbox

setup() {
	sandbox_make
	for name in api docs web; do
		make_repo $name
	done
	register api docs web
}

# What -i shows, without the question, which is erased.
shown() {
	output=$(sed 's/\r//g; s/Enter: run, s: skip, q: quit \x1b\[K//g; s/\x1b\[K//g' <<<"$output")
}

@test "in turn: each has the terminal, under its number and name" {
	on_terminal --when 'quit ' --type '\n' --when 'quit ' --type '\n' -- \
		gita shell -i 'test -t 0 && test -t 1 && echo "$GITA_NAME has it"'
	shown
	assert_contains "$output" '[1/3] api
api has it
[2/3] docs
docs has it
[3/3] web
web has it
shell: 3 ok, '
	assert_equal "$status" 0
}

@test "in turn: s skips one, q ends it, which is no failure" {
	on_terminal --when 'quit ' --type 'xs' --when 'quit ' --type '\n' -- gita shell -i 'echo ran'
	shown
	assert_contains "$output" '[1/3] api
ran
[2/3] docs
[3/3] web
ran
shell: 2 ok, 1 skipped, '
	assert_equal "$status" 0
	try gita ls @ok
	expect 0 <<<'api web'

	on_terminal --when 'quit ' --type q -- gita shell -i 'echo ran'
	shown
	assert_contains "$output" '[1/3] api
ran
[2/3] docs
shell: 1 ok, 2 skipped, '
	assert_equal "$status" 0
}

@test "in turn: Ctrl-C at the question ends gita, and the terminal is as before" {
	on_terminal --when 'quit ' --type '\x03' -- \
		sh -c 'stty -g >before; (trap "" INT; exec sh -c "trap - INT; exec gita shell -i :"); stty -g >after; cmp before after'
	assert_contains "$output" 'shell: 1 ok, 2 not run, '
	assert_equal "$status" 0
}

@test "in turn: without a terminal nobody is asked" {
	try gita super -i rev-parse --abbrev-ref HEAD
	expect 0 <<-END
		[1/3] api
		main
		[2/3] docs
		main
		[3/3] web
		main
	END
	try gita fetch -i web
	expect 0
	try gita fetch -i --json
	expect 2 "gita: fetch: '--in-turn' and '--json' exclude each other"
	try gita super -i -q gc
	expect 2 "gita: gc: '--in-turn' and '--quiet' exclude each other"
}

@test "in turn: a failure counts, and with --fail-fast ends it" {
	try gita shell -i --fail-fast '[ $GITA_NAME != docs ]'
	assert_equal "$status" 1
	assert_equal "$output" '[1/3] api
[2/3] docs'
	assert_contains "$stderr" 'shell: 1 ok, 1 failed (docs: exit 1), 1 not run, '
}

# A git that says TERMINAL where it has the terminal.
git_that_tells() {
	fake git <<-'END'
		[ -t 0 ] && echo TERMINAL || exec "$REAL" "$@"
	END
}

has_terminal() { # WORD...
	on_terminal -- gita super api web "$@"
	[[ $output == *TERMINAL* ]]
}

@test "in turn: super gives the terminal to what git would page, edit or ask about" {
	git_that_tells
	local words
	while read -ra words; do
		has_terminal "${words[@]}" || { echo "in pipes: ${words[*]}"; false; }
	done <<-'END'
		log --oneline
		show
		difftool -y
		mergetool
		commit
		commit -a --amend
		add -p
		rebase -i HEAD~2
		tag -a v1
		-c core.pager=less log
	END
	while read -ra words; do
		! has_terminal "${words[@]}" || { echo "on the terminal: ${words[*]}"; false; }
	done <<-'END'
		commit -am text
		commit --message=text
		--no-pager log
		add .
		rebase
		tag v1
		status
		add -- -p
	END
}

@test "in turn: an alias counts for what it stands for; -k and --json keep the pipes" {
	git config --global alias.lg 'log --graph'
	git_that_tells
	has_terminal lg
	on_terminal -- gita super -k --color=never api web log -1 --format=%s
	assert_contains "$output" 'api: first commit
web: first commit'
	on_terminal -- gita log --json api web -- -1 --format=%s
	refute_contains "$output" TERMINAL
	assert_contains "$output" '"stdout": "first commit\n"'
}

@test "in turn: an editor that nobody can use is explained, in any language" {
	echo more | tee -a api/README web/README >/dev/null
	fake git <<-'END'
		case $1 in
		commit) echo "le mot de $GIT_EDITOR" >&2; exit 1 ;;
		esac
		exec "$REAL" "$@"
	END
	try gita super -k api web commit -a
	assert_equal "$status" 1
	assert_contains "$stderr" "gita: 2 repos want an editor (api, web), which several at once cannot have: pass the text as an option, or use 'gita super -i ...'"
}

@test "in turn: those that wanted an editor are run again on the terminal, if one likes" {
	echo more | tee -a api/README web/README >/dev/null
	export EDITOR="$FAKES/editor"
	fake editor <<<'echo "text of $(basename "$PWD")" >"$1"'
	on_terminal --when 'now, one at a time? [y/N]' --type 'y\n' -- gita super -k api web commit -aq
	assert_contains "$output" '2 repos want an editor (api, web); run them now, one at a time?'
	assert_contains "$output" 'commit: 2 ok, '
	assert_equal "$(git -C api log -1 --format=%s) $(git -C web log -1 --format=%s)" \
		'text of api text of web'
}
