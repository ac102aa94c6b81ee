#include "cli/facts.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/out.h"
#include "cli/survey.h"
#include "facts_table.h"

static int refuse_fact(struct invocation *invocation, const char *name)
{
	const struct fact_row *row;
	struct strings names = {0};
	const char *near;
	BUF list = {0};

	for (size_t i = 0; (row = select_fact(i)) != NULL; i++) {
		strings_add(invocation->arena, &names, row->name);
		buf_addf(&list, " @%s%s%s", row->name, row->value ? ":" : "",
		         row->value ? row->value : "");
	}
	near = text_nearest(name, names.items, names.count);
	return say_usage(
		"no fact '@%s'%s; there are%s", name,
		near ? arena_format(invocation->arena, "; did you mean '@%s'?", near)
		     : "",
		buf_text(&list));
}

static int check_piece(struct invocation *invocation, const char *piece)
{
	size_t length = strcspn(piece, ":");
	const struct fact *fact = fact_find(piece, length);
	const char *value = piece[length] ? piece + length + 1 : "";
	int64_t span;

	if (!fact)
		return refuse_fact(invocation,
		                   arena_bytes(invocation->arena, piece, length));
	if (fact->row.value && !*value)
		return say_usage("fact '@%s' needs a value: @%s:%s", fact->row.name,
		                 fact->row.name, fact->row.value);
	if (!fact->row.value && piece[length])
		return say_usage("fact '@%s' takes no value", fact->row.name);
	if (strcmp(fact->row.name, "idle") == 0 && !when_parse_span(&span, value))
		return say_usage(
			"fact '@idle' wants a span like 30d, 12h, 2w, 6m or 1y, "
			"not '%s'",
			value);
	if (strcmp(fact->row.name, "group") == 0) {
		struct group *group;

		return select_group(&group, invocation, value);
	}
	return STATUS_OK;
}

/* The facts of `@a,b:c`, each as `name` or `name:value`. */
static struct strings pieces_of(struct invocation *invocation, const char *word)
{
	struct strings pieces = {0};

	strings_split(invocation->arena, &pieces, word + 1, ",");
	return pieces;
}

int facts_check(struct invocation *invocation, const struct strings *words)
{
	for (size_t i = 0; i < words->count; i++) {
		struct strings pieces = pieces_of(invocation, words->items[i]);

		if (pieces.count == 0)
			return refuse_fact(invocation, "");
		for (size_t j = 0; j < pieces.count; j++) {
			int status = check_piece(invocation, pieces.items[j]);

			if (status != STATUS_OK)
				return status;
		}
	}
	return STATUS_OK;
}

static bool piece_holds(struct subject subject, const char *piece)
{
	size_t length = strcspn(piece, ":");
	const struct fact *fact = fact_find(piece, length);

	subject.value = piece[length] ? piece + length + 1 : "";
	if (fact->asks == ASKS_STATE && subject.summary->state != STATE_OK)
		return false;
	return fact->holds(&subject);
}

/* Every word must hold, of each word one piece. */
static bool words_hold(const struct subject *subject, const struct strings *words)
{
	for (size_t i = 0; i < words->count; i++) {
		struct strings pieces = pieces_of(subject->invocation, words->items[i]);
		bool any = false;

		for (size_t j = 0; !any && j < pieces.count; j++)
			any = piece_holds(*subject, pieces.items[j]);
		if (!any)
			return false;
	}
	return true;
}

/* What the words need, of the summaries and of the journal. */
static unsigned words_want(struct invocation *invocation, const struct strings *words,
                           bool *journal)
{
	unsigned wants = 0;

	for (size_t i = 0; i < words->count; i++) {
		struct strings pieces = pieces_of(invocation, words->items[i]);

		for (size_t j = 0; j < pieces.count; j++) {
			const struct fact *fact = fact_find(
				pieces.items[j], strcspn(pieces.items[j], ":"));

			wants |= fact->wants;
			*journal |= fact->asks == ASKS_JOURNAL;
		}
	}
	return wants;
}

static int read_state(struct selection *selection, struct invocation *invocation,
                      unsigned wants)
{
	if (selection->summaries && (selection->wants & wants) == wants)
		return STATUS_OK;
	selection->wants |= wants;
	selection->summaries = arena_take(
		invocation->arena, selection->count * sizeof *selection->summaries);
	return survey_read(selection->summaries, invocation, selection->items,
	                   selection->count, selection->wants);
}

static int read_journal(struct journal *journal, struct invocation *invocation)
{
	struct error err;

	if (!journal_load(journal, &invocation->home, invocation->arena, &err))
		return say_failed("%s", err.text);
	if (!journal->file)
		return say_failed("no run to ask about: nothing was run yet");
	return STATUS_OK;
}

static void keep(struct selection *selection, struct subject subject,
                 const struct strings *words, bool remove)
{
	size_t kept = 0;

	for (size_t i = 0; i < selection->count; i++) {
		subject.repo = selection->items[i];
		subject.summary = selection->summaries ? selection->summaries[i] : NULL;
		if (words_hold(&subject, words) == remove)
			continue;
		selection->items[kept] = selection->items[i];
		if (selection->summaries)
			selection->summaries[kept] = selection->summaries[i];
		kept++;
	}
	selection->count = kept;
}

int facts_narrow(struct selection *selection, struct invocation *invocation,
                 const struct strings *words, bool remove)
{
	struct journal journal = {0};
	bool asks_journal = false;
	unsigned wants = words_want(invocation, words, &asks_journal);
	int status = STATUS_OK;

	if (wants)
		status = read_state(selection, invocation, wants);
	if (status == STATUS_OK && asks_journal)
		status = read_journal(&journal, invocation);
	if (status == STATUS_OK)
		keep(selection,
		     (struct subject){.invocation = invocation,
		                      .journal = &journal,
		                      .now = when_now()},
		     words, remove);
	return status;
}
