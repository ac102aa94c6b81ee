/* `wt`: one branch in several repos, each in a worktree of its own. */
#include "wt.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/columns.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/survey.h"
#include "cli/table.h"
#include "cmd/commands.h"

int wt_find(struct group **out, struct invocation *invocation, const char *name)
{
	const struct groups *groups = &invocation->registry.groups;
	struct strings names = {0};
	int status = invocation_registry(invocation);

	if (status != STATUS_OK)
		return status;
	*out = registry_group(&invocation->registry, name);
	if (*out && registry_is_worktree_set(*out))
		return STATUS_OK;
	for (size_t i = 0; i < groups->count; i++) {
		if (registry_is_worktree_set(groups->items[i]))
			strings_add(invocation->arena, &names, groups->items[i]->name);
	}
	return say_unknown("wt: no worktrees", name, &names, "'gita wt ls' lists them");
}

static int by_name(const void *one, const void *other)
{
	const struct repo *const *left = one, *const *right = other;

	return strcmp((*left)->name, (*right)->name);
}

void wt_list(struct wt_members *out, const struct invocation *invocation,
             const struct group *group)
{
	for (size_t i = 0; i < group->members.count; i++) {
		struct repo *repo = registry_repo(&invocation->registry,
		                                  group->members.items[i]);

		if (repo)
			*ARENA_PUSH(invocation->arena, out) = repo;
	}
	if (out->count > 0)
		qsort(out->items, out->count, sizeof(struct repo *), by_name);
}

const char *wt_origin(struct arena *arena, const struct repo *worktree,
                      const struct group *group)
{
	size_t suffix = strlen(group->name) + 1;

	return arena_bytes(arena, worktree->name, strlen(worktree->name) - suffix);
}

void wt_drop_folders(struct arena *arena, const char *path, const char *folder,
                     const char *name)
{
	struct mounts mounts = {0};
	const char *last = folder;

	/* Each slash of the name has made one more. */
	for (; strchr(name, '/'); name = strchr(name, '/') + 1)
		last = path_parent(arena, last);
	mounts_load(&mounts, arena);
	if (mounts_lead_remote(&mounts, folder))
		return;
	for (path = path_parent(arena, path); path_is_below(path, last);
	     path = path_parent(arena, path)) {
		if (rmdir(path) != 0)
			return;
	}
}

/* The worktrees of all sets, by the name of the set. */
struct wt_listing {
	struct repo **items;
	size_t count, room;
	const struct group **groups; /* one each */
};

static int by_group(const void *one, const void *other)
{
	const struct group *const *left = one, *const *right = other;

	return strcmp((*left)->name, (*right)->name);
}

static void list_all(struct wt_listing *out, const struct invocation *invocation)
{
	struct arena *arena = invocation->arena;
	const struct groups *groups = &invocation->registry.groups;
	const struct group **sets = arena_take(arena, groups->count * sizeof *sets);
	size_t count = 0, most = 0;

	for (size_t i = 0; i < groups->count; i++) {
		if (!registry_is_worktree_set(groups->items[i]))
			continue;
		sets[count++] = groups->items[i];
		most += groups->items[i]->members.count;
	}
	if (count > 0)
		qsort(sets, count, sizeof *sets, by_group);
	out->groups = arena_take(arena, most * sizeof *out->groups);
	for (size_t i = 0; i < count; i++) {
		struct wt_members members = {0};

		wt_list(&members, invocation, sets[i]);
		for (size_t j = 0; j < members.count; j++) {
			out->groups[out->count] = sets[i];
			*ARENA_PUSH(arena, out) = members.items[j];
		}
	}
}

static void print_table(const struct wt_listing *listing, struct invocation *invocation,
                        struct summary *const *summaries)
{
	enum { SET, REPO, BRANCH, PATH, COLUMNS };
	struct arena *arena = invocation->arena;
	struct table_column columns[COLUMNS] = {
		[SET].fit = FIT_MIDDLE,
		[REPO].fit = FIT_MIDDLE,
		[BRANCH].fit = FIT_MIDDLE,
		[PATH].fit = FIT_MIDDLE,
	};
	struct table table = {.columns = columns, .column_count = COLUMNS};

