#include "cli/select.h"

#include <stdlib.h>
#include <string.h>

#include "base/mounts.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/disks.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "cli/survey.h"
#include "git/probe.h"
#include "git/worktrees.h"

/* Picks repos word by word; a repo that was picked is not picked again. */
struct picker {
	struct invocation *invocation;
	struct registry *registry;
	struct selection *out;
	bool *taken; /* by the place of a repo among all, sorted by name */
};

static struct picker picker_start(struct invocation *invocation, struct selection *out)
{
	struct registry *registry = &invocation->registry;

	return (struct picker){
		invocation, registry, out,
		arena_take(invocation->arena, registry->repos.count + 1)};
}

static int compare_name(const void *name, const void *item)
{
	return strcmp(name, (*(struct repo *const *)item)->name);
}

/* The repo's place among all that are sorted by name is its place in `taken`. */
static bool *picker_mark(const struct picker *picker, const struct repo *repo)
{
	const struct repos *sorted = &picker->registry->by_name;
	size_t place = sorted_place(repo->name, sorted->items, sorted->count,
	                            sizeof *sorted->items, compare_name);

	while (sorted->items[place] != repo)
		place++;
	return &picker->taken[place];
}

static void pick(struct picker *picker, struct repo *repo)
{
	bool *mark = picker_mark(picker, repo);

	if (*mark)
		return;
	*mark = true;
	*ARENA_PUSH(picker->invocation->arena, picker->out) = repo;
}

static int by_name(const void *one, const void *other)
{
	const struct repo *const *a = one, *const *b = other;

	return strcmp((*a)->name, (*b)->name);
}

/* What one word brings is sorted; the words themselves are in order. */
static void pick_sort(struct selection *out, size_t start)
{
	if (out->count > start)
		qsort(out->items + start, out->count - start, sizeof(struct repo *),
		      by_name);
}

static bool pick_repo(struct picker *picker, const char *word)
{
	struct repo *repo = registry_repo(picker->registry, word);

	if (repo)
		pick(picker, repo);
	return repo != NULL;
}

static void pick_members(struct picker *picker, const struct group *group)
{
	for (size_t i = 0; i < group->members.count; i++)
		pick_repo(picker, group->members.items[i]);
}

static bool pick_group(struct picker *picker, const char *word)
{
	struct group *group = registry_group(picker->registry, word);

	if (group)
		pick_members(picker, group);
	return group != NULL;
}

static bool pick_glob(struct picker *picker, const char *word)
{
	bool any = false;

	if (!text_is_glob(word))
		return false;
	for (size_t i = 0; i < picker->registry->repos.count; i++) {
		struct repo *repo = picker->registry->repos.items[i];

		if (!repo->superseded && text_matches(word, repo->name)) {
			pick(picker, repo);
			any = true;
		}
	}
	return any;
}

/* `.`, `..`, or with a slash after any number of dots or none at the front. */
static bool pick_is_path(const char *word)
{
	const char *rest = word + strspn(word, ".");

	return rest - word <= 2 && (*rest == '/' || (*rest == '\0' && rest > word));
}

/* The repo with the deepest path at or above one of both. */
static struct repo *repo_above(const struct picker *picker, const char *plain,
                               const char *real)
{
	struct repo *best = NULL;
	size_t depth = 0;

	for (size_t i = 0; i < picker->registry->repos.count; i++) {
		struct repo *repo = picker->registry->repos.items[i];
		size_t length = strlen(repo->path);

		if ((path_is_below(real, repo->path) ||
		     path_is_below(plain, repo->path)) &&
		    length > depth) {
			best = repo;
			depth = length;
		}
	}
	return best;
}

/* The repo's folder, or its work tree where that is elsewhere; without
 * looking at a disk that may not respond, nor for completion. */
static const char *work_tree_of(const struct picker *picker, const struct repo *repo)
{
	struct invocation *invocation = picker->invocation;
	struct arena *arena = invocation->arena;
	struct strings flags = {0};
	struct error ignored;

	if (invocation->patience > 0 ||
	    !registry_flags(&flags, picker->registry, repo, &ignored) ||
	    probe_find_remote(arena, disks_mounts(invocation), repo->path, &flags))
		return repo->path;
	return worktree_at(arena, repo->path, &flags);
}

