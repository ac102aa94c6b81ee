/* `wt add`: a worktree of one branch in each of several repos, or in none. */
#include <signal.h>
#include <string.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/runner.h"
#include "cli/select.h"
#include "cli/sightings.h"
#include "cli/survey.h"
#include "cmd/commands.h"
#include "git/namesakes.h"
#include "git/worktrees.h"
#include "wt.h"

/* Seconds that taking back what was made may take in one repo. */
enum { REMOVAL_LIMIT = 60 };

/* The worktree of one repo. */
struct wt_addition {
	const struct repo *origin;
	const char *name, *path;
	struct worktrees others; /* that its git folder has already */
	bool has_branch, remote_has_branch, has_settings;
	struct strings starts; /* hashes at which the branch can start, if there is
	                          none yet */
	bool there;            /* from a 'wt add' that did not come to its end */
	bool ran, made;
};

struct wt_adding {
	struct invocation *invocation;
	const char *branch; /* and the name of the set */
	const char *folder; /* that holds the worktrees: DIR/NAME */
	const char *from;   /* where a new branch starts; NULL: none is made */
	bool left;          /* something could not be taken back */
	struct wt_addition *items;
	size_t count;
	size_t room;
};

static int refuse(const char *repo, const char *why)
{
	return say_failed("wt add: %s: %s", repo, why);
}

/* A name for a branch and for a group, of which no other kind of group has it. */
static int check_name(struct invocation *invocation, const char *name)
{
	const struct registry *registry = &invocation->registry;
	const struct group *group = registry_group(registry, name);
	const char *const words[] = {
		"git", "check-ref-format",
		arena_format(invocation->arena, "refs/heads/%s", name), NULL};
	struct captured answer;
	struct error err;

	if (!query_capture(&answer, invocation->arena, "/", words)) {
		if (answer.exit < 0)
			return say_failed("wt add: cannot run git: %s", answer.err);
		return say_usage("wt add: not a name for a branch: '%s'", name);
	}
	if (group && !registry_is_worktree_set(group))
		return say_usage(
			"wt add: group '%s' exists and is not one of worktrees", name);
	if (!group && !registry_group_name_free(registry, name, &err))
		return say_usage("wt add: %s", err.text);
	return STATUS_OK;
}

/* A folder that the user did not choose must not add untracked files to a repo. */
static int check_outside(const struct registry *registry, const char *folder)
{
	for (size_t i = 0; i < registry->repos.count; i++) {
		const struct repo *repo = registry->repos.items[i];

		if (!*repo->type && path_is_below(folder, repo->path))
			return say_usage("wt add: '%s' is inside the repo '%s'; choose "
			                 "another folder with --dir",
			                 folder, repo->name);
	}
	return STATUS_OK;
}

static int choose_folder(struct wt_adding *adding)
{
	struct arena *arena = adding->invocation->arena;
	const struct registry *registry = &adding->invocation->registry;
	const struct group *group = registry_group(registry, adding->branch);
	const char *parent = args_value(&adding->invocation->args, "dir");

	if (parent && !*parent)
		return say_usage("wt add: empty folder");
	adding->folder = path_absolute(
		arena, path_join(arena, parent ? parent : ".", adding->branch));
	if (!group || !*group->path)
		return parent ? STATUS_OK : check_outside(registry, adding->folder);
	if (parent && strcmp(adding->folder, group->path) != 0)
		return say_usage("wt add: the worktrees of '%s' are in '%s'",
		                 adding->branch, group->path);
	adding->folder = group->path;
	return STATUS_OK;
}

/* A commit that was killed has registered the worktrees, and not made the group. */
static bool is_entered(const struct wt_adding *adding, const struct wt_addition *item)
{
	const struct registry *registry = &adding->invocation->registry;
	const struct repo *repo = registry_repo(registry, item->name);
	const struct group *group = registry_group(registry, adding->branch);

	return repo && strcmp(repo->path, item->path) == 0 &&
	       !(group && strings_have(&group->members, item->name));
}

