# The manual is well-formed and complete: every command, option, fact, item,
# colour, file and variable that the program knows is in it. The lists are the
# program's own ($GITA, or build/gita).

ROOT=$BATS_TEST_DIRNAME/../..

setup() {
	gita=${GITA:-$ROOT/build/gita}
	export HOME=$BATS_TEST_TMPDIR
	unset XDG_CONFIG_HOME XDG_STATE_HOME GITA_PROJECT_HOME
	cd "$ROOT/docs" || return
}

# What TAB offers behind the words, without explanations.
offered() { # WORD...
	"$gita" __complete -- "$@" | grep -v '^	' | cut -f 1
}

# Each line of stdin is a part of a line of the page.
all_stand_in() { # PAGE
	local line lacking=0
	while IFS= read -r line; do
		grep -qF -- "$line" "$1" && continue
		echo "$1 lacks: $line"
		lacking=1
	done
	return $lacking
}

# The page's text on one command: from its heading to the next.
about() { # COMMAND
	awk -v name="$1" '
		/^\.It Ic / || /^\.Ss / || /^\.Sh / {
			on = $0 == ".It Ic " name || index($0, ".It Ic " name " ") == 1
			if (on && index($0, ".It Ic " name " ") == 1) {
				rest = substr($0, length(".It Ic " name " ") + 1)
				on = rest !~ /^[a-z]/
			}
		}
		on' gita.1
}

all_commands() {
	local name child
	for name in $(offered help ''); do
		echo "$name"
		for child in $(offered help "$name" ''); do
			echo "$name $child"
		done
	done
}

@test "manual: mandoc finds nothing to say" {
	# Other manuals need not be installed.
	run mandoc -Tlint -W style gita.1 gita.5
	[ "$(grep -v 'referenced manual not found\|outdated mandoc.db' <<<"$output")" = '' ]
}

@test "manual: every command has a paragraph" {
	all_commands >"$HOME/commands"
	[ "$(wc -l <"$HOME/commands")" -gt 55 ]
	while read -r words; do
		[ -n "$(about "$words")" ] || { echo "gita.1 lacks: $words"; false; }
	done <"$HOME/commands"
}

@test "manual: every option stands with its command, or with those that many share" {
	shared=$(sed -n '/^\.Sh SELECTIONS/,/^\.Ss Facts/p; /^\.Sh RUNNING COMMANDS/,/^\.Sh THE/p' gita.1)
	shared+=$(sed -n '/^\.Sh DESCRIPTION/,/^\.Sh SELECTIONS/p' gita.1)
	while read -r words; do
		own=$(about "$words")
		# shellcheck disable=SC2086 # a command of a command
		for option in $(offered $words --); do
			grep -qE "Fl -${option#--}( |\$)" <<<"$own$shared" ||
				{ echo "gita.1 lacks: $words $option"; false; }
		done
		# With the letters in front, as help shows them.
		# shellcheck disable=SC2086
		while read -r letter option; do
			grep -qE "^\.It Fl $letter , Fl -$option( |\$)" <<<"$own$shared" ||
				{ echo "gita.1 lacks: $words -$letter, --$option"; false; }
		done < <("$gita" help $words | sed -nE 's/^  -(.), --([a-z-]+).*/\1 \2/p')
	done < <(all_commands)
	offered -- | sed 's/^-/Fl /' | all_stand_in gita.1
}

@test "manual: no option that there is not" {
	known=$({
		offered --
		while read -r words; do
			# shellcheck disable=SC2086
			offered $words --
		done < <(all_commands)
	} | sort -u)
	for option in $(sed -nE 's/^\.It (Fl . , )?Fl -([a-z-]+).*/\2/p' gita.1); do
		grep -qx -- "--$option" <<<"$known" || { echo "gita.1 invents: --$option"; false; }
	done
}

@test "manual: every fact" {
	[ "$(offered ll @ | wc -l)" -gt 25 ]
	offered ll @ | sed 's/^/.It Cm /; s/:$/ : Ns Ar/' | all_stand_in gita.1
}

@test "manual: every delegated command as it is run" {
	for name in $(offered ''); do
		runs=$("$gita" help "$name" | sed -n "s/^Runs: git //p" | tr -d "'")
		[ -n "$runs" ] || continue
		about "$name" | grep -qF -- "${runs% (one*}" || { echo "gita.1: $name runs $runs"; false; }
	done
}

