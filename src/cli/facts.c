#include "cli/facts.h"

#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/path.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "git/worktrees.h"
#include "store/journal.h"

/* What a fact is asked about. */
struct subject {
	struct invocation *invocation;
	const struct repo *repo;
	const struct summary *summary; /* NULL where no fact asked for state */
	const char *value;             /* after the `:` */
	const struct journal *journal;
	int64_t now;
};

/* What a fact looks at; only the first needs a repo that could be read. */
enum asks { ASKS_STATE, ASKS_ANY_STATE, ASKS_JOURNAL };

struct fact {
	struct fact_row row;
	unsigned wants; /* what of a summary it needs; 0: nothing */
	enum asks asks;
	bool (*holds)(const struct subject *subject);
};

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
	const char *branch = summary_branch(summary);

	return branch && text_matches(subject->value, branch);
}

static bool has_path(const struct subject *subject)
{
	struct invocation *invocation = subject->invocation;
	struct strings flags = {0};
	const char *path = subject->repo->path;
	struct stat info;
	struct error err;
	bool responds;

	/* Where flags do not parse, the repo is as git would find it without. */
	registry_flags(&flags, &invocation->registry, subject->repo, &err);
	responds = disks_respond_for_repo(invocation, path, &flags);
	if (responds) {
		path = path_join(invocation->arena,
		                 worktree_at(invocation->arena, path, &flags),
		                 subject->value);
		responds = disks_respond(invocation, path);
	}
	if (!responds) {
		say_warning("'%s' is left out: " DISK_SILENT, subject->repo->name);
		return false;
	}
	return lstat(path, &info) == 0;
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

	return entry && entry->ok && entry->ran;
}

static const struct fact facts[] = {
	{
		.row.name = "dirty",
		.row.help = "staged, unstaged, untracked or conflicted",
		.wants = WANT_FILES,
		.holds = is_dirty,
	},
	{
		.row.name = "clean",
		.row.help = "none of that",
		.wants = WANT_FILES,
		.holds = is_clean,
	},
	{
		.row.name = "staged",
		.row.help = "changes in the index",
		.wants = WANT_FILES,
		.holds = is_staged,
	},
	{
		.row.name = "unstaged",
		.row.help = "changes that are not in the index",
		.wants = WANT_FILES,
		.holds = is_unstaged,
	},
	{
		.row.name = "untracked",
		.row.help = "files that git does not know",
		.wants = WANT_FILES,
		.holds = is_untracked,
	},
	{
		.row.name = "conflicted",
		.row.help = "unresolved conflicts",
		.wants = WANT_FILES,
		.holds = is_conflicted,
	},
	{
		.row.name = "stashed",
		.row.help = "something in the stash",
		.wants = WANT_STASH,
		.holds = is_stashed,
	},
	{
		.row.name = "ahead",
		.row.help = "commits that the upstream does not have",
		.wants = WANT_SYNC,
		.holds = is_ahead,
	},
	{
		.row.name = "behind",
		.row.help = "the upstream has commits that are not here",
		.wants = WANT_SYNC,
		.holds = is_behind,
	},
	{
		.row.name = "diverged",
		.row.help = "ahead and behind",
		.wants = WANT_SYNC,
		.holds = is_diverged,
	},
	{
		.row.name = "in-sync",
		.row.help = "equal to the upstream",
		.wants = WANT_SYNC,
		.holds = is_in_sync,
	},
	{
		.row.name = "no-upstream",
		.row.help = "no upstream configured",
		.wants = WANT_SYNC,
		.holds = has_no_upstream,
	},
	{
		.row.name = "gone",
		.row.help = "upstream configured, but deleted",
		.wants = WANT_SYNC,
		.holds = is_gone,
	},
	{
		.row.name = "detached",
		.row.help = "HEAD is on no branch",
		.wants = WANT_HEAD,
		.holds = is_detached,
	},
	{
		.row.name = "unborn",
		.row.help = "no commit yet",
		.wants = WANT_HEAD,
		.holds = is_unborn,
	},
	{
		.row.name = "bare",
		.row.help = "no work tree",
		.wants = WANT_HEAD,
		.holds = is_bare,
	},
	{
		.row.name = "busy",
		.row.help = "merge, rebase, cherry-pick, ... in progress",
		.wants = WANT_HEAD,
		.holds = is_busy,
	},
	{
		.row.name = "missing",
		.row.help = "not on disk",
		.wants = WANT_HEAD,
		.asks = ASKS_ANY_STATE,
		.holds = is_missing,
	},
	{
		.row.name = "broken",
		.row.help = "cannot be read",
		.wants = WANT_HEAD,
		.asks = ASKS_ANY_STATE,
		.holds = is_broken,
	},
	{
		.row.name = "on",
		.row.value = "GLOB",
		.row.help = "on a branch of that name",
		.wants = WANT_HEAD,
		.holds = is_on,
	},
	{
		.row.name = "has",
		.row.value = "PATH",
		.row.help = "holds that file or folder",
		.asks = ASKS_ANY_STATE,
		.holds = has_path,
	},
	{
		.row.name = "remote",
		.row.value = "GLOB",
		.row.help = "URL or name of the remote",
		.wants = WANT_REMOTE,
		.holds = has_remote,
	},
	{
		.row.name = "group",
		.row.value = "NAME",
		.row.help = "in that group",
		.asks = ASKS_ANY_STATE,
		.holds = is_in_group,
	},
	{
		.row.name = "idle",
		.row.value = "SPAN",
		.row.help = "no commit for 30d, 12h, 6m, 1y",
		.wants = WANT_HEAD | WANT_COMMIT,
		.holds = is_idle,
	},
	{
		.row.name = "failed",
		.row.help = "failed in the last run",
		.asks = ASKS_JOURNAL,
		.holds = has_failed,
	},
	{
		.row.name = "ok",
		.row.help = "went well in the last run",
		.asks = ASKS_JOURNAL,
		.holds = went_well,
	},
};

