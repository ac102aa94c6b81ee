/* `activity`: what was done, in all repos, by time. */
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/readings.h"
#include "cli/select.h"
#include "cli/table.h"
#include "cmd/commands.h"
#include "git/activity.h"

/* A commit, and the first repo of the selection that has it; a linked worktree comes
 * after the others. */
struct timeline_entry {
	const struct activity_commit *commit;
	bool linked;  /* that repo is a linked worktree */
	size_t repo;  /* its place in the selection */
	size_t place; /* among those of the repo, the latest first */
};

struct timeline {
	struct invocation *invocation;
	const struct selection *selection;
	struct timeline_entry *items; /* each commit once, the latest first */
	size_t count;
	size_t room;
	size_t without_email; /* repos without user.email */
};

static int by_commit(const void *one, const void *other)
{
	const struct timeline_entry *left = one, *right = other;
	int way = strcmp(left->commit->id, right->commit->id);

	if (way == 0)
		way = left->linked - right->linked;
	return way ? way : (left->repo > right->repo) - (left->repo < right->repo);
}

static int by_time(const void *one, const void *other)
{
	const struct timeline_entry *left = one, *right = other;

	if (left->commit->time != right->commit->time)
		return left->commit->time < right->commit->time ? 1 : -1;
	if (left->repo != right->repo)
		return left->repo < right->repo ? -1 : 1;
	return left->place < right->place ? -1 : 1;
}

static void add_all(struct timeline *timeline, const struct finding *findings)
{
	for (size_t i = 0; i < timeline->selection->count; i++) {
		const struct activity *activity = findings[i].out;

		if (findings[i].state != STATE_OK)
			continue;
		timeline->without_email += !activity->email;
		for (size_t j = 0; j < activity->count; j++)
			*ARENA_PUSH(timeline->invocation->arena,
			            timeline) = (struct timeline_entry){
				&activity->items[j], activity->linked, i, j};
	}
}

/* Work trees of one repository and clones of it hold the same commits. */
static void drop_copies(struct timeline *timeline)
{
	size_t kept = 0;

	if (timeline->count == 0)
		return;
	qsort(timeline->items, timeline->count, sizeof *timeline->items, by_commit);
	for (size_t i = 0; i < timeline->count; i++) {
		if (kept == 0 || strcmp(timeline->items[kept - 1].commit->id,
		                        timeline->items[i].commit->id) != 0)
			timeline->items[kept++] = timeline->items[i];
	}
	timeline->count = kept;
	qsort(timeline->items, timeline->count, sizeof *timeline->items, by_time);
}

/* In the local time zone. */
static struct tm local_time(int64_t time)
{
	time_t seconds = (time_t)time;
	struct tm local = {.tm_mday = 1};

	localtime_r(&seconds, &local);
	return local;
}

static const char *day_of(const struct timeline *timeline,
                          const struct timeline_entry *entry)
{
	struct tm local = local_time(entry->commit->time);
	char text[64];

	strftime(text, sizeof text, "%a %Y-%m-%d", &local);
	return arena_string(timeline->invocation->arena, text);
}

static const char *clock_of(const struct timeline *timeline,
                            const struct timeline_entry *entry)
{
	struct tm local = local_time(entry->commit->time);

	return arena_format(timeline->invocation->arena, "%02d:%02d", local.tm_hour,
	                    local.tm_min);
}

