# TAB in zsh: what stands on the command line afterwards.
load sandbox
load tabs

SETUP='source <(gita completion zsh)'

setup() {
	sandbox_make
	hostile_registry
}

@test "zsh: commands, options, names, facts, settings" {
	cat >"$CONF/cmds.yml" <<<'comaster: {cmd: checkout master, help: check out master}'
	tabs zsh "$SETUP" 'gita rena' 'gita coma' 'gita group addr' 'gita ll --sor' 'gita ll ap' \
		'gita ll api we' 'gita ll wor' 'gita ll @confl' 'gita ll @dirty,ahe' 'gita ll @on' \
		'gita ll @group:wor' 'gita ll --color=al' 'gita --color al' 'gita ll --cols branch,ha' \
		'gita context non' 'gita color set in_sync b_gr' 'gita color set loc' \
		'gita info set-length symb' 'gita help group addr' 'gita completion z' 'gita rename api w'
	assert_equal "$output" 'gita rename 
gita comaster 
gita group addrepo 
gita ll --sort 
gita ll api 
gita ll api web 
gita ll work 
gita ll @conflicted 
gita ll @dirty,ahead 
gita ll @on:
gita ll @group:work 
gita ll --color=always 
gita --color always 
gita ll --cols branch,hash 
gita context none 
gita color set in_sync b_green 
gita color set local_ahead 
gita info set-length symbols 
gita help group addrepo 
gita completion zsh 
gita rename api w'
}