	for (size_t i = 0; i < listing->count; i++) {
		const struct repo *repo = listing->items[i];
		const struct column_source source = {.repo = repo,
		                                     .summary = summaries[i],
		                                     .registry = &invocation->registry,
		                                     .settings = &invocation->settings,
		                                     .arena = arena};
		struct table_row *row = ARENA_PUSH(arena, &table);
		const char *whole = column_whole(&source);

		row->cells = arena_take(arena, COLUMNS * sizeof *row->cells);
		row->cells[SET].text = text_escape(arena, listing->groups[i]->name);
		row->cells[REPO].text = text_escape(
			arena, wt_origin(arena, repo, listing->groups[i]));
		row->cells[BRANCH].text = row->cells[PATH].text = "";
		if (whole) {
			row->cells[BRANCH].text = whole;
			continue;
		}
		column_cell(&row->cells[BRANCH], ITEM_BRANCH, &source);
		row->cells[PATH].text = text_escape(arena, repo->path);
	}
	table_print(&table, arena, term_width(1), invocation_colors(invocation), 0);
}

static void print_json(const struct wt_listing *listing, struct invocation *invocation,
                       struct summary *const *summaries)
{
	struct json_list list = {0};

	for (size_t i = 0; i < listing->count; i++) {
		const struct repo *repo = listing->items[i];
		struct json *out = json_new_object();

		json_set_text(out, "worktrees", listing->groups[i]->name);
		json_set_text(out, "repo",
		              wt_origin(invocation->arena, repo, listing->groups[i]));
		json_set_text(out, "name", repo->name);
		json_set_text(out, "path", repo->path);
		json_set_text(out, "state", state_name(summaries[i]->state));
		json_set_text(out, "branch", summaries[i]->branch);
		json_set_text(out, "head", summaries[i]->head);
		json_list_add(&list, out);
	}
	json_list_end(&list);
}

static int run_ls(struct invocation *invocation)
{
	bool json = args_has(&invocation->args, "json");
	struct wt_listing listing = {0};
	struct summary **summaries;
	int status = invocation_registry(invocation);

	if (status == STATUS_OK)
		status = invocation_settings(invocation);
	if (status != STATUS_OK)
		return status;
	list_all(&listing, invocation);
	summaries = arena_take(invocation->arena, listing.count * sizeof *summaries);
	status = survey_read(summaries, invocation, listing.items, listing.count,
	                     json ? WANT_HEAD : column_wants(ITEM_BRANCH));
	if (status != STATUS_OK)
		return status;
	if (json)
		print_json(&listing, invocation, summaries);
	else
		print_table(&listing, invocation, summaries);
	return STATUS_OK;
}

static void print_path(struct invocation *invocation, const char *path)
{
	out_format("%s\n", out_escape(invocation->arena, path));
}

static int run_path(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	struct wt_members members = {0};
	struct strings names = {0};
	struct group *group;
	int status = wt_find(&group, invocation, words->items[0]);

	if (status != STATUS_OK)
		return status;
	if (words->count == 1) {
		print_path(invocation, group->path);
		return STATUS_OK;
	}
	wt_list(&members, invocation, group);
	for (size_t i = 0; i < members.count; i++) {
		const char *origin = wt_origin(invocation->arena, members.items[i],
		                               group);

		if (strcmp(origin, words->items[1]) == 0) {
			print_path(invocation, members.items[i]->path);
			return STATUS_OK;
		}
		strings_add(invocation->arena, &names, origin);
	}
	return say_unknown(arena_format(invocation->arena,
	                                "wt: no worktree '%s' of repo", group->name),
	                   words->items[1], &names, NULL);
}

static const struct option_row ls_options[] = {
	{.name = "json", .help = "print a JSON array, one object a worktree"},
	{0},
};

static const struct command command_wt_ls = {
	.name = "ls",
	.summary = "list the worktrees, their branches and paths",
	.options = ls_options,
	.run = run_ls,
};

static const struct operand_row path_operands[] = {
	{.kind = KIND_WORKTREES, .name = "NAME", .required = true},
	{.kind = KIND_REPO, .name = "REPO"},
	{0},
};

static const struct command command_wt_path = {
	.name = "path",
	.summary = "print the folder of the worktrees, or of one repo's",
	.operands = path_operands,
	.run = run_path,
};

static const struct command *const children[] = {
	&command_wt_ls, &wt_command_add, &wt_command_rm, &command_wt_path, NULL,
};

static const char *const examples[] = {
	"gita wt add feat/login web api -b",
	"a new branch in two, side by side",
	"gcd feat/login; gita ll feat/login",
	"go there; see how they stand",
	"gita super feat/login push",
	"any command, in all of them",
	"gita wt ls",
	"which worktrees there are, and where",
	"gita wt path feat/login web",
	"the folder of one of them",
	"gita wt rm feat/login",
	"remove them, if nothing would be lost",
	NULL,
};

const struct command command_wt = {
	.name = "wt",
	.summary = "worktrees in several repos",
	.children = children,
	.examples = examples,
};
