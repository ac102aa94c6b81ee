/* What must be true of options and operands before a command runs. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "args_reader.h"
#include "base/arena.h"
#include "base/text.h"
#include "cli/help.h"
#include "cli/out.h"

const char *args_title(const struct reader *reader)
{
	if (!reader->command->name)
		return "";
	return arena_format(reader->arena,
	                    "%s%s%s: ", reader->parent ? reader->parent : "",
	                    reader->parent ? " " : "", reader->command->name);
}

static bool is_seconds(const char *value)
{
	char *end;
	double seconds;

	errno = 0;
	seconds = strtod(value, &end);
	return isdigit((unsigned char)*value) && *end == '\0' && errno == 0 &&
	       isfinite(seconds) && seconds > 0 && seconds < 1e9;
}

int args_check_value(const struct reader *reader, const struct option_row *row,
                     const char *value)
{
	const char *const *allowed = kind_words(row->kind);
	const char *wanted = NULL;
	long number;

	if (row->kind == KIND_NUMBER && !text_number(&number, value, 1, 100000))
		wanted = "a whole number from 1 to 100000";
	if (row->kind == KIND_WIDTH && !text_number(&number, value, 0, 100000))
		wanted = "a whole number from 0 to 100000";
	if (row->kind == KIND_SECONDS && !is_seconds(value))
		wanted = "a number of seconds";
	if (allowed && row->kind != KIND_SORT) {
		struct strings list = {0};
		BUF text = {0};

		for (size_t i = 0; allowed[i]; i++)
			strings_add(reader->arena, &list, allowed[i]);
		if (!strings_have(&list, value)) {
			words_join(&text, &list);
			wanted = arena_format(reader->arena, "one of %s",
			                      buf_text(&text));
		}
	}
	if (wanted)
		return say_usage("%soption '--%s' wants %s, not '%s'",
		                 args_title(reader), row->name, wanted, value);
	return STATUS_OK;
}

int args_check_arity(const struct reader *reader)
{
	const struct operand_row *row = reader->command->operands;
	size_t have = reader->args->operands.count, used = 0;
	const char *missing = NULL;
	BUF usage = {0};

	if (args_has(reader->args, "help"))
		return STATUS_OK;
	for (; row && row->name; row++) {
		bool open = kind_is_open(row->kind);
		size_t here = open ? reader->args->rest.count : have - used;

		if (row->required && here == 0 && !missing)
			missing = row->name;
		if (!open)
			used += row->repeats ? have - used : used < have;
	}
	if (!missing && used == have)
		return STATUS_OK;
	help_usage(&usage, reader->command, reader->parent);
	if (missing)
		return say_usage("%s%s is missing; usage: %s", args_title(reader),
		                 missing, buf_text(&usage));
	return say_usage("%s'%s' is too much; usage: %s", args_title(reader),
	                 reader->args->operands.items[used], buf_text(&usage));
}