@test "zsh: a name stands on the line as it is, and nothing of it is run" {
	tabs zsh "$SETUP" 'gita ll my\ repo2' 'gita ll "my repo2' "gita ll 'my repo2" 'gita ll my\ g' \
		'gita ll it' 'gita ll "it' 'gita ll say' 'gita ll "say' 'gita ll a:c' 'gita ll a:c=' \
		'gita ll "a:c' 'gita ll -- -d' 'gita ll st' 'gita ll \~' 'gita ll m' 'gita ll mü' \
		'gita ll a\&' "gita ll 'a&" 'gita ll \#' 'gita ll \!' 'gita ll bac' 'gita ll \{' \
		'gita ll \<' 'gita ll \$H' 'gita ll \$\(' "gita ll '\$(" 'gita ll :fi' 'gita ll z'
	assert_equal "$output" 'gita ll my\ repo2 
gita ll "my repo2" 
gita ll '\''my repo2'\'' 
gita ll my\ group 
gita ll it\'\''s 
gita ll "it'\''s" 
gita ll say\ \"hi\" 
gita ll "say \"hi\"" 
gita ll a:c=d 
gita ll a:c=d 
gita ll "a:c=d" 
gita ll -- -dash 
gita ll st\*r 
gita ll \~tilde 
gita ll m
gita ll müll 
gita ll a\&b\;c\|d 
gita ll '\''a&b;c|d'\'' 
gita ll \#hash 
gita ll \!bang 
gita ll back\\slash 
gita ll \{x,y\} 
gita ll \<in\> 
gita ll \$HOME 
gita ll \$\(touch\ pwned\)\`touch\ pwned\`\(touch\ pwned\)\;touch\ pwned 
gita ll '\''$(touch pwned)`touch pwned`(touch pwned);touch pwned'\'' 
gita ll :files 
gita ll z'
	untouched
}

@test "zsh: explanations stand beside the candidates" {
	cat >"$CONF/cmds.yml" <<<'comaster: {cmd: checkout master, help: check out master}'
	interactive zsh "$SETUP"
	TERM=dumb on_terminal --size 80x50 --when 'ready> ' --type 'gita co\t\t' \
		--when 'check out master' --type '\x15exit\n' \
		-- "${shell[@]}"
	assert_equal "$status" 0
	assert_contains "$output" 'color       -- set colours of branches'
}

@test "zsh: found by compinit where it is installed" {
	mkdir "$HOME/functions"
	cp "$BATS_TEST_DIRNAME/../../completions/_gita" "$HOME/functions"
	tabs zsh 'fpath=(~/functions $fpath); compinit -D -u' 'gita rena' 'gita ll ap' 'gita group addr'
	assert_equal "$output" 'gita rename 
gita ll api 
gita group addrepo '
}

@test "zsh: folders where a folder is wanted, files where a file is" {
	mkdir -p 'plain/a folder'
	touch 'plain/a file'
	ln -s "$SRC/plain" "$HOME/plain"
	tabs zsh "$SETUP" 'gita add plain/a' 'gita add --group-path plain/a\ ' \
		'gita add --group-path=plain/a' 'gita clone -f plain/a\ fi' 'gita ll ./pl' \
		'gita add "plain/a' 'gita add ~/plain/a'
	assert_equal "$output" 'gita add plain/a\ folder/
gita add --group-path plain/a\ folder/
gita add --group-path=plain/a\ folder/
gita clone -f plain/a\ file 
gita ll ./plain/
gita add "plain/a folder/
gita add ~/plain/a\ folder/'
}

@test "zsh: git completes what is git's, in the folder of the repo" {
	tabs zsh "$SETUP" 'gita super web checkou' 'gita super web checkout fea' \
		'gita super git checkout feat/' 'gita super spaced checkout fea' \
		'gita super evil checkout fea' 'gita super ./web checkout fea' \
		'gita super work checkout --det' 'gita fetch web -- --prune-t' 'gita super my\ r'
	assert_equal "$output" 'gita super web checkout
gita super web checkout feat/web 
gita super git checkout feat/api 
gita super spaced checkout feat/space 
gita super evil checkout feat/evil 
gita super ./web checkout feat/web 
gita super work checkout --detach 
gita fetch web -- --prune-tags 
gita super my\ repo'
	untouched
}

@test "zsh: a repository runs nothing at TAB" {
	git -C web config core.fsmonitor "touch $SRC/pwned"
	touch web/new
	tabs zsh "$SETUP" 'gita super web add n'
	assert_equal "$output" 'gita super web add new'
	untouched
}

@test "zsh: commands of the shell in shell" {
	fake gita-test-tool <<<''
	tabs zsh "$SETUP" 'gita shell gita-test-t' 'gita shell web gita-test-t' 'gita shell web cat api/READ'
	assert_equal "$output" 'gita shell gita-test-tool 
gita shell web gita-test-tool 
gita shell web cat api/README '
}

@test "zsh: gcd goes to a repo, and completes" {
	tabs zsh 'eval "$(gita shell-init zsh)"' 'gcd ap' 'gcd spa' 'gcd my\ repo2' 'gita ll ap'
	assert_equal "$output" 'gcd api 
gcd spaced 
gcd my\ repo2 
gita ll api '
	try zsh -f -c 'eval "$(gita shell-init zsh)"; gcd spaced && pwd; gcd evil && pwd; gcd - >/dev/null; pwd; gcd ev; pwd; gcd work; gcd nope; gcd a b; pwd'
	expect 0 "gcd: install fzf to pick one of several repos
gita: no repo or group 'nope'
gcd: too many names; usage: gcd [NAME]" <<-END
		$SRC/spa ce
		$SRC/$EVIL
		$SRC/spa ce
		$SRC/$EVIL
		$SRC/$EVIL
	END
	untouched
}

@test "zsh: gcd lets pick one of several" {
	fake fzf <<-'END'
		echo "$*" >>"$SANDBOX/asked"
		grep -e spaced -e web
	END
	try zsh -f -c 'eval "$(gita shell-init zsh)"; gcd work && pwd'
	expect 0 <<<"$SRC/web"
	sed -i 's/ -e web//' "$FAKES/fzf"
	try zsh -f -c 'eval "$(gita shell-init zsh)"; gcd && pwd; gcd x-cde && pwd'
	expect 0 <<-END
		$SRC/spa ce
		$SRC/spa ce
	END
	assert_equal "$(cat "$SANDBOX/asked")" $'--no-multi --query=\n--no-multi --query=\n--no-multi --query=x-cde'
	fake fzf <<<'exit 130'
	try zsh -f -c 'eval "$(gita shell-init zsh)"; gcd || echo $?; pwd'
	expect 0 <<-END
		130
		$SRC
	END
	rm "$FAKES/fzf"
	for tool in zsh gita; do
		ln -sf "$(realpath "$(command -v $tool)")" "$FAKES/$tool"
	done
	try env PATH="$FAKES" zsh -f -c 'eval "$(gita shell-init zsh)"; gcd || echo $?'
	expect 0 'gcd: install fzf to pick one of several repos' <<<2
}

@test "zsh: options of other shells do no harm, nor does a start before compinit" {
	while IFS= read -r setup; do
		tabs zsh "$setup" 'gcd spa' 'gita ll my\ repo2' 'gita ll wor'
		assert_equal "$setup: $output" "$setup: gcd spaced 
gita ll my\\ repo2 
gita ll work "
	done <<-'END'
		setopt ksharrays shwordsplit; eval "$(gita shell-init zsh)"
		unfunction compdef; eval "$(gita shell-init zsh)"; autoload -Uz compinit; compinit -D -u
		unfunction compdef; setopt ksharrays shwordsplit; eval "$(gita shell-init zsh)"; compinit -D -u
	END
	try zsh -f -c 'setopt ksharrays shwordsplit; eval "$(gita shell-init zsh)"; gcd spaced && pwd; gcd evil && pwd'
	expect 0 <<-END
		$SRC/spa ce
		$SRC/$EVIL
	END
	untouched
}
