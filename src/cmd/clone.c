/* `clone`: one repository by its URL, or a list of them; `sync`: the same for a list of
 * which much is here already. */
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "cli/runner.h"
#include "cli/survey.h"
#include "clone_plan.h"
#include "cmd/commands.h"
#include "git/probe.h"
#include "git/remote.h"
#include "naming.h"

struct cloning {
	struct invocation *invocation;
	struct clone_plan plan;
	const char *folder;
	bool listed; /* many at once, of which each says only what is wrong */
	bool keep_paths;
	bool dry;
	bool syncs;
	int status; /* the worst of what was done so far */
};

/* The greater of both: a usage error outweighs a failure, a failure a success. */
static void note_status(struct cloning *cloning, int status)
{
	if (status > cloning->status)
		cloning->status = status;
}

static const char *title(const struct cloning *cloning)
{
	return cloning->invocation->command->name;
}

/* The plan is some seconds old: the name may be taken by now. */
static void keep_name_free(struct cloning *cloning, const struct registry *registry,
                           struct clone_item *item)
{
	struct arena *arena = cloning->invocation->arena;
	struct strings paths = {0}, names = {0}, taken = {0};
	struct error err;

	if (registry_name_free(registry, item->name, &err))
		return;
	for (size_t i = 0; i < cloning->plan.count; i++)
		strings_add(arena, &taken, cloning->plan.items[i].name);
	strings_add(arena, &paths, item->path);
	naming_choose(&names, arena, registry, &paths, &taken);
	item->name = names.items[0];
}

/* Of the types only `bare` is kept, of a mirror as well: a worktree or submodule is a
 * clone now. */
static void put_item(struct cloning *cloning, struct registry *registry,
                     struct clone_item *item)
{
	const char *group_name = args_value(&cloning->invocation->args, "group");
	const struct repo *known = registry_repo_at(registry, item->path);
	struct group *group;

	if (known) {
		item->name = arena_string(cloning->invocation->arena, known->name);
	} else if (!item->registered) {
		struct repo *repo;

		keep_name_free(cloning, registry, item);
		repo = registry_add_repo(registry, item->name, item->path,
		                         frozen_is_bare(item->repo) ? frozen_bare : "");
		if (*item->repo->flags)
			registry_set_flags(registry, repo, item->repo->flags);
	}
	if (!group_name)
		return;
	group = registry_group(registry, group_name);
	if (!group)
		group = registry_add_group(registry, group_name, "");
	registry_join_group(registry, group, item->name);
}

/*
 * Registers a clone as it ends, so that an interrupt loses none that is on disk.
 * The registry is read each time, into an arena of its own: there may be
 * thousands of repos.
 */
static void register_item(struct cloning *cloning, struct clone_item *item)
{
	struct arena arena = {0};
	struct notes notes = {.arena = &arena};
	struct registry registry;
	struct error err;
	bool ok = registry_begin(&registry, &cloning->invocation->home, &arena, &notes,
	                         &err);

	if (ok) {
		put_item(cloning, &registry, item);
		ok = registry_commit(&registry, &err);
		registry_end(&registry);
	}
	if (!ok)
		note_status(cloning, say_failed("%s: %s", title(cloning), err.text));
	arena_drop(&arena);
}

/* Registers what was there before. */
static void register_existing(struct cloning *cloning)
{
	struct remarks remarks = clone_remarks(cloning->invocation, NULL, say);
	struct arena *arena = cloning->invocation->arena;
	int status = invocation_change(cloning->invocation);
	size_t known = 0;

	for (size_t i = 0; status == STATUS_OK && i < cloning->plan.count; i++) {
		struct clone_item *item = &cloning->plan.items[i];

		if (!item->there)
			continue;
		if (item->registered)
			known++;
		else
			remarks_add(&remarks, arena_format(arena, "'%s'", item->name),
			            "registered: already there", 0);
		put_item(cloning, &cloning->invocation->registry, item);
	}
	if (status == STATUS_OK)
		status = invocation_commit(cloning->invocation);
	note_status(cloning, status);
	if (cloning->syncs)
		return;
	remarks_say(&remarks);
	if (known > 0)
		say("clone: %zu %s already registered", known,
		    known == 1 ? "repo is" : "repos are");
}

