#!/bin/bash
# Checks the rules of docs/architecture.md that a machine can check: who includes
# whom, and never in a circle; names that stand once; who prints, who exits, what a
# command exports, how the code is formatted. `rules.sh [ROOT]` prints a line for
# each breach and exits 1 if there is one. RULES_FORMAT=no leaves the format out.
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 2

# What a layer may include besides itself, and the library that is its alone.
declare -A arrows=(
	[base]=''
	[store]='base'
	[git]='base'
	[run]='base'
	[cli]='store git run base'
	[cmd]='cli store git run base'
	[ui]='cli store git run base'
	[main]='ui cmd cli store git run base'
)
declare -A libraries=(
	[utf8proc]=base [yaml]=store [git2]=git [uv]=run [jansson]=cli [curses]=ui [term]=ui
)

breaches=0

breach() { # PLACE WHAT
	echo "$1: $2"
	((breaches++))
}

# Sets `layer`.
find_layer() { # FILE
	layer=${1#*/}
	layer=${layer%%/*}
	layer=${layer%.c}
}

check_include() { # FILE LAYER PLACE INCLUDED
	local first=${4#[<\"]}
	first=${first%[>\"]}
	local private=0
	[ -e "src/$2/$first" ] || [ -e "${1%/*}/$first" ] && private=1
	local owner=${libraries[${first%%[./]*}]-}
	case $4 in
	'<'*)
		[ -z "$owner" ] && return
		[ "$owner" = "$2" ] || breach "$3" "$4 belongs to $owner, this is $2"
		[[ $1 == include/* ]] && breach "$3" "$4 in a public header"
		;;
	'"../'*) breach "$3" "$4 leaves its folder" ;;
	*/*)
		[ $private = 1 ] && return
		local target=${first%%/*}
		[[ " $2 ${arrows[$2]-} " == *" $target "* ]] ||
			breach "$3" "$2 may not include $4"
		;;
	*)
		[ $private = 1 ] || breach "$3" "$4 is no header of src/$2"
		;;
	esac
}

check_includes() {
	local file number included layer
	while IFS=: read -r file number included; do
		included=${included#*include}
		included=${included//[[:space:]]/}
		find_layer "$file"
		check_include "$file" "$layer" "$file:$number" "$included"
	done < <(grep -nE '^[[:space:]]*#[[:space:]]*include' "${files[@]}")
}

# Sets `included` to the file behind an #include "..." of a file; fails if there is
# none in the tree.
find_included() { # FILE LAYER WORD
	for included in "${1%/*}/$3" "src/$2/$3" "include/$3"; do
		[ ! -e "$included" ] || return 0
	done
	return 1
}

# A file's stem: what stands in include/ and in src/ under one name is one thing.
find_stem() { # FILE
	stem=${1#*/}
	stem=${stem%.[ch]}
}

# The tree's own #includes, a line each: the file, its stem, the included file, its
# stem.
list_includes() {
	local file word layer included stem own
	while IFS=: read -r file word; do
		word=${word#*\"}
		find_layer "$file"
		find_included "$file" "$layer" "${word%\"*}" || continue
		find_stem "$file"
		own=$stem
		find_stem "$included"
		echo "$file $own $included $stem"
	done < <(grep -E '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' "${files[@]}")
}

check_circles() {
	local line
	while IFS= read -r line; do
		breach "${line#tsort: }" 'part of a circle of includes'
	done < <(awk '$2 != $4 { print $2, $4 }' <<<"$includes" | LC_ALL=C tsort 2>&1 >/dev/null |
		grep -v 'contains a loop' | sort -u)
}

# A private header is there for files of two nouns, of which one may be its own.
check_readers() {
	local file count
	while read -r file; do
		count=$(awk -v file="$file" '$3 == file { print $2 }' <<<"$includes" | sort -u | wc -l)
		# The file of a header may be written at build time.
		! grep -qsF "${file##*/}" cmake/*.cmake || ((count++))
		[ "$count" -ge 2 ] || breach "$file" 'a private header with one reader'
	done < <(printf '%s\n' "${files[@]}" | grep '^src/.*\.h$')
}

check_structs() {
	local name place
	while read -r name place; do
		breach "$place" "another struct $name"
	done < <(awk '/^(static )?(const )?struct [a-z0-9_]+ *\{/ {
		sub(/.*struct /, "")
		if (seen[$1]++)
			print $1, FILENAME ":" FNR
	}' "${files[@]}")
}

# Lines that match a pattern, in files that may not hold it.
forbid() { # PATTERN WHAT FILE...
	local pattern=$1 what=$2 place
	shift 2
	[ $# -gt 0 ] || return
	while IFS= read -r place; do
		breach "$place" "$what"
	done < <(grep -nHE "$pattern" "$@" | cut -d: -f1,2)
}

check_voices() {
	local quiet=() mortal=() file
	for file in "${files[@]}"; do
		case $file in
		src/main.c) ;;
		src/base/memory.c) ;;
		src/base/* | src/store/* | src/git/* | src/run/*)
			quiet+=("$file")
			mortal+=("$file")
			;;
		src/*) mortal+=("$file") ;;
		esac
	done
	forbid '\<(printf|puts|putchar|perror|vprintf)\(|[(,] *stdout\>' 'only cli, cmd and ui print' \
		"${quiet[@]}"
	forbid '(^|[^_[:alnum:]])exit\(' 'only main exits' "${mortal[@]}"
}

# A name that a file of src/cmd gives to the linker is its command's, or it
# stands in a header of the layer.
check_exports() {
	local file number name known
	known=$(cat src/cmd/*.h include/cmd/*.h 2>/dev/null)
	while IFS=: read -r file number name; do
		grep -qw "$name" <<<"$known" && continue
		breach "$file:$number" "exports $name"
	done < <(awk '
		/^[A-Za-z_]/ && !/^(static|extern|typedef|enum|union)/ && !/^struct [a-z_]+ *(\{|;|$)/ && !/;$/ {
			line = $0
			sub(/[=({\[].*/, "", line)
			sub(/[ \t]+$/, "", line)
			sub(/.*[ \t*]/, "", line)
			if (line != "" && !(FILENAME ~ /\.h$/) && $0 ~ /[=({\[]/)
				print FILENAME ":" FNR ":" line
		}' src/cmd/*.c 2>/dev/null)
}

# Other versions than Debian 12's break lines at other places.
check_format() {
	[ "${RULES_FORMAT-}" != no ] || return
	command -v clang-format >/dev/null || return
	case $(clang-format --version) in
	*' version 14.'*) ;;
	*) return ;;
	esac
	local place
	while IFS= read -r place; do
		breach "$place" 'not as clang-format would have it'
	done < <(clang-format --dry-run -Werror "${files[@]}" 2>&1 |
		sed -n 's/^\([^ :]*:[0-9]*\):.*clang-format-violations.*/\1/p' | uniq)
}

mapfile -t files < <(find src include -name '*.[ch]' | sort)
includes=$(list_includes)
check_includes
check_circles
check_readers
check_structs
check_voices
check_exports
forbid '\<(TODO|FIXME|XXX)\>' 'unfinished' "${files[@]}"
check_format
[ $breaches = 0 ]
