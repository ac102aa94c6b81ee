# `freeze`: the list from which the same repos can be cloned.
load sandbox

@test "freeze: URL, name, path, type, flags, branch; groups below" {
	make_state clean web
	make_state clean api
	git -C api checkout -q -b topic
	register web api
	gita flags set api -c user.name='A B'
	gita group add -n work -p . web api
	gita group add -n empty
	try gita freeze
	expect 0 <<-END
		$REMOTES/api.git,api,$SRC/api,,-c 'user.name=A B',topic
		$REMOTES/web.git,web,$SRC/web,,,main
		,work,$SRC,web|api
		,empty,,
	END
}

@test "freeze: nothing registered" {
	try gita freeze
	expect 0
}

@test "freeze: nothing is left out" {
	make_state clean web
	git clone -q "$REMOTES/web.git" second
	git -C web worktree add -q -b side ../tree
	git clone -q --bare "$REMOTES/web.git" store.git
	git clone -q --mirror "$REMOTES/web.git" copy.git
	make_repo alone
	make_state unborn new
	git -C second submodule --quiet add "$REMOTES/web.git" lib
	register -b web second tree store.git copy.git alone new second/lib
	try gita freeze
	expect 0 <<-END
		,alone,$SRC/alone,,,main
		$REMOTES/web.git,copy.git,$SRC/copy.git,mirror,,main
		$REMOTES/web.git,lib,$SRC/second/lib,submodule,,main,second
		,new,$SRC/new,,,main
		$REMOTES/web.git,second,$SRC/second,,,main
		$REMOTES/web.git,store.git,$SRC/store.git,bare,,main
		$REMOTES/web.git,tree,$SRC/tree,worktree,,side,web
		$REMOTES/web.git,web,$SRC/web,,,main
	END
}

@test "freeze: the URL is the one of the branch's remote, else origin" {
	make_repo web
	git -C web remote add aaa /srv/aaa
	git -C web remote add origin /srv/origin
	register web
	try gita freeze
	expect 0 <<<"/srv/origin,web,$SRC/web,,,main"
	git -C web config branch.main.remote aaa
	git -C web config branch.main.merge refs/heads/main
	try gita freeze
	expect 0 <<<"/srv/aaa,web,$SRC/web,,,main"
}

@test "freeze: of several remotes the one that git would take first" {
	make_repo web
	git -C web remote add first /srv/first
	git -C web remote add upstream /srv/upstream
	git -C web remote add origin /srv/origin
	git -C web remote add push /srv/push
	git -C web remote add default /srv/default
	git -C web remote add branch /srv/branch
	register web
	git -C web config branch.main.remote branch
	git -C web config checkout.defaultRemote default
	git -C web config remote.pushDefault push
	for name in branch default push origin upstream first; do
		try gita freeze
		expect 0 <<<"/srv/$name,web,$SRC/web,,,main"
		git -C web remote remove "$name"
	done
	try gita freeze
	expect 0 <<<",web,$SRC/web,,,main"
	git -C web config remote.odd.pushurl /srv/odd
	try gita freeze
	expect 0 "gita: warning: freeze: 'web': none of its remotes has a URL" <<<",web,$SRC/web,,,main"
}

@test "freeze: the URL as configured, not as insteadOf rewrites it" {
	make_repo web
	git -C web remote add origin https://example.org/web
	git config --global url.https://me:secret@example.org/.insteadOf https://example.org/
	assert_equal "$(git -C web remote get-url origin)" https://me:secret@example.org/web
	register web
	try gita freeze
	expect 0 <<<"https://example.org/web,web,$SRC/web,,,main"
	gita flags set web --no-pager
	try gita freeze
	expect 0 <<<"https://example.org/web,web,$SRC/web,,--no-pager,main"
}