static const char *name_here(const struct cloning *cloning, const char *frozen_name)
{
	for (size_t i = 0; i < cloning->plan.count; i++)
		if (strcmp(cloning->plan.items[i].repo->name, frozen_name) == 0)
			return cloning->plan.items[i].name;
	return NULL;
}

static void make_group(struct cloning *cloning, const struct frozen_group *row)
{
	struct registry *registry = &cloning->invocation->registry;
	struct group *group = registry_group(registry, row->name);
	const char *path;
	struct error err;

	if (!group && !registry_group_name_free(registry, row->name, &err)) {
		note_status(cloning, say_failed("%s: group skipped: %s", title(cloning),
		                                err.text));
		return;
	}
	if (!group)
		group = registry_add_group(registry, row->name, "");
	path = path_absolute(registry->arena,
	                     path_join(registry->arena, cloning->folder, row->path));
	if (!*group->path && *row->path &&
	    (cloning->keep_paths || path_is_below(path, cloning->folder)))
		registry_set_group_path(registry, group, path);
	for (size_t i = 0; i < row->members.count; i++) {
		const char *name = name_here(cloning, row->members.items[i]);

		if (name && registry_repo(registry, name))
			registry_join_group(registry, group, name);
	}
}

/* The groups of the list, with those of their repos that are registered. */
static void make_groups(struct cloning *cloning)
{
	int status = invocation_change(cloning->invocation);

	for (size_t i = 0; status == STATUS_OK && i < cloning->plan.frozen.groups.count;
	     i++)
		make_group(cloning, &cloning->plan.frozen.groups.items[i]);
	if (status == STATUS_OK)
		status = invocation_commit(cloning->invocation);
	note_status(cloning, status);
}

/* One run of git clone over some of the items. */
struct clone_wave {
	struct plan plan;
	struct cloning *cloning;
	struct clone_item **items; /* of the plan's, in order */
};

static void clone_words(struct strings *out, const struct cloning *cloning,
                        const struct clone_item *item)
{
	struct arena *arena = cloning->invocation->arena;
	const struct strings *rest = &cloning->invocation->args.rest;

	strings_add_all(arena, out, (const char *[]){"git", "clone", NULL});
	if (cloning->listed)
		strings_add(arena, out, "-q");
	if (frozen_is_bare(item->repo))
		strings_add(arena, out,
		            strcmp(item->repo->type, frozen_mirror) == 0 ? "--mirror"
		                                                         : "--bare");
	for (size_t i = 0; i < rest->count; i++)
		strings_add(arena, out, rest->items[i]);
	strings_add_all(arena, out,
	                (const char *[]){"--", item->repo->url, item->path, NULL});
}

/* Without a branch git would make one, named after the folder. */
static void worktree_words(struct strings *out, struct arena *arena,
                           const struct clone_item *item)
{
	strings_add_all(arena, out,
	                (const char *[]){"git", "-C", item->base->path, "worktree",
	                                 "add", "-q", NULL});
	if (!*item->branch)
		strings_add(arena, out, "--detach");
	strings_add_all(arena, out, (const char *[]){"--", item->path, NULL});
	if (*item->branch)
		strings_add(arena, out, item->branch);
}

static void submodule_words(struct strings *out, struct arena *arena,
                            const struct clone_item *item)
{
	strings_add_all(
		arena, out,
		(const char *[]){"git", "-C", item->base->path, "submodule", "update",
	                         "-q", "--init", "--",
	                         path_relative(arena, item->path, item->base->path),
	                         NULL});
}

static void item_words(struct strings *out, const struct cloning *cloning,
                       const struct clone_item *item)
{
	if (clone_is_worktree(item))
		worktree_words(out, cloning->invocation->arena, item);
	else if (clone_is_submodule(item))
		submodule_words(out, cloning->invocation->arena, item);
	else
		clone_words(out, cloning, item);
}

static void on_end(void *context, struct plan_item *item)
{
	struct clone_wave *wave = context;
	struct clone_item *cloned = wave->items[item - wave->plan.items];

	cloned->cloned = item->ok;
	if (item->ok)
		register_item(wave->cloning, cloned);
}

