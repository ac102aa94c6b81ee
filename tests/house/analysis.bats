# What programs that read programs find: nothing. Each test is skipped where its program
# is not installed.

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return
	BUILD=$(dirname "${GITA:-build/gita}")
	find src -mindepth 2 -name '*.c' | sort >"$BATS_TEST_TMPDIR/sources"
}

need() {
	command -v "$1" >/dev/null || skip "$1 is not installed"
}

# Runs a command for each source, as many at once as there are processors.
each_source() {
	xargs -n "${2:-1}" -P "$(nproc)" bash -c "$1" _ <"$BATS_TEST_TMPDIR/sources"
}

@test "analysis: shellcheck finds nothing in the scripts" {
	need shellcheck
	shellcheck -S warning -x bootstrap .ci/run tests/run tests/coverage tests/fuzz/run tests/house/rules.sh \
		completions/gita.bash completions/gcd.bash
	# bats sets and reads $status and its like.
	shellcheck -S warning -s bash -e SC2034,SC2154 tests/behaviour/*.bash
	shellcheck -S warning -s sh tests/states.sh
	shellcheck -S error -s sh tests/compare/lib.sh tests/compare/states/*.sh
}

@test "analysis: cppcheck finds nothing" {
	need cppcheck
	cppcheck -q -j "$(nproc)" --std=c11 --enable=warning,portability,performance \
		--error-exitcode=1 -D_GNU_SOURCE -Iinclude -Isrc/git -Isrc/run -Isrc/store -Isrc/cli \
		-Isrc/cmd src
}

@test "analysis: clang-tidy finds nothing, nor any recursion" {
	need clang-tidy
	[ -e "$BUILD/compile_commands.json" ] || skip "no compile_commands.json in $BUILD"
	export BUILD
	# shellcheck disable=SC2016 # for the shell below xargs
	run each_source 'clang-tidy -p "$BUILD" --quiet --warnings-as-errors="*" "$@" 2>/dev/null' 12
	echo "$output"
	[ "$status" = 0 ]
	[ -z "$output" ]
}

# What gcc 12 says of pointers that are NULL is wrong: it overlooks what is checked in
# other functions (the words of facts), and that iconv_open() can fail.
@test "analysis: gcc -fanalyzer finds nothing" {
	need gcc
	CFLAGS="$(pkg-config --cflags libgit2 libuv yaml-0.1 jansson libutf8proc) -Wno-analyzer-malloc-leak
		-Wno-analyzer-null-argument -Wno-analyzer-null-dereference"
	export CFLAGS
	# shellcheck disable=SC2016 # for the shell below xargs
	each_source 'layer=${1#src/} && gcc -std=c17 -O1 -D_GNU_SOURCE -Iinclude \
		-iquote "src/${layer%%/*}" $CFLAGS -fanalyzer -Werror -c -o /dev/null "$1"'
}