static int add_item(struct wt_adding *adding, const struct repo *origin)
{
	struct arena *arena = adding->invocation->arena;
	struct wt_addition item = {
		.origin = origin,
		.name = arena_format(arena, "%s@%s", origin->name, adding->branch),
		.path = path_absolute(arena,
	                              path_join(arena, adding->folder, origin->name)),
	};
	struct error err;

	if (!is_entered(adding, &item) &&
	    !registry_name_free(&adding->invocation->registry, item.name, &err))
		return say_usage("wt add: %s", err.text);
	if (!path_is_below(item.path, adding->folder) ||
	    strcmp(item.path, adding->folder) == 0)
		return say_usage("wt add: '%s' is no name for a folder", origin->name);
	*ARENA_PUSH(arena, adding) = item;
	return STATUS_OK;
}

/* The operands behind the name choose the repos. */
static int choose_repos(struct wt_adding *adding)
{
	struct strings *words = &adding->invocation->args.operands;
	struct selection selection = {0};
	int status;

	words->items++;
	words->count--;
	status = select_repos(&selection, adding->invocation, SELECT_NAMED);
	for (size_t i = 0; status == STATUS_OK && i < selection.count; i++)
		status = add_item(adding, selection.items[i]);
	return status;
}

/* What is asked of each repo before anything is made. */
enum {
	ASK_BRANCHES, /* those of git/namesakes.h */
	ASK_WORKTREES = NAMESAKES_QUESTIONS,
	ASK_START,
	ASK_SETTINGS,
	QUESTIONS
};

static void add_words(struct strings *out, const struct wt_adding *adding, int question)
{
	struct arena *arena = adding->invocation->arena;
	const char *const start[] = {"rev-parse", "--verify", "--quiet",
	                             arena_format(arena, "%s^{commit}",
	                                          adding->from ? adding->from : "HEAD"),
	                             NULL};
	const char *const settings[] = {"config",      "--local", "--null",
	                                "--name-only", "--list",  NULL};

	if (question < ASK_WORKTREES)
		namesakes_words(out, arena, question, adding->branch);
	else if (question == ASK_WORKTREES)
		worktrees_words(out, arena);
	else
		strings_add_all(arena, out, question == ASK_START ? start : settings);
}

static bool take_branches(struct wt_addition *item, const struct wt_adding *adding,
                          const struct query *queries, struct error *err)
{
	struct answer answers[NAMESAKES_QUESTIONS];
	struct namesakes namesakes;

	for (int i = 0; i < NAMESAKES_QUESTIONS; i++)
		answers[i] = query_answer(&queries[ASK_BRANCHES + i]);
	if (!namesakes_parse(&namesakes, adding->invocation->arena, adding->branch,
	                     answers, err))
		return false;
	item->has_branch = namesakes.own;
	item->starts = namesakes.remote;
	item->remote_has_branch = item->starts.count > 0;
	return true;
}

/* Whether the configuration has `branch.NAME.KEY` for any key. */
static bool has_settings(const struct wt_adding *adding, const struct query *query)
{
	const char *prefix = arena_format(adding->invocation->arena, "branch.%s.",
	                                  adding->branch);
	const char *end = query->out + query->length;

	for (const char *name = query->out; name < end; name += strlen(name) + 1) {
		if (text_skip_prefix(name, prefix))
			return true;
	}
	return false;
}

