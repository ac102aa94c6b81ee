/*
 * The text of /proc/self/mountinfo, apart from the reading of it, so that a
 * test can show one with disks that no test has.
 */
#ifndef BASE_MOUNTS_PARSE_H
#define BASE_MOUNTS_PARSE_H

#include "base/mounts.h"

/* Adds one mount a line, in the order of the lines; a line that does not have
 * the form of proc(5) is passed over. Changes `text`. */
void mounts_parse(struct mounts *out, struct arena *arena, char *text);

#endif
