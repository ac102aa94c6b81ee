#include "store/delegates.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "commands_yaml.h"

/* The built-in commands, with the meaning they have in the Python tool's cmds.json. */
struct builtin_delegate {
	const char *name;
	const char *command; /* what follows `git`, separated by spaces */
	const char *help;
	const char *operand;
	const char *more, *more_help;
	enum delegate_rule rule;
	bool allow_all;
	bool disable_async;
};

static const struct builtin_delegate builtins[] = {
	{.name = "br",
         .command = "branch -vv",
         .help = "show branches and what they follow",
         .more = "--merged",
         .more_help = "those that are merged"},
	{.name = "clean",
         .command = "clean -dfx",
         .help = "remove files that git does not track",
         .more = "-n",
         .more_help = "only show what would be removed"},
	{.name = "co",
         .command = "checkout",
         .help = "check out a branch, where there is one of that name",
         .operand = "BRANCH",
         .rule = DELEGATE_CHECKOUT,
         .allow_all = true,
         .more = "--detach",
         .more_help = "without being on the branch"},
	{.name = "diff",
         .command = "diff",
         .help = "show changes that are not staged",
         .more = "--cached",
         .more_help = "what is staged"},
	{.name = "difftool",
         .command = "difftool",
         .help = "show changes in a diff tool",
         .disable_async = true,
         .more = "--cached",
         .more_help = "what is staged"},
	{.name = "fetch",
         .command = "fetch",
         .help = "fetch from the remote",
         .allow_all = true,
         .more = "--prune",
         .more_help = "forget branches that the remote has deleted"},
	{.name = "grep",
         .command = "grep",
         .help = "search the files that git tracks",
         .operand = "PATTERN",
         .rule = DELEGATE_SEARCH,
         .allow_all = true,
         .more = "-i",
         .more_help = "in upper and lower case"},
	{.name = "last",
         .command = "log -1 HEAD",
         .help = "show the last commit",
         .more = "--stat",
         .more_help = "with the files that it changed"},
	{.name = "lo",
         .command = "log --oneline -7",
         .help = "show the last seven commits",
         .allow_all = true,
         .more = "--all",
         .more_help = "of all branches"},
	{.name = "log",
         .command = "log",
         .help = "show the history",
         .disable_async = true,
         .more = "-n5",
         .more_help = "the last five"},
	{.name = "merge",
         .command = "merge @{u}",
         .help = "merge what the branch follows",
         .more = "--ff-only",
         .more_help = "only where nothing has to be merged"},
	{.name = "mergetool",
         .command = "mergetool",
         .help = "solve conflicts in a merge tool",
         .disable_async = true,
         .more = "-y",
         .more_help = "without asking before each file"},
	{.name = "patch",
         .command = "format-patch HEAD~",
         .help = "write the last commit to a file",
         .more = "--stdout",
         .more_help = "print it"},
	{.name = "pull",
         .command = "pull",
         .help = "pull from the remote",
         .rule = DELEGATE_PULL,
         .allow_all = true,
         .more = "--rebase",
         .more_help = "put own commits on top"},
	{.name = "push",
         .command = "push",
         .help = "push to the remote",
         .allow_all = true,
         .more = "--tags",
         .more_help = "tags, too"},
	{.name = "rebase",
         .command = "rebase",
         .help = "put the branch on top of what it follows",
         .more = "--autostash",
         .more_help = "put changes aside meanwhile"},
	{.name = "reflog",
         .command = "reflog",
         .help = "show where HEAD has been",
         .more = "-n5",
         .more_help = "the last five places"},
	{.name = "remote",
         .command = "remote -v",
         .help = "show the remotes",
         .more = "show -n origin",
         .more_help = "more about one"},
	{.name = "reset",
         .command = "reset",
         .help = "unstage what is staged",
         .more = "--hard",
         .more_help = "throw changes away"},
	{.name = "show",
         .command = "show",
         .help = "show the last commit and its changes",
         .disable_async = true,
         .more = "--stat",
         .more_help = "only the files that it changed"},
	{.name = "st",
         .command = "status",
         .help = "show git's own status",
         .allow_all = true,
         .more = "-sb",
         .more_help = "in short"},
	{.name = "stash",
         .command = "stash",
         .help = "put changes aside",
         .more = "list",
         .more_help = "show what was put aside"},
	{.name = "stat",
         .command = "diff --stat",
         .help = "show how much has changed",
         .allow_all = true,
         .more = "--cached",
         .more_help = "of what is staged"},
	{.name = "tag",
         .command = "tag -n",
         .help = "show tags",
         .more = "--sort=-creatordate",
         .more_help = "the newest first"},
};

/* The first one that exists is read. */
static const char *const files[] = {"cmds.yml", "cmds.yaml", "cmds.json"};
enum { FILE_COUNT = sizeof files / sizeof *files };

struct delegates_loading {
	struct delegates *out;
	bool (*reserved)(const char *name);
	struct arena *arena;
	struct notes *notes;
	const char *path;
};

static int by_name(const void *one, const void *other)
{
	return strcmp(((const struct delegate *)one)->name,
	              ((const struct delegate *)other)->name);
}

/* A word that can be typed as a command and is safe to print. */
static bool is_command_name(struct arena *arena, const char *name)
{
	return *name && *name != '-' && !strpbrk(name, " \t\n/") &&
	       text_escape(arena, name) == name;
}

static bool split_command(struct delegate *delegate, const char *command,
                          struct arena *arena, struct error *err)
{
	struct strings *words = &delegate->words;

