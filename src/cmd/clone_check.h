/*
 * What of a list from elsewhere may be handed to git.
 */
#ifndef CMD_CLONE_CHECK_H
#define CMD_CLONE_CHECK_H

#include <stdbool.h>

struct arena;

/* The folder's name that `git clone URL` would choose (git-clone(1)), "" where the
 * URL has none. */
char *clone_folder_name(struct arena *arena, const char *url);

/*
 * Whether git would reach the URL by https, http, ssh, git or file: every other
 * transport runs a program that the URL names (gitremote-helpers(7)).
 */
bool clone_url_is_plain(const char *url);

/* Whether git takes it for the name of a branch, tag or commit, and for nothing
 * more (git-check-ref-format(1), gitrevisions(7)). */
bool clone_branch_is_name(const char *branch);

/* Whether the path leads into a git folder, where hooks stand. */
bool clone_path_is_inside(const char *path);

#endif
