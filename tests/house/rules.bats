# The rules of the house hold, and rules.sh would notice if they did not.

ROOT=$BATS_TEST_DIRNAME/../..

setup() {
	mkdir -p "$BATS_TEST_TMPDIR/tree"
	cp -r "$ROOT/src" "$ROOT/include" "$ROOT/cmake" "$ROOT/.clang-format" \
		"$BATS_TEST_TMPDIR/tree"
	cd "$BATS_TEST_TMPDIR/tree" || return
}

# plant FILE TEXT WHAT: a breach that is put into the tree is told, and where.
plant() {
	mkdir -p "$(dirname "$1")"
	printf '%s\n' "$2" >>"$1"
	RULES_FORMAT=no run bash "$ROOT/tests/house/rules.sh" .
	[ "$status" = 1 ]
	echo "$output"
	[[ $output == *"$1:$(wc -l <"$1"): $3"* ]]
}

@test "house: the tree keeps its rules" {
	run bash "$ROOT/tests/house/rules.sh"
	echo "$output"
	[ "$status" = 0 ]
}

@test "house: an include against the arrows is found" {
	plant src/base/planted.c '#include "store/home.h"' 'base may not include "store/home.h"'
	plant src/store/planted.c '#include "git/probe.h"' 'store may not include "git/probe.h"'
	plant include/run/planted.h '#include "cli/out.h"' 'run may not include "cli/out.h"'
	plant src/cli/planted.c '#include "cmd/commands.h"' 'cli may not include "cmd/commands.h"'
}

@test "house: a library out of its layer is found" {
	plant src/cmd/planted.c '#include <git2.h>' '<git2.h> belongs to git, this is cmd'
	plant src/git/planted.c '#include <uv.h>' '<uv.h> belongs to run, this is git'
	plant include/git/planted.h '#include <git2/types.h>' '<git2/types.h> in a public header'
}

@test "house: another layer's private header is found" {
	plant src/run/planted.c '#include "config.h"' '"config.h" is no header of src/run'
	plant src/run/planted.c '#include "../git/config.h"' '"../git/config.h" leaves its folder'
}

@test "house: a folder in a layer is of that layer" {
	mkdir src/git/inner
	touch src/git/inner/own.h
	plant src/git/inner/planted.c '#include "store/home.h"' 'git may not include "store/home.h"'
	plant src/git/inner/planted.c '#include "unknown.h"' '"unknown.h" is no header of src/git'
	plant src/git/inner/planted.c '#include <uv.h>' '<uv.h> belongs to run, this is git'
	cat >src/git/inner/planted.c <<-'END'
		#include "config.h"
		#include "git/probe.h"
		#include "own.h"
	END
	run bash "$ROOT/tests/house/rules.sh" .
	[[ $output != *planted* ]]
}

# breach WHAT...: each is found in the tree as it is now.
breach() {
	local what
	RULES_FORMAT=no run bash "$ROOT/tests/house/rules.sh" .
	echo "$output"
	for what in "$@"; do
		grep -qxF "$what" <<<"$output"
	done
}

@test "house: a circle of includes is found, in headers and through sources" {
	echo '#include "planted_b.h"' | tee src/run/planted_a.h src/run/planted_c.c
	echo '#include "planted_c.h"' >src/run/planted_b.h
	echo '#include "planted_a.h"' >src/run/planted_c.h
	breach 'run/planted_a: part of a circle of includes' \
		'run/planted_b: part of a circle of includes' \
		'run/planted_c: part of a circle of includes'

	rm src/run/planted_*
	echo '#include "run/planted_b.h"' >src/run/planted_a.c
	echo '#include "planted_a.h"' >src/run/planted_b.c
	touch include/run/planted_b.h src/run/planted_a.h
	breach 'run/planted_a: part of a circle of includes' \
		'run/planted_b: part of a circle of includes'
}

@test "house: a private header of one file is found" {
	touch src/git/planted.h
	echo '#include "planted.h"' >src/git/planted.c
	breach 'src/git/planted.h: a private header with one reader'
}

@test "house: a second struct of one name is found" {
	echo 'struct planted {' >include/base/planted.h
	plant src/cmd/planted.c 'static const struct planted {' 'another struct planted'
}

@test "house: printing and exiting in the wrong place are found" {
	plant src/git/planted.c 'void planted(void) { puts(""); }' 'only cli, cmd and ui print'
	plant src/cmd/planted.c 'static void planted(void) { exit(1); }' 'only main exits'
}

@test "house: a command that exports more than itself is found" {
	plant src/cmd/planted.c 'int planted(void) {' 'exports planted'
	plant src/cmd/planted.c 'const struct rows planted[] = {' 'exports planted'
}

@test "house: what is unfinished is found" {
	plant src/base/planted.c '/* TODO: think */' 'unfinished'
}

@test "house: bad formatting is found" {
	[[ "$(clang-format --version 2>/dev/null)" == *' version 14.'* ]] ||
		skip 'clang-format 14 is not installed'
	echo 'static  int planted;' >src/base/planted.c
	run bash "$ROOT/tests/house/rules.sh" .
	[ "$status" = 1 ]
	[[ $output == *'src/base/planted.c:1: not as clang-format would have it'* ]]
}

# A name is the title of a bats test, FILE: FUNCTION of tests/unit, or a file.
@test "house: each test that docs/reliability.md names is there" {
	cd "$BATS_TEST_DIRNAME/../.."
	local named lacking=0 count=0
	while IFS= read -r named; do
		((++count))
		[ -e "$named" ] || grep -qsF "@test \"$named\" {" tests/behaviour/*.bats ||
			grep -qs "^static void ${named#*: }(void" "tests/unit/${named%%: *}.c" ||
			{ echo "no such test: $named"; lacking=1; }
	done < <(sed -n '/^| promise/d; s/^|[^|]*| \(.*\) |$/\1/p' docs/reliability.md |
		grep -o '`[^`]*`' | tr -d '`')
	[ $count -gt 50 ]
	[ $lacking = 0 ]
}