/* A clone made before may contain a link that leads out of the target folder. */
static bool is_safe_still(const struct cloning *cloning, const struct clone_item *item)
{
	return cloning->keep_paths || item->wave == 0 ||
	       clone_is_below(cloning->invocation->arena, item->path, cloning->folder);
}

/*
 * Makes the items of a wave that are not there, all at once or, one item and not
 * `concurrent`, on the terminal. What follows `--` is passed to git.
 */
static void run_wave(struct cloning *cloning, size_t number, bool concurrent)
{
	struct arena *arena = cloning->invocation->arena;
	struct remarks remarks = clone_remarks(cloning->invocation, NULL, say);
	struct clone_wave wave = {
		.plan = {.title = "clone",
	                 .concurrent = concurrent,
	                 .terse = cloning->listed,
	                 .on_end = on_end,
	                 .context = &wave},
		.cloning = cloning,
		.items = arena_take(arena, cloning->plan.count * sizeof *wave.items),
	};

	for (size_t i = 0; i < cloning->plan.count; i++) {
		struct clone_item *item = &cloning->plan.items[i];
		struct plan_item *run;

		if (item->there || item->wave != number)
			continue;
		if (!is_safe_still(cloning, item)) {
			remarks_add(&remarks, arena_format(arena, "'%s'", item->name),
			            "skipped: a symbolic link on the path leaves the "
			            "target folder",
			            0);
			cloning->plan.refused++;
			continue;
		}
		wave.items[wave.plan.count] = item;
		run = ARENA_PUSH(arena, &wave.plan);
		*run = (struct plan_item){.name = item->name,
		                          .folder = cloning->folder,
		                          .clone = item->path};
		item_words(&run->words, cloning, item);
	}
	remarks_say(&remarks);
	if (wave.plan.count > 0)
		note_status(cloning, runner_run(cloning->invocation, &wave.plan));
}

/* The branch of the list, where the clone is not on it already. */
static void add_checkout(struct cloning *cloning, struct plan *plan,
                         const struct clone_item *item)
{
	struct arena *arena = cloning->invocation->arena;
	const char *branch = probe_branch(arena, item->path);
	struct plan_item *run;

	if (!*item->branch || frozen_is_bare(item->repo) || clone_is_worktree(item) ||
	    (branch && strcmp(branch, item->branch) == 0))
		return;
	run = ARENA_PUSH(arena, plan);
	*run = (struct plan_item){.name = item->name, .folder = item->path};
	strings_add_all(
		arena, &run->words,
		(const char *[]){"git", "checkout", "-q", item->branch, "--", NULL});
}

static void check_out(struct cloning *cloning, size_t number)
{
	struct plan plan = {.title = "checkout", .concurrent = true, .terse = true};

	for (size_t i = 0; i < cloning->plan.count; i++) {
		const struct clone_item *item = &cloning->plan.items[i];

		if (item->wave == number &&
		    (item->cloned || (cloning->dry && !item->there)))
			add_checkout(cloning, &plan, item);
	}
	if (plan.count > 0)
		note_status(cloning, runner_run(cloning->invocation, &plan));
}

/* Flags are options of every later git command: they are shown, and used only with
 * the user's consent. */
static int check_flags(struct cloning *cloning)
{
	bool any = false;

	for (size_t i = 0; i < cloning->plan.count; i++) {
		const struct clone_item *item = &cloning->plan.items[i];

		if (item->registered || !*item->repo->flags)
			continue;
		any = true;
		say("%s: '%s' sets flags for git: %s", title(cloning), item->name,
		    item->repo->flags);
	}
	if (!any || cloning->dry || args_has(&cloning->invocation->args, "yes") ||
	    say_ask("Use these flags?"))
		return STATUS_OK;
	return say_failed("%s: nothing done: the list sets flags for git (see above); "
	                  "use -y to accept them",
	                  title(cloning));
}

/* Clones what is not there, registers what is, and makes the groups. */
static void carry_out(struct cloning *cloning)
{
	size_t last = 0;

	if (!cloning->dry)
		register_existing(cloning);
	if (cloning->status != STATUS_OK)
		return;
	for (size_t i = 0; i < cloning->plan.count; i++)
		if (cloning->plan.items[i].wave > last)
			last = cloning->plan.items[i].wave;
	/* A worktree can take a branch only when its main repository has left it. */
	for (size_t number = 0; number <= last; number++) {
		run_wave(cloning, number, true);
		check_out(cloning, number);
	}
	if (!cloning->dry)
		make_groups(cloning);
	if (cloning->plan.refused > 0)
		note_status(cloning, STATUS_FAILED);
}

