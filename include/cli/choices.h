/*
 * The words that a person can type for an option, and what each of them stands for.
 * Lists of words end with NULL.
 */
#ifndef CLI_CHOICES_H
#define CLI_CHOICES_H

/* By what a run prints (cli/run_output.h): `-o`. */
enum output_name {
	OUTPUT_BLOCKS,
	OUTPUT_LINES,
	OUTPUT_GROUP,
	OUTPUT_TABLE,
	OUTPUT_COUNT
};
extern const char *const output_names[OUTPUT_COUNT + 1];

/* By what rows are sorted (cli/overview.h): `--sort`. */
enum sort_key { SORT_NAME, SORT_PATH, SORT_BRANCH, SORT_TIME, SORT_STATE, SORT_COUNT };
extern const char *const sort_keys[SORT_COUNT + 1];

#endif
