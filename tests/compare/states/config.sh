# Settings that change what a status says, or that must not.

show_untracked_no() {
	usual
	git config status.showUntrackedFiles no
	write new
}

show_untracked_all() {
	usual
	git config status.showUntrackedFiles all
	write new/file
	(usual inner)
}

show_untracked_all_empty_repository() {
	usual
	git config status.showUntrackedFiles all
	git init -q inner
}

show_untracked_normal() {
	usual
	git config status.showUntrackedFiles normal
	write new/file
}

show_untracked_no_of_home() {
	own_home
	usual
	git config --global status.showUntrackedFiles no
	write new
}

show_untracked_no_but_here() {
	own_home
	usual
	git config --global status.showUntrackedFiles no
	git config status.showUntrackedFiles all
	write new
}

show_untracked_as_boolean() {
	usual
	git config status.showUntrackedFiles false
	write new
}

show_untracked_misspelt() {
	usual
	git config status.showUntrackedFiles some
}

file_mode_off() {
	usual
	git config core.fileMode false
	chmod +x b
}

file_mode_off_of_home() {
	own_home
	usual
	git config --unset core.fileMode
	git config --global core.fileMode false
	chmod +x b
}

file_mode_misspelt() {
	usual
	git config core.fileMode sometimes
}

include_path() {
	usual
	write .git/more '[status] showUntrackedFiles = no'
	git config include.path more
	write new
}

include_of_nothing() {
	usual
	git config include.path nowhere
	write new
}

include_of_itself() {
	usual
	git config include.path config
}

include_if_folder() {
	own_home
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global "includeIf.gitdir:$STATE/.path" more
	write new
}

include_if_folder_below() {
	own_home
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global "includeIf.gitdir:$STATE/repo/.path" more
	write new
}

include_if_folder_pattern() {
	own_home
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global 'includeIf.gitdir:include_if_folder_pattern/.path' more
	git config --global 'includeIf.gitdir/i:**/REPO/.git.path' more
	write new
}

include_if_other_folder() {
	own_home
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global "includeIf.gitdir:$STATE/other/.path" more
	write new
}

include_if_branch() {
	own_home
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global 'includeIf.onbranch:ma*.path' more
	write new
}

include_if_other_branch() {
	own_home
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global 'includeIf.onbranch:feat/.path' more
	write new
}

include_if_branch_in_repository() {
	usual
	write .git/more '[status] showUntrackedFiles = no'
	git config 'includeIf.onbranch:main.path' more
	write new
}

include_if_has_config() {
	own_home
	cloned
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global 'includeIf.hasconfig:remote.*.url:file://**.path' more
	write new
}

include_if_unknown() {
	usual
	write .git/more '[status] showUntrackedFiles = no'
	git config 'includeIf.moon:full.path' more
	write new
}

variable_global() {
	usual
	write ../global '[status] showUntrackedFiles = no'
	write new
	own_variable "GIT_CONFIG_GLOBAL=$STATE/global"
}

variable_global_nowhere() {
	own_home
	usual
	git config --global status.showUntrackedFiles no
	write new
	own_variable "GIT_CONFIG_GLOBAL=/dev/null"
}

variable_system() {
	usual
	write ../system '[status] showUntrackedFiles = no'
	write new
	own_variable "GIT_CONFIG_SYSTEM=$STATE/system"
	own_variable 'GIT_CONFIG_NOSYSTEM=0'
}

variable_count() {
	usual
	write new
	own_variable 'GIT_CONFIG_COUNT=1'
	own_variable 'GIT_CONFIG_KEY_0=status.showUntrackedFiles'
	own_variable 'GIT_CONFIG_VALUE_0=no'
}

variable_parameters() {
	usual
	write new
	own_variable "GIT_CONFIG_PARAMETERS='status.showUntrackedFiles'='no'"
}

variable_no_replace() {
	usual
	git replace HEAD HEAD~1
	own_variable 'GIT_NO_REPLACE_OBJECTS=1'
}

variable_literal_pathspecs() {
	usual
	write new
	own_variable 'GIT_LITERAL_PATHSPECS=1'
	own_variable 'GIT_GLOB_PATHSPECS=0'
}

variable_trace() {
	usual
	write new
	own_variable 'GIT_TRACE=1'
	own_variable 'GIT_TRACE_PERFORMANCE=1'
	own_variable 'GIT_PAGER=false'
}

variable_language() {
	usual
	forked other
	stopped git merge -q other
	own_variable 'LANGUAGE=de'
	registered_as repo/other
}

config_of_home_elsewhere() {
	own_home
	usual
	write "$XDG_CONFIG_HOME/git/config" '[status] showUntrackedFiles = no'
	write new
}

config_of_work_tree() {
	usual
	git config extensions.worktreeConfig true
	git config --worktree status.showUntrackedFiles no
	write new
}

config_of_linked_work_tree() {
	usual
	git config extensions.worktreeConfig true
	git worktree add -q ../linked
	git -C ../linked config --worktree status.showUntrackedFiles no
	write ../linked/new
	registered_as linked
}

config_with_mark_and_crlf() {
	usual
	{
		printf '\357\273\277'
		sed 's/$/\r/' .git/config
		printf '[status]\r\n\tshowUntrackedFiles = no\r\n'
	} >../config
	mv ../config .git/config
	write new
}

config_odd_but_valid() {
	usual
	cat >>.git/config <<-'END'
		[CORE] fileMode ; a key without a value is true
		[Status "x"]
			showUntrackedFiles = no
		[status] showUntrackedFiles = "no" # quoted \
		[branch "a\"b\\c"]
			remote = .
	END
	write new
	chmod +x b
}

