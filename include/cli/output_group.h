/*
 * The output mode `group`: equal outputs once, at the end of the run.
 *
 * Equal are outputs of the same bytes and the same outcome. Those of several repos
 * come first, the most frequent in front, under the names of their repos; then the
 * others, each with its name before every line.
 */
#ifndef CLI_OUTPUT_GROUP_H
#define CLI_OUTPUT_GROUP_H

#include "cli/run_output.h"

extern const struct output_mode output_group;

/* For runs that say nothing but what is wrong: failures as they happen, as in `blocks`;
 * what the others have said, equal outputs once, at the end, all names in front. */
extern const struct output_mode output_remarks;

#endif
