# ll on terminals of 20 to 200 columns: what gives way, and what is never cut.
load sandbox

# A fleet in which one branch and one name are much longer than the others, with long
# subjects, and brackets that are full.
setup_file() {
	sandbox_make
	for name in api core docs infra mobile web old; do
		make_repo $name
	done
	git -C api checkout -q -b feature/login
	git -C core checkout -q -b dependabot/npm_and_yarn/packages/client/webpack-dev-server-5.2.1
	git -C docs checkout -q -b 機能/ログイン画面を作り直す
	git -C docs commit -q --allow-empty -m 'Explain how a newcomer gets from a first clone to a first review'
	git -C infra commit -q --allow-empty -m 'Bump the actions group across 1 directory with 5 updates (#1234)'
	git -C mobile checkout -q --detach
	git -C mobile remote add origin git@github.com:example/mobile-client-for-customers.git
	make_state conflict "$SRC/clash"
	git -C clash branch -q -m release/2024.05
	for change in one two; do
		echo $change >>web/README
		git -C web stash push -q
	done
	echo more >>web/README
	git -C web add README
	echo again >>web/README
	touch web/new
	at_time $((NOON - 900 * 86400))
	make_repo organisation-wide-website-and-landing-pages
	register api clash core docs infra mobile web old org*
	rm -rf old
	export PATH SANDBOX SRC CONF HOME XDG_CONFIG_HOME XDG_STATE_HOME GIT_TEST_DATE_NOW TZ TERM
}

setup() {
	cd "$SRC" || return
	exec </dev/null
}

at_widths() { # WIDTHS OPTION...
	local width all=
	for width in $1; do
		on_terminal --size "${width}x24" -- gita ll -C "${@:2}"
		assert_equal "$status$stderr" 0
		all+="-- $width"$'\n'"$output"$'\n'
	done
	output=${all%$'\n'}
}