/* Why no worktree can be made there; NULL: it can. */
static const char *find_obstacle(struct wt_addition *item,
                                 const struct wt_adding *adding,
                                 const struct query *queries)
{
	struct arena *arena = adding->invocation->arena;
	const char *own = arena_format(arena, "refs/heads/%s", adding->branch);
	const struct query *start = &queries[ASK_START],
			   *list = &queries[ASK_WORKTREES];
	struct error err;

	for (int i = 0; i < QUESTIONS; i++)
		if (queries[i].exit < 0)
			return query_reason(&queries[i], arena);
	if (list->exit != 0)
		return query_reason(list, arena);
	worktrees_parse(&item->others, arena, list->out, list->length);
	if (!take_branches(item, adding, queries, &err))
		return arena_string(arena, err.text);
	for (size_t i = 0; i < item->others.count; i++) {
		const struct worktree *other = &item->others.items[i];
		bool same_branch = other->branch && strcmp(other->branch, own) == 0;
		bool same_path = strcmp(other->path, item->path) == 0;

		item->there = same_branch && same_path && !other->prunable;
		if (item->there)
			return NULL;
		if (same_branch)
			return arena_format(arena, "branch '%s' is checked out in '%s'",
			                    adding->branch, other->path);
		if (same_path)
			return arena_format(arena, "'%s' is a worktree already",
			                    item->path);
	}
	item->has_settings = has_settings(adding, &queries[ASK_SETTINGS]);
	if (item->has_branch || item->remote_has_branch)
		return NULL;
	if (!adding->from)
		return arena_format(arena, "there is no branch '%s'; -b makes it",
		                    adding->branch);
	if (start->exit != 0)
		return arena_format(arena, "there is no commit '%s' to start from",
		                    adding->from);
	strings_add(arena, &item->starts,
	            arena_bytes(arena, start->out, strcspn(start->out, "\n")));
	return NULL;
}

/* Reads what there is, and refuses all where one repo cannot have its worktree. */
static int survey_repos(struct wt_adding *adding)
{
	struct arena *arena = adding->invocation->arena;
	size_t count = adding->count * QUESTIONS;
	struct query *queries = arena_take(arena, count * sizeof *queries);
	double limit;
	int status = survey_limit(&limit);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < count; i++) {
		query_in(&queries[i], &adding->invocation->registry,
		         adding->items[i / QUESTIONS].origin);
		add_words(&queries[i].words, adding, (int)(i % QUESTIONS));
	}
	status = query_run(queries, count, limit, arena);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < adding->count; i++) {
		struct wt_addition *item = &adding->items[i];
		const char *why = find_obstacle(item, adding, &queries[i * QUESTIONS]);

		if (why)
			status = refuse(item->origin->name, why);
	}
	return status;
}

static const char *key_of(const struct wt_addition *item)
{
	return item->others.count > 0 ? item->others.items[0].path : "";
}

/* Not one of the linked ones: where the main one is git says only of a repository that
 * has its work tree around its git folder. */
static bool is_main(const struct wt_addition *item, struct invocation *invocation)
{
	const char *path = mounts_real(disks_mounts(invocation), invocation->arena,
	                               item->origin->path);

	for (size_t i = 1; i < item->others.count; i++)
		if (strcmp(item->others.items[i].path, path) == 0)
			return false;
	return true;
}

/* Of the repos that share a git folder the one whose work tree is the main one, else
 * the first: a branch is checked out once. */
static bool stands_behind(const struct wt_addition *one,
                          const struct wt_addition *other,
                          struct invocation *invocation)
{
	bool one_main, other_main;

	if (one == other || strcmp(key_of(one), key_of(other)) != 0)
		return false;
	one_main = is_main(one, invocation);
	other_main = is_main(other, invocation);
	return one_main == other_main ? one > other : other_main;
}

static void drop_shared(struct wt_adding *adding)
{
	size_t kept = 0;
	bool *drop = arena_take(adding->invocation->arena, adding->count);

	for (size_t i = 0; i < adding->count; i++) {
		for (size_t j = 0; j < adding->count && !drop[i]; j++)
			drop[i] = stands_behind(&adding->items[i], &adding->items[j],
			                        adding->invocation);
	}
	for (size_t i = 0; i < adding->count; i++) {
		if (drop[i])
			say("wt add: %s: left out, its git folder is another repo's",
			    adding->items[i].origin->name);
		else
			adding->items[kept++] = adding->items[i];
	}
	adding->count = kept;
}