enum { FACT_COUNT = sizeof facts / sizeof facts[0] };

const struct fact_row *facts_row(size_t index)
{
	return index < FACT_COUNT ? &facts[index].row : NULL;
}

/* The row whose name is the first `length` bytes, or NULL. */
static const struct fact *find_fact(const char *name, size_t length)
{
	for (size_t i = 0; i < FACT_COUNT; i++)
		if (strlen(facts[i].row.name) == length &&
		    memcmp(facts[i].row.name, name, length) == 0)
			return &facts[i];
	return NULL;
}

static int refuse_fact(struct invocation *invocation, const char *name)
{
	const struct fact_row *row;
	struct strings names = {0}, near = {0};
	BUF list = {0};

	for (size_t i = 0; (row = facts_row(i)) != NULL; i++) {
		strings_add(invocation->arena, &names, row->name);
		buf_addf(&list, " @%s%s%s", row->name, row->value ? ":" : "",
		         row->value ? row->value : "");
	}
	text_nearest(&near, invocation->arena, name, &names);
	return say_usage(
		"unknown fact '@%s'%s; the facts are%s", name,
		near.count > 0 ? arena_format(invocation->arena, " (%s)",
	                                      say_meant(invocation->arena, &near, "@"))
			       : "",
		buf_text(&list));
}

/* The row of a piece `name` or `name:value`, or NULL. */
static const struct fact *fact_of(const char *piece)
{
	return find_fact(piece, strcspn(piece, ":"));
}

bool facts_know(const char *word)
{
	const struct fact *fact = fact_of(word);

	return fact && (word[strcspn(word, ":")] == ':') == (fact->row.value != NULL);
}

static int check_piece(struct invocation *invocation, const char *piece)
{
	size_t length = strcspn(piece, ":");
	const struct fact *fact = fact_of(piece);
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
			"fact '@idle' expects a span like 30d, 12h, 2w, 6m or 1y, "
			"not '%s'",
			value);
	if (strcmp(fact->row.name, "group") == 0 &&
	    !registry_group(&invocation->registry, value))
		return invocation_no_group(invocation, value);
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
	const struct fact *fact = fact_of(piece);

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

unsigned facts_wants(struct invocation *invocation, const struct strings *words)
{
	unsigned wants = 0;

	for (size_t i = 0; i < words->count; i++) {
		struct strings pieces = pieces_of(invocation, words->items[i]);

		for (size_t j = 0; j < pieces.count; j++)
			wants |= fact_of(pieces.items[j])->wants;
	}
	return wants;
}

static bool ask_journal(struct invocation *invocation, const struct strings *words)
{
	for (size_t i = 0; i < words->count; i++) {
		struct strings pieces = pieces_of(invocation, words->items[i]);

		for (size_t j = 0; j < pieces.count; j++)
			if (fact_of(pieces.items[j])->asks == ASKS_JOURNAL)
				return true;
	}
	return false;
}

static int read_journal(struct journal *journal, struct invocation *invocation)
{
	struct error err;

	if (!journal_load(journal, &invocation->home, invocation->title,
	                  invocation->arena, &err))
		return say_failed("%s", err.text);
	if (!journal->file && invocation->title)
		return say_failed("no run to ask about: %s was not run yet",
		                  invocation->title);
	if (!journal->file)
		return say_failed("no run to ask about: nothing was run yet");
	return STATUS_OK;
}

int facts_judge(bool *holds, struct invocation *invocation, const struct strings *words,
                struct repo *const *repos, struct summary *const *summaries,
                size_t count)
{
	struct journal journal = {0};
	struct subject subject = {
		.invocation = invocation,
		.journal = &journal,
		.now = when_now(),
	};
	int status = STATUS_OK;

	if (ask_journal(invocation, words))
		status = read_journal(&journal, invocation);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		subject.repo = repos[i];
		subject.summary = summaries ? summaries[i] : NULL;
		holds[i] = words_hold(&subject, words);
	}
	return status;
}
