# The candidates for TAB as the shells' scripts get them, and the scripts.
load sandbox

# Names only; orders start with a TAB.
candidates() {
	try gita __complete -- "$@"
	output=$(sed 's/^\([^\t].*\)\t.*/\1/' <<<"$output")
}

registry_of_three() {
	make_repo api
	make_repo web
	printf '%s,%s,,\r\n' "$SRC/api" api "$SRC/web" web /gone old >"$CONF/repos.csv"
	printf 'work:api web:\r\n' >"$CONF/groups.csv"
}

@test "completion: the scripts printed are the files installed" {
	for pair in bash:gita.bash zsh:_gita fish:gita.fish; do
		gita completion "${pair%:*}" >script
		cmp script "$BATS_TEST_DIRNAME/../../completions/${pair#*:}"
	done
	while read -r shell files; do
		gita shell-init "$shell" >script
		# shellcheck disable=SC2086 # several files
		(cd "$BATS_TEST_DIRNAME/../../completions" && cat $files) | cmp script -
	done <<-'END'
		bash gita.bash gcd.sh gcd.bash
		zsh _gita gcd.sh gcd.zsh
		fish gita.fish gcd.fish
	END
}

@test "completion: a shell that there is not is a usage error" {
	try gita completion tcsh
	expect 2 "gita: completion: unsupported shell 'tcsh'; use bash, zsh or fish" <<<''
	try gita shell-init tcsh
	expect 2 "gita: shell-init: unsupported shell 'tcsh'; use bash, zsh or fish" <<<''
}

@test "completion: candidates with explanations, by what stands before" {
	registry_of_three
	try gita __complete -- ll ''
	expect 0 <<-END
		api	$SRC/api
		web	$SRC/web
		old	/gone
		work	group
	END
	try gita __complete -- context ''
	expect 0 <<-'END'
		auto	by the folder you are in
		none	no context
		work	group
	END
}

@test "completion: what was named is not offered again" {
	registry_of_three
	candidates ll api ''
	expect 0 <<-'END'
		web
		old
		work
	END
	candidates ll -x web ''
	expect 0 <<-'END'
		api
		web
		old
		work
	END
}

@test "completion: a name that would move the cursor or end its line is not offered" {
	printf '/x,"z%s",,\r\n' $'new\nline' $'esc\e[31m' $'tab\tfiles' $'\u202ebidi' $'\xff' \
		plain >"$CONF/repos.csv"
	try gita __complete -- ll z
	expect 0 <<<$'zplain\t/x'
}

@test "completion: columns by whether they are in use" {
	candidates info rm ''
	expect 0 <<-'END'
		branch
		commit_msg
		commit_time
	END
	gita info set branch,path
	candidates info rm ''
	expect 0 <<-'END'
		branch
		path
	END
	candidates info add 'branch'
	expect 0 <<<branch_name
	candidates info add p
	expect 0
}

@test "completion: programs in shell only by their beginning, repos at once" {
	registry_of_three
	candidates shell ''
	expect 0 <<-'END'
		api
		web
		old
		work
	END
	candidates shell a
	expect 0 <<<$'api\n\tshell\t1'
}

@test "completion: commands of the user, but none that is hidden" {
	settings cmds.yml <<-'END'
		comaster: {cmd: checkout master, help: "check\tout"}
	END
	try gita __complete -- com
	expect 0 <<-'END'
		completion	print a completion script
		comaster	check\tout
	END
	try gita __complete -- __
	expect 0
}

@test "completion: options by command, their letters behind one dash only" {
	candidates ls -
	expect 0 <<-'END'
		--paths
		-p
		--exclude
		-x
		--all
		--color
		--help
		-h
	END
	candidates ls --
	expect 0 <<-'END'
		--paths
		--exclude
		--all
		--color
		--help
	END
	candidates ls -- -
	expect 0
}

@test "completion: values of options, joined or not" {
	candidates ll --color ''
	expect 0 <<-'END'
		always
		never
		auto
	END
	candidates ll --color=n
	expect 0 <<<'--color=never'
	candidates ll --sort name,p
	expect 0 <<<'name,path'
	candidates --color never --co
	expect 0 <<<'--color'
}

