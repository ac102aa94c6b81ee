# `clone`: one repository by its URL, or those of a list.
load sandbox

setup() {
	sandbox_make
	URL=$REMOTES/web.git
}

# A home and a source folder with nothing in them, as on a new machine.
new_machine() {
	mv "$SRC" "$SANDBOX/old-src"
	mv "$CONF" "$SANDBOX/old-conf"
	mkdir -p "$SRC"
	cd "$SRC" || return
}

list() {
	cat >"$SANDBOX/list"
}

@test "clone URL: cloned, registered, in a group" {
	make_state clean web
	mkdir there
	cd there
	try gita clone -n "$URL"
	expect 0 <<<"web: git clone -- $URL $SRC/there/web"
	try gita clone "$URL"
	expect 0 "Cloning into '$SRC/there/web'...
done." <<<"web $SRC/there/web"
	try gita ls -p
	expect 0 <<<"web $SRC/there/web"
	try gita clone -q -C new/place -g work "file://$URL" -- --depth 1
	expect 0
	try gita ls work
	expect 0 <<<'place/web'
	assert_equal "$(git -C new/place/web rev-parse --is-shallow-repository)" true
}

@test "clone -- URL" {
	make_state clean web
	mkdir there
	cd there
	try gita clone -n -- "$URL"
	expect 0 <<<"web: git clone -- $URL $SRC/there/web"
	try gita clone -n -- "$URL" --depth 1
	expect 0 <<<"web: git clone --depth 1 -- $URL $SRC/there/web"
	try gita clone -n -- "$URL" -- --depth 1
	expect 0 <<<"web: git clone --depth 1 -- $URL $SRC/there/web"
	try gita clone -n -- -f "$URL"
	expect 2 "gita: clone: '-f' is not a repository URL"
	try gita clone -n --
	assert_equal "$status" 2
}

@test "clone URL: a name with dots is kept whole" {
	make_state clean my.site.org
	cd "$SANDBOX"
	gita clone -q "$REMOTES/my.site.org.git"
	try gita ls -p
	expect 0 <<<"my.site.org $SANDBOX/my.site.org"
}

@test "clone URL: what fails is not registered; what is registered is not cloned" {
	make_state clean web
	try gita clone "$SANDBOX/nowhere"
	expect 1 "fatal: repository '$SANDBOX/nowhere' does not exist"
	try gita ls
	expect 0
	register web
	try gita clone "$URL"
	expect 1 "gita: clone: '$SRC/web' is already registered as 'web'"
	try gita clone ''
	expect 2 "gita: clone: '' is not a repository URL"
	try gita clone
	expect 2 'gita: clone: URL|FILE is missing; usage: gita clone [OPTIONS] URL|FILE [-- GIT-OPTION...]'
	try gita clone -g none "$URL"
	expect 2 "gita: clone: cannot use the name 'none': it is reserved for the context"
}

@test "clone -f -p: the same ll as where the list was made" {
	make_state clean web
	make_state behind api
	make_state detached pinned
	make_state clean tools/cli
	git -C api checkout -q -b topic
	git -C api push -q -u origin topic
	git clone -q --bare "$URL" store.git
	git clone -q --mirror "$URL" copy.git
	git clone -q "$URL" second
	git -C web submodule --quiet add "$REMOTES/cli.git" libs/cli
	git -C web commit -q -m 'with a submodule'
	git -C web push -q
	git -C second pull -q
	git -C store.git fetch -q origin main:main
	git -C copy.git fetch -q
	register -b web api pinned tools/cli store.git copy.git second web/libs/cli
	gita group add -n work -p tools web api tools/cli
	gita group add -n empty
	gita flags set api --no-pager
	gita info add groups
	gita ll >"$SANDBOX/ll"
	gita freeze >"$SANDBOX/list"

	new_machine
	gita info add groups
	try gita clone -q -y -f -p "$SANDBOX/list"
	expect 0 "gita: clone: 'api' sets flags for git: --no-pager"
	try gita ll
	expect 0 <"$SANDBOX/ll"
	try gita freeze
	expect 0 <"$SANDBOX/list"
	git -C "$URL" branch later main
	git -C copy.git fetch -q
	git -C copy.git rev-parse -q --verify later

	# Again: nothing is left to do.
	try gita clone -y -f -p "$SANDBOX/list"
	expect 0 'gita: clone: 8 repos are already registered'
	try gita ll
	expect 0 <"$SANDBOX/ll"
}

@test "clone -f: without -p below the folder, by name" {
	make_state clean web
	make_state clean deep/web
	register web deep/web
	gita freeze >"$SANDBOX/list"
	new_machine
	mkdir x
	cd x
	try gita clone -k -f "$SANDBOX/list"
	expect 0
	try gita ls -p
	expect 0 <<-END
		deep/web $SRC/x/deep/web
		src/web $SRC/x/src/web
	END
}