/* `worktree add [-b BRANCH] PATH BRANCH|START` */
static void make_words(struct strings *out, const struct wt_adding *adding,
                       const struct wt_addition *item)
{
	struct arena *arena = adding->invocation->arena;
	bool fresh = !item->has_branch && !item->remote_has_branch;

	strings_add(arena, out, "worktree");
	strings_add(arena, out, "add");
	if (fresh) {
		strings_add(arena, out, "-b");
		strings_add(arena, out, adding->branch);
	}
	strings_add(arena, out, item->path);
	strings_add(arena, out, fresh ? adding->from : adding->branch);
}

/* Runs git in all repos, or with --dry-run prints what would run; `*signal` is what
 * ended the run early. */
static int make_worktrees(struct wt_adding *adding, int *signal)
{
	struct invocation *invocation = adding->invocation;
	/* One failure does not stop the others: git that is stopped may leave a lock
	 * file behind. */
	struct plan plan = {
		.title = "wt add", .concurrent = true, .quiet = true, .returns = true};
	struct {
		struct wt_addition **items; /* one each of the plan's */
		size_t count, room;
	} made = {0};
	int status;

	for (size_t i = 0; i < adding->count; i++) {
		struct wt_addition *item = &adding->items[i];
		struct plan_item *out;
		struct strings words = {0};

		if (item->there)
			continue;
		*ARENA_PUSH(invocation->arena, &made) = item;
		out = ARENA_PUSH(invocation->arena, &plan);
		out->name = item->origin->name;
		out->folder = item->origin->path;
		out->repo = item->origin;
		make_words(&words, adding, item);
		plan_git_words(out, invocation, &words);
	}
	if (!made.count)
		return STATUS_OK;
	status = runner_run(invocation, &plan);
	*signal = plan.signal;
	for (size_t i = 0; i < made.count; i++) {
		made.items[i]->ran = plan.items[i].ran;
		made.items[i]->made = plan.items[i].ok;
	}
	return status;
}

/* A second interrupt must not leave half of it. */
static const int ignored[] = {SIGINT, SIGTERM, SIGHUP};
enum { IGNORED = sizeof ignored / sizeof *ignored };

static void ignore_signals(struct sigaction *before)
{
	const struct sigaction ignore = {.sa_handler = SIG_IGN};

	for (size_t i = 0; i < IGNORED; i++)
		sigaction(ignored[i], &ignore, &before[i]);
}

static void restore_signals(const struct sigaction *before)
{
	for (size_t i = 0; i < IGNORED; i++)
		sigaction(ignored[i], &before[i], NULL);
}

/* Queries of which each belongs to an item. */
struct wt_wave {
	struct {
		struct query *items;
		size_t count, room;
	} queries;
	struct {
		struct wt_addition **items;
		size_t count, room;
	} owners;
};

static struct strings *add_to_wave(struct wt_wave *wave, const struct wt_adding *adding,
                                   struct wt_addition *item)
{
	struct arena *arena = adding->invocation->arena;
	struct query *query = ARENA_PUSH(arena, &wave->queries);

	query_in(query, &adding->invocation->registry, item->origin);
	query->network = true; /* the environment of what may write */
	*ARENA_PUSH(arena, &wave->owners) = item;
	return &query->words;
}

static int run_wave(struct wt_wave *wave, const struct wt_adding *adding)
{
	return query_run(wave->queries.items, wave->queries.count, REMOVAL_LIMIT,
	                 adding->invocation->arena);
}

static void say_left(struct wt_adding *adding, const struct wt_addition *item,
                     const char *what, const char *why)
{
	adding->left = true;
	refuse(item->origin->name,
	       arena_format(adding->invocation->arena, "%s is left: %s", what, why));
}

/* A run that was killed may have left half of one. */
static void remove_worktrees(struct wt_adding *adding)
{
	struct arena *arena = adding->invocation->arena;
	struct wt_wave wave = {0};

	for (size_t i = 0; i < adding->count; i++) {
		struct wt_addition *item = &adding->items[i];
		const char *const words[] = {"worktree", "remove", "--force",
		                             item->path, NULL};

		if (item->ran)
			strings_add_all(arena, add_to_wave(&wave, adding, item), words);
	}
	run_wave(&wave, adding);
	for (size_t i = 0; i < wave.queries.count; i++) {
		const struct query *query = &wave.queries.items[i];
		struct wt_addition *item = wave.owners.items[i];

		if (query->exit == 0)
			item->made = false;
		else if (item->made)
			say_left(adding, item, arena_format(arena, "'%s'", item->path),
			         query_reason(query, arena));
	}
}

