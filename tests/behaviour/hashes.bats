# Short hashes have as many digits as git gives them, wherever they are shown. More of
# core.abbrev is in tests/compare/states/hashes.sh.
load sandbox

setup() {
	sandbox_make
	make_state clean api
}

@test "hashes: the table, in this process and from git" {
	local value short
	git -C api checkout -q --detach
	register api
	for value in 4 11 no auto; do
		git -C api config core.abbrev $value
		short=$(git -C api rev-parse --short HEAD)
		try gita ll --cols branch_name,hash
		expect 0 <<<"api  ($short)  $short"
		gita flags set api -c gita.asked=1
		try gita ll --cols branch_name,hash
		expect 0 <<<"api  ($short)  $short"
		gita flags set api
	done
	git -C api tag v1
	try gita ll --cols branch_name,hash
	expect 0 <<<'api  (v1)  f3d2048'
	git -C api config core.abbrev 3
	try gita ll --cols hash
	expect 1 <<<'api  broken: bad config variable '"'core.abbrev' in file '.git/config' at line 6"
}

# Only names matter, so an empty file is another object.
@test "hashes: more digits where another object begins alike" {
	register api
	mkdir -p api/.git/objects/f3
	: >api/.git/objects/f3/d20487be000000000000000000000000000000
	assert_equal "$(git -C api rev-parse --short HEAD)" f3d20487be6
	fake git <<-'END'
		echo "asked: $*" >&2
		exit 99
	END
	try gita ll --cols hash
	expect 0 <<<'api  f3d20487be6'
	try env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.abbrev GIT_CONFIG_VALUE_0=12 gita ll --cols hash
	expect 0 <<<'api  f3d20487be6b'
}

@test "hashes: activity" {
	local short
	git -C api config core.abbrev 12
	git -C api config user.email author@example.com
	short=$(git -C api rev-parse --short HEAD)
	register api
	try gita activity
	expect 0 'gita: activity: 1 commit in 1 repo' <<-END
		Wed 2024-05-01: 1 commit in 1 repo
		  12:00  api  $short  first commit
	END
	gita flags set api -c gita.asked=1
	try gita activity
	expect 0 'gita: activity: 1 commit in 1 repo' <<-END
		Wed 2024-05-01: 1 commit in 1 repo
		  12:00  api  $short  first commit
	END
}

@test "hashes: the news of a fetch; nothing is said where only git knows" {
	local first second
	git clone -q "$REMOTES/api.git" elsewhere
	register api
	make_commit elsewhere one
	git -C elsewhere push -q
	git -C api config core.abbrev 9
	first=$(git -C api rev-parse --short HEAD)
	second=$(git -C api rev-parse --short=9 "$(git -C elsewhere rev-parse HEAD)")
	try gita fetch -o lines
	expect 0 <<<"api  ok       main 1 new commit ($first..$second)"
	make_commit elsewhere two
	git -C elsewhere push -q
	git -C api config core.abbrev auto
	git init -q --bare other.git
	echo "\"$SRC/other.git/objects\"" >api/.git/objects/info/alternates
	try gita fetch -o lines
	expect 0 <<<'api  ok       main 1 new commit'
}
