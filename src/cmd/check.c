/* `check`: what would be lost with this machine? */
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "check_read.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/runner.h"
#include "cli/select.h"
#include "cmd/commands.h"

static void add_selection(struct check *check, const struct selection *selection)
{
	for (size_t i = 0; i < selection->count; i++)
		ARENA_PUSH(check->invocation->arena, check)->repo = selection->items[i];
}

/* As `gita fetch -q --all` would, once a git folder; the options of `check` are not
 * the run's. */
static int fetch(struct check *check)
{
	static const struct option_row quiet = {.name = "quiet"};
	struct invocation invocation = *check->invocation;
	struct runner_plan plan = {.title = "fetch", .concurrent = true};
	struct selection selection = {0};
	struct strings words = {0};
	int status;

	for (size_t i = 0; i < check->folders.count; i++)
		*ARENA_PUSH(invocation.arena,
		            &selection) = check->folders.items[i]->repo;
	if (selection.count == 0)
		return STATUS_OK;
	strings_add(invocation.arena, &words, "fetch");
	strings_add(invocation.arena, &words, "--all");
	runner_plan_repos(&plan, &invocation, &selection);
	for (size_t i = 0; i < plan.count; i++)
		runner_git_words(&plan.items[i], &invocation, &words);
	invocation.args = (struct args){0};
	*ARENA_PUSH(invocation.arena, &invocation.args) = (struct given){&quiet, NULL};
	status = runner_run(&invocation, &plan);
	if (status == STATUS_USAGE)
		return status;
	for (size_t i = 0; i < plan.count; i++)
		check->folders.items[i]->fetch_failed = !plan.items[i].ok;
	return STATUS_OK;
}

/* One reason against a repo, after `where`. */
static __attribute__((format(printf, 4, 5))) void add_reason(struct strings *out,
                                                             struct arena *arena,
                                                             const char *where,
                                                             const char *format, ...)
{
	va_list values;

	va_start(values, format);
	strings_add(arena, out,
	            arena_format(arena, "%s%s", where,
	                         arena_vformat(arena, format, values)));
	va_end(values);
}

static void add_state(struct strings *out, struct arena *arena, const char *where,
                      const struct summary *summary, const char *path)
{
	const char *text = summary->state == STATE_MISSING ? path : summary->error;

	add_reason(out, arena, where, "%s: %s", state_name(summary->state),
	           text ? text : "unknown reason");
}

static void add_files(struct strings *out, struct arena *arena, const char *where,
                      const struct summary *summary)
{
	if (summary->conflicted)
		add_reason(out, arena, where, "unresolved conflicts");
	if (summary->staged || summary->unstaged)
		add_reason(out, arena, where, "uncommitted changes");
	if (summary->untracked)
		add_reason(out, arena, where, "untracked files");
	if (summary->operation != OPERATION_NONE)
		add_reason(out, arena, where, "%s in progress",
		           operation_name(summary->operation));
}

/* All that a work tree is reported for. */
static void add_work_tree(struct strings *out, struct arena *arena, const char *where,
                          const struct summary *summary, const char *path)
{
	if (summary->state == STATE_OK)
		add_files(out, arena, where, summary);
	else
		add_state(out, arena, where, summary, path);
}

static const char *commits(struct arena *arena, size_t count)
{
	return arena_format(arena, "%zu %s on no remote", count,
	                    count == 1 ? "commit" : "commits");
}

/* How the references of a kind are called; as many are reported a line each. */
enum { SEPARATE = 3 };

static const struct kind_row {
	const char *one; /* before the name in quotes; NULL: the name alone */
	const char *many;
} kind_rows[HOLDER_KINDS] = {
	[HOLDER_BRANCH] = {.one = "branch ", .many = "branches"},
	[HOLDER_TAG] = {.one = "tag ", .many = "tags"},
	[HOLDER_OTHER] = {.one = NULL, .many = "references"},
};

static const char *holder_name(const struct holder *holder, struct arena *arena)
{
	const char *one = kind_rows[holder->kind].one;

	return one ? arena_format(arena, "%s'%s'", one, holder->name) : holder->name;
}

