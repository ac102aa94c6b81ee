/*
 * A folder for one test, and what to put into it. Everything is below
 * scratch.path; a failure to prepare ends the test program.
 */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
	char path[64];
} scratch;

static inline void scratch_check(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

/* For cmocka's setup and teardown. */
static inline int scratch_setup(void **state)
{
	(void)state;
	strcpy(scratch.path, "/tmp/gita-unit-XXXXXX");
	scratch_check(mkdtemp(scratch.path) != NULL, "mkdtemp");
	return 0;
}

static inline int scratch_remove_one(const char *path, const struct stat *info,
                                     int kind, struct FTW *place)
{
	(void)info, (void)kind, (void)place;
	return remove(path);
}

static inline int scratch_teardown(void **state)
{
	(void)state;
	return nftw(scratch.path, scratch_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* The path of `name` in the folder; good for the next seven calls. */
static inline const char *in_scratch(const char *name)
{
	static char joined[8][256];
	static unsigned next;
	char *path = joined[next++ % 8];

	snprintf(path, sizeof joined[0], "%s/%s", scratch.path, name);
	return path;
}

static inline void scratch_file(const char *name, const char *content)
{
	FILE *file = fopen(in_scratch(name), "w");

	scratch_check(file != NULL, name);
	scratch_check(fputs(content, file) >= 0 && fclose(file) == 0, name);
}

static inline void scratch_folder(const char *name)
{
	scratch_check(mkdir(in_scratch(name), 0777) == 0, name);
}

static inline void scratch_link(const char *name, const char *target)
{
	scratch_check(symlink(target, in_scratch(name)) == 0, name);
}

#endif
