/* `report`: what the last run did. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/table.h"
#include "cmd/commands.h"
#include "store/journal.h"

static int read_journal(struct journal *journal, struct invocation *invocation)
{
	struct error err;
	int status = invocation_home(invocation);

	if (status != STATUS_OK)
		return status;
	if (!journal_load(journal, &invocation->home, NULL, invocation->arena, &err))
		return say_failed("%s", err.text);
	if (!journal->file)
		return say_failed("report: nothing has been run yet");
	return STATUS_OK;
}

static const char *duration(struct arena *arena, double seconds)
{
	BUF text = {0};

	when_duration(&text, seconds);
	return arena_string(arena, buf_text(&text));
}

/* How a repo ended: of one that was run again, the last entry counts. */
enum report_part { PART_FAILED, PART_NOT_RUN, PART_SKIPPED, PART_OK, PART_COUNT };

static enum report_part part_of(const struct journal_entry *entry)
{
	if (entry->ok)
		return entry->ran ? PART_OK : PART_SKIPPED;
	return strcmp(entry->outcome, JOURNAL_NOT_RUN) == 0 ? PART_NOT_RUN
	                                                    : PART_FAILED;
}

/* The rows of that part; how many there are. */
static size_t add_rows(struct table *table, struct arena *arena,
                       const struct journal *journal, enum report_part part)
{
	size_t before = table->count;

	for (size_t i = 0; i < journal->count; i++) {
		const struct journal_entry *entry = &journal->items[i];
		struct cell *cells;

		if (part_of(entry) != part ||
		    journal_find(journal, entry->name) != entry)
			continue;
		cells = arena_take(arena, 3 * sizeof *cells);
		cells[0].text = text_escape(arena, entry->name);
		cells[1].text = text_escape(arena, entry->outcome);
		cells[2].text = entry->ran ? duration(arena, entry->seconds) : "";
		*ARENA_PUSH(arena, table) = (struct table_row){.cells = cells};
	}
	return table->count - before;
}

/* What failed first, and at the end how many there are of each kind. */
static void show_all(struct invocation *invocation, const struct journal *journal)
{
	struct arena *arena = invocation->arena;
	static const char *const names[PART_OK] = {"failed", JOURNAL_NOT_RUN,
	                                           "skipped"};
	struct table_column columns[3] = {{0}};
	struct table table = {.columns = columns, .column_count = 3};
	size_t counts[PART_COUNT];
	BUF when = {0};

	when_relative(&when, journal->started, when_now());
	out_format("%s (%s)\n", text_escape(arena, journal->command), buf_text(&when));
	for (int part = 0; part < PART_COUNT; part++)
		counts[part] = add_rows(&table, arena, journal, (enum report_part)part);
	table_print(&table, arena, 0, false, 0);
	out_format("%zu ok", counts[PART_OK]);
	for (size_t i = 0; i < PART_OK; i++)
		if (counts[i] > 0)
			out_format(", %zu %s", counts[i], names[i]);
	out_text("\n");
}

static int refuse_name(struct invocation *invocation, const struct journal *journal,
                       const char *name)
{
	struct strings names = {0};

	for (size_t i = 0; i < journal->count; i++)
		strings_add(invocation->arena, &names, journal->items[i].name);
	return say_unknown("report: the last run has no repo", name, &names, NULL);
}

/* Colours are kept with the output, but only a terminal shows them. */
static int show_one(struct invocation *invocation, const struct journal *journal,
                    const char *name)
{
	const struct journal_entry *entry = journal_find(journal, name);
	struct error err;
	BUF output = {0};

	if (!journal_output(&output, journal, entry, &err))
		return say_failed("%s", err.text);
	if (invocation_colors(invocation) ||
	    memchr(buf_text(&output), '\0', output.length))
		out_bytes(buf_text(&output), output.length);
	else
		out_text(text_plain(invocation->arena, buf_text(&output)));
	if (!entry->whole)
		say("report: the end of the output of '%s' was not kept", name);
	return STATUS_OK;
}

static void show_json(const struct journal *journal, const char *name)
{
	struct json_list list = {0};

	for (size_t i = 0; i < journal->count; i++) {
		const struct journal_entry *entry = &journal->items[i];
		struct json *object;
		struct error err;
		BUF output = {0};

		if (name && journal_find(journal, name) != entry)
			continue;
		object = json_new_object();
		json_set_text(object, "name", entry->name);
		json_set_text(object, "path", entry->path);
		json_set_text(object, "outcome", entry->outcome);
		json_set_bool(object, "ok", entry->ok);
		if (entry->ran && !entry->signal)
			json_set_integer(object, "exit", entry->exit);
		else
			json_set_null(object, "exit");
		if (entry->signal)
			json_set_integer(object, "signal", entry->signal);
		else
			json_set_null(object, "signal");
		json_set_real(object, "seconds", entry->seconds);
		if (journal_output(&output, journal, entry, &err))
			json_set_bytes(object, "output", buf_text(&output),
			               output.length);
		else
			json_set_null(object, "output");
		json_set_bool(object, "whole", entry->whole);
		json_list_add(&list, object);
	}
	json_list_end(&list);
}

static int report_run(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	const char *name = words->count > 0 ? words->items[0] : NULL;
	struct journal journal;
	int status = read_journal(&journal, invocation);

	if (status != STATUS_OK)
		return status;
	if (name && !journal_find(&journal, name))
		return refuse_name(invocation, &journal, name);
	if (args_has(&invocation->args, "json"))
		show_json(&journal, name);
	else if (name)
		return show_one(invocation, &journal, name);
	else
		show_all(invocation, &journal);
	return STATUS_OK;
}

static const struct option_row options[] = {
	{.name = "json", .help = "print a JSON array, outputs included"},
	{0},
};

static const struct operand_row operands[] = {
	{.kind = KIND_REPO, .name = "NAME"},
	{0},
};

static const char *const examples[] = {
	"gita report",
	"the result of the last run for each repo",
	"gita report api",
	"everything it printed",
	"gita fetch @failed",
	"run the failed ones again",
	NULL,
};

const struct command command_report = {
	.name = "report",
	.summary = "show what the last run did",
	.about = "A run of a command over repos is kept until the next one. Output\n"
		 "of a command in the foreground went to the terminal and is not\n"
		 "kept.",
	.options = options,
	.operands = operands,
	.examples = examples,
	.run = report_run,
};
