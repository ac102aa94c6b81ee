/*
 * The built-in delegated commands, with the meaning they have in the Python
 * tool (its cmds.json).
 */
#include "delegates_files.h"

const struct builtin delegates_builtin[] = {
	{"br", "branch -vv", "show branches and what they follow", false, false},
	{"clean", "clean -dfx", "remove files that git does not track", false, false},
	{"diff", "diff", "show changes that are not staged", false, false},
	{"difftool", "difftool", "show changes in a diff tool", false, true},
	{"fetch", "fetch", "fetch from the remote", true, false},
	{"last", "log -1 HEAD", "show the last commit", false, false},
	{"lo", "log --oneline -7", "show the last seven commits", true, false},
	{"log", "log", "show the history", false, true},
	{"merge", "merge @{u}", "merge what the branch follows", false, false},
	{"mergetool", "mergetool", "solve conflicts in a merge tool", false, true},
	{"patch", "format-patch HEAD~", "write the last commit to a file", false,
         false},
	{"pull", "pull", "pull from the remote", true, false},
	{"push", "push", "push to the remote", true, false},
	{"rebase", "rebase", "put the branch on top of what it follows", false, false},
	{"reflog", "reflog", "show where HEAD has been", false, false},
	{"remote", "remote -v", "show the remotes", false, false},
	{"reset", "reset", "unstage what is staged", false, false},
	{"show", "show", "show the last commit and its changes", false, true},
	{"st", "status", "show git's own status", true, false},
	{"stash", "stash", "put changes aside", false, false},
	{"stat", "diff --stat", "show how much has changed", true, false},
	{"tag", "tag -n", "show tags", false, false},
};
const size_t delegates_builtin_count = sizeof delegates_builtin /
                                       sizeof *delegates_builtin;