static int read_plan(struct cloning *cloning, const char *file)
{
	const struct clone_plan_rules rules = {
		.folder = cloning->folder,
		.keep_paths = cloning->keep_paths,
		.by_name = cloning->syncs,
	};
	int status = clone_plan_read(&cloning->plan, cloning->invocation, file, &rules);

	return status == STATUS_OK ? check_flags(cloning) : status;
}

/* `clone -f` */
static void clone_list(struct cloning *cloning, const char *file)
{
	cloning->status = read_plan(cloning, file);
	if (cloning->status == STATUS_OK)
		carry_out(cloning);
}

/* A repo that is here under another URL than the list has. */
struct moved_remote {
	const struct clone_item *item;
	const struct repo *repo;
	const char *name; /* of the remote; NULL: there is none yet */
	const char *url;  /* "": none */
};

struct moved_remotes {
	struct moved_remote *items;
	size_t count;
	size_t room;
};

/* What of the list is here; a worktree or submodule has the URL of its base. */
static void find_comparable(struct repos *repos, struct moved_remotes *of,
                            const struct cloning *cloning)
{
	const struct registry *registry = &cloning->invocation->registry;
	struct arena *arena = cloning->invocation->arena;

	for (size_t i = 0; i < cloning->plan.count; i++) {
		const struct clone_item *item = &cloning->plan.items[i];
		struct repo *repo = registry_repo_at(registry, item->path);

		if (!item->there || clone_is_worktree(item) ||
		    clone_is_submodule(item) || !*item->repo->url)
			continue;
		if (!repo) {
			repo = arena_take(arena, sizeof *repo);
			*repo = (struct repo){.name = item->name,
			                      .path = item->path,
			                      .type = "",
			                      .flags = ""};
		}
		*ARENA_PUSH(arena, repos) = repo;
		*ARENA_PUSH(arena, of) = (struct moved_remote){item, repo, NULL, ""};
	}
}

static int find_moved(struct moved_remotes *out, struct cloning *cloning)
{
	struct arena *arena = cloning->invocation->arena;
	struct moved_remotes candidates = {0};
	struct repos repos = {0};
	struct remarks remarks = clone_remarks(cloning->invocation, NULL, say);
	struct summary **summaries;
	int status;

	find_comparable(&repos, &candidates, cloning);
	summaries = arena_take(arena, repos.count * sizeof *summaries);
	status = survey_read(summaries, cloning->invocation, repos.items, repos.count,
	                     WANT_HEAD | WANT_REMOTE);
	for (size_t i = 0; status == STATUS_OK && i < repos.count; i++) {
		struct moved_remote moved = candidates.items[i];
		const struct summary *summary = summaries[i];
		const char *url = summary->remote_configured;

		if (summary->state != STATE_OK ||
		    (url && strcmp(url, moved.item->repo->url) == 0))
			continue;
		if (!clone_url_is_plain(moved.item->repo->url)) {
			remarks_add(
				&remarks, arena_format(arena, "'%s'", moved.item->name),
				"URL kept: that of the list is " CLONE_NOT_PLAIN, 0);
			cloning->plan.refused++;
			continue;
		}
		moved.name = url ? summary->remote_name : NULL;
		moved.url = url ? url : "";
		*ARENA_PUSH(arena, out) = moved;
	}
	remarks_say(&remarks);
	return status;
}

/* Registered, but not in the list. */
static void find_others(struct strings *out, const struct cloning *cloning)
{
	const struct repos *repos = &cloning->invocation->registry.repos;
	struct strings listed = {0};

	for (size_t i = 0; i < cloning->plan.count; i++)
		if (cloning->plan.items[i].registered)
			strings_add(cloning->invocation->arena, &listed,
			            cloning->plan.items[i].name);
	strings_sort(&listed);
	for (size_t i = 0; i < repos->count; i++)
		if (!strings_have_sorted(&listed, repos->items[i]->name))
			strings_add(cloning->invocation->arena, out,
			            repos->items[i]->name);
}

