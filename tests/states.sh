# Repositories in telling states, for the tests, the demo of ./bootstrap and the
# pictures. POSIX sh, to be sourced; git is the only program it needs.
#
#   own_home DIR             everything that git and gita read is in DIR from now on
#   at_time EPOCH            what is committed from now on carries this date
#   make_repo DIR            a repository with one commit on main
#   make_commit DIR FILE [SUBJECT]
#   make_remote DIR          gives it an origin (bare, in $REMOTES), with all pushed
#   make_state STATE DIR     a repository in one of the states of states_all
#
# A folder is made with the folders above it. Nothing is printed.

# shellcheck disable=SC2034 # for those who source this
states_all='clean ahead behind unfetched diverged dirty staged untracked stashed conflict
rebase detached no-upstream gone unborn bare missing'

# Takes the caller's settings away: no variable, no file of the real home counts.
own_home() {
	for states_name in $(env | sed -nE 's/^((GIT|GITA|XDG|LC)_[A-Za-z0-9_]*)=.*/\1/p'); do
		unset "$states_name"
	done
	unset LANG LANGUAGE NO_COLOR CLICOLOR CLICOLOR_FORCE FORCE_COLOR COLUMNS LINES \
		PAGER LESS EDITOR VISUAL SSH_ASKPASS SSH_AUTH_SOCK CDPATH ENV BASH_ENV
	mkdir -p "$1"
	export HOME="$1" XDG_CONFIG_HOME="$1/.config" XDG_STATE_HOME="$1/.local/state" \
		XDG_CACHE_HOME="$1/.cache" XDG_DATA_HOME="$1/.local/share"
	cat >"$HOME/.gitconfig" <<-'END'
		[user]
			name = A U Thor
			email = author@example.com
		[init]
			defaultBranch = main
		[protocol "file"]
			allow = always
		[advice]
			detachedHead = false
		[gc]
			auto = 0
		[maintenance]
			auto = false
	END
}

at_time() {
	export GIT_AUTHOR_DATE="@$1 +0000" GIT_COMMITTER_DATE="@$1 +0000"
}

make_repo() {
	git init -q "$1"
	make_commit "$1" README 'first commit'
}

make_commit() {
	printf '%s\n' "${3:-change $2}" >>"$1/$2"
	git -C "$1" add -- "$2"
	git -C "$1" commit -q -m "${3:-change $2}"
}

make_remote() {
	states_bare=$REMOTES/${1##*/}.git
	git init -q --bare "$states_bare"
	git -C "$1" remote add origin "$states_bare"
	git -C "$1" push -q -u origin HEAD
}

# A commit that the remote has and the branch does not.
states_push_only() {
	make_commit "$1" news 'news from elsewhere'
	git -C "$1" push -q
	git -C "$1" reset -q --hard HEAD~1
}

# Two branches that change one line each in its own way; on main, topic at hand.
states_fork() {
	git -C "$1" checkout -q -b topic
	make_commit "$1" README 'their side'
	git -C "$1" checkout -q main
	make_commit "$1" README 'our side'
}

make_state() {
	case $1 in
	unborn)
		git init -q "$2"
		return
		;;
	bare)
		make_repo "$2.tmp"
		git clone -q --bare "$2.tmp" "$2"
		rm -rf "$2.tmp"
		return
		;;
	esac
	make_repo "$2"
	case $1 in
	no-upstream | missing) ;;
	*) make_remote "$2" ;;
	esac
	case $1 in
	clean | no-upstream) ;;
	ahead)
		make_commit "$2" one 'one more'
		make_commit "$2" two 'and another'
		;;
	behind) states_push_only "$2" ;;
	unfetched)
		states_push_only "$2"
		git -C "$2" update-ref refs/remotes/origin/main HEAD
		;;
	diverged)
		states_push_only "$2"
		make_commit "$2" one 'one more'
		;;
	dirty) echo change >>"$2/README" ;;
	staged)
		echo change >>"$2/README"
		git -C "$2" add README
		;;
	untracked) echo new >"$2/new" ;;
	stashed)
		echo change >>"$2/README"
		git -C "$2" stash push -q
		;;
	conflict)
		states_fork "$2"
		git -C "$2" merge -q topic >/dev/null 2>&1 || :
		;;
	rebase)
		states_fork "$2"
		git -C "$2" rebase -q topic >/dev/null 2>&1 || :
		;;
	detached) git -C "$2" checkout -q --detach ;;
	gone)
		git -C "$2" checkout -q -b topic
		git -C "$2" push -q -u origin topic
		git -C "$2" push -q origin :topic
		;;
	missing) rm -rf "$2" ;;
	*)
		echo "make_state: no state '$1'" >&2
		return 1
		;;
	esac
}
