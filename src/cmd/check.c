/* `check`: what would be lost with this machine? */
#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "check_reasons.h"
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
	struct invocation invocation = *check->invocation;
	struct plan plan = {.title = "fetch", .concurrent = true, .quiet = true};
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
	plan_add_repos(&plan, &invocation, &selection);
	for (size_t i = 0; i < plan.count; i++)
		plan_git_words(&plan.items[i], &invocation, &words);
	invocation.args = (struct args){0};
	status = runner_run(&invocation, &plan);
	if (status == STATUS_USAGE)
		return status;
	for (size_t i = 0; i < plan.count; i++)
		check->folders.items[i]->fetch_failed = !plan.items[i].ok;
	return STATUS_OK;
}

static void print_lines(const struct checked *checked, const struct strings *reasons,
                        struct arena *arena)
{
	for (size_t i = 0; i < reasons->count; i++)
		out_format("%s: %s\n", text_escape(arena, checked->repo->name),
		           text_escape(arena, reasons->items[i]));
}

/* Repos with submodules, where --submodules is not given. */
static size_t count_unchecked(const struct check *check)
{
	size_t count = 0;

	for (size_t i = 0; !check->submodules && i < check->folders.count; i++)
		count += check->folders.items[i]->unpushed.submodules > 0;
	return count;
}

static bool has_work_tree(const struct holdings *holdings)
{
	for (size_t i = 0; i < holdings->worktrees.count; i++)
		if (!holdings->worktrees.items[i].bare)
			return true;
	return false;
}

/* Repos whose untracked files the user does not want to see. */
static size_t count_hidden(const struct check *check)
{
	size_t count = 0;

	for (size_t i = 0; i < check->folders.count; i++) {
		const struct holdings *holdings = check->folders.items[i];

		count += holdings->unpushed.hides_untracked && has_work_tree(holdings);
	}
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

/* Whether all repos were asked for, and some rows of the registry could not be read. */
static bool left_some_out(const struct check *check)
{
	return !check->named && check->invocation->registry.left_out.count > 0;
}

static void print_verdict(const struct check *check, size_t unsafe)
{
	size_t unchecked = count_unchecked(check), hidden = count_hidden(check);
	const char *repos = check->count == 1 ? "repo" : "repos";
	BUF line = {0};

	if (unsafe)
		buf_addf(&line, "%zu of %zu %s not safe", unsafe, check->count, repos);
	else
		buf_addf(&line, "nothing would be lost in %zu %s", check->count, repos);
	if (unchecked)
		buf_addf(&line, "; submodules of %zu not checked (--submodules)",
		         unchecked);
	if (hidden)
		buf_addf(&line,
		         "; untracked files of %zu not checked "
		         "(status.showUntrackedFiles)",
		         hidden);
	if (left_some_out(check))
		buf_adds(&line, "; the lines that were left out are not checked");
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
	return unsafe || left_some_out(check) ? STATUS_FAILED : STATUS_OK;
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
	check.named = selection.named;
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
	.operands = operands_selection,
	.examples = examples,
	.run = run_check,
};