static void add_holder(struct strings *out, struct arena *arena,
                       const struct holder *holder)
{
	const char *name = holder_name(holder, arena);

	if (holder->count > 0)
		add_reason(out, arena, "", "%s: %s", name,
		           commits(arena, holder->count));
	else if (!holder->commit && !holder->on_remote)
		add_reason(out, arena, "", "%s: points to no commit, not checked",
		           name);
}

/* The references of one kind: each in a line, or all of them in one. */
static void add_holders(struct strings *out, struct arena *arena,
                        const struct unpushed *unpushed, enum holder_kind kind)
{
	size_t count = 0;
	BUF names = {0};

	for (size_t i = 0; i < unpushed->count; i++) {
		const struct holder *holder = &unpushed->items[i];

		if (holder->kind != kind || holder->count == 0)
			continue;
		if (count++ < SEPARATE)
			buf_addf(&names, "%s%s", count > 1 ? ", " : "", holder->name);
	}
	if (count > SEPARATE)
		add_reason(out, arena, "", "%zu %s: %s (%s, ...)", count,
		           kind_rows[kind].many, commits(arena, unpushed->totals[kind]),
		           buf_text(&names));
	for (size_t i = 0; i < unpushed->count; i++) {
		const struct holder *holder = &unpushed->items[i];

		if (holder->kind == kind && (count <= SEPARATE || holder->count == 0))
			add_holder(out, arena, holder);
	}
}

/* Commits of a detached HEAD, by the path of its work tree. */
static void add_head(struct strings *out, struct arena *arena, const char *where,
                     const struct unpushed *unpushed, const char *path)
{
	for (size_t i = 0; i < unpushed->count; i++) {
		const struct holder *holder = &unpushed->items[i];

		if (holder->kind == HOLDER_HEAD && holder->count > 0 &&
		    strcmp(holder->name, path) == 0)
			add_reason(out, arena, where, "detached HEAD: %s",
			           commits(arena, holder->count));
	}
}

/* What is in the git folder, and in work trees that are no repos of their own. */
static void add_holdings(struct strings *out, struct arena *arena,
                         const struct holdings *holdings, size_t stashes)
{
	for (size_t i = 0; i < holdings->places.count; i++) {
		const struct place *place = &holdings->places.items[i];
		const struct worktree *worktree = place->worktree;
		const char *where = arena_format(arena,
		                                 "worktree '%s': ", worktree->path);

		if (place->summary)
			add_work_tree(out, arena, where, place->summary,
			              worktree->path);
		else
			add_reason(out, arena, where, "not checked: %s",
			           worktree->prunable);
		add_head(out, arena, where, &holdings->unpushed, worktree->path);
	}
	if (stashes)
		add_reason(out, arena, "", "%zu %s", stashes,
		           stashes == 1 ? "stash" : "stashes");
	add_holders(out, arena, &holdings->unpushed, HOLDER_BRANCH);
	add_holders(out, arena, &holdings->unpushed, HOLDER_TAG);
	add_holders(out, arena, &holdings->unpushed, HOLDER_OTHER);
	if (holdings->error)
		add_reason(out, arena, "", "cannot read references: %s",
		           holdings->error);
}

/* The reasons against the repo, one a line. */
static void check_reasons(struct strings *out, struct arena *arena,
                          const struct checked *checked)
{
	const struct holdings *holdings = checked->holdings;

	*out = (struct strings){0};
	if (holdings && holdings->fetch_failed && holdings->repo == checked->repo)
		add_reason(out, arena, "", "fetch failed");
	add_work_tree(out, arena, "", checked->summary, checked->repo->path);
	if (!holdings)
		return;
	add_head(out, arena, "", &holdings->unpushed, checked->repo->path);
	if (holdings->repo == checked->repo)
		add_holdings(out, arena, holdings, checked->summary->stashes);
}

static void print_lines(const struct checked *checked, const struct strings *reasons,
                        struct arena *arena)
{
	for (size_t i = 0; i < reasons->count; i++)
		out_format("%s: %s\n", text_escape(arena, checked->repo->name),
		           text_escape(arena, reasons->items[i]));
}

