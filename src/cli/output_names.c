#include "cli/output_names.h"

#include <stddef.h>

const char *const output_names[OUTPUT_COUNT + 1] = {
	[OUTPUT_BLOCKS] = "blocks", [OUTPUT_LINES] = "lines", [OUTPUT_GROUP] = "group",
	[OUTPUT_TABLE] = "table",   [OUTPUT_COUNT] = NULL,
};
