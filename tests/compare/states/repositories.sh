# Kinds of repositories and the ways in which they are stored.

bare() {
	cloned
	cd ..
	registered_as origin.git
}

bare_unborn() {
	git init -q --bare repo
}

bare_detached() {
	usual seed.git
	git clone -q --bare . ../repo
	git tag -a -m one v1
	git --git-dir=../repo fetch -q . v1 2>/dev/null || true
	git --git-dir=../repo update-ref --no-deref HEAD "$(git rev-parse HEAD)"
}

bare_with_upstream() {
	usual seed.git
	git clone -q --mirror . ../repo
	cd ../repo
	git update-ref refs/remotes/origin/main main~1
	git config --replace-all remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'
	git config --unset remote.origin.mirror
	git config branch.main.remote origin
	git config branch.main.merge refs/heads/main
}

bare_with_stash() {
	usual
	write b changed
	git stash -q
	cp -r .git ../bare.git
	git --git-dir=../bare.git config core.bare true
	registered_as bare.git
}

worktree() {
	usual
	git worktree add -q ../linked
	registered_as linked
}

worktree_modified() {
	worktree
	write ../linked/b changed
	write ../linked/new
	write dir/c 'changed in the main one only'
}

worktree_staged() {
	worktree
	write ../linked/b changed
	git -C ../linked add b
}

worktree_detached() {
	usual
	git tag v1
	git worktree add -q --detach ../linked
	registered_as linked
}

worktree_with_upstream() {
	cloned
	git worktree add -q -b topic ../linked origin/main
	cd ../linked
	commit 'ahead'
	registered_as linked
}

worktree_locked() {
	worktree
	git worktree lock ../linked
}

worktree_ignores() {
	worktree
	write .git/info/exclude '*.o'
	write ../linked/x.o
}

worktree_ignores_of_its_own() {
	worktree
	write .git/worktrees/linked/info/exclude '*.o'
	write ../linked/x.o
}

worktree_unborn() {
	usual
	git worktree add -q --detach ../linked
	git -C ../linked checkout -q --orphan fresh
	registered_as linked
}

worktree_of_bare() {
	usual seed.git
	git clone -q --bare . ../main.git
	cd ../main.git
	git worktree add -q ../linked main
	write ../linked/new
	registered_as linked
}

worktree_inside() {
	usual
	git worktree add -q inner
}

worktree_inside_itself() {
	worktree_inside
	write inner/new
	registered_as repo/inner
}

worktree_moved_by_hand() {
	worktree
	mv ../linked ../moved
	registered_as moved
}

worktree_main_moved_by_hand() {
	worktree
	cd ..
	mv repo moved
}

worktree_pruned() {
	worktree
	rm -r .git/worktrees/linked
}

git_file() {
	usual seed.git
	git clone -q --separate-git-dir "$STATE/elsewhere.git" . ../repo
	write ../repo/new
}

git_file_relative() {
	git_file
	printf 'gitdir: ../elsewhere.git' >../repo/.git
}

git_link() {
	usual
	mv .git ../elsewhere.git
	ln -s ../elsewhere.git .git
	write new
}

git_file_with_long_space() {
	git_file
	printf 'gitdir: ../elsewhere.git\n\n\n' >../repo/.git
}

common_folder_by_file() {
	usual
	mv .git ../real.git
	mkdir .git
	cp ../real.git/HEAD ../real.git/index .git
	echo "$STATE/real.git" >.git/commondir
	write new
}

shallow() {
	cloned --depth 1
}

shallow_ahead() {
	cloned --depth 1
	commit 'ahead'
	write b changed
}

shallow_behind() {
	cloned --depth 1
	(cd ../seed.git && commit 'new' && git push -q ../origin.git main)
	git fetch -q --depth 1
}

_partial() {
	cp -R "$MODELS/origin.git" .
	git -C origin.git config uploadpack.allowFilter true
	git clone -q "$@" "file://$STATE/origin.git" repo
	cd repo
}

partial() {
	_partial --filter=blob:none
}

partial_modified() {
	_partial --filter=blob:none
	write b changed
}

partial_without_blobs() {
	_partial --filter=blob:none --no-checkout
}

