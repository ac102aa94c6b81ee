/*
 * Libraries that are loaded when they are first needed, because few commands need
 * them and every start would pay for them.
 *
 * The functions that are called are rows of a table, and members of a struct of
 * pointers with the same names: `libgit2.commit_free(commit)` is git_commit_free.
 * cmake/Late.cmake finds the name to load a library by; where it finds none, the
 * library is linked as any other and the struct is filled by the linker.
 */
#ifndef BASE_LATE_H
#define BASE_LATE_H

#include <stdbool.h>
#include <stddef.h>

struct error;

/*
 * Loads `library`, by the name that the dynamic linker knows it by, and fills the
 * `count` pointers at `functions` with what it has under `names`. Once loaded it
 * stays until the process ends. No other thread may use the functions meanwhile.
 */
bool late_load(void *functions, const char *library, const char *const *names,
               size_t count, struct error *err);

#endif