@test "width: outliers give way, then the message, then the time" {
	at_widths '200 100 80 60 40 20' -x old
	expect 0 <<-'END'
		-- 200
		api                                          feature/login                                           [∅]       first commit                                                      (3 hours ago)
		clash                                        release/2024.05|merge                                   [!↑1]     our side                                                          (3 hours ago)
		core                                         dependabot/npm_and_yarn/pac…nt/webpack-dev-server-5.2.1 [∅]       first commit                                                      (3 hours ago)
		docs                                         機能/ログイン画面を作り直す                             [∅]       Explain how a newcomer gets from a first clone to a first review  (3 hours ago)
		infra                                        main                                                    [∅]       Bump the actions group across 1 directory with 5 updates (#1234)  (3 hours ago)
		mobile                                       (f3d2048)                                               [∅]       first commit                                                      (3 hours ago)
		organisation-wide-website-and-landing-pages  main                                                    [∅]       first commit                                                      (2 years, 6 months ago)
		web                                          main                                                    [*+$2?∅]  first commit                                                      (3 hours ago)
		-- 100
		api               feature/login         [∅]       first commit               (3 hours ago)
		clash             release/2024.05|merge [!↑1]     our side                   (3 hours ago)
		core              dependabot…rver-5.2.1 [∅]       first commit               (3 hours ago)
		docs              機能/ログ…を作り直す  [∅]       Explain how a newcomer g…  (3 hours ago)
		infra             main                  [∅]       Bump the actions group a…  (3 hours ago)
		mobile            (f3d2048)             [∅]       first commit               (3 hours ago)
		organisa…g-pages  main                  [∅]       first commit               (2 years, 6 months ago)
		web               main                  [*+$2?∅]  first commit               (3 hours ago)
		-- 80
		api               feature/login         [∅]       first commit               3 h
		clash             release/2024.05|merge [!↑1]     our side                   3 h
		core              dependabot…rver-5.2.1 [∅]       first commit               3 h
		docs              機能/ログ…を作り直す  [∅]       Explain how a newcomer g…  3 h
		infra             main                  [∅]       Bump the actions group a…  3 h
		mobile            (f3d2048)             [∅]       first commit               3 h
		organisa…g-pages  main                  [∅]       first commit               2 y
		web               main                  [*+$2?∅]  first commit               3 h
		-- 60
		api           feature/login   [∅]       first commit
		clash         rele…4.05|merge [!↑1]     our side
		core          dependa…r-5.2.1 [∅]       first commit
		docs          機能/ロ…り直す  [∅]       Explain how a newco…
		infra         main            [∅]       Bump the actions gr…
		mobile        (f3d2048)       [∅]       first commit
		organi…pages  main            [∅]       first commit
		web           main            [*+$2?∅]  first commit
		-- 40
		api         feat…ogin [∅]       first c…
		clash       r…5|merge [!↑1]     our side
		core        depe….2.1 [∅]       first c…
		docs        機能…直す [∅]       Explain…
		infra       main      [∅]       Bump th…
		mobile      (f3d2048) [∅]       first c…
		organ…ages  main      [∅]       first c…
		web         main      [*+$2?∅]  first c…
		-- 20
		api        feat…ogin
		clash      r…5|merge
		core       depe….2.1
		docs       機能…直す
		infra      main
		mobile     (f3d2048)
		orga…ages  main
		web        main
	END
}

@test "width: a repo that is missing, and a heading, are cut in the middle" {
	at_widths 40 --cols branch old api
	expect 0 <<-END
		-- 40
		old  missing: ${SRC:0:8}…${SRC: -13}/old
		api  feature/login [∅]
	END
	at_widths 30 -d --cols hash api
	expect 0 <<-END
		-- 30
		${SRC:0:15}…${SRC: -13}:
		  api  f3d2048
	END
}

@test "width: a path and a URL are cut in the middle, a hash and numbers never" {
	at_widths '100 80 60 40' --cols branch,path,remote,sync,hash -x old
	expect 0 <<-END
		-- 100
		api           feature/login         [∅]       ${SRC:0:9}…/src/api                no upstream  f3d2048
		clash         release/2024.05|merge [!↑1]     ${SRC:0:9}…rc/clash  ${SRC:0:6}…h.git  ahead 1      6efafbd
		core          dependabot…rver-5.2.1 [∅]       ${SRC:0:9}…src/core                no upstream  f3d2048
		docs          機能/ログ…を作り直す  [∅]       ${SRC:0:9}…src/docs                no upstream  24e411c
		infra         main                  [∅]       ${SRC:0:9}…rc/infra                no upstream  0c4832d
		mobile        (f3d2048)             [∅]       ${SRC:0:9}…c/mobile  git@gi…s.git  no upstream  f3d2048
		organi…pages  main                  [∅]       ${SRC:0:9}…ng-pages                no upstream  f6de137
		web           main                  [*+\$2?∅]  ${SRC:0:9}…/src/web                no upstream  f3d2048
		-- 80
		api           featur…login [∅]       ${SRC:0:5}…/api             no upstream  f3d2048
		clash         rel…05|merge [!↑1]     ${SRC:0:5}…lash  ${SRC:0:4}….git  ahead 1      6efafbd
		core          depend…5.2.1 [∅]       ${SRC:0:5}…core             no upstream  f3d2048
		docs          機能/…直す   [∅]       ${SRC:0:5}…docs             no upstream  24e411c
		infra         main         [∅]       ${SRC:0:5}…nfra             no upstream  0c4832d
		mobile        (f3d2048)    [∅]       ${SRC:0:5}…bile  git@….git  no upstream  f3d2048
		organi…pages  main         [∅]       ${SRC:0:5}…ages             no upstream  f6de137
		web           main         [*+\$2?∅]  ${SRC:0:5}…/web             no upstream  f3d2048
		-- 60
		api           featur…login [∅]       ${SRC:0:6}…c/api
		clash         rel…05|merge [!↑1]     ${SRC:0:6}…clash  ${SRC:0:4}….git
		core          depend…5.2.1 [∅]       ${SRC:0:6}…/core
		docs          機能/…直す   [∅]       ${SRC:0:6}…/docs
		infra         main         [∅]       ${SRC:0:6}…infra
		mobile        (f3d2048)    [∅]       ${SRC:0:6}…obile  git@….git
		organi…pages  main         [∅]       ${SRC:0:6}…pages
		web           main         [*+\$2?∅]  ${SRC:0:6}…c/web
		-- 40
		api        feat…ogin [∅]       ${SRC:0:4}…/api
		clash      r…5|merge [!↑1]     ${SRC:0:4}…lash
		core       depe….2.1 [∅]       ${SRC:0:4}…core
		docs       機能…直す [∅]       ${SRC:0:4}…docs
		infra      main      [∅]       ${SRC:0:4}…nfra
		mobile     (f3d2048) [∅]       ${SRC:0:4}…bile
		orga…ages  main      [∅]       ${SRC:0:4}…ages
		web        main      [*+\$2?∅]  ${SRC:0:4}…/web
	END
}

@test "width: symbols are not cut at the 5 columns that the Python tool gives them" {
	settings layout.csv <<-'END'
		branch,symbols,branch_name,commit_msg,commit_time,path
		0,5,0,0,0,0
	END
	try gita ll api clash web
	rm "$CONF/layout.csv"
	expect 0 <<-'END'
		api    feature/login         [∅]       first commit  (3 hours ago)
		clash  release/2024.05|merge [!↑1]     our side      (3 hours ago)
		web    main                  [*+$2?∅]  first commit  (3 hours ago)
	END
}

@test "width: a limit shortens the time and cuts other text" {
	settings layout.csv <<-'END'
		branch,symbols,commit_msg,commit_time
		12,7,14,4
	END
	try gita ll api clash infra
	rm "$CONF/layout.csv"
	expect 0 <<-'END'
		api    featur…login [∅]      first commit    3 h
		clash  rel…05|merge [!↑1]    our side        3 h
		infra  main         [∅]      Bump the acti…  3 h
	END
}
