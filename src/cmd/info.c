/* `info`: the columns of `ll`. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "change.h"
#include "cli/out.h"
#include "cmd/commands.h"

static bool in_use(const struct settings *settings, enum item item)
{
	for (size_t i = 0; i < settings->column_count; i++)
		if (settings->columns[i] == item)
			return true;
	return false;
}

static int ll_run(struct invocation *invocation)
{
	const struct settings *settings = &invocation->settings;
	int status = invocation_settings(invocation);
	const char *front = "Unused: ";

	if (status != STATUS_OK)
		return status;
	out_text("In use: ");
	for (size_t i = 0; i < settings->column_count; i++)
		out_format("%s%s", i ? "," : "",
		           settings_items[settings->columns[i]].name);
	out_text("\n");
	for (enum item item = 0; item < ITEM_COUNT; item++) {
		if (in_use(settings, item))
			continue;
		out_format("%s%s", front, settings_items[item].name);
		front = ",";
	}
	if (*front == ',')
		out_text("\n");
	for (size_t i = 0; i < WIDTH_COUNT; i++)
		if (settings->widths[i] > 0)
			out_format("Width of %s: %zu\n", settings_width_name(i),
			           settings->widths[i]);
	return STATUS_OK;
}

static int read_item(struct invocation *invocation, enum item *out, const char *word)
{
	struct strings names = {0};

	if (settings_item(out, word))
		return STATUS_OK;
	for (enum item item = 0; item < ITEM_COUNT; item++)
		strings_add(invocation->arena, &names, settings_items[item].name);
	return say_unknown("info: no item", word, &names, "'gita info' lists them");
}

static int save(struct invocation *invocation)
{
	struct error err;

	if (!settings_save_columns(&invocation->settings, &invocation->home, &err))
		return say_failed("%s", err.text);
	return STATUS_OK;
}

static int add(struct invocation *invocation)
{
	struct settings *settings = &invocation->settings;
	enum item item;
	int status = read_item(invocation, &item, invocation->args.operands.items[0]);

	if (status != STATUS_OK || in_use(settings, item))
		return status;
	settings->columns[settings->column_count++] = item;
	return save(invocation);
}

static int add_run(struct invocation *invocation)
{
	return change_settings(invocation, add);
}

static int rm(struct invocation *invocation)
{
	struct settings *settings = &invocation->settings;
	enum item item;
	size_t kept = 0;
	int status = read_item(invocation, &item, invocation->args.operands.items[0]);

	if (status != STATUS_OK || !in_use(settings, item))
		return status;
	if (settings->column_count == 1)
		return say_usage("info: cannot remove '%s': it is the last column",
		                 settings_items[item].name);
	for (size_t i = 0; i < settings->column_count; i++)
		if (settings->columns[i] != item)
			settings->columns[kept++] = settings->columns[i];
	settings->column_count = kept;
	return save(invocation);
}

static int rm_run(struct invocation *invocation)
{
	return change_settings(invocation, rm);
}

/* `set a,b c`: all columns, in this order. */
static int set(struct invocation *invocation)
{
	struct settings *settings = &invocation->settings;
	struct strings names = {0};
	int status = STATUS_OK;

	for (size_t i = 0; i < invocation->args.operands.count; i++)
		strings_split(invocation->arena, &names,
		              invocation->args.operands.items[i], ",");
	if (names.count == 0)
		return say_usage("info: at least one item is required");
	settings->column_count = 0;
	for (size_t i = 0; status == STATUS_OK && i < names.count; i++) {
		enum item item;

		status = read_item(invocation, &item, names.items[i]);
		if (status == STATUS_OK && !in_use(settings, item))
			settings->columns[settings->column_count++] = item;
	}
	return status == STATUS_OK ? save(invocation) : status;
}

static int set_run(struct invocation *invocation)
{
	return change_settings(invocation, set);
}

static int reset_run(struct invocation *invocation)
{
	struct error err;
	int status = invocation_home(invocation);

	if (status == STATUS_OK && !settings_reset_columns(&invocation->home, &err))
		status = say_failed("%s", err.text);
	return status;
}

static int set_length(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	struct error err;
	size_t place;
	long width;

	if (!settings_width(&place, words->items[0])) {
		enum item item;

		return read_item(invocation, &item, words->items[0]);
	}
	if (!text_number(&width, words->items[1], 0, WIDTH_MOST))
		return say_usage("info: invalid width '%s': expected a number from 0 "
		                 "(no limit) to %d",
		                 words->items[1], WIDTH_MOST);
	invocation->settings.widths[place] = (size_t)width;
	if (!settings_save_widths(&invocation->settings, &invocation->home, &err))
		return say_failed("%s", err.text);
	return STATUS_OK;
}

static int set_length_run(struct invocation *invocation)
{
	return change_settings(invocation, set_length);
}

static const struct operand_row unused_item[] = {
	{.kind = KIND_NEW_COLUMN, .name = "ITEM", .required = true},
	{0},
};
static const struct operand_row used_item[] = {
	{.kind = KIND_COLUMN, .name = "ITEM", .required = true},
	{0},
};
static const struct operand_row items[] = {
	{.kind = KIND_ITEMS, .name = "ITEM[,ITEM]", .required = true, .repeats = true},
	{0},
};
static const struct operand_row item_and_width[] = {
	{.kind = KIND_WIDTH_ITEM, .name = "ITEM", .required = true},
	{.kind = KIND_WIDTH, .name = "WIDTH", .required = true},
	{0},
};

static const struct command info_ll = {
	.name = "ll",
	.synonyms = "list ls show",
	.summary = "list columns, used and unused",
	.run = ll_run,
};
static const struct command info_add = {
	.name = "add",
	.summary = "add a column at the end",
	.operands = unused_item,
	.run = add_run,
};
static const struct command info_rm = {
	.name = "rm",
	.synonyms = "remove delete",
	.summary = "remove a column",
	.operands = used_item,
	.run = rm_run,
};
static const struct command info_set = {
	.name = "set",
	.summary = "set all columns, in order",
	.operands = items,
	.run = set_run,
};
static const struct command info_reset = {
	.name = "reset",
	.summary = "restore the default columns and widths",
	.run = reset_run,
};
static const struct command info_set_length = {
	.name = "set-length",
	.summary = "limit a column's width (0: no limit)",
	.operands = item_and_width,
	.run = set_length_run,
};

static const struct command *const children[] = {
	&info_ll, &info_add, &info_rm, &info_set, &info_reset, &info_set_length, NULL,
};

static const char *const examples[] = {
	"gita info ll",
	"columns, used and unused",
	"gita info add upstream",
	"one more column",
	"gita info rm commit_time",
	"remove one",
	"gita info set branch,sync,commit_msg",
	"these, in this order",
	"gita info set-length commit_msg 40",
	"cut subjects at 40 columns",
	"gita info reset",
	"the defaults again",
	NULL,
};

const struct command command_info = {
	.name = "info",
	.summary = "choose the columns of ll",
	.children = children,
	.examples = examples,
};
