/* The facts, one row each; see facts_table.h. */
#include "facts_table.h"

#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "base/text.h"
#include "base/when.h"

#define SUMMARY_FACT(function, condition) \
	static bool function(const struct subject *subject) \
	{ \
		const struct summary *s = subject->summary; \
		return condition; \
	}

SUMMARY_FACT(is_dirty, s->staged || s->unstaged || s->untracked || s->conflicted)
SUMMARY_FACT(is_clean, !s->staged && !s->unstaged && !s->untracked && !s->conflicted)
SUMMARY_FACT(is_staged, s->staged)
SUMMARY_FACT(is_unstaged, s->unstaged)
SUMMARY_FACT(is_untracked, s->untracked)
SUMMARY_FACT(is_conflicted, s->conflicted)
SUMMARY_FACT(is_stashed, s->stashes > 0)
SUMMARY_FACT(is_ahead, s->ahead > 0)
SUMMARY_FACT(is_behind, s->behind > 0)
SUMMARY_FACT(is_diverged, s->sync == SYNC_DIVERGED)
SUMMARY_FACT(is_in_sync, s->sync == SYNC_IN_SYNC)
SUMMARY_FACT(has_no_upstream, s->sync == SYNC_NO_REMOTE)
SUMMARY_FACT(is_gone, s->sync == SYNC_GONE)
SUMMARY_FACT(is_detached, !s->branch)
SUMMARY_FACT(is_unborn, s->unborn)
SUMMARY_FACT(is_bare, s->kind == REPO_BARE)
SUMMARY_FACT(is_busy, s->operation != OPERATION_NONE)
SUMMARY_FACT(is_missing, s->state == STATE_MISSING)
SUMMARY_FACT(is_broken, s->state == STATE_BROKEN || s->state == STATE_TIMEOUT)

static bool is_on(const struct subject *subject)
{
	const struct summary *summary = subject->summary;
	const char *branch = summary->branch ? summary->branch : summary->rebasing;

	return branch && text_matches(subject->value, branch);
}

static bool has_path(const struct subject *subject)
{
	struct stat info;

	return lstat(path_join(subject->invocation->arena, subject->repo->path,
	                       subject->value),
	             &info) == 0;
}

static bool has_remote(const struct subject *subject)
{
	const struct summary *summary = subject->summary;

	return (summary->remote && text_matches(subject->value, summary->remote)) ||
	       (summary->remote_name &&
	        text_matches(subject->value, summary->remote_name));
}

static bool is_in_group(const struct subject *subject)
{
	struct group *group = registry_group(&subject->invocation->registry,
	                                     subject->value);

	return group && strings_have(&group->members, subject->repo->name);
}

static bool is_idle(const struct subject *subject)
{
	const struct summary *summary = subject->summary;
	int64_t span;

	return when_parse_span(&span, subject->value) && !summary->unborn &&
	       subject->now - summary->time >= span;
}

static const struct journal_entry *last_run(const struct subject *subject)
{
	const struct journal_entry *entry = journal_find(subject->journal,
	                                                 subject->repo->name);

	return entry && strcmp(entry->path, subject->repo->path) == 0 ? entry : NULL;
}

static bool has_failed(const struct subject *subject)
{
	const struct journal_entry *entry = last_run(subject);

	return entry && !entry->ok;
}

static bool went_well(const struct subject *subject)
{
	const struct journal_entry *entry = last_run(subject);

	return entry && entry->ok;
}

/* clang-format off: a row a line */
static const struct fact facts[] = {
	{{"dirty", NULL, "staged, unstaged, untracked or conflicted"},
         WANT_FILES,
         ASKS_STATE,
         is_dirty},
	{{"clean", NULL, "nothing of that"}, WANT_FILES, ASKS_STATE, is_clean},
	{{"staged", NULL, "changes in the index"}, WANT_FILES, ASKS_STATE, is_staged},
	{{"unstaged", NULL, "changes that are not in the index"},
         WANT_FILES,
         ASKS_STATE,
         is_unstaged},
	{{"untracked", NULL, "files that git does not know"},
         WANT_FILES,
         ASKS_STATE,
         is_untracked},
	{{"conflicted", NULL, "unresolved conflicts"},
         WANT_FILES,
         ASKS_STATE,
         is_conflicted},
	{{"stashed", NULL, "something in the stash"},
         WANT_STASH,
         ASKS_STATE,
         is_stashed},
	{{"ahead", NULL, "commits that the upstream lacks"},
         WANT_SYNC,
         ASKS_STATE,
         is_ahead},
	{{"behind", NULL, "the upstream has commits that are lacking"},
         WANT_SYNC,
         ASKS_STATE,
         is_behind},
	{{"diverged", NULL, "ahead and behind"}, WANT_SYNC, ASKS_STATE, is_diverged},
	{{"in-sync", NULL, "equal to the upstream"}, WANT_SYNC, ASKS_STATE, is_in_sync},
	{{"no-upstream", NULL, "no upstream configured"},
         WANT_SYNC,
         ASKS_STATE,
         has_no_upstream},
	{{"gone", NULL, "upstream configured, but deleted"},
         WANT_SYNC,
         ASKS_STATE,
         is_gone},
	{{"detached", NULL, "HEAD is on no branch"},
         WANT_HEAD,
         ASKS_STATE,
         is_detached},
	{{"unborn", NULL, "no commit yet"}, WANT_HEAD, ASKS_STATE, is_unborn},
	{{"bare", NULL, "no work tree"}, WANT_HEAD, ASKS_STATE, is_bare},
	{{"busy", NULL, "merge, rebase, cherry-pick, ... in progress"},
         WANT_HEAD,
         ASKS_STATE,
         is_busy},
	{{"missing", NULL, "not on disk"}, WANT_HEAD, ASKS_ANY_STATE, is_missing},
	{{"broken", NULL, "cannot be read"}, WANT_HEAD, ASKS_ANY_STATE, is_broken},
	{{"on", "GLOB", "on a branch of that name"}, WANT_HEAD, ASKS_STATE, is_on},
	{{"has", "PATH", "holds that file or folder"}, 0, ASKS_ANY_STATE, has_path},
	{{"remote", "GLOB", "URL or name of the remote"},
         WANT_REMOTE,
         ASKS_STATE,
         has_remote},
	{{"group", "NAME", "in that group"}, 0, ASKS_ANY_STATE, is_in_group},
	{{"idle", "SPAN", "no commit for 30d, 12h, 6m, 1y"},
         WANT_HEAD | WANT_COMMIT,
         ASKS_STATE,
         is_idle},
	{{"failed", NULL, "failed in the last run"}, 0, ASKS_JOURNAL, has_failed},
	{{"ok", NULL, "went well in the last run"}, 0, ASKS_JOURNAL, went_well},
};
/* clang-format on */

enum { FACT_COUNT = sizeof facts / sizeof facts[0] };

const struct fact_row *select_fact(size_t index)
{
	return index < FACT_COUNT ? &facts[index].row : NULL;
}

const struct fact *fact_find(const char *name, size_t length)
{
	for (size_t i = 0; i < FACT_COUNT; i++)
		if (strlen(facts[i].row.name) == length &&
		    memcmp(facts[i].row.name, name, length) == 0)
			return &facts[i];
	return NULL;
}