@test "clone -f: a list with relative paths makes the same tree elsewhere" {
	make_state clean web
	make_state clean deep/api
	register web deep/api
	gita group add -n work -p deep api
	gita freeze --relative-to . >"$SANDBOX/list"
	new_machine
	try gita clone -q -f "$SANDBOX/list" -C "$SANDBOX/elsewhere"
	expect 0
	try gita ls -p
	expect 0 <<-END
		api $SANDBOX/elsewhere/deep/api
		web $SANDBOX/elsewhere/web
	END
	try gita group
	expect 0 <<-END
		work: $SANDBOX/elsewhere/deep
		  - api
	END
}

@test "clone -f -n: exactly the plan" {
	list <<-END
		$URL,web,/src/web,,,main
		$URL,store,store.git,bare,,main
		$URL,inner,/src/web/inner,,,
		,alone,/src/alone,,,main
		,work,/src,web|store
	END
	try gita clone -n -f -p "$SANDBOX/list" -- --filter=blob:none
	expect 1 "gita: clone: 'alone' skipped: no URL ($SANDBOX/list:4)" <<-END
		web: git clone -q --filter=blob:none -- $URL /src/web
		store: git clone -q --bare --filter=blob:none -- $URL $SRC/store.git
		web: git checkout -q main --
		inner: git clone -q --filter=blob:none -- $URL /src/web/inner
	END
	assert_equal "$(ls -A "$SRC" "$CONF")" "$CONF:

$SRC:"
}

@test "clone -f: the branch, tag or commit of the list is checked out" {
	make_state clean web
	git -C web checkout -q -b topic
	git -C web push -q origin topic
	git -C web tag v1
	git -C web push -q origin v1
	hash=$(git -C web rev-parse HEAD)
	list <<-END
		$URL,a,a,,,topic
		$URL,b,b,,,v1
		$URL,c,c,,,$hash
		$URL,d,d,,,main
		$URL,e,e,,,gone
		$URL,f,f,,,
	END
	try gita clone -q -k -f "$SANDBOX/list"
	assert_equal "$status" 1
	assert_equal "$(sed '$d' <<<"$stderr")" 'e: fatal: invalid reference: gone'
	try gita ll --cols branch_name
	expect 0 <<-'END'
		a  topic
		b  (v1)
		c  (v1)
		d  main
		e  main
		f  main
	END
}

@test "clone -f: each is registered only when its clone succeeded" {
	make_state clean web
	list <<-END
		$URL,web,web2,,,main
		$SANDBOX/nowhere,gone,gone,,,main
		,work,,web|gone
	END
	try gita clone -q -f "$SANDBOX/list"
	assert_equal "$status" 1
	assert_contains "$stderr" "gone: fatal: repository '$SANDBOX/nowhere' does not exist"
	assert_contains "$stderr" 'clone: 1 ok, 1 failed (gone: exit 128)'
	try gita ls -p
	expect 0 <<<"web $SRC/web2"
	try gita group
	expect 0 <<-'END'
		work: 
		  - web
	END
}

@test "clone -f: what is there is taken over; a name that is taken becomes longer" {
	make_state clean web
	make_repo other/web
	register other/web
	list <<-END
		$URL,web,web,,,main
		$URL,api,api,,,main
	END
	try gita clone -q -f "$SANDBOX/list"
	expect 0 "gita: clone: cannot use the name 'web': a repo of that name exists; registered as 'src/web'
gita: clone: 'src/web' registered: already there"
	try gita ls -p
	expect 0 <<-END
		api $SRC/api
		src/web $SRC/web
		web $SRC/other/web
	END
}

@test "clone -f: a name or path that stands twice is refused" {
	make_state clean web
	list <<-END
		$URL,a,a,,,
		$URL,a,b,,,
		$URL,c,./a,,,
	END
	try gita clone -q -f "$SANDBOX/list"
	expect 1 "gita: clone: 'a' skipped: duplicate name ($SANDBOX/list:2)
gita: clone: 'c' skipped: duplicate path ($SANDBOX/list:3)"
	try gita ls -p
	expect 0 <<<"a $SRC/a"
}

@test "clone -f: a list of the Python tool, with its filled-up branch" {
	make_state clean web
	list <<-END
		$URL,a,/old/home/a,,,main               
		$URL,b,/old/home/b,,,feature/lo...      
		,work,/old/home,a|b
	END
	try gita clone -q -f "$SANDBOX/list"
	expect 0 "gita: warning: clone: 'b' ('feature/lo...') on the default branch of the remote: not a valid branch name ($SANDBOX/list:2)"
	try gita group
	expect 0 <<-'END'
		work: 
		  - a
		  - b
	END
}

