# What gita suggests for a word that names nothing.
load sandbox

# Each line of stdin is WORDS|MESSAGE: gita refuses the words with the message.
refuses() {
	local words message
	while IFS='|' read -r words message; do
		# shellcheck disable=SC2086 # a command line
		try gita $words
		expect 2 "gita: $message" </dev/null
	done
}

setup() {
	sandbox_make
	for name in api monolith svc-1 svc-2 web; do
		make_repo $name
	done
	register api monolith svc-1 svc-2 web
	gita group add web api -n work
}

@test "suggestions: what git calls a command is never taken for one of ours" {
	git config --global alias.lg log
	refuses <<-'END'
		checkout|unknown command 'checkout'; did you mean 'co'? (git's: gita super checkout ...)
		commit -m x|unknown command 'commit'; it is git's: gita super commit ...
		lg|unknown command 'lg'; it is git's: gita super lg ...
		help checkout|unknown command 'checkout'; did you mean 'co'? (git's: gita super checkout ...)
		chekcout|unknown command 'chekcout'; did you mean 'co'? (git's: gita super checkout ...)
		statsu|unknown command 'statsu'; did you mean 'll' or 'st'? (git's: gita super status ...)
		comit|unknown command 'comit'; did you mean 'gita super commit'?
		branch|unknown command 'branch'; did you mean 'br'? (git's: gita super branch ...)
	END
}

@test "suggestions: the words of other tools" {
	refuses <<-'END'
		list|unknown command 'list'; did you mean 'll' or 'ls'?
		remove web|unknown command 'remove'; did you mean 'rm'?
		delete web|unknown command 'delete'; did you mean 'rm'?
		init .|unknown command 'init'; did you mean 'add'? (git's: gita super init ...)
		status|unknown command 'status'; did you mean 'll' or 'st'? (git's: gita super status ...)
		group delete work|group: unknown command 'delete'; did you mean 'rm'?
		info list|info: unknown command 'list'; did you mean 'll'?
	END
}

@test "suggestions: a command's beginning, other case, or letters astray" {
	refuses <<-'END'
		che|unknown command 'che'; did you mean 'check'?
		LL|unknown command 'LL'; did you mean 'll'?
		clea|unknown command 'clea'; did you mean 'clear' or 'clean'?
		grop|unknown command 'grop'; did you mean 'group' or 'grep'?
		nonsense|unknown command 'nonsense'; 'gita help' lists them
		ll --sotr=name|ll: unknown option '--sotr=name'; did you mean '--sort'?
	END
}

@test "suggestions: a selection in the command's place" {
	refuses <<-'END'
		web|unknown command 'web'; to see the repos: gita ll web
		work|unknown command 'work'; to see the repos: gita ll work
		@dirty|unknown command '@dirty'; to see the repos: gita ll @dirty
		./web|unknown command './web'; to see the repos: gita ll ./web
	END
}

@test "suggestions: a repo's beginning, other case, or letters astray" {
	refuses <<-'END'
		ll mono|no repo or group 'mono'; did you mean 'monolith'?
		ll API|no repo or group 'API'; did you mean 'api'?
		ll WEB|no repo or group 'WEB'; did you mean 'web'?
		ll wbe|no repo or group 'wbe'; did you mean 'web'?
		ll svc|no repo or group 'svc'; did you mean 'svc-1' or 'svc-2'?
		group ll Work|no group 'Work'; did you mean 'work'?
	END
}

@test "suggestions: a fact without its @, or as an option" {
	refuses <<-'END'
		ll dirty|no repo or group 'dirty'; did you mean '@dirty'?
		fetch web on:main|no repo or group 'on:main'; did you mean '@on:main'?
		super dirty status|super: no repo, group or git command 'dirty'; did you mean '@dirty'?
		ll --dirty|ll: unknown option '--dirty'; did you mean '@dirty'?
		ls --on=main|ls: unknown option '--on=main'; did you mean '@on:main'?
		rename dirty x|no repo or group 'dirty'
		add --dirty|add: unknown option '--dirty'; 'gita help add' lists them
	END
	try gita ll @Dirty
	assert_contains "$stderr" "unknown fact '@Dirty' (did you mean '@dirty'?); the facts are @dirty"
}
