# Servers for the behaviour tests: `load server` after `load sandbox`.
#
#   serve [OPTION...]     starts server.py (its options) in $SERVER; sets $SSH_PORT,
#                         $MUTE_PORT, $GIT_PORT, $HTTP_PORT. Skips the test where sshd or git's
#                         daemon is missing. The user has a key that the server takes,
#                         and knows the server's key. Again: the last one ends first.
#   serve_end             nobody listens at those ports any longer
#   served SCHEME NAME... bare repositories with one commit in $SERVER/repos, cloned to
#                         $SRC/NAME and registered; SCHEME is ssh, git, http or mute: a
#                         host of ssh that says nothing until `speak`
#   news NAME...          a commit more in each of those, for the clones to fetch
#   connections NAME      how many there were by such a SCHEME since `serve`
#   faults LINE...        see server.py
#   ssh_setting LINE...   lines for the user's ssh configuration that win over the rest
#
# ssh would look for the user's files in the home of the password file; here a program of
# its name hands it $SANDBOX/ssh_config, and notes its words in $SANDBOX/ssh_calls.

serve() {
	SERVER=$SANDBOX/server
	PATH=$PATH:/usr/sbin command -v sshd >/dev/null || skip 'sshd is missing'
	[ -e "$(git --exec-path)/git-daemon" ] || skip 'git daemon is missing'
	[ "$(id -u)" != 0 ] || mkdir -p /run/sshd 2>/dev/null || skip 'no /run/sshd for sshd'
	serve_user
	[ -z "${SERVER_PID-}" ] || serve_end
	rm -f "$SERVER/ports" "$SERVER/connections" "$SERVER/spoken"
	"${PYTHON:-/usr/bin/python3}" "$BATS_TEST_DIRNAME/server.py" "$SERVER" "$@" \
		>"$SERVER/log" 2>&1 3>&- &
	SERVER_PID=$!
	await serve_is_decided
	[ -e "$SERVER/ports" ] || {
		cat "$SERVER/log"
		return 1
	}
	SSH_PORT=$(sed -n 's/^ssh //p' "$SERVER/ports")
	MUTE_PORT=$(sed -n 's/^mute //p' "$SERVER/ports")
	GIT_PORT=$(sed -n 's/^git //p' "$SERVER/ports")
	HTTP_PORT=$(sed -n 's/^http //p' "$SERVER/ports")
	local key
	key=$(cut -d' ' -f1,2 "$SERVER/host_key.pub")
	printf '[127.0.0.1]:%s %s\n' "$SSH_PORT" "$key" "$MUTE_PORT" "$key" >"$SANDBOX/known_hosts"
}

serve_is_decided() {
	[ -e "$SERVER/ports" ] || ! kill -0 "$SERVER_PID"
}

serve_user() {
	mkdir -p "$SERVER/repos"
	if [ ! -e "$SANDBOX/key" ]; then
		ssh-keygen -q -t ed25519 -N '' -C test -f "$SANDBOX/key"
		cp "$SANDBOX/key.pub" "$SERVER/authorized_keys"
	fi
	ssh_setting
	[ -e "$FAKES/ssh" ] || fake ssh <<-'END'
		printf '%s\n' "$*" >>"$SANDBOX/ssh_calls"
		exec "$REAL" -F "$SANDBOX/ssh_config" "$@"
	END
}

# ssh_setting [LINE...]: with lines of a test's own in front.
# shellcheck disable=SC2120
ssh_setting() {
	{
		printf '%s\n' "$@"
		cat <<-END
			Host *
			IdentityFile $SANDBOX/key
			IdentitiesOnly yes
			UserKnownHostsFile $SANDBOX/known_hosts
			GlobalKnownHostsFile /dev/null
		END
	} >"$SANDBOX/ssh_config"
}

serve_end() {
	kill -TERM "$SERVER_PID"
	wait "$SERVER_PID" || :
	SERVER_PID=
}

served() {
	local scheme=$1 name
	shift
	for name in "$@"; do
		make_repo "$SANDBOX/made"
		git clone -q --bare "$SANDBOX/made" "$SERVER/repos/$name.git"
		rm -rf "$SANDBOX/made"
		git clone -q "$SERVER/repos/$name.git" "$name"
		git -C "$name" remote set-url origin "$(served_url "$scheme" "$name")"
	done
	register "$@"
}

served_url() { # SCHEME NAME
	case $1 in
	ssh) echo "ssh://127.0.0.1:$SSH_PORT$SERVER/repos/$2.git" ;;
	mute) echo "ssh://127.0.0.1:$MUTE_PORT$SERVER/repos/$2.git" ;;
	git) echo "git://127.0.0.1:$GIT_PORT/$2.git" ;;
	http) echo "http://127.0.0.1:$HTTP_PORT/$2.git" ;;
	esac
}

news() {
	local name tree
	for name in "$@"; do
		tree=$(git -C "$SERVER/repos/$name.git" rev-parse 'main^{tree}')
		git -C "$SERVER/repos/$name.git" update-ref refs/heads/main \
			"$(git -C "$SERVER/repos/$name.git" commit-tree -p main -m news "$tree")"
	done
}

connections() {
	[ -e "$SERVER/connections" ] || {
		echo 0
		return
	}
	grep -c "^$1" "$SERVER/connections" || :
}

speak() {
	touch "$SERVER/spoken"
}

faults() {
	printf '%s\n' "$@" >"$SERVER/faults"
}