static const char *shown(const struct cloning *cloning, const char *text)
{
	return text_escape(cloning->invocation->arena, text);
}

static const char *shown_url(const struct cloning *cloning, const char *url)
{
	return shown(cloning, remote_mask(cloning->invocation->arena, url));
}

/* `+ 2 to clone  ~ 1 URL differs  ? 3 not in the list`, and each of them. */
static void print_sync(const struct cloning *cloning, const struct moved_remotes *moved,
                       const struct strings *others)
{
	const struct clone_plan *plan = &cloning->plan;
	size_t missing = 0;

	for (size_t i = 0; i < plan->count; i++)
		missing += !plan->items[i].there;
	out_format("+ %zu to clone  ~ %zu %s  ? %zu not in the list\n", missing,
	           moved->count, moved->count == 1 ? "URL differs" : "URLs differ",
	           others->count);
	for (size_t i = 0; i < plan->count; i++)
		if (!plan->items[i].there)
			out_format("+ %s %s\n", shown(cloning, plan->items[i].name),
			           shown(cloning, plan->items[i].path));
	for (size_t i = 0; i < moved->count; i++)
		out_format(
			"~ %s %s -> %s\n", shown(cloning, moved->items[i].item->name),
			*moved->items[i].url ? shown_url(cloning, moved->items[i].url)
					     : "(none)",
			shown_url(cloning, moved->items[i].item->repo->url));
	for (size_t i = 0; i < others->count; i++)
		out_format("? %s\n", shown(cloning, others->items[i]));
}

static void set_urls(struct cloning *cloning, const struct moved_remotes *moved)
{
	struct arena *arena = cloning->invocation->arena;
	struct plan plan = {.title = "remote", .concurrent = true};

	for (size_t i = 0; i < moved->count; i++) {
		const struct moved_remote *one = &moved->items[i];
		struct plan_item *run = ARENA_PUSH(arena, &plan);
		struct strings words = {0};

		*run = (struct plan_item){.name = one->repo->name,
		                          .folder = one->repo->path,
		                          .repo = one->repo};
		strings_add(arena, &words, "remote");
		strings_add(arena, &words, one->name ? "set-url" : "add");
		strings_add(arena, &words, "--");
		strings_add(arena, &words, one->name ? one->name : "origin");
		strings_add(arena, &words, one->item->repo->url);
		plan_git_words(run, cloning->invocation, &words);
	}
	if (plan.count > 0)
		note_status(cloning, runner_run(cloning->invocation, &plan));
}

/* The plan is shown before anything is done; nothing is deleted. */
static void sync_list(struct cloning *cloning, const char *file)
{
	struct moved_remotes moved = {0};
	struct strings others = {0};

	cloning->status = read_plan(cloning, file);
	if (cloning->status == STATUS_OK)
		cloning->status = find_moved(&moved, cloning);
	if (cloning->status != STATUS_OK)
		return;
	find_others(&others, cloning);
	if (cloning->dry || !args_has(&cloning->invocation->args, "json"))
		print_sync(cloning, &moved, &others);
	out_flush();
	if (cloning->dry) {
		if (cloning->plan.refused > 0)
			note_status(cloning, STATUS_FAILED);
		return;
	}
	set_urls(cloning, &moved);
	carry_out(cloning);
}

/* One URL, typed by the user: git checks it, on the terminal. */
static void clone_url(struct cloning *cloning, const char *url)
{
	struct invocation *invocation = cloning->invocation;
	struct frozen_repo *repo = arena_take(invocation->arena, sizeof *repo);
	struct clone_item *item = ARENA_PUSH(invocation->arena, &cloning->plan);
	struct strings paths = {0}, names = {0}, none = {0};
	const char *folder = clone_folder_name(invocation->arena, url);
	struct sighting seen;

	if (!*folder || *url == '-') {
		cloning->status = say_usage("clone: '%s' is not a repository URL", url);
		return;
	}
	*repo = (struct frozen_repo){.url = url,
	                             .name = folder,
	                             .path = folder,
	                             .type = "",
	                             .flags = "",
	                             .branch = "",
	                             .parent = ""};
	*item = (struct clone_item){
		.repo = repo,
		.path = path_join(invocation->arena, cloning->folder, folder)};
	strings_add(invocation->arena, &paths, item->path);
	naming_known(&seen, invocation, &paths);
	if (seen.repo) {
		cloning->status = say_failed(
			"clone: '%s' is already registered as '%s'", item->path,
			seen.repo->name);
		return;
	}
	naming_choose(&names, invocation->arena, &invocation->registry, &paths, &none);
	item->name = names.items[0];
	run_wave(cloning, 0, false);
	if (item->cloned && !args_has(&invocation->args, "json") &&
	    !args_has(&invocation->args, "quiet"))
		out_format("%s %s\n", text_escape(invocation->arena, item->name),
		           text_escape(invocation->arena, item->path));
}