@test "freeze: a URL that holds a password or a token is pointed out" {
	make_repo web
	register web
	git -C web remote add origin ''
	while read -r url; do
		git -C web config remote.origin.url "$url"
		try gita freeze
		expect 0 "gita: warning: freeze: 'web': its URL contains a password or token" <<<"$url,web,$SRC/web,,,main"
	done <<-'END'
		https://me:secret@example.org/web
		https://:secret@example.org/web
		ssh://git:secret@example.org:22/web
		https://0123456789abcdef0123@example.org/web
		https://p@ss:word@example.org/web
	END
	while read -r url; do
		git -C web config remote.origin.url "$url"
		try gita freeze
		expect 0 <<<"$url,web,$SRC/web,,,main"
	done <<-'END'
		https://me@example.org/web
		https://me:@example.org/web
		https://example.org:8080/a:b@c/web
		ssh://git@example.org:22/web
		git@example.org:me/web
		ssh://a-user-with-a-very-long-name@example.org/web
		/srv/a:b@c
	END
}

@test "freeze: detached is a tag or the hash; a branch is never cut or filled up" {
	make_state detached web
	make_repo long
	git -C long checkout -q -b "$(printf 'feature/%040d' 1)"
	printf 'branch_name,branch\n5,5\n' >"$CONF/layout.csv"
	register web long
	try gita freeze
	expect 0 <<-END
		,long,$SRC/long,,,feature/0000000000000000000000000000000000000001
		$REMOTES/web.git,web,$SRC/web,,,f3d20487be6b8d8579befed84857441c0fd2eaaa
	END
	git -C web tag v1
	try gita freeze web
	expect 0 <<<"$REMOTES/web.git,web,$SRC/web,,,v1"
}

@test "freeze: commas, quotes and newlines are quoted" {
	make_repo 'a,b'
	make_repo $'new\nline'
	git -C a,b remote add origin 'https://example.org/a,"b".git'
	register a,b $'new\nline'
	try gita freeze
	expect 0 <<-END
		"https://example.org/a,""b"".git","a,b","$SRC/a,b",,,main
		,new-line,"$SRC/new
		line",,,main
	END
}

@test "freeze: a part of the repos, with the groups that have any of them" {
	make_state clean web
	make_state dirty api
	register web api
	gita group add -n work web
	gita group add -n home api
	gita group add -n empty
	try gita freeze web
	expect 0 <<-END
		$REMOTES/web.git,web,$SRC/web,,,main
		,work,,web
	END
	try gita freeze -g home
	expect 0 <<-END
		$REMOTES/api.git,api,$SRC/api,,,main
		,home,,api
	END
	try gita freeze -g home @clean
	expect 0 <<<',home,,'
	try gita freeze -g home web
	expect 2 'gita: freeze: only facts may follow --group'
	try gita freeze -g hom
	expect 2 "gita: no group 'hom'; did you mean 'home'?"
}

@test "freeze: a missing repo keeps its row, and is said" {
	make_state clean web
	make_repo api
	register web api
	gita group add -n work web api
	rm -rf api
	try gita freeze
	expect 1 "gita: freeze: 'api': missing: its URL is unknown" <<-END
		,api,$SRC/api,,,
		$REMOTES/web.git,web,$SRC/web,,,main
		,work,,web|api
	END
}

@test "freeze: of a missing repo, the URL that was seen last" {
	make_state clean web
	register web
	rm -rf web
	try gita freeze
	expect 0 "gita: warning: freeze: 'web': missing: its URL is the one seen last" <<-END
		$REMOTES/web.git,web,$SRC/web,,,
	END
}

@test "freeze: paths as seen from a folder" {
	make_state clean web
	make_repo deep/api
	register web deep/api
	gita group add -n work -p deep api
	try gita freeze --relative-to .
	expect 0 <<-END
		,api,deep/api,,,main
		$REMOTES/web.git,web,web,,,main
		,work,deep,api
	END
	ln -s "$SRC/deep" "$SANDBOX/link"
	try gita freeze --relative-to "$SANDBOX/link" api
	expect 0 <<-END
		,api,api,,,main
		,work,.,api
	END
}