@test "completion: every word by what it stands for" {
	registry_of_three
	printf '/gone/web,web,,\r\n%s,%s,,\r\n' "$SRC"$'/tab\tbed' strange >>"$CONF/repos.csv"
	printf 'topic:api@topic web@topic:\r\n' >>"$CONF/groups.csv"
	settings cmds.yml <<-'END'
		tabbed: {cmd: "log 'a\tb'"}
		make: {cmd: make, shell: true}
		sync: {cmd: fetch --all}
	END
	cat >table <<-'END'
		rename |api web old strange
		rename api |
		clear |
		clear x |
		group |ll ls add rm rename addrepo rmrepo
		group a|add addrepo
		group -|--color --help -h
		group nonsense |
		group rename w|work
		group rename work |
		group rm |work topic
		wt rm |topic
		info set-length s|symbols stash sync
		info set branch,pa|branch,path
		color set l|local_ahead
		color set local_ahead b_r|b_red
		color set --preset |default colorblind
		help con|context
		help group r|rm rename rmrepo
		help group rm |
		help nonsense |
		help pull |
		completion |bash zsh fish
		shell-init z|zsh
		add |<folders
		clone |<files
		flags set |api web old strange
		flags set api |
		flags set -- api x |
		ll @in|@in-sync
		ll @dirty,on|@dirty,on:
		ll @group:|@group: @group:work @group:topic
		ll @dirty,group:w|@dirty,group:work
		ll ./|<folders
		ll ~|<folders
		ll --sort=na|--sort=name
		ll --sort=name,pa|--sort=name,path
		ll -x a|api
		ll --nonsense a|api
		ll --nonsense=a|
		ll - a|api
		ll -- -- -x a|api
		--col|--color
		--color |always never auto
		--color=a|--color=always --color=auto
		- con|context
		-|--version -v --color --help -h
		--version=|
		shell web -- l|<shell
		super -- |<git
		super -- log |<git
		super strange log |<git
		sync a|api
		sync -- |<git
		tabbed -- |
		make -- |
	END
	while IFS='|' read -r line _; do
		IFS=' ' read -ra words <<<"$line"
		[[ $line == *' ' ]] && words+=('')
		printf '%s|' "$line"
		gita __complete -- "${words[@]}" 2>said | sed 's/^\t/</; s/\t.*//' | paste -sd ' '
	done <table >offered
	diff table offered
}

@test "completion: without a registry that can be read no names, all else" {
	mkdir "$CONF/repos.csv"
	gita __complete -- ll @dirt 2>said >offered
	assert_equal "$(cat offered)" $'@dirty\tstaged, unstaged, untracked or conflicted'
	assert_equal "$(cat said)" "gita: cannot read '$CONF/repos.csv': is a directory"
	try gita __complete -- rename ''
	expect 0 "gita: cannot read '$CONF/repos.csv': is a directory" <<<''
	try gita __complete -- group rm ''
	expect 0 "gita: cannot read '$CONF/repos.csv': is a directory" <<<''
	try gita __complete -- super checkout ''
	expect 0 "gita: cannot read '$CONF/repos.csv': is a directory" <<<$'\tgit\t1\t.'
}

@test "completion: git and the shell are asked where their words start" {
	registry_of_three
	for line in 'super ' 'super web ' 'super we' 'super web checkout ' 'super work log ' \
		'super -j 2 @dirty -- ' 'super git log ' 'fetch web -- ' 'last -- ' 'shell api ls '; do
		IFS=' ' read -ra words <<<"$line"
		[[ $line == *' ' ]] && words+=('')
		printf '%s:' "$line"
		gita __complete -- "${words[@]}" | sed -n '/^\t/s/\t/ /gp'
	done >orders
	assert_equal "$(cat orders)" "super : git 1 $SRC/api
super web : git 2 $SRC/web
super we: git 1 $SRC/api
super web checkout : git 2 $SRC/web
super work log : git 2 $SRC/api
super -j 2 @dirty -- : git 5 $SRC/api
super git log : git 2 $SRC/api
fetch web -- : git 3 $SRC/web fetch
last -- : git 2 $SRC/api log -1 HEAD
shell api ls : shell 2"
}

@test "completion: the repo we are in goes before the first of all" {
	registry_of_three
	cd web
	try gita __complete -- super checkout ''
	assert_equal "$output" $'\tgit\t1\t'"$SRC/web"
}

@test "completion: no file, no repo: no words on stdout" {
	try gita __complete -- ll ''
	expect 0
	try gita __complete -- nonsense ''
	expect 0
	try gita __complete --
	assert_equal "$status" 2
}

@test "completion: repositories are not touched" {
	mkdir closed
	printf '%s,%s,,\r\n' "$SRC/closed/api" api >"$CONF/repos.csv"
	fake git <<<'touch "$SANDBOX/ran"'
	try gita __complete -- super api ''
	assert_equal "$output" $'\tgit\t2\t'"$SRC/closed/api"
	[ ! -e "$SANDBOX/ran" ]
}
