/* What was given on the command line, asked by an option's long name. */
#include <stdlib.h>
#include <string.h>

#include "cli/args.h"

bool args_has(const struct args *args, const char *name)
{
	for (size_t i = 0; i < args->count; i++)
		if (strcmp(args->items[i].row->name, name) == 0)
			return true;
	return false;
}

const char *args_value(const struct args *args, const char *name)
{
	for (size_t i = args->count; i > 0; i--)
		if (strcmp(args->items[i - 1].row->name, name) == 0)
			return args->items[i - 1].value;
	return NULL;
}

void args_values(struct strings *out, struct arena *arena, const struct args *args,
                 const char *name)
{
	for (size_t i = 0; i < args->count; i++)
		if (strcmp(args->items[i].row->name, name) == 0)
			strings_add(arena, out, args->items[i].value);
}

long args_number(const struct args *args, const char *name, long otherwise)
{
	const char *value = args_value(args, name);

	return value ? strtol(value, NULL, 10) : otherwise;
}

double args_seconds(const struct args *args, const char *name, double otherwise)
{
	const char *value = args_value(args, name);

	return value ? strtod(value, NULL) : otherwise;
}
