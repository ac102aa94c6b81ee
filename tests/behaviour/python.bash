# For the tests that drive both tools, behind `load sandbox`: the Python one, which
# is Debian's package `gita`, and the sources in $PYGITA where that is set.
#
#   each FUNCTION       runs it once for each Python tool, on new folders
#   python ARGUMENT...  the Python tool
#   fleet               some repos in two groups, registered

setup() {
	sandbox_make
	# Its own lines and those of git come in the order in which they are written.
	export PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONHASHSEED=0
	TOOLS=()
	[ ! -d "${PYGITA-}/gita" ] || TOOLS+=(newest)
	! head -1 /usr/bin/gita 2>/dev/null | grep -q python || TOOLS+=(debian)
	[ ${#TOOLS[@]} -gt 0 ] || skip 'neither the package gita nor $PYGITA is there'
}

python() {
	case $TOOL in
	newest) PYTHONPATH=$PYGITA /usr/bin/python3 -m gita "$@" ;;
	debian) /usr/bin/gita "$@" ;;
	esac
}

# Runs the function once for each Python tool, on new folders.
each() {
	for TOOL in "${TOOLS[@]}"; do
		echo "# with $TOOL"
		rm -rf "$SRC" "$REMOTES" "$CONF"
		mkdir -p "$SRC" "$CONF"
		cd "$SRC" || return
		"$1"
	done
}

# Colours are compared nowhere; older releases print their names on Python 3.11.
plain() {
	sed -E 's/\x1b\[[0-9;]*m//g; s/Color\.(end|underline)//g; s/ +$//'
}

fleet() {
	make_state clean web
	make_state ahead api
	make_state untracked lib
	make_repo deep/tool
	register web api lib deep/tool
	gita group add -n work -p deep api web
	gita group add -n home lib
}