/* The same where a link leads to the repo itself, or its work tree is elsewhere. */
static struct repo *repo_really_above(const struct picker *picker, const char *real)
{
	struct arena *arena = picker->invocation->arena;
	const struct mounts *mounts = disks_mounts(picker->invocation);
	struct repo *best = NULL;
	size_t depth = 0;

	for (size_t i = 0; i < picker->registry->repos.count; i++) {
		struct repo *repo = picker->registry->repos.items[i];
		const char *path = mounts_real(mounts, arena,
		                               work_tree_of(picker, repo));

		if (path_is_below(real, path) && strlen(path) > depth) {
			best = repo;
			depth = strlen(path);
		}
	}
	return best;
}

static struct repo *repo_holding(const struct picker *picker, const char *word)
{
	struct arena *arena = picker->invocation->arena;
	const char *plain = path_absolute(arena, word);
	const char *real = disks_real(picker->invocation, plain);
	struct repo *repo = repo_above(picker, plain, real);

	return repo ? repo : repo_really_above(picker, real);
}

static bool pick_path(struct picker *picker, const char *word)
{
	struct repo *repo = pick_is_path(word) ? repo_holding(picker, word) : NULL;

	if (repo)
		pick(picker, repo);
	return repo != NULL;
}

/* Names first, so that a repo named like a newer form stays in reach. */
static bool pick_word(struct picker *picker, const char *word)
{
	size_t start = picker->out->count;
	bool found = pick_repo(picker, word) || pick_group(picker, word) ||
	             pick_path(picker, word) || pick_glob(picker, word);

	pick_sort(picker->out, start);
	return found;
}

static int refuse_name(struct invocation *invocation, const char *what,
                       const char *word, const struct strings *further)
{
	struct arena *arena = invocation->arena;
	const struct registry *registry = &invocation->registry;
	struct strings names = {0};

	for (size_t i = 0; i < further->count; i++)
		strings_add(arena, &names, further->items[i]);
	for (size_t i = 0; i < registry->repos.count; i++)
		strings_add(arena, &names, registry->repos.items[i]->name);
	for (size_t i = 0; i < registry->groups.count; i++)
		strings_add(arena, &names, registry->groups.items[i]->name);
	return say_unknown(what, word, &names, NULL);
}

int select_refuse(struct invocation *invocation, const char *what, const char *word,
                  const struct strings *further)
{
	if (pick_is_path(word))
		return say_usage("no repo holds the path '%s'", word);
	if (text_is_glob(word))
		return say_usage("no repo matches '%s'", word);
	if (facts_know(word))
		return say_usage("%s '%s'; did you mean '@%s'?", what, word, word);
	return refuse_name(invocation, what, word, further);
}

static int pick_refuse(const struct picker *picker, const char *word)
{
	const struct strings none = {0};

	return select_refuse(picker->invocation, "no repo or group", word, &none);
}

static bool is_name(const struct registry *registry, const char *word)
{
	return registry_repo(registry, word) || registry_group(registry, word);
}

static bool is_fact(const struct registry *registry, const char *word)
{
	return word[0] == '@' && !is_name(registry, word);
}

/* Picks what the words name; the fact words among them are put aside. */
static int pick_words(struct picker *picker, const struct strings *words,
                      struct strings *facts)
{
	for (size_t i = 0; i < words->count; i++) {
		if (is_fact(picker->registry, words->items[i]))
			strings_add(picker->invocation->arena, facts, words->items[i]);
		else if (!pick_word(picker, words->items[i]))
			return pick_refuse(picker, words->items[i]);
	}
	return facts_check(picker->invocation, facts);
}

/* The group of the context here; NULL where there is none. */
static bool find_context(struct group **out, const struct picker *picker,
                         struct error *err)
{
	struct arena *arena = picker->invocation->arena;

	*out = NULL;
	return !picker->registry->context ||
	       registry_context(out, picker->registry,
	                        mounts_real(disks_mounts(picker->invocation), arena,
	                                    path_absolute(arena, ".")),
	                        err);
}

