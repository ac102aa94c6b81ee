/*
 * Paths as bytes. Nothing here is written to disk, and only path_real and
 * path_is_folder look at it. Results live in the arena.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

struct arena;

/* `folder` + "/" + `name`; `name` alone if it is absolute. */
char *path_join(struct arena *arena, const char *folder, const char *name);

/* Absolute by the working directory, without "." and doubled or trailing "/";
 * ".." is folded by its text, as a shell's `cd` does. */
char *path_absolute(struct arena *arena, const char *path);

/* All symbolic links resolved; where something does not exist or may not be
 * looked at, as much of the front as can be, and the rest behind it as
 * path_absolute has it. Never NULL. */
char *path_real(struct arena *arena, const char *path);

const char *path_base(const char *path); /* behind the last "/"; "/" for the root */
char *path_parent(struct arena *arena, const char *path);

/* Whether `path` is `folder` or lies below it, by their text; both absolute. */
bool path_is_below(const char *path, const char *folder);

/* `path` seen from `folder`, with "../" as needed; both absolute. */
char *path_relative(struct arena *arena, const char *path, const char *folder);

bool path_is_folder(const char *path);

#endif
