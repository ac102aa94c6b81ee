/* `color`: the colours of the branch's situations. */
#include "base/arena.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/out.h"
#include "cmd/commands.h"

static void show_name(struct invocation *invocation, const char *name, int width)
{
	if (invocation_colors(invocation))
		out_format("%s%-*s%s", term_color(name)->sequence, width, name,
		           TERM_PLAIN);
	else
		out_format("%-*s", width, name);
}

static int ll_run(struct invocation *invocation)
{
	enum { A_LINE = 8, WIDTH = 9 };
	int status = invocation_settings(invocation);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < term_color_count; i++) {
		show_name(invocation, term_colors[i].name, WIDTH);
		out_text(i % A_LINE == A_LINE - 1 || i + 1 == term_color_count ? "\n"
		                                                               : " ");
	}
	for (size_t i = 0; i < SITUATION_COUNT; i++) {
		out_format("%-13s: ", settings_situations[i].name);
		show_name(invocation, invocation->settings.colors[i], WIDTH);
		out_format("  %s\n", settings_situations[i].help);
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

static int use_preset(struct invocation *invocation, const char *name)
{
	const struct preset *preset = settings_preset(name);

	if (!preset)
		return say_usage(
			"color: no preset '%s'; 'gita help color set' lists them",
			name);
	for (size_t i = 0; i < SITUATION_COUNT; i++)
		invocation->settings.colors[i] = preset->colors[i];
	return save(invocation);
}

static int set_run(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	const char *preset = args_value(&invocation->args, "preset");
	enum situation situation;
	int status = invocation_settings(invocation);

	if (status != STATUS_OK)
		return status;
	if (preset && words->count == 0)
		return use_preset(invocation, preset);
	if (preset || words->count != 2)
		return say_usage("color set: wants SITUATION COLOR, or --preset NAME");
	if (!settings_situation(&situation, words->items[0]))
		return say_usage(
			"color set: no situation '%s'; 'gita color' lists them",
			words->items[0]);
	if (!term_color(words->items[1]))
		return say_usage("color set: no colour '%s'; 'gita color' lists them",
		                 words->items[1]);
	invocation->settings.colors[situation] = words->items[1];
	return save(invocation);
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
	{0, "preset", KIND_PRESET, "NAME", "a ready-made set: default, colorblind",
         false},
	{0},
};
static const struct operand_row set_operands[] = {
	{KIND_SITUATION, "SITUATION", false, false},
	{KIND_COLOR, "COLOR", false, false},
	{0},
};

static const struct command color_ll = {
	.name = "ll",
	.summary = "colours, and which means what",
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
	.summary = "back to the default colours",
	.run = reset_run,
};

static const struct command *const children[] = {
	&color_ll,
	&color_set,
	&color_reset,
	NULL,
};

static const char *const examples[] = {
	"gita color set in_sync b_green",
	"brighter",
	"gita color set --preset colorblind",
	"told apart without red and green",
	NULL,
};

const struct command command_color = {
	.name = "color",
	.summary = "colours of branches",
	.children = children,
	.examples = examples,
};