static int pick_default(struct picker *picker, bool all)
{
	struct registry *registry = picker->registry;
	struct group *group = NULL;
	struct error err;

	if (!all && !find_context(&group, picker, &err))
		return say_failed("%s", err.text);
	if (group) {
		pick_members(picker, group);
		picker->out->context = group->name;
		for (size_t i = 0; i < registry->repos.count; i++)
			picker->out->hidden += !registry->repos.items[i]->superseded;
		picker->out->hidden -= picker->out->count;
	}
	for (size_t i = 0; !group && i < registry->repos.count; i++)
		if (!registry->repos.items[i]->superseded)
			pick(picker, registry->repos.items[i]);
	pick_sort(picker->out, 0);
	return STATUS_OK;
}

static int read_state(struct selection *selection, struct invocation *invocation,
                      unsigned wants)
{
	if (wants == 0 || (selection->summaries && (selection->wants & wants) == wants))
		return STATUS_OK;
	selection->wants |= wants;
	selection->summaries = arena_take(
		invocation->arena, selection->count * sizeof *selection->summaries);
	return survey_read(selection->summaries, invocation, selection->items,
	                   selection->count, selection->wants);
}

/* Drops the repos of which the facts are not true; with `remove`, the others. State
 * is read only where a fact asks for it, and then stays in `selection->summaries`. */
static int narrow(struct selection *selection, struct invocation *invocation,
                  const struct strings *facts, bool remove)
{
	bool *holds = arena_take(invocation->arena, selection->count * sizeof *holds);
	int status = read_state(selection, invocation, facts_wants(invocation, facts));
	size_t kept = 0;

	if (status == STATUS_OK)
		status = facts_judge(holds, invocation, facts, selection->items,
		                     selection->summaries, selection->count);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < selection->count; i++) {
		if (holds[i] == remove)
			continue;
		selection->items[kept] = selection->items[i];
		if (selection->summaries)
			selection->summaries[kept] = selection->summaries[i];
		kept++;
	}
	selection->count = kept;
	return STATUS_OK;
}

static void drop_picked(struct selection *selection, const struct picker *unwanted)
{
	size_t kept = 0;

	for (size_t i = 0; i < selection->count; i++)
		if (!*picker_mark(unwanted, selection->items[i]))
			selection->items[kept++] = selection->items[i];
	selection->count = kept;
}

/* Each -x is a selection of its own; what it names goes, its facts are for later. */
static int exclude(struct selection *selection, struct invocation *invocation,
                   const struct strings *words, struct strings *facts)
{
	struct selection unwanted = {0};
	struct picker picker = picker_start(invocation, &unwanted);
	int status = pick_words(&picker, words, facts);

	if (status == STATUS_OK)
		drop_picked(selection, &picker);
	return status;
}

/* Chooses by names alone; what is to be judged by state is left in `filter`. */
static int choose(struct selection *out, struct select_filter *filter,
                  struct invocation *invocation, const struct strings *words,
                  const struct strings *less, bool all, enum select_rule rule)
{
	int status = invocation_registry(invocation);
	struct picker picker;

	if (status != STATUS_OK)
		return status;
	picker = picker_start(invocation, out);
	status = pick_words(&picker, words, &filter->facts);
	if (status != STATUS_OK)
		return status;
	out->named = words->count > 0;
	if (!out->named && !all && rule == SELECT_NAMED &&
	    !invocation->registry.context)
		return say_usage("%s%s%s: needs repos or groups ('--all' for all of "
		                 "them)",
		                 invocation->parent ? invocation->parent : "",
		                 invocation->parent ? " " : "",
		                 invocation->command->name);
	if (words->count == filter->facts.count)
		status = pick_default(&picker, all);
	if (status == STATUS_OK)
		status = exclude(out, invocation, less, &filter->excluded);
	return status;
}

static int select_from(struct selection *out, struct invocation *invocation,
                       const struct strings *words, const struct strings *less,
                       bool all, enum select_rule rule)
{
	struct select_filter filter = {0};
	int status = choose(out, &filter, invocation, words, less, all, rule);

	for (size_t i = 0; status == STATUS_OK && i < filter.excluded.count; i++) {
		struct strings one = {0};

		strings_add(invocation->arena, &one, filter.excluded.items[i]);
		status = narrow(out, invocation, &one, true);
	}
	if (status == STATUS_OK && filter.facts.count > 0)
		status = narrow(out, invocation, &filter.facts, false);
	return status;
}

