# info.csv, layout.csv, color.csv and symbols.csv, missing, partial and broken:
# defaults for what they lack, one warning for what is not valid.
load sandbox

setup() {
	sandbox_make
	make_state ahead web
	echo change >>web/README
	register web
}

row='web  main [*↑2]  and another  (3 hours ago)'

# shown FILE CONTENT ROW [WARNING]
shown() {
	local file=$CONF/$1
	printf %b "$2" >"$file"
	try gita ll
	expect 0 "${4:+gita: warning: ${4//FILE/$file}}" <<<"$3"
	rm "$file"
}

@test "settings: info.csv" {
	shown info.csv 'branch_name\n' 'web  main'
	shown info.csv '' "$row" "using the default columns: 'FILE' names none"
	shown info.csv '\n' "$row" "using the default columns: 'FILE' names none"
	shown info.csv 'branch_name,nope\n' 'web  main' "FILE:1: the column 'nope' is ignored: no such item"
	shown info.csv 'branch_name,branch_name\n' 'web  main' "FILE:1: the column 'branch_name' is ignored: it is a duplicate"
	shown info.csv '"open\n' "$row" "cannot use 'FILE': line 1: unclosed quote; correct it or move the file away"
}

@test "settings: layout.csv" {
	shown layout.csv 'commit_msg\n4\n' 'web  main [*↑2]  and…  (3 hours ago)'
	shown layout.csv 'commit_msg,theirs\r\n0,x\r\n' "$row"
	shown layout.csv '' "$row" "cannot use 'FILE': expected a row of names and a row of values"
	shown layout.csv 'branch\n' "$row" "cannot use 'FILE': expected a row of names and a row of values"
	shown layout.csv 'branch,commit_msg\nwide,4\n' 'web  main [*↑2]  and…  (3 hours ago)' \
		"FILE:2: invalid width of 'branch': 'wide' is not a number from 0 to 10000"
	shown layout.csv 'branch\n-1\n' "$row" "FILE:2: invalid width of 'branch': '-1' is not a number from 0 to 10000"
}

@test "settings: color.csv" {
	shown color.csv 'in_sync\nred\n' "$row"
	shown color.csv 'in_sync\npink\n' "$row" "FILE:2: 'in_sync' has its default colour: unknown colour 'pink'"
	shown color.csv '' "$row" "cannot use 'FILE': expected a row of names and a row of values"
	printf 'in_sync\nred\n' >"$CONF/color.csv"
	try gita --color=always ll --cols branch
	expect 0 <<<$'web  \e[35mmain\e[0m \e[35m[*↑2]\e[0m'
}

@test "settings: symbols.csv" {
	shown symbols.csv 'dirty,theirs\nM,x\n' 'web  main [M↑2]  and another  (3 hours ago)'
	shown symbols.csv 'dirty,local_ahead\n汉,>\n' 'web  main [汉>2]  and another  (3 hours ago)'
	shown symbols.csv 'dirty\n\033[31m\n' "$row" "FILE:2: 'dirty' has its default symbol: the one in the file is not printable"
	shown symbols.csv 'dirty\n' "$row" "cannot use 'FILE': expected a row of names and a row of values"
}

@test "settings: a file that does not parse is not written" {
	for command in 'info add path' 'info set-length path 3' 'color set in_sync red'; do
		case $command in
		*length*) file=layout.csv ;;
		info*) file=info.csv ;;
		*) file=color.csv ;;
		esac
		printf '"open\n' >"$CONF/$file"
		# shellcheck disable=SC2086
		try gita $command
		assert_equal "$status$output" 1
		assert_equal "$(cat "$CONF/$file")" '"open'
		rm "$CONF/$file"
	done
}

@test "settings: something else in a file's place is said, the rest works" {
	mkdir "$CONF/info.csv"
	mkfifo "$CONF/color.csv"
	try gita ll
	expect 0 "gita: warning: cannot read '$CONF/info.csv': is a directory
gita: warning: cannot read '$CONF/color.csv': not a regular file" <<<"$row"
}