static const char *plural(struct arena *arena, size_t count, const char *noun)
{
	return arena_format(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

/* `3 commits in 2 repos`, of so many entries from `first` on. */
static const char *sum(const struct timeline *timeline, size_t first, size_t count)
{
	struct arena *arena = timeline->invocation->arena;
	bool *seen = arena_take(arena, timeline->selection->count * sizeof *seen);
	size_t repos = 0;

	for (size_t i = first; i < first + count; i++) {
		bool *mark = &seen[timeline->items[i].repo];

		repos += !*mark;
		*mark = true;
	}
	return arena_format(arena, "%s in %s", plural(arena, count, "commit"),
	                    plural(arena, repos, "repo"));
}

enum { TIME, REPO, HASH, SUBJECT, AUTHOR, COLUMNS };

static void add_row(struct table *table, const struct timeline *timeline,
                    const struct timeline_entry *entry, bool authors)
{
	struct arena *arena = timeline->invocation->arena;
	struct table_row *row = ARENA_PUSH(arena, table);
	const struct repo *repo = timeline->selection->items[entry->repo];

	row->cells = arena_take(arena, COLUMNS * sizeof *row->cells);
	row->cells[TIME].text = clock_of(timeline, entry);
	row->cells[REPO].text = text_escape(arena, repo->name);
	row->cells[HASH].text = entry->commit->abbrev;
	row->cells[SUBJECT].text = text_escape(arena, entry->commit->subject);
	row->cells[AUTHOR].text = authors ? text_escape(arena, entry->commit->author)
	                                  : "";
}

/* A heading for each day, with its sum. */
static size_t add_day(struct table *table, const struct timeline *timeline,
                      size_t first, bool authors)
{
	struct arena *arena = timeline->invocation->arena;
	const char *day = day_of(timeline, &timeline->items[first]);
	size_t count = 1;

	while (first + count < timeline->count &&
	       strcmp(day, day_of(timeline, &timeline->items[first + count])) == 0)
		count++;
	ARENA_PUSH(arena, table)->heading = arena_format(arena, "%s: %s", day,
	                                                 sum(timeline, first, count));
	for (size_t i = first; i < first + count; i++)
		add_row(table, timeline, &timeline->items[i], authors);
	return count;
}

static void print(const struct timeline *timeline, const struct activity_span *span)
{
	enum { INDENT = 2 };
	struct arena *arena = timeline->invocation->arena;
	struct table_column columns[COLUMNS] = {
		[REPO].fit = FIT_MIDDLE,
		[SUBJECT].fit = FIT_END,
		[AUTHOR].fit = FIT_END,
	};
	struct table table = {.columns = columns, .column_count = COLUMNS};

	for (size_t i = 0; i < timeline->count;)
		i += add_day(&table, timeline, i, span->all || span->author);
	table_print(&table, arena, term_width(1),
	            invocation_colors(timeline->invocation), INDENT);
	say("activity: %s", sum(timeline, 0, timeline->count));
}

static void print_json(const struct timeline *timeline)
{
	struct json_list list = {0};

	for (size_t i = 0; i < timeline->count && !out_closed(); i++) {
		const struct timeline_entry *entry = &timeline->items[i];
		const struct repo *repo = timeline->selection->items[entry->repo];
		struct json *out = json_new_object();

		json_set_text(out, "name", repo->name);
		json_set_text(out, "path", repo->path);
		json_set_text(out, "commit", entry->commit->id);
		json_set_integer(out, "time", entry->commit->time);
		json_set_text(out, "author", entry->commit->author);
		json_set_text(out, "email", entry->commit->email);
		json_set_text(out, "subject", entry->commit->subject);
		json_list_add(&list, out);
	}
	json_list_end(&list);
}

static int read_dates(struct activity_span *out, struct invocation *invocation)
{
	const char *since = args_value(&invocation->args, "since");
	const char *until = args_value(&invocation->args, "until");
	struct strings words = {0};
	struct captured answer;
	const char *wrong;

	out->until = INT64_MAX;
	if (!since)
		since = "1.week";
	activity_date_words(&words, invocation->arena, since, until);
	if (query_capture(&answer, invocation->arena, "/", words.items)) {
		activity_parse_dates(out, invocation->arena, answer.out);
		return STATUS_OK;
	}
	if (answer.exit < 0)
		return say_failed("activity: cannot run git: %s", answer.err);
	wrong = activity_wrong_date(answer.err);
	return say_usage("activity: --%s: not a date that git knows: '%s'", wrong,
	                 args_value(&invocation->args, wrong));
}

static int read_author(struct activity_span *out, regex_t *pattern,
                       const struct args *args)
{
	const char *author = args_value(args, "author");
	char why[256];
	int code;

	out->all = args_has(args, "all-authors");
	if (!author)
		return STATUS_OK;
	if (out->all)
		return say_usage("activity: options '--author' and '--all-authors' "
		                 "cannot be used together");
	code = regcomp(pattern, author, REG_NOSUB);
	if (code == 0) {
		out->author = pattern;
		return STATUS_OK;
	}
	regerror(code, pattern, why, sizeof why);
	return say_usage("activity: --author: not a regular expression: '%s': %s",
	                 author, why);
}

static bool read_one(void *out, const char *path, const void *about,
                     struct arena *arena)
{
	return activity_read(out, path, about, arena);
}

static void add_words(struct strings *out, int question, const void *about,
                      struct arena *arena)
{
	activity_words(out, arena, question, about);
}

static bool parse(void *out, const struct answer *answers, const void *about,
                  struct arena *arena, struct error *err)
{
	return activity_parse(out, arena, answers, about, err);
}

static const struct readings_kind kind = {
	.size = sizeof(struct activity),
	.questions = ACTIVITY_QUESTIONS,
	.read = read_one,
	.words = add_words,
	.parse = parse,
};

static int show(struct invocation *invocation, const struct selection *selection,
                const struct finding *findings, const struct activity_span *span)
{
	struct timeline timeline = {.invocation = invocation, .selection = selection};
	int status;

	add_all(&timeline, findings);
	drop_copies(&timeline);
	if (args_has(&invocation->args, "json"))
		print_json(&timeline);
	else
		print(&timeline, span);
	status = readings_report(findings, selection->items, selection->count);
	if (timeline.without_email == 0 || span->all || span->author)
		return status;
	return say_failed("activity: user.email is not set in %s, so it is not known "
	                  "whose commits to show; try --author or --all-authors",
	                  plural(invocation->arena, timeline.without_email, "repo"));
}

static int run_activity(struct invocation *invocation)
{
	struct selection selection = {0};
	struct activity_span span = {0};
	struct finding *findings;
	regex_t author;
	int status = read_author(&span, &author, &invocation->args);

	if (status == STATUS_OK)
		status = read_dates(&span, invocation);
	if (status == STATUS_OK)
		status = select_repos(&selection, invocation, SELECT_ANY);
	if (status == STATUS_OK) {
		findings = arena_take(invocation->arena,
		                      selection.count * sizeof *findings);
		status = readings_make(findings, invocation, selection.items,
		                       selection.count, &kind, &span);
		if (status == STATUS_OK)
			status = show(invocation, &selection, findings, &span);
		readings_drop(findings, selection.count);
	}
	if (span.author)
		regfree(&author);
	return status;
}

static const struct option_row options[] = {
	{.name = "since",
         .kind = KIND_TEXT,
         .value = "DATE",
         .help = "from this time on (default: 1.week)"},
	{.name = "until",
         .kind = KIND_TEXT,
         .value = "DATE",
         .help = "up to this time"},
	{.name = "author",
         .kind = KIND_TEXT,
         .value = "PATTERN",
         .help = "by authors whose name or address matches"},
	{.name = "all-authors", .help = "by all authors"},
	{.name = "json", .help = "print a JSON array, one object a commit"},
	{0},
};

static const char about[] =
	"The commits of all repos in one stream, the latest first, by day. Without\n"
	"other words those are yours, by the user.email of each repo. A commit is\n"
	"listed once, however many branches and worktrees hold it. Dates are git's:\n"
	"yesterday, 2.weeks, 'last monday', 2024-05-01.";

static const char *const examples[] = {
	"gita activity --since yesterday",
	"what did I do?",
	"gita activity work --all-authors",
	"what happened in a group this week?",
	NULL,
};

const struct command command_activity = {
	.name = "activity",
	.summary = "show what you did lately",
	.about = about,
	.options = options,
	.selects = true,
	.operands = operands_selection,
	.examples = examples,
	.run = run_activity,
};
