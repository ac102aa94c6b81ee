# What the states are made with. Sourced by the harness in the state's own empty
# folder ($STATE), where the repository to be compared is `repo` unless told
# otherwise. Folders that belong to git but are not in a work tree end in .git.

clock=1700000000

# A repository in the current folder's DIR (repo), with two commits; goes there.
usual() {
	cp -R "$MODELS/usual" "${1:-repo}"
	cd "${1:-repo}"
	clock=$((clock + 120))
	git update-index -q --refresh
}

# A clone `repo` of such a repository, `origin.git`; goes there. With options it
# is really cloned.
cloned() {
	cp -R "$MODELS/usual" seed.git
	cp -R "$MODELS/origin.git" .
	if [ $# = 0 ]; then
		cp -R "$MODELS/clone" repo
		sed -i "s|file://.*|file://$STATE/origin.git|" repo/.git/config
	else
		git clone -q "$@" "file://$STATE/origin.git" repo
	fi
	cd repo
	clock=$((clock + 120))
	git update-index -q --refresh
}

# What the two above are copied from, made once in $MODELS.
models() {
	git init -q usual
	(cd usual && filled)
	git clone -q --bare usual origin.git
	git clone -q "file://$MODELS/origin.git" clone
}

# Where a random walk starts: a clone with a submodule, and branches that differ.
walk() {
	cp -R "$MODELS/usual" library.git
	cloned
	git submodule --quiet add ../library.git sub
	commit 'submodule'
	for branch in topic other; do
		git checkout -q -b "$branch"
		write a "$branch"
		git commit -q -a -m "$branch"
		git checkout -q main
	done
}

# Two commits, in a new repository.
filled() {
	write a
	write b
	write dir/c
	write dir/sub/d
	git add .
	commit 'first commit'
	echo more >>a
	git add a
	commit 'second commit'
}

# A file of one line: TEXT, else its own name.
write() {
	case $1 in
	*/*) mkdir -p "${1%/*}" ;;
	esac
	printf '%s\n' "${2-$1}" >"$1"
}

# Commits what is staged; every commit is a minute later than the one before.
commit() {
	clock=$((clock + 60))
	message=$1
	shift
	GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0100" \
		git commit -q --allow-empty -m "$message" "$@"
}

# A second branch `other` and main, which have both changed file a.
forked() {
	usual
	git checkout -q -b other
	write a theirs
	git add a
	commit 'theirs'
	write b theirs
	git add b
	commit 'theirs again'
	git checkout -q main
	write a ours
	git add a
	commit 'ours'
}

# A command that is to fail, a conflict most often.
stopped() {
	if "$@" >/dev/null 2>&1; then
		echo "did not stop: $*" >&2
		return 1
	fi
}

# A program that leaves a mark when it runs, then does the rest of its script.
marking() {
	printf '#!/bin/sh\necho "%s" >>"%s"\n%s\n' "$1" "$STATE/marks" "${2-cat}" >"$1"
	chmod +x "$1"
}

# The repository to be compared, where it is not `repo`.
registered_as() {
	printf '%s' "$1" >"$STATE/registered"
}

# What its row is to be whatever git says, and why: a rule of gita's own.
expects() {
	printf '%s' "$1" >"$STATE/expects"
}

# git's options of the registered repository.
flags_are() {
	printf '%s\n' "$@" >"$STATE/flags"
}

# Such a state has a home (and a run of gita) of its own.
own_home() {
	mkdir -p "$STATE/home"
	cp "$HOME/.gitconfig" "$STATE/home/.gitconfig"
	export HOME="$STATE/home" XDG_CONFIG_HOME="$STATE/home/.config"
}

# The same, with a variable NAME=VALUE, set from now on.
own_variable() {
	printf '%s\n' "$1" >>"$STATE/environment"
	export "${1?}"
}

# A state that cannot be made here.
skip() {
	echo "skipped: $*" >&2
	exit 77
}