static int check_group(struct invocation *invocation)
{
	const char *name = args_value(&invocation->args, "group");
	struct error err;

	if (!name || registry_group(&invocation->registry, name) ||
	    registry_group_name_free(&invocation->registry, name, &err))
		return STATUS_OK;
	return say_usage("%s: %s", invocation->command->name, err.text);
}

/* Both commands: `sync` or `clone`. */
static int make_repos(struct invocation *invocation, bool syncs)
{
	const struct args *args = &invocation->args;
	const char *folder = args_value(args, "directory");
	struct cloning cloning = {
		.invocation = invocation,
		.folder = path_absolute(invocation->arena, folder ? folder : "."),
		.listed = syncs || args_has(args, "from-file"),
		.keep_paths = args_has(args, "preserve-path"),
		.dry = args_has(args, "dry-run"),
		.syncs = syncs,
	};
	struct error err;
	int status = invocation_registry(invocation);

	if (status == STATUS_OK)
		status = check_group(invocation);
	if (status != STATUS_OK)
		return status;
	if (!disks_respond(invocation, cloning.folder))
		return say_failed("%s: '%s': " DISK_SILENT, title(&cloning),
		                  cloning.folder);
	if (!cloning.dry && !file_make_folder(cloning.folder, false, &err))
		return say_failed("%s: %s", title(&cloning), err.text);
	if (syncs)
		sync_list(&cloning, args->operands.items[0]);
	else if (cloning.listed)
		clone_list(&cloning, args->operands.items[0]);
	else
		clone_url(&cloning, args->operands.items[0]);
	return cloning.status;
}

static int clone_run(struct invocation *invocation)
{
	return make_repos(invocation, false);
}

static int sync_run(struct invocation *invocation)
{
	return make_repos(invocation, true);
}

/* For `sync` a list is the only thing that there can be. */
static const struct option_row options[] = {
	{.letter = 'f',
         .name = "from-file",
         .help = "clone the repos of a list that are not there yet"},
	{.letter = 'C',
         .name = "directory",
         .kind = KIND_FOLDER,
         .value = "DIR",
         .help = "clone into this folder"},
	{.letter = 'p',
         .name = "preserve-path",
         .help = "use the paths of the list, even outside DIR"},
	{.letter = 'g',
         .name = "group",
         .kind = KIND_GROUP,
         .value = "GROUP",
         .help = "add the repos to this group"},
	{.letter = 'y', .name = "yes", .help = "accept the flags of the list"},
	{0},
};

static const struct operand_row operands[] = {
	{.kind = KIND_URL, .name = "URL|FILE", .required = true},
	{0},
};

static const char *const examples[] = {
	"gita clone -f repos.txt -C ~/src",
	"all repos of a list, at once",
	NULL,
};

const struct command command_clone = {
	.name = "clone",
	.synonyms = "import restore",
	.summary = "clone and register repos",
	.options = options,
	.runs = true,
	.operands = operands,
	.examples = examples,
	.run = clone_run,
};

static const struct operand_row sync_operands[] = {
	{.kind = KIND_FILE, .name = "FILE", .required = true},
	{0},
};

static const char *const sync_examples[] = {
	"gita sync -f repos.txt -n",
	"what differs from the list",
	NULL,
};

const struct command command_sync = {
	.name = "sync",
	.summary = "make repos match a list",
	.options = options,
	.runs = true,
	.yields = true,
	.operands = sync_operands,
	.examples = sync_examples,
	.run = sync_run,
};