partial_renamed() {
	_partial --filter=blob:none
	git mv b renamed
	echo x >>renamed
	git add renamed
}

# HEAD's tree is not there and would have to be fetched.
treeless() {
	_partial --filter=tree:0 --no-checkout
	expects broken
}

treeless_and_willing() {
	own_home
	_partial --filter=tree:0 --no-checkout
	git config --global protocol.file.allow always
	expects broken
}

treeless_checked_out() {
	_partial --filter=tree:0
	commit 'ahead'
}

sha256() {
	git init -q --object-format=sha256 repo
	cd repo
	filled
}

sha256_modified() {
	sha256
	write b changed
	write new
	git checkout -q --detach
	git tag v1
}

format_1_without_extensions() {
	usual
	git config core.repositoryFormatVersion 1
	write b changed
}

format_1_noop() {
	usual
	git config core.repositoryFormatVersion 1
	git config extensions.noop true
	write new
}

format_1_precious() {
	usual
	git config core.repositoryFormatVersion 1
	git config extensions.preciousObjects true
	write new
}

format_1_unknown() {
	usual
	git config core.repositoryFormatVersion 1
	git config extensions.martian true
}

format_0_with_unknown() {
	usual
	git config extensions.martian true
	write new
}

format_99() {
	usual
	git config core.repositoryFormatVersion 99
}

format_absent() {
	usual
	git config --unset core.repositoryFormatVersion
	write new
}

format_1_relative_worktrees() {
	usual
	git config core.repositoryFormatVersion 1
	git config extensions.relativeWorktrees true
}

alternates() {
	usual seed.git
	git clone -q -s . ../repo
	cd ../repo
	write b changed
}

alternates_relative() {
	alternates
	echo ../../../seed.git/.git/objects >.git/objects/info/alternates
}

alternates_gone() {
	alternates
	mv ../seed.git ../away.git
}

alternates_quoted() {
	usual
	mv .git/objects "../odd objects"
	mkdir -p .git/objects/info
	printf '# where\n"%s"\n' "$STATE/odd\\040objects" >.git/objects/info/alternates
	write b changed
}

alternates_of_alternates() {
	alternates
	git clone -q -s . ../second
	cd ../second
	write new
	registered_as second
}

packed() {
	cloned
	git gc -q --aggressive --prune=now
	write b changed
}

packed_with_indexes() {
	cloned
	for _ in 1 2 3; do commit 'more'; done
	git repack -q -a -d -b
	git commit-graph write --reachable
	git multi-pack-index write --bitmap
	write dir/new
	git add dir/new
}

commit_graph_stale() {
	cloned
	git commit-graph write --reachable
	for _ in 1 2 3; do commit 'more'; done
	git reset -q --hard HEAD~1
}

mirror() {
	usual seed.git
	git clone -q --mirror . ../repo
}

template_of_nothing() {
	mkdir template
	git init -q --template="$STATE/template" repo
	cd repo
	filled
	write new
}

shared() {
	git init -q --shared=group repo
	cd repo
	filled
}

objects_by_link() {
	usual
	mv .git/objects ../objects.git
	ln -s ../../objects.git .git/objects
	write b changed
}

read_only() {
	usual
	write b changed
	chmod -R a-w .git
}

dotfiles() {
	own_home
	git init -q --bare "$HOME/dotfiles.git"
	git --git-dir="$HOME/dotfiles.git" --work-tree="$HOME" add .gitconfig
	git --git-dir="$HOME/dotfiles.git" --work-tree="$HOME" commit -q -m dotfiles \
		--date="$clock +0000"
	git --git-dir="$HOME/dotfiles.git" config status.showUntrackedFiles no
	echo '# changed' >>"$HOME/.gitconfig"
	flags_are "--git-dir=$HOME/dotfiles.git" "--work-tree=$HOME"
	registered_as home/dotfiles.git
}

flags_with_setting() {
	usual
	write new
	flags_are -c status.showUntrackedFiles=no
}

flags_with_space() {
	usual
	mkdir '../a b'
	write '../a b/new'
	flags_are "--work-tree=$STATE/a b"
}

missing() {
	:
}

missing_link() {
	ln -s nowhere repo
}