@test "manual: every item, situation, colour, preset and symbol" {
	offered ll --cols '' | sed 's/^/.It Cm /' | all_stand_in gita.5
	offered color set '' | sed 's/^/.It Cm /' | all_stand_in gita.5
	offered color set in_sync '' | all_stand_in gita.5
	offered color set --preset '' | sed 's/^/.Cm /' | all_stand_in gita.1
	offered ll --sort '' | sed 's/^/.Cm /' | all_stand_in gita.1
	offered context '' | all_stand_in gita.1
	offered completion '' | all_stand_in gita.1
	sed -nE 's/.*\[MARK_[A-Z]+\] = \{"([a-z]+)", "(.)".*/.It Cm \1/p' ../src/store/settings.c |
		all_stand_in gita.5
	sed -nE 's/.*\[MARK_.*\] = \{"[a-z_]+", "(.+)"\}.*/\1/p' ../src/store/settings.c |
		tee "$HOME/symbols" | all_stand_in gita.5
	[ "$(wc -l <"$HOME/symbols")" = 10 ]
}

@test "manual: every key of ui, in the order of its table" {
	tr '\n\t' '  ' <../src/ui/keys.c | grep -oE '\}, +"[^"]+", +"[^"]+"' |
		sed -E 's/^\}, +"([^"]+)", +"([^"]+)"/\1: \2/' >"$HOME/keys"
	[ "$(wc -l <"$HOME/keys")" -gt 25 ]
	diff "$HOME/keys" <(sed -n '/^\.It Ic ui /,/^\.It Ic ls /p' gita.1 | sed -n '/^\.It Li "/{
		s/^\.It Li "\(.*\)"/\1/
		s/\\(ha/^/; s/\\&//
		N
		s/\n/: /p
	}')
}

@test "manual: every file" {
	grep -rhoE '"[a-z*-]+\.(csv|yml|yaml|json)"|define JOURNAL_FILE +"[^"]+"' ../src/store |
		sed 's/.*"\(.*\)"/\1/' | sort -u >"$HOME/files"
	[ "$(wc -l <"$HOME/files")" -ge 11 ]
	sed 's/^/Pa /' "$HOME/files" | all_stand_in gita.5
	sed -nE 's/^.*"(\.[a-z]+)";.*/Pa *\1/p' ../src/store/registry_io.c | all_stand_in gita.5
}

@test "manual: every key of a command" {
	grep -A2 'commands_yaml_keys\[KEY_COUNT\] =' ../src/store/commands_yaml.c | grep -oE '"[a-z_]+"' | tr -d '"' |
		sed 's/^/.It Cm /' >"$HOME/keys"
	[ "$(wc -l <"$HOME/keys")" = 6 ]
	all_stand_in gita.5 <"$HOME/keys"
}

@test "manual: every variable" {
	grep -rhoE '"GITA_[A-Z_]+' ../src | tr -d '"' | sort -u >"$HOME/variables"
	[ "$(wc -l <"$HOME/variables")" -ge 9 ]
	printf '%s\n' XDG_CONFIG_HOME XDG_STATE_HOME NO_COLOR TERM HOME COLUMNS TMPDIR |
		sort - "$HOME/variables" | sed 's/^/.It Ev /' | all_stand_in gita.1
}

@test "manual: every key of JSON" {
	git init -q "$HOME/web"
	"$gita" add "$HOME/web"
	{
		"$gita" ll --json
		git -C "$HOME/web" -c user.name=A -c user.email=a commit -q --allow-empty -m one
		"$gita" branches --json
		"$gita" activity --all-authors --json
		"$gita" wt add --branch new web --dir "$HOME/wt" >/dev/null
		"$gita" wt ls --json
		"$gita" check --json || true
		"$gita" super --json rev-parse --git-dir
		"$gita" report --json
	} | grep -oE '"[a-z_]+":' | tr -d '":' | sort -u >"$HOME/keys"
	[ "$(wc -l <"$HOME/keys")" -gt 30 ]
	sed -n '/^\.Sh JSON/,/^\.Sh ENV/p' gita.1 >"$HOME/json"
	while read -r key; do
		grep -qw -- "$key" "$HOME/json" || { echo "gita.1 lacks the key: $key"; false; }
	done <"$HOME/keys"
}