	if (!words_split(words, arena, command, err))
		return false;
	delegate->git = words->count && strcmp(words->items[0], "git") == 0;
	if (delegate->git)
		strings_remove(words, "git");
	return words->count || error_set(err, "'cmd' names no command");
}

/* The rules of `pull` hold for the user's pulls that ask for them. */
static bool set_safe(struct delegate *delegate, struct error *err)
{
	if (delegate->script || strcmp(delegate->words.items[0], "pull") != 0)
		return error_set(err, "'%s' is for what 'git pull' does, not for '%s'",
		                 commands_yaml_keys[KEY_PULL_SAFE],
		                 delegate->script ? delegate->script
		                                  : delegate->words.items[0]);
	delegate->rule = DELEGATE_PULL;
	delegate->safe = true;
	return true;
}

/* Fails with the reason why the entry is invalid. */
static bool make_delegate(struct delegate *out, const struct yaml_command *entry,
                          const struct delegates_loading *loading, struct error *err)
{
	const char *const *values = entry->values;
	const char *command = values[KEY_CMD] ? values[KEY_CMD] : entry->name;
	const char *help = values[KEY_HELP] ? values[KEY_HELP] : "";
	bool given[KEY_COUNT] = {false}, good;

	if (!is_command_name(loading->arena, entry->name))
		return error_set(err, "not a valid name of a command");
	if (loading->reserved(entry->name))
		return error_set(err, "a command of gita itself cannot be replaced");
	for (size_t i = KEY_SHELL; i < KEY_COUNT; i++)
		if (values[i] && !text_switch(&given[i], values[i]))
			return error_set(err, "'%s' must be true or false, not '%s'",
			                 commands_yaml_keys[i], values[i]);
	help = arena_bytes(loading->arena, help, strcspn(help, "\r\n"));
	*out = (struct delegate){.name = entry->name,
	                         .help = text_escape(loading->arena, help),
	                         .allow_all = given[KEY_ALLOW_ALL],
	                         .disable_async = given[KEY_DISABLE_ASYNC],
	                         .users = true};
	out->script = given[KEY_SHELL] ? command : NULL;
	good = out->script ? command[strspn(command, " \t\n")] ||
	                             error_set(err, "'cmd' is empty")
	                   : split_command(out, command, loading->arena, err);
	return good && (!given[KEY_PULL_SAFE] || set_safe(out, err));
}

static void put(const struct delegates_loading *loading,
                const struct delegate *delegate)
{
	struct delegates *out = loading->out;

	for (size_t i = 0; i < out->count; i++)
		if (strcmp(out->items[i].name, delegate->name) == 0) {
			out->items[i] = *delegate;
			return;
		}
	*ARENA_PUSH(loading->arena, out) = *delegate;
}

static void load_entries(const struct delegates_loading *loading,
                         const struct yaml_commands *entries)
{
	for (size_t i = 0; i < entries->count; i++) {
		const struct yaml_command *entry = &entries->items[i];
		struct delegate delegate;
		struct error err;

		if (make_delegate(&delegate, entry, loading, &err))
			put(loading, &delegate);
		else
			note(loading->notes, "%s:%u: '%s' is ignored: %s",
			     loading->path, entry->line, entry->name, err.text);
	}
}

static void load_file(const struct delegates_loading *loading, bool json)
{
	struct yaml_commands entries = {0};
	struct error err;
	BUF text = {0};
	bool there;

	if (!file_read(&text, &there, loading->path, COMMANDS_YAML_SIZE, &err)) {
		note(loading->notes, "%s", err.text);
		return;
	}
	if (json)
		commands_yaml_join_surrogates(&text);
	if (commands_yaml_read(&entries, &text, loading->path, loading->arena,
	                       loading->notes))
		load_entries(loading, &entries);
}

/* Reads the first file that exists, or may, and adds a note for each other one. */
static void load_users(struct delegates_loading *loading, const struct home *home)
{
	for (size_t i = 0; i < FILE_COUNT; i++) {
		const char *path = home_file(home, loading->arena, files[i]);
		bool there = access(path, F_OK) == 0;

		if (!there && (loading->path || errno == ENOENT || errno == ENOTDIR))
			continue;
		if (loading->path) {
			note(loading->notes,
			     "'%s' is ignored, since '%s' exists; merge the two files",
			     path, loading->path);
			continue;
		}
		loading->path = path;
		load_file(loading, strcmp(files[i], "cmds.json") == 0);
	}
}

static void load_builtin(struct delegates *out, struct arena *arena)
{
	for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
		const struct builtin_delegate *row = &builtins[i];
		struct delegate *delegate = ARENA_PUSH(arena, out);

		*delegate = (struct delegate){.name = row->name,
		                              .help = row->help,
		                              .operand = row->operand,
		                              .more = row->more,
		                              .more_help = row->more_help,
		                              .rule = row->rule,
		                              .allow_all = row->allow_all,
		                              .disable_async = row->disable_async};
		strings_split(arena, &delegate->words, row->command, " ");
	}
}

void delegates_load(struct delegates *out, const struct home *home,
                    bool (*reserved)(const char *name), struct arena *arena,
                    struct notes *notes)
{
	struct delegates_loading loading = {out, reserved, arena, notes, NULL};

	*out = (struct delegates){0};
	load_builtin(out, arena);
	if (!home->shared)
		load_users(&loading, home);
	qsort(out->items, out->count, sizeof *out->items, by_name);
}

const struct delegate *delegates_find(const struct delegates *delegates,
                                      const char *name)
{
	const struct delegate key = {.name = name};

	return sorted_find(&key, delegates->items, delegates->count, sizeof key,
	                   by_name);
}

const char *store_library_version(void)
{
	return commands_yaml_library();
}
