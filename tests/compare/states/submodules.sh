# Repositories inside of repositories, known to the outer one.

# A repository with submodule `sub`, both clean; goes there.
_with_submodule() {
	(usual library.git)
	usual
	git submodule --quiet add "file://$STATE/library.git" sub
	commit 'submodule'
}

_moved() {
	(cd sub && write new && git add new && commit 'moved on')
}

submodule() {
	_with_submodule
}

submodule_moved() {
	_with_submodule
	_moved
}

submodule_moved_staged() {
	_with_submodule
	_moved
	git add sub
}

submodule_moved_staged_and_moved() {
	_with_submodule
	_moved
	git add sub
	(cd sub && write newer && git add newer && commit 'again')
}

submodule_modified() {
	_with_submodule
	write sub/b changed
}

submodule_staged_inside() {
	_with_submodule
	write sub/b changed
	git -C sub add b
}

submodule_untracked() {
	_with_submodule
	write sub/new
}

submodule_ignored_inside() {
	_with_submodule
	write .git/modules/sub/info/exclude '*.o'
	write sub/x.o
}

submodule_conflict_inside() {
	_with_submodule
	(
		cd sub
		git checkout -q -b other
		write a theirs
		git add a
		commit theirs
		git checkout -q -
		write a ours
		git add a
		commit ours
		stopped git merge -q other
	)
}

submodule_added() {
	(usual library.git)
	usual
	git submodule --quiet add "file://$STATE/library.git" sub
}

submodule_removed() {
	_with_submodule
	git rm -q sub
}

submodule_folder_empty() {
	_with_submodule
	git submodule --quiet deinit -f sub
}

submodule_folder_absent() {
	_with_submodule
	rm -rf sub
}

submodule_becomes_file() {
	_with_submodule
	rm -rf sub
	write sub
}

submodule_becomes_link() {
	_with_submodule
	mv sub ../elsewhere
	ln -s ../elsewhere sub
}

submodule_becomes_folder() {
	_with_submodule
	rm -rf sub
	write sub/file
}

file_becomes_submodule() {
	(usual library.git)
	usual
	git rm -q b
	git submodule --quiet add "file://$STATE/library.git" b
}

submodule_not_cloned() {
	_with_submodule
	cd ..
	git clone -q "file://$STATE/repo/.git" clone
	registered_as clone
}

submodule_not_cloned_with_file() {
	submodule_not_cloned
	write clone/sub/file
}

# Each setting at each place, over a submodule that has all to be ignored.
_busy_submodule() {
	_with_submodule
	_moved
	write sub/b changed
	write sub/unknown
}

submodule_ignore_all_in_modules() {
	_busy_submodule
	git config -f .gitmodules submodule.sub.ignore all
	git add .gitmodules
	commit 'ignore'
}

submodule_ignore_dirty_in_modules() {
	_busy_submodule
	git config -f .gitmodules submodule.sub.ignore dirty
	git add .gitmodules
	commit 'ignore'
}

submodule_ignore_dirty_when_only_dirty() {
	_with_submodule
	write sub/b changed
	write sub/unknown
	git config -f .gitmodules submodule.sub.ignore dirty
	git add .gitmodules
	commit 'ignore'
}

submodule_ignore_untracked_in_modules() {
	_with_submodule
	write sub/unknown
	git config -f .gitmodules submodule.sub.ignore untracked
	git add .gitmodules
	commit 'ignore'
}

submodule_ignore_untracked_when_modified() {
	_busy_submodule
	git config submodule.sub.ignore untracked
}

submodule_ignore_none_over_all() {
	_with_submodule
	write sub/unknown
	git config -f .gitmodules submodule.sub.ignore all
	git add .gitmodules
	commit 'ignore'
	git config submodule.sub.ignore none
}

submodule_ignore_all_in_config() {
	_busy_submodule
	git config submodule.sub.ignore all
}

submodule_ignore_all_staged() {
	_with_submodule
	_moved
	git add sub
	git config submodule.sub.ignore all
}

submodule_ignore_dirty_in_config() {
	_with_submodule
	write sub/b changed
	git config submodule.sub.ignore dirty
}

submodule_ignore_untracked_in_config() {
	_with_submodule
	write sub/unknown
	git config submodule.sub.ignore untracked
}

submodule_ignore_by_diff_all() {
	_busy_submodule
	git config diff.ignoreSubmodules all
}

submodule_ignore_by_diff_dirty() {
	_with_submodule
	write sub/b changed
	git config diff.ignoreSubmodules dirty
}

submodule_ignore_by_diff_untracked() {
	_with_submodule
	write sub/unknown
	git config diff.ignoreSubmodules untracked
}

submodule_ignore_by_diff_of_home() {
	own_home
	_with_submodule
	write sub/unknown
	git config --global diff.ignoreSubmodules untracked
}

submodule_ignore_by_diff_against_own() {
	_with_submodule
	write sub/unknown
	git config diff.ignoreSubmodules all
	git config submodule.sub.ignore none
}

submodule_inside_shows_no_untracked() {
	_with_submodule
	write sub/unknown
	git -C sub config status.showUntrackedFiles no
}

submodule_outside_shows_no_untracked() {
	_with_submodule
	write sub/unknown
	git config status.showUntrackedFiles no
}

submodule_nested() {
	(usual inner.git)
	(usual library.git && git submodule --quiet add "file://$STATE/inner.git" in && commit in)
	usual
	git submodule --quiet add "file://$STATE/library.git" sub
	git submodule --quiet update --init --recursive
	commit 'submodule'
}

submodule_nested_modified() {
	submodule_nested
	write sub/in/b changed
}

submodule_nested_untracked() {
	submodule_nested
	write sub/in/new
}