int select_candidates(struct selection *out, struct select_filter *filter,
                      struct invocation *invocation)
{
	struct strings less = {0};

	args_values(&less, invocation->arena, &invocation->args, "exclude");
	return choose(out, filter, invocation, &invocation->args.operands, &less,
	              args_has(&invocation->args, "all"), SELECT_ANY);
}

unsigned select_filter_wants(const struct select_filter *filter,
                             struct invocation *invocation)
{
	return facts_wants(invocation, &filter->facts) |
	       facts_wants(invocation, &filter->excluded);
}

int select_filter_judge(bool *holds, const struct select_filter *filter,
                        struct invocation *invocation, struct repo *const *repos,
                        struct summary *const *summaries, size_t count)
{
	bool *out = arena_take(invocation->arena, count * sizeof *out);
	int status = facts_judge(holds, invocation, &filter->facts, repos, summaries,
	                         count);

	for (size_t i = 0; status == STATUS_OK && i < filter->excluded.count; i++) {
		struct strings one = {0};

		strings_add(invocation->arena, &one, filter->excluded.items[i]);
		status = facts_judge(out, invocation, &one, repos, summaries, count);
		for (size_t j = 0; status == STATUS_OK && j < count; j++)
			holds[j] &= !out[j];
	}
	return status;
}

int select_repos(struct selection *out, struct invocation *invocation,
                 enum select_rule rule)
{
	struct strings less = {0};

	args_values(&less, invocation->arena, &invocation->args, "exclude");
	return select_from(out, invocation, &invocation->args.operands, &less,
	                   args_has(&invocation->args, "all"), rule);
}

int select_words(struct selection *out, struct invocation *invocation,
                 const struct strings *words)
{
	const struct strings none = {0};

	return select_from(out, invocation, words, &none, false, SELECT_ANY);
}

bool select_understands(struct invocation *invocation, const char *word)
{
	struct selection probe = {0};
	struct picker picker;

	if (invocation_registry(invocation) != STATUS_OK)
		return false;
	if (is_name(&invocation->registry, word) || word[0] == '@')
		return true;
	picker = picker_start(invocation, &probe);
	/* A command can be a path to a file, never to a folder. */
	if (pick_is_path(word))
		return disks_respond(invocation,
		                     path_absolute(invocation->arena, word)) &&
		       path_is_folder(word) && pick_path(&picker, word);
	return pick_glob(&picker, word);
}

int select_one(struct repo **out, struct invocation *invocation, const char *word)
{
	struct selection found = {0};
	int status = invocation_registry(invocation);
	struct picker picker;

	if (status != STATUS_OK)
		return status;
	picker = picker_start(invocation, &found);
	if (!pick_repo(&picker, word) && !pick_path(&picker, word)) {
		if (registry_group(&invocation->registry, word))
			return say_usage("'%s' is a group, not a repo", word);
		if (facts_know(word))
			return refuse_name(invocation, "no repo or group", word,
			                   &(struct strings){0});
		return pick_refuse(&picker, word);
	}
	*out = found.items[0];
	return STATUS_OK;
}

int select_group(struct group **out, struct invocation *invocation, const char *word)
{
	int status = invocation_registry(invocation);

	if (status != STATUS_OK)
		return status;
	*out = registry_group(&invocation->registry, word);
	return *out ? STATUS_OK : invocation_no_group(invocation, word);
}

const char *select_word(const struct repo *repo)
{
	return *repo->name == '-' ? repo->path : repo->name;
}

struct repo *select_nearest(struct invocation *invocation, const struct strings *words)
{
	struct selection found = {0};
	struct group *group = NULL;
	struct picker picker;
	struct error err;

	if (invocation_registry(invocation) != STATUS_OK)
		return NULL;
	picker = picker_start(invocation, &found);
	for (size_t i = 0; i < words->count && found.count == 0; i++)
		pick_word(&picker, words->items[i]);
	if (found.count == 0)
		pick_path(&picker, ".");
	if (found.count == 0 && find_context(&group, &picker, &err) && group)
		pick_members(&picker, group);
	if (found.count == 0 && picker.registry->repos.count > 0)
		pick(&picker, picker.registry->repos.items[0]);
	return found.count > 0 ? found.items[0] : NULL;
}