/* Which of the branches are there, each at a commit that it can have been made at. */
static void find_branches(struct wt_wave *out, struct wt_adding *adding,
                          const char *ref)
{
	/* Of `git rev-parse --verify --quiet`: there is no such reference. */
	enum { NO_REFERENCE = 1 };
	struct arena *arena = adding->invocation->arena;
	const char *const words[] = {"rev-parse", "--verify", "--quiet", ref, NULL};
	struct wt_wave wave = {0};

	for (size_t i = 0; i < adding->count; i++) {
		struct wt_addition *item = &adding->items[i];

		if (item->ran && !item->made && !item->has_branch)
			strings_add_all(arena, add_to_wave(&wave, adding, item), words);
	}
	run_wave(&wave, adding);
	for (size_t i = 0; i < wave.queries.count; i++) {
		const struct query *query = &wave.queries.items[i];
		struct wt_addition *item = wave.owners.items[i];
		const char *hash = arena_bytes(arena, query->out,
		                               strcspn(query->out, "\n"));
		const char *const removal[] = {"update-ref", "-d", ref, hash, NULL};

		if (query->exit == 0 && strings_have(&item->starts, hash))
			strings_add_all(arena, add_to_wave(out, adding, item), removal);
		else if (query->exit == 0)
			say_left(adding, item, "the branch", "it has moved on");
		else if (query->exit != NO_REFERENCE)
			say_left(adding, item, "the branch",
			         query_reason(query, arena));
	}
}

/* Those that were made with a worktree, and what git has set for them. */
static void remove_branches(struct wt_adding *adding)
{
	/* Of `git config`: there is no such section. */
	enum { NO_SECTION = 128 };
	struct arena *arena = adding->invocation->arena;
	const char *ref = arena_format(arena, "refs/heads/%s", adding->branch);
	const char *const words[] = {"config", "--remove-section",
	                             arena_format(arena, "branch.%s", adding->branch),
	                             NULL};
	struct wt_wave branches = {0}, settings = {0};

	find_branches(&branches, adding, ref);
	run_wave(&branches, adding);
	for (size_t i = 0; i < branches.queries.count; i++) {
		const struct query *query = &branches.queries.items[i];
		struct wt_addition *item = branches.owners.items[i];

		if (query->exit != 0)
			say_left(adding, item, "the branch",
			         query_reason(query, arena));
		else if (!item->has_settings)
			strings_add_all(arena, add_to_wave(&settings, adding, item),
			                words);
	}
	run_wave(&settings, adding);
	for (size_t i = 0; i < settings.queries.count; i++) {
		const struct query *query = &settings.queries.items[i];

		if (query->exit != 0 && query->exit != NO_SECTION)
			say_left(adding, settings.owners.items[i],
			         "what git has set for the branch",
			         query_reason(query, arena));
	}
}

static void take_back(struct wt_adding *adding)
{
	struct arena *arena = adding->invocation->arena;
	struct sigaction before[IGNORED];
	bool any = false;

	for (size_t i = 0; i < adding->count; i++)
		any |= adding->items[i].ran;
	if (!any)
		return;
	ignore_signals(before);
	remove_worktrees(adding);
	remove_branches(adding);
	for (size_t i = 0; i < adding->count; i++)
		wt_drop_folders(arena, adding->items[i].path, adding->folder,
		                adding->branch);
	restore_signals(before);
	say("wt add: %s has been taken back",
	    adding->left ? "what else was made" : "what was made");
}

