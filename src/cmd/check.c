/* `check`: what would be lost with this machine? */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "check_read.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/runner.h"
#include "cli/select.h"
#include "cli/survey.h"
#include "cmd/commands.h"

static void add_selection(struct check *check, const struct selection *selection)
{
	for (size_t i = 0; i < selection->count; i++)
		ARENA_PUSH(check->invocation->arena, check)->repo = selection->items[i];
}

/* Only what can be read is fetched; the rest is reported anyway. */
static int plan_fetch(struct run_plan *plan, struct invocation *invocation,
                      const struct selection *selection)
{
	struct arena *arena = invocation->arena;
	struct summary **summaries = arena_take(arena,
	                                        selection->count * sizeof *summaries);
	struct selection readable = {0};
	struct strings words = {0};
	int status = survey_read(summaries, invocation, selection->items,
	                         selection->count, WANT_HEAD);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < selection->count; i++) {
		if (summaries[i]->state == STATE_OK)
			*ARENA_PUSH(arena, &readable) = selection->items[i];
	}
	strings_add(arena, &words, "fetch");
	strings_add(arena, &words, "--all");
	runner_plan(plan, invocation, &readable);
	for (size_t i = 0; i < plan->count; i++)
		runner_git_words(&plan->items[i].words, invocation, plan->items[i].repo,
		                 &words);
	return STATUS_OK;
}

/* As `gita fetch -q --all` would; the options of `check` are not the run's. */
static int fetch(struct check *check, const struct selection *selection)
{
	static const struct option_row quiet = {.name = "quiet"};
	struct invocation invocation = *check->invocation;
	struct run_plan plan = {.title = "fetch", .concurrent = true};
	int status = plan_fetch(&plan, check->invocation, selection);

	if (status != STATUS_OK || plan.count == 0)
		return status;
	invocation.args = (struct args){0};
	*ARENA_PUSH(invocation.arena, &invocation.args) = (struct given){&quiet, NULL};
	status = runner_run(&invocation, &plan);
	if (status == STATUS_USAGE)
		return status;
	/* The plan is the selection in its order, less what cannot be read. */
	for (size_t i = 0, j = 0; i < plan.count; i++) {
		while (check->items[j].repo != plan.items[i].repo)
			j++;
		check->items[j].fetch_failed = !plan.items[i].ok;
	}
	return STATUS_OK;
}

static void add_state(struct strings *out, struct arena *arena,
                      const struct checked *checked)
{
	const struct summary *summary = checked->summary;
	const char *text = summary->state == STATE_MISSING ? checked->repo->path
	                                                   : summary->error;

	strings_add(arena, out,
	            arena_format(arena, "%s: %s", state_name(summary->state),
	                         text ? text : "unknown reason"));
}

static void add_files(struct strings *out, struct arena *arena,
                      const struct summary *summary)
{
	if (summary->conflicted)
		strings_add(arena, out, "unresolved conflicts");
	if (summary->staged || summary->unstaged)
		strings_add(arena, out, "uncommitted changes");
	if (summary->untracked)
		strings_add(arena, out, "untracked files");
	if (summary->operation != OPERATION_NONE)
		strings_add(arena, out,
		            arena_format(arena, "%s in progress",
		                         operation_name(summary->operation)));
	if (summary->stashes)
		strings_add(arena, out,
		            arena_format(arena, "%zu %s", summary->stashes,
		                         summary->stashes == 1 ? "stash" : "stashes"));
}

static void add_commits(struct strings *out, struct arena *arena, const char *where,
                        size_t count)
{
	if (count)
		strings_add(arena, out,
		            arena_format(arena, "%s: %zu %s on no remote", where, count,
		                         count == 1 ? "commit" : "commits"));
}

static void add_branch(struct strings *out, struct arena *arena,
                       const struct branch *branch, size_t unpushed)
{
	const char *where = arena_format(arena, "branch '%s'", branch->name);

	if (!branch->upstream)
		strings_add(arena, out, arena_format(arena, "%s: no upstream", where));
	else if (branch->gone)
		strings_add(arena, out,
		            arena_format(arena, "%s: upstream '%s' is gone", where,
		                         branch->upstream));
	add_commits(out, arena, where, unpushed);
}

/* The reasons against the repo, one a line. */
static void check_reasons(struct strings *out, struct arena *arena,
                          const struct checked *checked)
{
	*out = (struct strings){0};
	if (checked->summary->state != STATE_OK) {
		add_state(out, arena, checked);
		return;
	}
	if (checked->fetch_failed)
		strings_add(arena, out, "fetch failed");
	add_files(out, arena, checked->summary);
	add_commits(out, arena, "detached HEAD", checked->loose);
	for (size_t i = 0; i < checked->branches.count; i++)
		add_branch(out, arena, &checked->branches.items[i],
		           checked->unpushed[i]);
	if (checked->error)
		strings_add(arena, out,
		            arena_format(arena, "cannot read branches: %s",
		                         checked->error));
}

static void print_lines(const struct checked *checked, const struct strings *reasons,
                        struct arena *arena)
{
	for (size_t i = 0; i < reasons->count; i++)
		out_format("%s: %s\n", text_escape(arena, checked->repo->name),
		           text_escape(arena, reasons->items[i]));
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
	if (unsafe)
		say("check: %zu of %zu %s not safe", unsafe, check->count,
		    check->count == 1 ? "repo" : "repos");
	else
		say("check: nothing would be lost in %zu %s", check->count,
		    check->count == 1 ? "repo" : "repos");
	return unsafe ? STATUS_FAILED : STATUS_OK;
}

static int run_check(struct invocation *invocation)
{
	struct check check = {.invocation = invocation};
	struct selection selection = {0};
	int status = select_repos(&selection, invocation, SELECT_ANY);

	if (status != STATUS_OK)
		return status;
	add_selection(&check, &selection);
	if (args_has(&invocation->args, "fetch"))
		status = fetch(&check, &selection);
	if (status == STATUS_OK && args_has(&invocation->args, "submodules"))
		status = check_add_submodules(&check);
	if (status == STATUS_OK)
		status = check_read(&check);
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
	"stashes, an operation in progress, commits of any branch that are on no\n"
	"remote, a branch without upstream; and for each repo that is missing or\n"
	"cannot be read. Exits with status 1 if there is any. Being behind is not\n"
	"reported. What is on a remote is known from the last fetch.";

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