/* Repos with submodules that nobody asked to look into. */
static size_t count_unchecked(const struct check *check)
{
	size_t count = 0;

	for (size_t i = 0; !check->submodules && i < check->folders.count; i++)
		count += check->folders.items[i]->unpushed.submodules > 0;
	return count;
}

static struct json *json_of(const struct checked *checked,
                            const struct strings *reasons)
{
	struct json *out = json_new_object();

	json_set_text(out, "name", checked->repo->name);
	json_set_text(out, "path", checked->repo->path);
	json_set_text(out, "state", state_name(checked->summary->state));
	json_set_bool(out, "safe", reasons->count == 0);
	json_set_strings(out, "reasons", reasons);
	return out;
}

static void print_verdict(const struct check *check, size_t unsafe)
{
	size_t unchecked = count_unchecked(check);
	const char *repos = check->count == 1 ? "repo" : "repos";
	BUF line = {0};

	if (unsafe)
		buf_addf(&line, "%zu of %zu %s not safe", unsafe, check->count, repos);
	else
		buf_addf(&line, "nothing would be lost in %zu %s", check->count, repos);
	if (unchecked)
		buf_addf(&line, "; submodules of %zu not checked (--submodules)",
		         unchecked);
	say("check: %s", buf_text(&line));
}

static int print(const struct check *check)
{
	bool json = args_has(&check->invocation->args, "json");
	struct json_list list = {0};
	size_t unsafe = 0;

	for (size_t i = 0; i < check->count; i++) {
		const struct checked *checked = &check->items[i];
		struct arena arena = {0};
		struct strings reasons;

		check_reasons(&reasons, &arena, checked);
		unsafe += reasons.count > 0;
		if (json)
			json_list_add(&list, json_of(checked, &reasons));
		else
			print_lines(checked, &reasons, &arena);
		arena_drop(&arena);
	}
	if (json)
		json_list_end(&list);
	print_verdict(check, unsafe);
	return unsafe ? STATUS_FAILED : STATUS_OK;
}

static int run_check(struct invocation *invocation)
{
	bool fetches = args_has(&invocation->args, "fetch");
	struct check check = {
		.invocation = invocation,
		.submodules = args_has(&invocation->args, "submodules"),
	};
	struct selection selection = {0};
	int status = select_repos(&selection, invocation, SELECT_ANY);

	if (status != STATUS_OK)
		return status;
	add_selection(&check, &selection);
	if (check.submodules)
		status = check_add_submodules(&check);
	if (status == STATUS_OK)
		status = check_read_worktrees(&check);
	if (status == STATUS_OK && fetches)
		status = fetch(&check);
	if (status == STATUS_OK)
		status = check_read_commits(&check, fetches);
	return status == STATUS_OK ? print(&check) : status;
}

static const struct option_row options[] = {
	{.name = "fetch", .help = "fetch from all remotes first"},
	{.name = "submodules", .help = "check submodules as well"},
	{.name = "json", .help = "print a JSON array, one object a repo"},
	{0},
};

static const struct operand_row operands[] = {
	{.kind = KIND_SELECTION, .name = "SELECTION", .repeats = true},
	{0},
};

static const char about[] =
	"Prints a line for each thing that would be lost: changes, untracked files,\n"
	"stashes, an operation in progress, commits that are on no remote, whatever\n"
	"branch, tag, other reference or detached HEAD holds them; and for each repo\n"
	"or linked worktree that is missing or cannot be read. Linked worktrees are\n"
	"checked, registered or not. Exits with status 1 if there is any. Being\n"
	"behind is not reported. What is on a remote is known from the last fetch;\n"
	"with --fetch the remote is asked for its tags and other references too.";

static const char *const examples[] = {
	"gita check",
	"is everything also somewhere else?",
	"gita check --fetch --submodules",
	"the same, before wiping a disk",
	NULL,
};

const struct command command_check = {
	.name = "check",
	.summary = "list what exists only here",
	.about = about,
	.options = options,
	.selects = true,
	.operands = operands,
	.examples = examples,
	.run = run_check,
};
