/*
 * The tables that files, commands, help and manual follow.
 */
#include "store/settings.h"

const struct item_row settings_items[ITEM_COUNT] = {
	[ITEM_BRANCH] = {"branch", "branch, operation under way and symbols"},
	[ITEM_BRANCH_NAME] = {"branch_name", "branch alone; detached: tag or hash"},
	[ITEM_COMMIT_MSG] = {"commit_msg", "subject of the last commit"},
	[ITEM_COMMIT_TIME] = {"commit_time", "age of the last commit"},
	[ITEM_PATH] = {"path", "folder of the repo"},
	[ITEM_UPSTREAM] = {"upstream", "branch that is followed"},
	[ITEM_HASH] = {"hash", "short hash of the last commit"},
	[ITEM_AUTHOR] = {"author", "author of the last commit"},
	[ITEM_REMOTE] = {"remote", "URL that the branch is fetched from"},
	[ITEM_STASH] = {"stash", "number of stashes"},
	[ITEM_SYNC] = {"sync", "commits ahead of and behind the upstream"},
	[ITEM_FETCHED] = {"fetched", "when it was fetched last"},
	[ITEM_TYPE] = {"type", "repo, bare, worktree or submodule"},
	[ITEM_GROUPS] = {"groups", "groups that the repo is in"},
};

const struct situation_row settings_situations[SITUATION_COUNT] = {
	[SITUATION_IN_SYNC] = {"in_sync", "same commit as the upstream", "in-sync"},
	[SITUATION_LOCAL_AHEAD] = {"local_ahead", "commits to push", "local-ahead"},
	[SITUATION_REMOTE_AHEAD] = {"remote_ahead", "commits to pull", "remote-ahead"},
	[SITUATION_DIVERGED] = {"diverged", "commits on both sides", NULL},
	[SITUATION_NO_REMOTE] = {"no_remote", "no upstream", "no-remote"},
	[SITUATION_UPSTREAM_GONE] = {"upstream_gone", "upstream was deleted", NULL},
};

const struct mark_row settings_marks[MARK_COUNT] = {
	[MARK_CONFLICTED] = {"conflicted", "!"},
	[MARK_DIRTY] = {"dirty", "*"},
	[MARK_STAGED] = {"staged", "+"},
	[MARK_STASHED] = {"stashed", "$"},
	[MARK_UNTRACKED] = {"untracked", "?"},
	[MARK_SITUATION + SITUATION_IN_SYNC] = {"in_sync", ""},
	[MARK_SITUATION + SITUATION_LOCAL_AHEAD] = {"local_ahead", "↑"},
	[MARK_SITUATION + SITUATION_REMOTE_AHEAD] = {"remote_ahead", "↓"},
	[MARK_SITUATION + SITUATION_DIVERGED] = {"diverged", "⇕"},
	[MARK_SITUATION + SITUATION_NO_REMOTE] = {"no_remote", "∅"},
	[MARK_SITUATION + SITUATION_UPSTREAM_GONE] = {"upstream_gone", "✗"},
};

/*
 * `colorblind` keeps to what red-green blindness leaves apart: blue against
 * yellow, and dark against bright. Source: M. Okabe, K. Ito, "Color Universal
 * Design", https://jfly.uni-koeln.de/color/
 */
const struct preset settings_presets[] = {
	{"default",
         "the colours of the Python tool",
         {[SITUATION_IN_SYNC] = "green",
          [SITUATION_LOCAL_AHEAD] = "purple",
          [SITUATION_REMOTE_AHEAD] = "yellow",
          [SITUATION_DIVERGED] = "red",
          [SITUATION_NO_REMOTE] = "white",
          [SITUATION_UPSTREAM_GONE] = "cyan"}},
	{"colorblind",
         "colours that red-green blindness leaves apart",
         {[SITUATION_IN_SYNC] = "blue",
          [SITUATION_LOCAL_AHEAD] = "b_purple",
          [SITUATION_REMOTE_AHEAD] = "yellow",
          [SITUATION_DIVERGED] = "b_yellow",
          [SITUATION_NO_REMOTE] = "white",
          [SITUATION_UPSTREAM_GONE] = "b_white"}},
};
const size_t settings_preset_count = sizeof settings_presets / sizeof *settings_presets;