@test "clone -f: a list that cannot be read" {
	try gita clone -f list
	expect 1 "gita: clone: cannot read 'list': no such file"
	try gita clone -f .
	expect 1 "gita: clone: cannot read '.': is a directory"
	printf 'a\0b' >list
	try gita clone -f list
	expect 1 "gita: clone: cannot read 'list': a NUL byte"
	truncate -s 17M list
	try gita clone -f list
	expect 1 "gita: clone: cannot read 'list': larger than 16777216 bytes"
}

@test "clone -f: a bad row is left out, the others are cloned" {
	make_state clean web
	printf '\xef\xbb\xbf%s,a,a,,,main\r\nurl,name\n%s,b,b,,,main\n%s,"open,c,,,\n%s,e,e,,,main\n,work,,a|b|e\n' \
		"$URL" "$URL" "$URL" "$URL" >"$SANDBOX/list"
	try gita clone -q -f "$SANDBOX/list"
	expect 1 "gita: clone: skipped: neither a repo (url,name,path,...) nor a group (,name,path,repos) ($SANDBOX/list:2)
gita: clone: skipped: unclosed quote ($SANDBOX/list:4)"
	try gita group
	expect 0 <<-'END'
		work: 
		  - a
		  - b
		  - e
	END
}

@test "clone -f: a path that is empty or the folder itself means: by name" {
	make_state clean web
	mkdir here
	list <<-END
		$URL,a,,,,main
		$URL,b,.,,,main
		$URL,c,./,,,main
		$URL,d,x/..,,,main
	END
	for option in -f -fp; do
		try gita clone -n $option "$SANDBOX/list" -C here
		expect 0 <<-END
			a: git clone -q -- $URL $SRC/here/a
			b: git clone -q -- $URL $SRC/here/b
			c: git clone -q -- $URL $SRC/here/c
			d: git clone -q -- $URL $SRC/here/d
			a: git checkout -q main --
			b: git checkout -q main --
			c: git checkout -q main --
			d: git checkout -q main --
		END
	done
}

@test "clone -f: nothing in a hostile list is an option, a program or a way out" {
	make_state clean web
	list <<-END
		--upload-pack=touch $SANDBOX/hit,a,a,,,
		ext::sh -c touch% $SANDBOX/hit,b,b,,,
		fd::17,c,c,,,
		svn+ssh://host/x,d,d,,,
		$URL,e,../../e,,,
		$URL,../f,/x/f,,,
		$URL,g,g/.GIT/hooks,,,
		$URL,h,..,,,
		$URL,i,i,,,-f
		$URL,j,j,,,main..evil
	END
	mkdir to
	try gita clone -q -f "$SANDBOX/list" -C to
	expect 1 "gita: clone: 'a', 'b', 'c', 'd' skipped: not an https, http, ssh, git or file URL ($SANDBOX/list:1, 2, 3, 4)
gita: clone: 'e', '../f', 'h' skipped: path outside the target folder; -p allows that ($SANDBOX/list:5, 6, 8)
gita: clone: 'g' skipped: path inside a git folder ($SANDBOX/list:7)
gita: warning: clone: 'i' ('-f'), 'j' ('main..evil') on the default branch of the remote: not a valid branch name ($SANDBOX/list:9, 10)"
	try gita ls -p
	expect 0 <<-END
		i $SRC/to/i
		j $SRC/to/j
	END
	[ ! -e "$SANDBOX/hit" ]
}

@test "clone -f: a link in a repository of the list leads nowhere" {
	make_repo web
	mkdir "$SANDBOX/outside"
	ln -s "$SANDBOX/outside" web/out
	git -C web add out
	git -C web commit -q -m link
	make_remote web
	list <<-END
		$URL,a,a,,,
		$URL,b,a/out/b,,,
	END
	for again in 1 2; do
		try gita clone -q -f "$SANDBOX/list" -C to
		assert_equal "$status$output" 1
		assert_contains "$stderr" "'b' skipped"
	done
	assert_equal "$(ls "$SANDBOX/outside")" ''
}

@test "clone -f: the list from standard input or a pipe" {
	make_state clean web
	try gita clone -q -f - <<<"$URL,api,api,,,main
no list"
	expect 1 'gita: clone: skipped: neither a repo (url,name,path,...) nor a group (,name,path,repos) (-:2)'
	try gita clone -q -f <(echo "$URL,docs,docs,,,main")
	expect 0
	try gita ls
	expect 0 <<<'api docs'
	try gita sync -n - <<<"$URL,more,more,,,main"
	expect 0 <<-END
		+ 1 to clone  ~ 0 URLs differ  ? 2 not in the list
		+ more $SRC/more
		? api
		? docs
	END
	head -c 20000000 /dev/zero | tr '\0' x >"$SANDBOX/long"
	try gita clone -f - <"$SANDBOX/long"
	expect 1 "gita: clone: cannot read '-': larger than 16777216 bytes"
}

