/* git's answers about branches and commits, and the dates that it has understood. */
#include "answer.h"

#include "git/activity.h"
#include "git/branches.h"

static void check_branch(const struct branch *branch)
{
	MUST(!strpbrk(branch->name, " \n") && !strpbrk(branch->head, " \n"));
	if (!branch->upstream)
		MUST(branch->sync == SYNC_NO_REMOTE);
	else if (branch->sync != SYNC_GONE)
		MUST(branch->sync == sync_of(branch->ahead, branch->behind));
}

static void try_branches(struct arena *arena, const struct answer *answers)
{
	struct branches branches = {0};
	struct error err = {""};

	if (!branches_parse(&branches, arena, answers, &err)) {
		MUST(*err.text && !strchr(err.text, '\n'));
		return;
	}
	for (size_t i = 0; i < branches.count; i++) {
		check_branch(&branches.items[i]);
		MUST(i == 0 ||
		     strcmp(branches.items[i - 1].name, branches.items[i].name) <= 0);
	}
}

static void try_activity(struct arena *arena, const struct answer *answers,
                         const struct activity_span *span)
{
	struct activity activity = {0};
	struct error err = {""};

	if (!activity_parse(&activity, arena, answers, span, &err)) {
		MUST(*err.text && !strchr(err.text, '\n'));
		return;
	}
	MUST(!activity.email || !strchr(activity.email, '\n'));
	for (size_t i = 0; i < activity.count; i++) {
		const struct activity_commit *commit = &activity.items[i];

		MUST(!strchr(commit->id, '\n') && !strchr(commit->author, '\n'));
		MUST(!strchr(commit->email, '\n') && commit->subject);
		MUST(span->all || strcmp(commit->email, activity.email) == 0);
	}
}

static void try_dates(struct arena *arena, const char *text)
{
	struct activity_span span = {0};
	const char *wrong = activity_wrong_date(text);

	activity_parse_dates(&span, arena, text);
	MUST(span.since >= 0 && span.until >= 0);
	MUST(strcmp(wrong, "since") == 0 || strcmp(wrong, "until") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { ANSWERS = BRANCHES_QUESTIONS + ACTIVITY_QUESTIONS };
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	struct answer answers[ANSWERS];
	char *texts[ANSWERS], *dates;

	fuzz_answers(answers, texts, ANSWERS, &input);
	dates = fuzz_string(&input);
	try_branches(&arena, answers);
	for (int all = 0; all < 2; all++)
		try_activity(&arena, answers + BRANCHES_QUESTIONS,
		             &(struct activity_span){.all = all});
	try_dates(&arena, dates);
	free(dates);
	fuzz_free(texts, ANSWERS);
	arena_drop(&arena);
	return 0;
}
