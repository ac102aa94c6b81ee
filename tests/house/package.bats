# What an installation brings, and where: by cmake, and as a Debian package.
# Wants a build ($GITA in it, or build/gita).

setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	build=$(dirname "$(realpath "${GITA:-$ROOT/build/gita}")")
	[ -e "$build/CPackConfig.cmake" ] || skip 'the program is not in a build folder'
	cd "$BATS_TEST_TMPDIR" || return
}

files_below() { # FOLDER
	(cd "$1" && find . -type f | sort | sed 's/^..//')
}

@test "package: cmake --install puts everything in its place" {
	cmake --install "$build" --prefix "$PWD/there" >log
	[ "$(files_below there)" = 'bin/gita
share/bash-completion/completions/gita
share/doc/gita/README.md
share/doc/gita/copyright
share/fish/vendor_completions.d/gita.fish
share/man/man1/gita.1
share/man/man5/gita.5
share/zsh/site-functions/_gita' ]
	there/bin/gita -v
	cmp there/share/man/man1/gita.1 "$ROOT/docs/gita.1"
	there/bin/gita completion bash | cmp - there/share/bash-completion/completions/gita
	there/bin/gita completion zsh | cmp - there/share/zsh/site-functions/_gita
	there/bin/gita completion fish | cmp - there/share/fish/vendor_completions.d/gita.fish
}

@test "package: cpack makes a Debian package that names what it needs" {
	command -v dpkg-shlibdeps >/dev/null || skip 'this is not Debian'
	cpack --config "$build/CPackConfig.cmake" -B "$PWD" >log 2>&1 || { cat log; false; }
	dpkg-deb -x gita_*.deb there
	[ "$(files_below there)" = 'usr/bin/gita
usr/share/bash-completion/completions/gita
usr/share/doc/gita/README.md
usr/share/doc/gita/changelog.gz
usr/share/doc/gita/copyright
usr/share/fish/vendor_completions.d/gita.fish
usr/share/man/man1/gita.1.gz
usr/share/man/man5/gita.5.gz
usr/share/zsh/vendor-completions/_gita' ]
	there/usr/bin/gita -v
	gzip -dc there/usr/share/man/man5/gita.5.gz | cmp - "$ROOT/docs/gita.5"
	depends=$(dpkg-deb -f gita_*.deb Depends)
	echo "$depends"
	for package in git libc6 libgit2 libjansson libncursesw libutf8proc libuv1 libyaml; do
		[[ ", $depends" == *", $package"* ]]
	done
	# Nothing runs when it is installed or removed.
	[ "$(dpkg-deb --ctrl-tarfile gita_*.deb | tar -t | grep -v '/$' | sort | xargs)" = './control ./md5sums' ]
}
