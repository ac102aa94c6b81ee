# Help, for every command that there is: the list is the program's own.
load sandbox

# Each command, and each of its commands, on a line.
all_commands() {
	local name child
	for name in $(gita __complete -- help '' | cut -f 1); do
		echo "$name"
		for child in $(gita __complete -- help "$name" '' | cut -f 1); do
			echo "$name $child"
		done
	done
}

# One line must stay for the prompt.
fits_a_screen() { # TEXT
	[ "$(wc -l <<<"$1")" -lt 24 ] || { echo "$1"; return 1; }
	[ "$(wc -L <<<"$1")" -le 80 ] || { echo "$1"; return 1; }
}

@test "help: the overview" {
	settings cmds.yml <<-'END'
		comaster: {cmd: checkout master, help: check out master}
	END
	try gita
	expect 0 <<-'END'
		usage: gita COMMAND [OPTIONS] [SELECTION...]
		  ll         show the state of repos      ui         see repos live, act by key
		  ls         list names or a repo's path  branches   show which branch is where
		  activity   show what you did lately     check      list what exists only here
		  report     show what the last run did   add        register repositories
		  rm         forget repos                 rename     rename a repo
		  clear      forget all repos and groups  repair     find repos that were moved
		  freeze     write a list for 'clone -f'  clone      clone and register repos
		  sync       make repos match a list      group      manage groups of repos
		  context    show or set the context      wt         worktrees in several repos
		  super      run any git command          shell      run any shell command
		  info       choose the columns of ll     color      set colours of branches
		  flags      set a repo's git options     help       show help for a command
		  completion print a completion script    shell-init print gcd and completion

		Run by git, in all selected repos at once:
		  br clean co diff difftool fetch grep last lo log merge mergetool patch pull
		  push rebase reflog remote reset show st stash stat tag
		Your own:
		  comaster  check out master

		A selection: names of repos and groups, 'glob*', a path, @dirty, -x NAME.
		Everywhere: --color=always|never|auto; -h explains a command, 'man gita' all.
	END
	fits_a_screen "$output"
}

@test "help: many commands of the user are listed by name" {
	for name in one two three four five; do
		echo "$name: {cmd: log, help: explained}"
	done | settings cmds.yml
	try gita
	fits_a_screen "$output"
	assert_contains "$output" 'Your own:
  five four one three two'
	refute_contains "$output" explained
}

@test "help: each command fits a screen, and has examples" {
	all_commands >commands
	[ "$(wc -l <commands)" -gt 55 ]
	while read -r words; do
		# shellcheck disable=SC2086 # a command of a command
		try gita help $words
		assert_equal "$status$stderr" 0
		fits_a_screen "$output"
		assert_contains "$output" "usage: gita $words"
		assert_contains "$output" Example
		help=$output
		# shellcheck disable=SC2086
		try gita $words -h
		expect 0 <<<"$help"
	done <commands
}

@test "help: each example is one that gita understands" {
	while read -r words; do
		# shellcheck disable=SC2086
		gita help $words | sed -n '/^Example/,$ { s/^Example: /  /; /^Examples:/d; p }'
	done < <(all_commands) | sed -nE 's/^  (gita .*[^ ])  +.*/\1/p' | sort -u >examples
	# shellcheck disable=SC2013
	while read -r gita command rest; do
		gita __complete -- "$command" | grep -q "^$command	" || { echo "$gita $command $rest"; false; }
	done <examples
}

@test "help: of a delegated command says what is run" {
	settings cmds.yml <<-'END'
		sync: {cmd: 'git fetch && git merge', shell: true, help: fetch and merge}
	END
	try gita help last
	assert_contains "$output" 'show the last commit
Runs: git log -1 HEAD
'
	try gita help difftool
	assert_contains "$output" 'Runs: git difftool (one repo after the other)'
	try gita help sync
	assert_contains "$output" 'fetch and merge
Runs in the shell: git fetch && git merge
'
	try gita help fetch
	assert_contains "$output" '  gita fetch web -- --prune  forget branches that the remote has deleted
'
}

@test "help: what there is not" {
	try gita help nonsense
	assert_equal "$status$output" 2
	try gita help group nonsense
	expect 2 "gita: group: unknown command 'nonsense'; 'gita help group' lists them" <<<''
}
