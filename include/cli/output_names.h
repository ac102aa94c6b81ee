/*
 * The output modes by name: what a person can type after `-o`, and what runs print
 * by (cli/run_output.h).
 */
#ifndef CLI_OUTPUT_NAMES_H
#define CLI_OUTPUT_NAMES_H

enum output_name {
	OUTPUT_BLOCKS,
	OUTPUT_LINES,
	OUTPUT_GROUP,
	OUTPUT_TABLE,
	OUTPUT_COUNT
};

/* NULL-terminated. */
extern const char *const output_names[OUTPUT_COUNT + 1];

#endif
