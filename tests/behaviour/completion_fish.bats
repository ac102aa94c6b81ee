# TAB in fish: what it offers.
load sandbox
load tabs

setup() {
	sandbox_make
	hostile_registry
}

# offers LINE...: `LINE -> CANDIDATE | CANDIDATE...`, without the explanations
offers() {
	try fish -c 'gita completion fish | source
		for line in $argv
			echo "$line -> $(complete -C $line | string replace -r "\t.*" "" | string join " | ")"
		end' "$@"
}

@test "fish: commands, options, names, facts, settings" {
	cat >"$CONF/cmds.yml" <<<'comaster: {cmd: checkout master, help: check out master}'
	offers 'gita rena' 'gita coma' 'gita group addr' 'gita ll --sor' 'gita ll ap' 'gita ll api we' \
		'gita ll wor' 'gita ll @confl' 'gita ll @dirty,ahe' 'gita ll @on' 'gita ll @group:wor' \
		'gita ll --color=al' 'gita --color al' 'gita ll --cols branch,ha' 'gita context non' \
		'gita color set in_sync b_gr' 'gita color set loc' 'gita info set-length symb' \
		'gita help group addr' 'gita completion z' 'gita rename api w'
	expect 0 <<-END
		gita rena -> rename
		gita coma -> comaster
		gita group addr -> addrepo
		gita ll --sor -> --sort
		gita ll ap -> api
		gita ll api we -> web
		gita ll wor -> work
		gita ll @confl -> @conflicted
		gita ll @dirty,ahe -> @dirty,ahead
		gita ll @on -> @on:
		gita ll @group:wor -> @group:work
		gita ll --color=al -> --color=always
		gita --color al -> always
		gita ll --cols branch,ha -> branch,hash
		gita context non -> none
		gita color set in_sync b_gr -> b_green
		gita color set loc -> local_ahead
		gita info set-length symb -> symbols
		gita help group addr -> addrepo
		gita completion z -> zsh
		gita rename api w -> 
	END
}

