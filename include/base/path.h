/*
 * Paths as bytes. Only path_real, path_is_folder and path_is_program access the file
 * system; path_absolute asks for the working directory. Results live in the arena.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

struct arena;

/* `folder` + "/" + `name`; `name` alone if it is absolute. */
char *path_join(struct arena *arena, const char *folder, const char *name);

/* Relative to the working directory, without "." and repeated or trailing "/";
 * ".." removes the component before it, as in a shell's `cd`. A working directory that
 * has been removed is "/dev/null/(unreachable)". */
char *path_absolute(struct arena *arena, const char *path);

/* All symbolic links resolved, as far as the path exists and is accessible; the
 * rest is appended as by path_absolute. Never NULL. */
char *path_real(struct arena *arena, const char *path);

const char *path_base(const char *path); /* after the last "/"; "/" for the root */
char *path_parent(struct arena *arena, const char *path);

/* Whether `path` is `folder` or below it; compares the text of two absolute paths. */
bool path_is_below(const char *path, const char *folder);

/* `path` relative to `folder`, with "../" as needed; both absolute. */
char *path_relative(struct arena *arena, const char *path, const char *folder);

bool path_is_folder(const char *path); /* false: errno says why */

/* Whether a program of that name is in a folder of $PATH. */
bool path_is_program(const char *name);

#endif
