#include "git/arguments.h"

#include <string.h>

#include "base/arena.h"
#include "base/strings.h"
#include "config.h"

/* Options of git itself. */
static const struct git_option {
	const char *name;
	bool takes_next; /* its value is the next word, unless joined by `=` */
	bool elsewhere;
	bool unpaged;
} options[] = {
	{.name = "-p"},
	{.name = "--paginate"},
	{.name = "-P", .unpaged = true},
	{.name = "--no-pager", .unpaged = true},
	{.name = "--no-optional-locks"},
	{.name = "--no-replace-objects"},
	{.name = "--no-lazy-fetch"},
	{.name = "--no-advice"},
	{.name = "--literal-pathspecs"},
	{.name = "--glob-pathspecs"},
	{.name = "--noglob-pathspecs"},
	{.name = "--icase-pathspecs"},
	{.name = "--bare", .elsewhere = true},
	{.name = "-c", .takes_next = true, .elsewhere = true},
	{.name = "-C", .takes_next = true, .elsewhere = true},
	{.name = "--git-dir", .takes_next = true, .elsewhere = true},
	{.name = "--work-tree", .takes_next = true, .elsewhere = true},
	{.name = "--namespace", .takes_next = true, .elsewhere = true},
	{.name = "--config-env", .takes_next = true, .elsewhere = true},
	{.name = "--attr-source", .takes_next = true},
	{.name = "--exec-path", .elsewhere = true},
};

/* The row whose option the word is, `*joined` being whether it has its value with it.
 */
static const struct git_option *option_of(bool *joined, const char *word)
{
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		size_t length = strlen(options[i].name);

		if (strncmp(word, options[i].name, length) != 0)
			continue;
		*joined = word[length] == '=' && word[1] == '-';
		if (*joined || word[length] == '\0')
			return &options[i];
	}
	return NULL;
}

bool arguments_is_option(const char *word)
{
	bool joined;

	return option_of(&joined, word) != NULL;
}

void arguments_find(struct arguments *out, const char *const *words, size_t count)
{
	size_t at = 0;

	*out = (struct arguments){0};
	while (at < count && words[at][0] == '-') {
		bool joined;
		const struct git_option *option = option_of(&joined, words[at]);

		/* A newer git may know it. */
		out->elsewhere |= !option || option->elsewhere;
		out->unpaged |= option && option->unpaged;
		at += option && option->takes_next && !joined ? 2 : 1;
	}
	if (at < count) {
		out->items = words + at;
		out->count = count - at;
	}
}

bool arguments_expand(struct arguments *arguments, struct arena *arena)
{
	const struct config *common = config_common();
	const char *value = NULL;
	struct strings words = {0};
	struct error err;

	if (common && arguments->count > 0)
		value = config_text(
			common, arena_format(arena, "alias.%s", arguments->items[0]));
	if (!value || *value == '!' || !words_split(&words, arena, value, &err) ||
	    words.count == 0)
		return false;
	for (size_t i = 1; i < arguments->count; i++)
		strings_add(arena, &words, arguments->items[i]);
	arguments->items = words.items;
	arguments->count = words.count;
	return true;
}

/* The commands that want the terminal: always, or with one of some options, but not
 * with one of others. */
static const struct interactive {
	const char *name;
	const char *with;    /* separated by spaces; NULL: always */
	const char *without; /* NULL: none */
	bool pages;          /* wants it for its pager alone */
} interactive[] = {
	{.name = "add", .with = "-e -i -p --edit --interactive --patch"},
	{.name = "branch", .with = "--edit-description"},
	{.name = "checkout", .with = "-p --patch"},
	{.name = "citool"},
	{.name = "clean", .with = "-i --interactive"},
	{.name = "commit",
         .without = "-m -F -C --message --file --reuse-message --no-edit --fixup "
                    "--dry-run --short --porcelain --long"},
	{.name = "config", .with = "-e --edit"},
	{.name = "difftool"},
	{.name = "gui"},
	{.name = "log", .pages = true},
	{.name = "mergetool"},
	{.name = "rebase", .with = "-i --interactive --edit-todo"},
	{.name = "reset", .with = "-p --patch"},
	{.name = "restore", .with = "-p --patch"},
	{.name = "show", .pages = true},
	{.name = "stash", .with = "-p --patch"},
	{.name = "tag",
         .with = "-a -s -u --annotate --sign --local-user",
         .without = "-m -F --message --file"},
};

/* `-m` alone, or among others as in `-am`; `--message`, or `--message=x`. */
static bool is_option(const char *word, const char *option)
{
	if (option[1] == '-')
		return strncmp(word, option, strlen(option)) == 0 &&
		       (word[strlen(option)] == '\0' || word[strlen(option)] == '=');
	return word[0] == '-' && word[1] != '-' && strchr(word, option[1]);
}

static bool has_option(const struct arguments *arguments, const char *names)
{
	struct arena scratch = {0};
	struct strings list = {0};
	bool found = false;

	strings_split(&scratch, &list, names, " ");
	for (size_t i = 1; i < arguments->count; i++) {
		if (strcmp(arguments->items[i], "--") == 0)
			break;
		for (size_t j = 0; j < list.count; j++)
			found |= is_option(arguments->items[i], list.items[j]);
	}
	arena_drop(&scratch);
	return found;
}

bool arguments_want_terminal(const struct arguments *arguments)
{
	for (size_t i = 0; i < sizeof interactive / sizeof *interactive; i++) {
		const struct interactive *row = &interactive[i];

		if (arguments->count > 0 && strcmp(row->name, arguments->items[0]) == 0)
			return (!row->with || has_option(arguments, row->with)) &&
			       !(row->without && has_option(arguments, row->without)) &&
			       !(row->pages && arguments->unpaged);
	}
	return false;
}

static const struct {
	const char *name;
	const char *with; /* one of these options */
	enum exit_answer answer;
} answering[] = {
	{"diff", "--exit-code --quiet", ANSWER_DIFFER},
	{"grep", NULL, ANSWER_FOUND},
};

enum exit_answer arguments_answer(const struct arguments *arguments)
{
	for (size_t i = 0; i < sizeof answering / sizeof *answering; i++)
		if (arguments->count > 0 &&
		    strcmp(answering[i].name, arguments->items[0]) == 0 &&
		    (!answering[i].with || has_option(arguments, answering[i].with)))
			return answering[i].answer;
	return ANSWER_NONE;
}