/* Under the lock, once: the names may have been taken meanwhile. */
static int enter(const struct wt_adding *adding)
{
	struct invocation *invocation = adding->invocation;
	struct registry *registry = &invocation->registry;
	int status = invocation_change(invocation);
	struct group *group;
	struct error err;

	if (status != STATUS_OK)
		return status;
	group = registry_group(registry, adding->branch);
	if (!group && !registry_group_name_free(registry, adding->branch, &err))
		status = say_failed("wt add: %s", err.text);
	else if (!group)
		group = registry_add_group(registry, adding->branch, adding->folder);
	for (size_t i = 0; status == STATUS_OK && i < adding->count; i++) {
		const struct wt_addition *item = &adding->items[i];

		if (!is_entered(adding, item)) {
			if (!registry_name_free(registry, item->name, &err)) {
				status = say_failed("wt add: %s", err.text);
				break;
			}
			registry_add_repo(registry, item->name, item->path, "");
		}
		registry_join_group(registry, group, item->name);
	}
	if (status == STATUS_OK)
		return invocation_commit(invocation);
	registry_end(registry);
	return status;
}

static void show(const struct wt_adding *adding)
{
	struct arena *arena = adding->invocation->arena;
	struct repo **repos = arena_take(arena, adding->count * sizeof *repos);

	for (size_t i = 0; i < adding->count; i++) {
		const struct wt_addition *item = &adding->items[i];

		out_format("%s %s\n", text_escape(arena, item->name),
		           text_escape(arena, item->path));
		repos[i] = registry_repo(&adding->invocation->registry, item->name);
	}
	sightings_update(adding->invocation, repos, adding->count, true);
}

static int read_request(struct wt_adding *adding)
{
	const struct args *args = &adding->invocation->args;
	int status = invocation_registry(adding->invocation);

	adding->branch = args->operands.items[0];
	adding->from = args_value(args, "from");
	if (!adding->from && args_has(args, "branch"))
		adding->from = "HEAD";
	if (adding->from && (!*adding->from || *adding->from == '-'))
		return say_usage("wt add: --from: not a commit: '%s'", adding->from);
	if (status == STATUS_OK)
		status = check_name(adding->invocation, adding->branch);
	if (status == STATUS_OK)
		status = choose_folder(adding);
	return status == STATUS_OK ? choose_repos(adding) : status;
}

static int run_add(struct invocation *invocation)
{
	struct wt_adding adding = {.invocation = invocation};
	int status = read_request(&adding), signal = 0;

	if (status == STATUS_OK)
		status = survey_repos(&adding);
	if (status != STATUS_OK)
		return status;
	drop_shared(&adding);
	status = make_worktrees(&adding, &signal);
	if (args_has(&invocation->args, "dry-run"))
		return status;
	if (status == STATUS_OK && !signal)
		status = enter(&adding);
	if (status != STATUS_OK || signal)
		take_back(&adding);
	if (signal)
		out_end_by_signal(signal);
	if (status == STATUS_OK)
		show(&adding);
	return status;
}

static const struct option_row options[] = {
	{.letter = 'b',
         .name = "branch",
         .help = "make the branch, at HEAD, where there is none"},
	{.name = "from", .kind = KIND_TEXT, .value = "REF", .help = "the same, at REF"},
	{.name = "dir",
         .kind = KIND_FOLDER,
         .value = "DIR",
         .help = "make them in DIR/NAME (default: here)"},
	{.letter = 'n', .name = "dry-run", .help = "print what would run, run nothing"},
	{0},
};

static const struct operand_row operands[] = {
	{.kind = KIND_NEW_NAME, .name = "NAME", .required = true},
	{.kind = KIND_SELECTION, .name = "SELECTION", .repeats = true},
	{0},
};

const struct command wt_command_add = {
	.name = "add",
	.summary = "make a worktree of a branch in each repo",
	.about = "NAME is a branch: one that the repo has, or that a remote has, or a\n"
		 "new one. In each repo it is checked out in DIR/NAME/REPO, which is\n"
		 "registered as REPO@NAME and in the group NAME. If that fails in one\n"
		 "repo, all is taken back. A worktree that is there already is kept.",
	.options = options,
	.selects = true,
	.operands = operands,
	.run = run_add,
};