@test "clone -f: a line of the list that starts with # is a comment" {
	make_state clean web
	list <<-END
		# my repos, "all" of them
		$URL,api,api,,,main
		#$URL,old,old,,,main
	END
	try gita clone -q -f "$SANDBOX/list"
	expect 0
	try gita ls
	expect 0 <<<api
}

@test "clone -f: control characters, bad names and bad groups do no harm" {
	make_state clean web
	list <<-END
		$URL,$(printf 'r\033[31med'),a,,,
		$URL,@all,-b,,,
		,auto,,@all
		,x y,,@all
		,work,../..,@all
	END
	try gita clone -q -f "$SANDBOX/list"
	expect 1 "gita: clone: cannot use the name 'r\\e[31med': it contains a control character; registered as 'a'
gita: clone: cannot use the name '@all': a name cannot start with '-' or '@'; registered as 'b'
gita: clone: group skipped: cannot use the name 'auto': it is reserved for the context
gita: clone: group skipped: cannot use the name 'x y': it contains a space or ':'"
	try gita group
	expect 0 <<-'END'
		work: 
		  - b
	END
}

@test "clone -f: flags are shown, and want -y or a yes" {
	make_state clean web
	list <<<"$URL,a,a,,-c core.sshCommand=evil,"
	try gita clone -f "$SANDBOX/list"
	expect 1 "gita: clone: 'a' sets flags for git: -c core.sshCommand=evil
gita: clone: nothing done: the list sets flags for git (see above); use -y to accept them"
	try gita ls
	expect 0
	on_terminal --when 'y/N' --type 'y\n' -- gita clone -q -f "$SANDBOX/list"
	assert_equal "$status" 0
	try gita flags
	expect 0 <<<'a: -c core.sshCommand=evil'
}

@test "clone -f: what is wrong with several is said once" {
	make_state clean web
	git init -q --bare empty.git
	for name in a b c; do
		echo "$SRC/empty.git,$name,$name,,,"
	done >"$SANDBOX/list"
	for i in $(seq 20); do
		echo ",r$i,r$i,,,"
	done >>"$SANDBOX/list"
	echo "$SANDBOX/nowhere,gone,gone,,," >>"$SANDBOX/list"
	try gita clone -f "$SANDBOX/list"
	assert_equal "$status" 1
	assert_equal "$(sed 's/, [0-9.]* s$//; /does not exist/d' <<<"$stderr")" \
		"gita: clone: $(printf "'r%d', " {1..19})'r20' skipped: no URL ($SANDBOX/list:$(printf '%d, ' {4..22})23)
a b c: warning: You appear to have cloned an empty repository.
clone: 3 ok, 1 failed (gone: exit 128)"
	try gita ls
	expect 0 <<<'a b c'

	# On a terminal no more names than a person reads.
	on_terminal -- gita clone -n -f "$SANDBOX/list"
	assert_contains "$output" "'r11', 'r12' and 8 more skipped: no URL"
	assert_contains "$output" ', 14, 15 and 8 more)'
}

@test "clone -f: at once, and none is lost" {
	make_state clean web
	for i in $(seq 12); do
		echo "$URL,r$i,r$i,,,main"
		gate "r$i"
	done >"$SANDBOX/list"
	fake git <<-'END'
		case " $* " in
		*' clone '*)
			for word; do path=$word; done
			pass_gate "${path##*/}"
			;;
		esac
		exec "$REAL" "$@"
	END
	gita clone -q -j 12 -f "$SANDBOX/list" &
	for i in $(seq 12); do
		open_gate "r$i"
	done
	wait $!
	assert_equal "$(gita ls | wc -w)" 12
}

@test "clone -f: a signal loses none that is on disk; the next run does the rest" {
	make_state clean web
	list <<-END
		$URL,a,a,,,main
		$URL,b,b,,,main
	END
	gate b
	fake git <<-'END'
		case " $* " in
		*' clone '*/b' ') pass_gate b ;;
		esac
		exec "$REAL" "$@"
	END
	gita clone -q -f "$SANDBOX/list" 2>/dev/null &
	await grep ,a, "$CONF/repos.csv"
	kill -TERM $!
	local ended=0
	wait $! || ended=$?
	assert_equal $ended 143
	try gita ls
	expect 0 <<<'a'
	rm "$FAKES/git"
	hash -r
	try gita clone -q -f "$SANDBOX/list"
	expect 0 'gita: clone: 1 repo is already registered'
	try gita ls
	expect 0 <<<'a b'
}
