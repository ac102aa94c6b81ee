/*
 * The output modes `lines` and `table`: one row a repo.
 *
 * On a terminal all rows stand there from the start, in the order of the run, and
 * change in place. Of more rows than the screen holds those that run go first; the
 * ones at the top scroll away when they are over. Elsewhere the rows of `lines` come
 * as the repos finish and those of `table` at the end, because its columns are
 * aligned. The output of a repo that failed follows whole, after the last row.
 */
#ifndef CLI_OUTPUT_ROWS_H
#define CLI_OUTPUT_ROWS_H

#include "cli/run_output.h"

extern const struct output_mode output_lines;
extern const struct output_mode output_table;

#endif
