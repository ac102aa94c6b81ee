#include "cli/choices.h"

#include <stddef.h>

const char *const output_names[OUTPUT_COUNT + 1] = {
	[OUTPUT_BLOCKS] = "blocks", [OUTPUT_LINES] = "lines", [OUTPUT_GROUP] = "group",
	[OUTPUT_TABLE] = "table",   [OUTPUT_COUNT] = NULL,
};

const char *const sort_keys[SORT_COUNT + 1] = {
	[SORT_NAME] = "name", [SORT_PATH] = "path",   [SORT_BRANCH] = "branch",
	[SORT_TIME] = "time", [SORT_STATE] = "state", [SORT_COUNT] = NULL,
};