config_absent() {
	usual
	rm .git/config
	write b changed
}

config_empty_value() {
	usual
	printf '[core]\n\tfileMode =\n' >>.git/config
	chmod +x b
}

status_short() {
	usual
	git config status.short true
	git config status.branch true
	git config status.relativePaths false
	git config status.showStash true
	git config status.renames copies
	git config column.ui always
	git config color.ui always
	write b changed
}

status_with_comment_prefix() {
	forked
	git config status.displayCommentPrefix true
	git config core.commentChar ';'
	stopped git merge -q other
}

status_counts_off() {
	cloned
	git config status.aheadBehind false
	commit 'ahead'
}

log_settings() {
	usual
	git config log.showSignature true
	git config log.date relative
	git config log.follow true
	git config log.mailmap true
	git config format.pretty fuller
	git config log.decorate full
	git config color.ui always
	git config i18n.logOutputEncoding ISO-8859-1
	write .mailmap 'Somebody Else <else@example.com> <author@example.com>'
	git add .mailmap
	commit 'mapped, caf√©'
}

index_settings() {
	usual
	git config feature.manyFiles true
	git config core.untrackedCache true
	git config core.preloadIndex true
	git config index.threads true
	git update-index --force-write-index
	write dir/new
}

ignore_case() {
	usual
	git config core.ignoreCase true
	write Dir/new
}

hooks_everywhere() {
	cloned
	mkdir ../hooks
	for hook in post-checkout pre-commit post-index-change reference-transaction pre-auto-gc; do
		marking "../hooks/$hook" :
	done
	git config core.hooksPath "$STATE/hooks"
	rm -f "$STATE/marks"
	write b changed
}

programs_everywhere() {
	usual
	marking "$STATE/program"
	write .gitattributes '* diff=odd merge=odd'
	git add .
	commit 'attributes'
	git config diff.odd.textconv "$STATE/program"
	git config diff.odd.command "$STATE/program"
	git config diff.external "$STATE/program"
	git config core.pager "$STATE/program"
	git config core.editor "$STATE/program"
	git config core.sshCommand "$STATE/program"
	git config core.askPass "$STATE/program"
	git config credential.helper "$STATE/program"
	git config gpg.program "$STATE/program"
	git config alias.status "!$STATE/program"
	git config interactive.diffFilter "$STATE/program"
	write b changed
}

trusting_nobody() {
	own_home
	usual
	git config --global safe.directory ''
	write b changed
}

owned_by_somebody_else() {
	[ "$(id -u)" = 0 ] || skip 'only root gives files away'
	usual
	write b changed
	chown -R 12345:12345 .
}

owned_by_somebody_else_and_trusted() {
	own_home
	owned_by_somebody_else
	git config --global safe.directory '*'
}

owned_by_somebody_else_and_named() {
	own_home
	owned_by_somebody_else
	git config --global safe.directory "$STATE/repo"
}

bare_by_setting() {
	usual
	git config core.bare true
	write new
}

variable_count_with_include() {
	usual
	write ../more '[status] showUntrackedFiles = no'
	write new
	own_variable 'GIT_CONFIG_COUNT=1'
	own_variable 'GIT_CONFIG_KEY_0=include.path'
	own_variable "GIT_CONFIG_VALUE_0=$STATE/more"
}

variable_count_wrong() {
	usual
	own_variable 'GIT_CONFIG_COUNT=two'
}

variable_count_without_value() {
	usual
	own_variable 'GIT_CONFIG_COUNT=1'
	own_variable 'GIT_CONFIG_KEY_0=core.bare'
}

variable_home_relative() {
	own_home
	usual
	write "$HOME/git/config" '[status] showUntrackedFiles = no'
	write new
	own_variable 'XDG_CONFIG_HOME=.'
}

variable_home_empty() {
	own_home
	usual
	write "$HOME/.config/git/config" '[status] showUntrackedFiles = no'
	write new
	own_variable 'XDG_CONFIG_HOME='
}

include_before_and_after() {
	usual
	write .git/more '[status] showUntrackedFiles = no'
	cat >>.git/config <<-END
		[include]
			path = more
		[status]
			showUntrackedFiles = normal
	END
	write new
}

include_if_folder_by_link() {
	own_home
	mkdir real
	ln -s real linked
	cd real
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global "includeIf.gitdir:$STATE/linked/.path" more
	write new
	registered_as linked/repo
}

include_if_folder_of_home() {
	own_home
	cd "$HOME"
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global 'includeIf.gitdir:~/.path' more
	write new
	registered_as home/repo
}

include_if_folder_beside() {
	own_home
	cd "$HOME"
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global 'includeIf.gitdir:./repo/.path' more
	write new
	registered_as home/repo
}

include_if_within_included() {
	own_home
	usual
	write "$HOME/more" '[status] showUntrackedFiles = no'
	printf '[includeIf "gitdir:**/repo/"]\n\tpath = more\n' >"$HOME/first"
	git config --global include.path first
	write new
}

include_if_linked_worktree() {
	own_home
	usual
	git worktree add -q ../linked
	write "$HOME/more" '[status] showUntrackedFiles = no'
	git config --global 'includeIf.gitdir:**/worktrees/*.path' more
	write ../linked/new
	registered_as linked
}

bare_only_if_said() {
	own_home
	git init -q --bare repo
	git config --global safe.bareRepository explicit
}

trace_to_standard_error() {
	usual
	write new
	own_variable 'GIT_TRACE_SETUP=1'
	own_variable 'GIT_TRACE2=1'
	own_variable 'GIT_FLUSH=1'
}
