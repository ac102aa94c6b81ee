# The sandbox of every behaviour test: `load sandbox` is the first line of each
# .bats file. A test starts in an empty folder $SRC, with a home, a terminal, a
# clock and git settings of its own, and `gita` in PATH is the one under test
# ($GITA, or else the one in build/).
#
# A file that defines setup() itself calls sandbox_make in it first; in setup_file()
# the sandbox is one for the whole file.
#
# Set-up (make_repo, make_commit, make_remote, make_state: tests/states.sh):
#   register PATH...         gita add, which must succeed
#   settings FILE <<EOF      writes a file of gita's configuration folder $CONF
#   fake NAME <<EOF          a program that comes first in PATH; $REAL in it is the
#                            one it hides, e.g. exec "$REAL" "$@"
#   gate NAME, open_gate NAME, pass_gate in fakes: a child waits until it is told
#   await COMMAND...         until it succeeds; for what another process does
#
# Running and judging:
#   try COMMAND...           sets $status, $output (stdout) and $stderr; the
#                            newlines at the end are gone
#   on_terminal [OPTIONS] -- COMMAND...   the same on a pseudo terminal, see terminal.py;
#                            skips the test where there is none (a bare container)
#   expect STATUS [STDERR]   judges all of the last try: stdout is standard input
#                            (<<EOF), empty when left out
#   assert_equal ACTUAL EXPECTED,  assert_contains TEXT PART,  refute_contains TEXT PART

bats_require_minimum_version 1.5.0
# Before bash reads the tests, in which $'\u202e' is a character of this locale.
export LC_ALL=C.UTF-8
# shellcheck source=tests/states.sh
source "$BATS_TEST_DIRNAME/../states.sh"

# 2024-05-01 12:00 UTC is when all is committed; three hours later it is now.
NOON=1714564800

setup() {
	sandbox_make
}

sandbox_make() {
	local gita=${GITA:-$BATS_TEST_DIRNAME/../../build/gita}
	SANDBOX=$(cd "${BATS_TEST_TMPDIR:-${BATS_FILE_TMPDIR:?}}" && pwd -P) || return
	SRC=$SANDBOX/src CONF=$SANDBOX/home/.config/gita
	REMOTES=$SANDBOX/remotes FAKES=$SANDBOX/bin GATES=$SANDBOX/gates
	export SANDBOX GATES
	own_home "$SANDBOX/home"
	export TMPDIR=$SANDBOX/tmp TZ=UTC TERM=xterm
	export GITA_STATUS_TIMEOUT=600 # a busy machine is no dead disk
	at_time $NOON
	export GIT_TEST_DATE_NOW=$((NOON + 3 * 3600))
	mkdir -p "$SRC" "$TMPDIR" "$FAKES" "$GATES" "$CONF"
	ln -s "$(realpath "$gita")" "$FAKES/gita"
	export PATH=$FAKES:$PATH
	umask 022
	exec </dev/null
	cd "$SRC" || return
}

# What a failed test left in the background would keep bats waiting for ever.
teardown() {
	local left
	left=$(jobs -p)
	[ -n "$left" ] || return 0
	# shellcheck disable=SC2086 # a list
	kill -TERM $left 2>/dev/null && kill -CONT $left 2>/dev/null
	return 0
}

register() {
	gita add "$@" >/dev/null 2>"$TMPDIR/register" || {
		cat "$TMPDIR/register" >&2
		return 1
	}
}

settings() {
	cat >"$CONF/$1"
}

fake() {
	{
		printf '#!/bin/sh\nREAL=%q\n' "$(command -v "$1")"
		# shellcheck disable=SC2016 # for the fake to expand
		printf 'pass_gate() { read -r gate_line <"$GATES/$1"; }\n'
		cat
	} >"$SANDBOX/fake"
	chmod +x "$SANDBOX/fake"
	mv "$SANDBOX/fake" "$FAKES/$1"
	hash -r
}

gate() {
	mkfifo "$GATES/$1"
}

open_gate() {
	echo open >"$GATES/$1"
}

# The end of the patience is for what will never come, far above any real wait.
await() {
	local i
	for ((i = 0; i < 3000; i++)); do
		"$@" >/dev/null 2>&1 && return
		sleep 0.02
	done
	echo "in vain awaited: $*" >&2
	return 1
}

try() {
	run --separate-stderr -- "$@"
}

on_terminal() {
	try "${PYTHON:-/usr/bin/python3}" "$BATS_TEST_DIRNAME/terminal.py" "$@"
	if [ "$status" = 98 ] && [[ $stderr == 'terminal.py: no pseudo terminal here'* ]]; then
		skip "${stderr#terminal.py: }"
	fi
}

expect() {
	local expected
	expected=$(cat)
	# shellcheck disable=SC2154 # set by bats' run
	assert_equal "status $status
-- stdout
$output
-- stderr
$stderr" "status $1
-- stdout
$expected
-- stderr
${2-}"
}

assert_equal() {
	[ "$1" = "$2" ] && return
	echo "--- expected"
	echo "+++ actual"
	diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$1") | tail -n +3 | show
	return 1
}

# What is not seen otherwise.
show() {
	sed 's/\x1b/\\e/g; s/\r/\\r/g; s/\t/\\t/g; s/[[:cntrl:]]/\\?/g; s/ $/ |/'
}

assert_contains() {
	[[ $1 == *"$2"* ]] && return
	printf 'not found: %s\nin: %s\n' "$2" "$1" | show
	return 1
}

refute_contains() {
	[[ $1 != *"$2"* ]] && return
	printf 'found: %s\nin: %s\n' "$2" "$1" | show
	return 1
}