# fish looks for the letters of a word in the explanations as well, which hold the random
# name of the sandbox: only a word that gita itself compares has no candidates for sure.
@test "fish: names are offered as they are, and nothing of them is run" {
	offers 'gita ll my\ ' 'gita ll "my r' "gita ll 'my r" 'gita ll it' 'gita ll say' 'gita ll a:c' \
		'gita ll -- -d' 'gita ll \$' "gita ll '\$(" 'gita ll no,such'
	expect 0 <<-END
		gita ll my\\  -> my group | my repo | my repo2
		gita ll "my r -> my repo | my repo2
		gita ll 'my r -> my repo | my repo2
		gita ll it -> it's
		gita ll say -> say "hi"
		gita ll a:c -> a:c=d
		gita ll -- -d -> -dash
		gita ll \\\$ -> \$(touch pwned)\`touch pwned\`(touch pwned);touch pwned | \$HOME
		gita ll '\$( -> $EVIL
		gita ll no,such -> 
	END
	untouched
}

@test "fish: explanations stand beside the candidates" {
	cat >"$CONF/cmds.yml" <<<'comaster: {cmd: checkout master, help: check out master}'
	try fish -c 'gita completion fish | source; complete -C "gita co"'
	expect 0 <<-'END'
		co	check out a branch, where there is one of that name
		color	set colours of branches
		comaster	check out master
		completion	print a completion script
		context	show or set the context
	END
}

@test "fish: a name stands on the line as it is" {
	mkdir -p "$HOME/.config/fish"
	cat >"$HOME/.config/fish/config.fish" <<-'END'
		function fish_prompt; echo 'ready> '; end
		function fish_greeting; end
		function result; printf '\nLINE<%s>\n' (commandline); commandline ''; commandline -f repaint; end
		bind \cg result
		gita completion fish | source
	END
	steps=()
	for line in 'gita ll my\ repo2' 'gita ll it' 'gita ll a\&' 'gita ll \$\('; do
		steps+=(--when 'ready> ' --type "${line//\\/\\\\}\\t\\x07" --when 'LINE<' --type '')
	done
	on_terminal --size 200x50 "${steps[@]}" --when 'ready> ' --type 'exit\n' -- fish -i
	assert_equal "$(sed -n 's/^LINE<\(.*\)>$/\1/p' <<<"$output")" 'gita ll my\ repo2 
gita ll it\'\''s 
gita ll a\&b\;c\|d 
gita ll \$\(touch\ pwned\)`touch\ pwned`\(touch\ pwned\)\;touch\ pwned '
	untouched
}

@test "fish: folders where a folder is wanted, files where a file is" {
	mkdir -p 'plain/a folder'
	touch 'plain/a file'
	offers 'gita add plain/a' 'gita add --group-path plain/a\ ' 'gita add --group-path=plain/a' \
		'gita clone -f plain/a\ fi' 'gita ll ./pl'
	expect 0 <<-'END'
		gita add plain/a -> plain/a folder/
		gita add --group-path plain/a\  -> plain/a folder/
		gita add --group-path=plain/a -> --group-path=plain/a folder/
		gita clone -f plain/a\ fi -> plain/a file
		gita ll ./pl -> ./plain/
	END
}

@test "fish: git completes what is git's, in the folder of the repo" {
	offers 'gita super web checkou' 'gita super web checkout fea' 'gita super git checkout feat/' \
		'gita super spaced checkout fea' 'gita super evil checkout fea' \
		'gita super ./web checkout fea' 'gita fetch web -- --prune-t' 'gita super my\ repo2'
	expect 0 <<-'END'
		gita super web checkou -> checkout
		gita super web checkout fea -> feat/web
		gita super git checkout feat/ -> feat/api
		gita super spaced checkout fea -> feat/space
		gita super evil checkout fea -> feat/evil
		gita super ./web checkout fea -> feat/web
		gita fetch web -- --prune-t -> --prune-tags
		gita super my\ repo2 -> my repo2
	END
	untouched
}

@test "fish: a repository runs nothing at TAB" {
	git -C web config core.fsmonitor "touch $SRC/pwned"
	touch web/new
	offers 'gita super web add n'
	expect 0 <<-'END'
		gita super web add n -> new
	END
	untouched
}

@test "fish: what it made of the manual page is not offered with every command" {
	mkdir -p "$XDG_DATA_HOME/fish/generated_completions"
	echo 'complete -c gita -l quote-mode -d "The last word"' \
		>"$XDG_DATA_HOME/fish/generated_completions/gita.fish"
	offers 'gita ll --quo' 'gita super --quo' 'gita ll --by-f'
	expect 0 <<-'END'
		gita ll --quo -> 
		gita super --quo -> --quote-mode
		gita ll --by-f -> --by-folder
	END
}

@test "fish: commands of the shell in shell" {
	fake gita-test-tool <<<''
	offers 'gita shell gita-test-t' 'gita shell web gita-test-t' 'gita shell web cat api/READ'
	expect 0 <<-'END'
		gita shell gita-test-t -> gita-test-tool
		gita shell web gita-test-t -> gita-test-tool
		gita shell web cat api/READ -> api/README
	END
}

@test "fish: gcd goes to a repo, and completes" {
	try fish -c 'gita shell-init fish | source
		gcd spaced && pwd; gcd evil && pwd; gcd -; pwd; gcd sp; pwd; gcd work; gcd nope; gcd a b; pwd
		complete -C "gcd ap"'
	expect 0 "gcd: install fzf to pick one of several repos
gita: no repo or group 'nope'
gcd: too many names; usage: gcd [NAME]" <<-END
		$SRC/spa ce
		$SRC/$EVIL
		$SRC/spa ce
		$SRC/spa ce
		$SRC/spa ce
		api	$SRC/api
	END
	untouched
}

@test "fish: gcd lets pick one of several" {
	fake fzf <<-'END'
		echo "$*" >>"$SANDBOX/asked"
		grep -e spaced -e web
	END
	try fish -c 'gita shell-init fish | source; gcd work && pwd'
	expect 0 <<<"$SRC/web"
	sed -i 's/ -e web//' "$FAKES/fzf"
	try fish -c 'gita shell-init fish | source; gcd && pwd; gcd x-cde && pwd'
	expect 0 <<-END
		$SRC/spa ce
		$SRC/spa ce
	END
	assert_equal "$(cat "$SANDBOX/asked")" $'--no-multi --query=\n--no-multi --query=\n--no-multi --query=x-cde'
	fake fzf <<<'exit 130'
	try fish -c 'gita shell-init fish | source; gcd || echo $status; pwd'
	expect 0 <<-END
		130
		$SRC
	END
	rm "$FAKES/fzf"
	for tool in fish gita; do
		ln -sf "$(realpath "$(command -v $tool)")" "$FAKES/$tool"
	done
	try env PATH="$FAKES" fish --no-config -c 'gita shell-init fish | source; gcd || echo $status'
	expect 0 'gcd: install fzf to pick one of several repos' <<<2
}