submodule_with_folder_in_place() {
	usual
	(usual sub)
	git submodule --quiet add ./sub sub
	commit 'submodule'
	write sub/new
}

# A commit of another repository in the index, and nobody says where it is from.
gitlink_without_modules() {
	usual
	(usual sub)
	git add sub 2>/dev/null
	commit 'link'
}

gitlink_without_modules_moved() {
	gitlink_without_modules
	(cd sub && commit 'moved on')
}

gitlink_without_modules_modified() {
	gitlink_without_modules
	write sub/b changed
}

gitlink_of_nothing() {
	usual
	git update-index --add --cacheinfo 160000,1234567890123456789012345678901234567890,sub
	commit 'link'
}

gitlink_of_empty_folder() {
	gitlink_of_nothing
	mkdir sub
}

gitlink_of_unborn() {
	gitlink_of_nothing
	git init -q sub
}

gitlink_of_folder_with_files() {
	gitlink_of_nothing
	write sub/file
}

gitlink_of_file() {
	gitlink_of_nothing
	write sub
}

gitlink_skipped() {
	gitlink_without_modules
	git update-index --skip-worktree sub
	rm -rf sub
}

submodule_git_folder_gone() {
	_with_submodule
	rm -rf .git/modules/sub
}

submodule_head_unborn() {
	_with_submodule
	git -C sub symbolic-ref HEAD refs/heads/none
}

submodule_modules_modified() {
	_with_submodule
	git config -f .gitmodules submodule.sub.branch next
}

submodule_modules_deleted() {
	_with_submodule
	rm .gitmodules
	write sub/new
}

submodule_modules_garbage() {
	_with_submodule
	write .gitmodules '[submodule "sub'
}

submodule_not_active() {
	_busy_submodule
	git config submodule.sub.active false
}

submodule_conflict() {
	_with_submodule
	git checkout -q -b other
	(cd sub && git checkout -q -b theirs && write x && git add x && commit 'theirs')
	git add sub
	commit 'theirs'
	git checkout -q main
	git submodule --quiet update
	(cd sub && git checkout -q -b ours && write y && git add y && commit 'ours')
	git add sub
	commit 'ours'
	stopped git merge -q other
}

submodule_itself() {
	_with_submodule
	registered_as repo/sub
}

submodule_itself_modified() {
	_with_submodule
	write sub/b changed
	(cd sub && git checkout -q --detach)
	registered_as repo/sub
}

submodule_itself_nested() {
	submodule_nested
	write sub/in/new
	registered_as repo/sub/in
}

submodule_in_linked_worktree() {
	_with_submodule
	git worktree add -q ../linked
	git -C ../linked submodule --quiet update --init
	write ../linked/sub/new
	registered_as linked
}

submodule_with_monitor() {
	_with_submodule
	marking "$STATE/monitor" 'printf "token\0/\0"'
	git -C sub config core.fsmonitor "$STATE/monitor"
}

submodule_name_is_not_its_path() {
	_with_submodule
	git mv sub moved
	commit 'moved'
	git config submodule.sub.ignore untracked
	write moved/new
}

submodule_summary_wanted() {
	_with_submodule
	_moved
	git config status.submoduleSummary true
}

submodule_recursing() {
	_with_submodule
	git config submodule.recurse true
	git config fetch.recurseSubmodules true
	write sub/new
}

submodule_outside_shows_no_untracked_but_none_is_ignored() {
	_with_submodule
	write sub/unknown
	git config status.showUntrackedFiles no
	git config submodule.sub.ignore none
}

submodule_ignore_misspelt() {
	_with_submodule
	write sub/unknown
	git config submodule.sub.ignore some
}

submodule_modules_in_linked_folder() {
	_with_submodule
	mv .gitmodules modules
	ln -s modules .gitmodules
	write sub/unknown
}

submodule_modules_skipped() {
	_with_submodule
	git config -f .gitmodules submodule.sub.ignore all
	git add .gitmodules
	commit 'ignore'
	git update-index --skip-worktree .gitmodules
	rm .gitmodules
	write sub/unknown
}

submodule_of_another_format() {
	_with_submodule
	git -C sub config core.repositoryFormatVersion 1
	git -C sub config extensions.worktreeConfig true
	write sub/unknown
}

submodule_with_variables() {
	_with_submodule
	write sub/unknown
	own_variable 'GIT_CONFIG_COUNT=1'
	own_variable 'GIT_CONFIG_KEY_0=status.showUntrackedFiles'
	own_variable 'GIT_CONFIG_VALUE_0=no'
}

submodule_with_moved_and_staged_inside() {
	_with_submodule
	_moved
	git -C sub reset -q --soft HEAD~1
}

submodule_nested_moved_but_untracked_only() {
	submodule_nested
	git config submodule.sub.ignore untracked
	write sub/in/new
}

submodule_in_folder_that_is_link() {
	(usual library.git)
	usual
	mkdir deep
	git submodule --quiet add "file://$STATE/library.git" deep/sub
	commit 'submodule'
	mv deep ../elsewhere
	ln -s ../elsewhere deep
}

submodule_in_ignored_folder() {
	_with_submodule
	write .git/info/exclude 'sub'
	write sub/unknown
}

# Ten repositories, one in the other, the innermost with a new file.
submodule_nested_ten_deep() {
	usual
	write new
	cd ..
	for depth in 1 2 3 4 5 6 7 8 9 10; do
		mv repo inner
		git init -q repo
		mv inner repo/sub
		cd repo
		printf '[submodule "sub"]\n\tpath = sub\n\turl = ../sub\n' >.gitmodules
		git -c advice.addEmbeddedRepo=false add .
		commit "superproject $depth"
		cd ..
	done
}
