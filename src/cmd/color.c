/* `color`: the colour of a branch in each situation. */
#include <string.h>

#include "base/arena.h"
#include "base/term.h"
#include "change.h"
#include "cli/out.h"
#include "cmd/commands.h"

/* In its own colour, and filled up to the width. */
static void show_name(struct invocation *invocation, const char *name, size_t width)
{
	bool colors = invocation_colors(invocation);
	size_t length = strlen(name);

	out_format("%s%s%s", colors ? term_color(name)->sequence : "", name,
	           colors ? TERM_PLAIN : "");
	out_format("%*s", (int)(width > length ? width - length : 0), "");
}

static int ll_run(struct invocation *invocation)
{
	enum { A_LINE = 8, WIDTH = 10 };
	int status = invocation_settings(invocation);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < term_color_count; i++) {
		bool last = i % A_LINE == A_LINE - 1 || i + 1 == term_color_count;

		show_name(invocation, term_colors[i].name, last ? 0 : WIDTH);
		out_text(last ? "\n" : "");
	}
	for (size_t i = 0; i < SITUATION_COUNT; i++) {
		out_format("%-13s: ", settings_situations[i].name);
		show_name(invocation, invocation->settings.colors[i], WIDTH);
		out_format(" %s\n", settings_situations[i].help);
	}
	return STATUS_OK;
}

static int save(struct invocation *invocation)
{
	struct error err;

	if (!settings_save_colors(&invocation->settings, &invocation->home, &err))
		return say_failed("%s", err.text);
	return STATUS_OK;
}

static int refuse(struct invocation *invocation, const char *what, const char *word,
                  const struct strings *names)
{
	bool preset = args_has(&invocation->args, "preset");

	return say_unknown(arena_format(invocation->arena, "color set: no %s", what),
	                   word, names,
	                   preset ? "'gita help color set' lists them"
	                          : "'gita color' lists them");
}

static int use_preset(struct invocation *invocation, const char *name)
{
	const struct preset *preset = settings_preset(name);
	struct strings names = {0};

	if (!preset) {
		for (size_t i = 0; i < settings_preset_count; i++)
			strings_add(invocation->arena, &names,
			            settings_presets[i].name);
		return refuse(invocation, "preset", name, &names);
	}
	for (size_t i = 0; i < SITUATION_COUNT; i++)
		invocation->settings.colors[i] = preset->colors[i];
	return save(invocation);
}

static int set(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	const char *preset = args_value(&invocation->args, "preset");
	struct strings names = {0};
	enum situation situation;

	if (preset && words->count == 0)
		return use_preset(invocation, preset);
	if (preset || words->count != 2)
		return say_usage(
			"color set: expected SITUATION COLOR or --preset NAME");
	if (!settings_situation(&situation, words->items[0])) {
		for (size_t i = 0; i < SITUATION_COUNT; i++)
			strings_add(invocation->arena, &names,
			            settings_situations[i].name);
		return refuse(invocation, "situation", words->items[0], &names);
	}
	if (!term_color(words->items[1])) {
		for (size_t i = 0; i < term_color_count; i++)
			strings_add(invocation->arena, &names, term_colors[i].name);
		return refuse(invocation, "colour", words->items[1], &names);
	}
	invocation->settings.colors[situation] = words->items[1];
	return save(invocation);
}

static int set_run(struct invocation *invocation)
{
	return change_settings(invocation, set);
}

static int reset_run(struct invocation *invocation)
{
	struct error err;
	int status = invocation_home(invocation);

	if (status == STATUS_OK && !settings_reset_colors(&invocation->home, &err))
		status = say_failed("%s", err.text);
	return status;
}

static const struct option_row set_options[] = {
	{.name = "preset",
         .kind = KIND_PRESET,
         .value = "NAME",
         .help = "use a preset: default or colorblind"},
	{0},
};
static const struct operand_row set_operands[] = {
	{.kind = KIND_SITUATION, .name = "SITUATION"},
	{.kind = KIND_COLOR, .name = "COLOR"},
	{0},
};

static const struct command color_ll = {
	.name = "ll",
	.synonyms = "list ls show",
	.summary = "list colours and what they mean",
	.run = ll_run,
};
static const struct command color_set = {
	.name = "set",
	.summary = "set the colour of a situation",
	.options = set_options,
	.operands = set_operands,
	.run = set_run,
};
static const struct command color_reset = {
	.name = "reset",
	.summary = "restore the default colours",
	.run = reset_run,
};

static const struct command *const children[] = {
	&color_ll,
	&color_set,
	&color_reset,
	NULL,
};

static const char *const examples[] = {
	"gita color ll",
	"the colours and what they mean",
	"gita color set in_sync default",
	"the colour of other text",
	"gita color set --preset colorblind",
	"distinguishable without red and green",
	"gita color reset",
	"the defaults again",
	NULL,
};

const struct command command_color = {
	.name = "color",
	.summary = "set colours of branches",
	.children = children,
	.examples = examples,
};
