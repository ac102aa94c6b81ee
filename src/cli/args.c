#include "cli/args.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/out.h"
#include "git/arguments.h"

/* The rows of a command in the form that getopt_long reads, and what it has read. */
struct args_parser {
	const struct command *command;
	const char *parent;
	const struct args_selection *selection;
	struct arena *arena;
	struct args *args;
	struct {
		const struct option_row **items;
		size_t count, room;
	} rows;
	struct {
		struct option *items;
		size_t count, room;
	} longs;
	struct buf letters;
};

static const char *title(const struct args_parser *parser)
{
	if (!parser->command->name)
		return "";
	return arena_format(parser->arena,
	                    "%s%s%s: ", parser->parent ? parser->parent : "",
	                    parser->parent ? " " : "", parser->command->name);
}

static bool is_seconds(const char *value)
{
	char *end;
	double seconds;

	errno = 0;
	seconds = strtod(value, &end);
	return isdigit((unsigned char)*value) && *end == '\0' && errno == 0 &&
	       seconds > 0 && seconds < 1e9;
}

static int check_value(const struct args_parser *parser, const struct option_row *row,
                       const char *value)
{
	const char *const *allowed = kind_words(row->kind);
	const char *wanted = NULL;
	long number;

	if (row->kind == KIND_NUMBER && !text_number(&number, value, 1, 100000))
		wanted = "a whole number from 1 to 100000";
	if (row->kind == KIND_SECONDS && !is_seconds(value))
		wanted = "a number of seconds above 0";
	if (allowed && row->kind != KIND_SORT) {
		struct strings list = {0};
		BUF text = {0};

		for (size_t i = 0; allowed[i]; i++)
			strings_add(parser->arena, &list, allowed[i]);
		if (!strings_have(&list, value)) {
			words_join(&text, &list);
			wanted = arena_format(parser->arena, "one of %s",
			                      buf_text(&text));
		}
	}
	if (wanted)
		return say_usage("%soption '--%s' expects %s, not '%s'", title(parser),
		                 row->name, wanted, value);
	return STATUS_OK;
}

/* Names the word that may have been meant as the command, but chooses repos. */
static const char *taken(const struct args_parser *parser)
{
	const struct strings *operands = &parser->args->operands;

	if (!command_open_operand(parser->command) || !parser->command->selects ||
	    operands->count == 0)
		return "";
	return arena_format(parser->arena,
	                    "; '%s' chooses repos, after '--' it is the command",
	                    operands->items[operands->count - 1]);
}

static int check_arity(const struct args_parser *parser)
{
	const struct operand_row *row = parser->command->operands;
	size_t have = parser->args->operands.count, used = 0;
	const char *missing = NULL;
	BUF usage = {0};

	if (args_has(parser->args, "help"))
		return STATUS_OK;
	for (; row && row->name; row++) {
		bool open = kind_is_open(row->kind);
		size_t here = open ? parser->args->rest.count : have - used;

		if (row->required && here == 0 && !missing)
			missing = row->name;
		if (!open)
			used += row->repeats ? have - used : used < have;
	}
	if (!missing && used == have)
		return STATUS_OK;
	command_usage(&usage, parser->command, parser->parent);
	if (missing)
		return say_usage("%s%s is missing%s; usage: %s", title(parser), missing,
		                 taken(parser), buf_text(&usage));
	return say_usage("%sunexpected argument '%s'; usage: %s", title(parser),
	                 parser->args->operands.items[used], buf_text(&usage));
}

/* Values of getopt's `val` above every letter name a row by its index. */
enum { FIRST_ROW = 256 };

static void add_row(void *context, const struct option_row *row)
{
	struct args_parser *parser = context;
	int argument = row->kind == KIND_NONE ? no_argument : required_argument;

	if (row->letter) {
		buf_addc(&parser->letters, row->letter);
		if (argument == required_argument)
			buf_addc(&parser->letters, ':');
	}
	*ARENA_PUSH(parser->arena, &parser->longs) = (struct option){
		row->name, argument, NULL, FIRST_ROW + (int)parser->rows.count};
	*ARENA_PUSH(parser->arena, &parser->rows) = row;
}

/* getopt knows no other letters than those of the rows. */
static const struct option_row *row_of(const struct args_parser *parser, int code)
{
	size_t i = 0;

	if (code >= FIRST_ROW)
		return parser->rows.items[code - FIRST_ROW];
	while (parser->rows.items[i]->letter != code)
		i++;
	return parser->rows.items[i];
}

static int refuse_option(const struct args_parser *parser, int code, const char *word)
{
	const struct args_selection *selection = parser->selection;
	struct strings names = {0}, near = {0};
	const char *option = word, *meant = NULL;

	if (optopt && optopt < FIRST_ROW)
		option = arena_format(parser->arena, "-%c", optopt);
	if (code == ':')
		return say_usage("%soption '%s' needs a value", title(parser), option);
	if (optopt >= FIRST_ROW)
		return say_usage("%soption '--%s' takes no value", title(parser),
		                 parser->rows.items[optopt - FIRST_ROW]->name);
	if (strncmp(word, "--", 2) == 0) {
		if (selection && parser->command->selects)
			meant = selection->meant(selection->context, word);
		if (meant)
			return say_usage("%sunknown option '%s'; did you mean '%s'?",
			                 title(parser), option, meant);
		for (size_t i = 0; i < parser->rows.count; i++)
			strings_add(parser->arena, &names, parser->rows.items[i]->name);
		text_nearest(
			&near, parser->arena,
			arena_bytes(parser->arena, word + 2, strcspn(word + 2, "=")),
			&names);
	}
	if (near.count > 0)
		return say_usage("%sunknown option '%s'; %s", title(parser), option,
		                 say_meant(parser->arena, &near, "--"));
	if (parser->command->runs)
		return say_usage(
			"%sunknown option '%s'; options for git go after '--'%s",
			title(parser), option, taken(parser));
	return say_usage("%sunknown option '%s'; 'gita help%s%s' lists them",
	                 title(parser), option, parser->command->name ? " " : "",
	                 parser->parent          ? parser->parent
	                 : parser->command->name ? parser->command->name
	                                         : "");
}

static int take_option(struct args_parser *parser, int code, const char *value)
{
	const struct option_row *row = row_of(parser, code);

	if (value) {
		int status = check_value(parser, row, value);

		if (status != STATUS_OK)
			return status;
	}
	*ARENA_PUSH(parser->arena, parser->args) = (struct given){row, value};
	return STATUS_OK;
}

/* Whether the word still belongs before the open operand. */
static bool front_takes(const struct args_parser *parser, const char *word, bool last)
{
	const struct args_selection *selection = parser->selection;
	const struct operand_row *rows = parser->command->operands;
	size_t before = 0;

	while (!kind_is_open(rows[before].kind) && !rows[before].repeats)
		before++;
	if (parser->args->operands.count < before)
		return true;
	return rows[before].repeats && selection &&
	       selection->takes(selection->context, parser->args, word, last);
}

/* Whether an option that is none of ours starts the git command: `super --no-pager
 * log`. */
static bool starts_git(const struct args_parser *parser, const char *word)
{
	const struct operand_row *open = command_open_operand(parser->command);

	return open && open->kind == KIND_GIT && arguments_is_option(word);
}

/* Whether only the open operand is left: from here on every word is its own. */
static bool front_is_full(const struct args_parser *parser)
{
	const struct operand_row *rows = parser->command->operands;
	size_t before = parser->args->operands.count;

	for (size_t i = 0; i < before; i++)
		if (rows[i].repeats)
			return false;
	return kind_is_open(rows[before].kind);
}

/* getopt_long expects the name of a program first and a NULL last. */
static char **getopt_words(struct arena *arena, const struct strings *words)
{
	char **list = arena_take(arena, (words->count + 2) * sizeof *list);

	list[0] = arena_string(arena, "gita");
	for (size_t i = 0; i < words->count; i++)
		list[i + 1] = arena_string(arena, words->items[i]);
	return list;
}

static int read_words(struct args_parser *parser, char **list, int count)
{
	bool open = command_open_operand(parser->command);
	int code, status = STATUS_OK;

	opterr = 0;
	optind = 0;
	while (status == STATUS_OK &&
	       (code = getopt_long(count, list, buf_text(&parser->letters),
	                           parser->longs.items, NULL)) != -1) {
		if (code == '?' && starts_git(parser, list[optind - 1])) {
			optind--;
			break;
		}
		if (code == '?' || code == ':')
			return refuse_option(parser, code, list[optind - 1]);
		if (code != 1) {
			status = take_option(parser, code, optarg);
			continue;
		}
		if (open && !front_takes(parser, optarg, optind == count)) {
			optind--;
			break;
		}
		strings_add(parser->arena, &parser->args->operands, optarg);
		if (open && front_is_full(parser)) {
			optind += optind < count && strcmp(list[optind], "--") == 0;
			break;
		}
	}
	parser->args->ended = code == -1 && optind > 1 &&
	                      strcmp(list[optind - 1], "--") == 0;
	for (int i = optind; status == STATUS_OK && i < count; i++)
		strings_add(parser->arena, &parser->args->rest, list[i]);
	return status;
}

/* As in git, `clone -- URL`: a missing operand is the first word after `--`; another
 * `--` may separate it from what is passed on. */
static void take_operand(struct args *out, struct arena *arena)
{
	const struct strings rest = out->rest;
	size_t first = rest.count > 1 && strcmp(rest.items[1], "--") == 0 ? 2 : 1;

	if (rest.count == 0)
		return;
	strings_add(arena, &out->operands, rest.items[0]);
	out->rest = (struct strings){0};
	for (size_t i = first; i < rest.count; i++)
		strings_add(arena, &out->rest, rest.items[i]);
}

int args_parse(struct args *out, const struct command *command, const char *parent,
               const struct strings *words, const struct args_selection *selection,
               struct arena *arena)
{
	struct args_parser parser = {
		.command = command,
		.parent = parent,
		.selection = selection,
		.arena = arena,
		.args = out,
	};
	int status;

	*out = (struct args){0};
	buf_adds(&parser.letters, "-:"); /* operands in their place; ':' if no value */
	command_options(command, add_row, &parser);
	ARENA_PUSH(arena, &parser.longs); /* the zeroed end */
	status = read_words(&parser, getopt_words(arena, words), (int)words->count + 1);
	buf_drop(&parser.letters);
	if (status != STATUS_OK)
		return status;
	/* Where nothing is passed on, `--` only means that no options follow. */
	if (!command->runs && !command_open_operand(command)) {
		for (size_t i = 0; i < out->rest.count; i++)
			strings_add(arena, &out->operands, out->rest.items[i]);
		out->rest = (struct strings){0};
	}
	if (command->runs && !command->selects && out->operands.count == 0)
		take_operand(out, arena);
	return check_arity(&parser);
}

bool args_has(const struct args *args, const char *name)
{
	for (size_t i = 0; i < args->count; i++)
		if (strcmp(args->items[i].row->name, name) == 0)
			return true;
	return false;
}

const char *args_value(const struct args *args, const char *name)
{
	for (size_t i = args->count; i > 0; i--)
		if (strcmp(args->items[i - 1].row->name, name) == 0)
			return args->items[i - 1].value;
	return NULL;
}

void args_values(struct strings *out, struct arena *arena, const struct args *args,
                 const char *name)
{
	for (size_t i = 0; i < args->count; i++)
		if (strcmp(args->items[i].row->name, name) == 0)
			strings_add(arena, out, args->items[i].value);
}

long args_number(const struct args *args, const char *name, long otherwise)
{
	const char *value = args_value(args, name);

	return value ? strtol(value, NULL, 10) : otherwise;
}

double args_seconds(const struct args *args, const char *name, double otherwise)
{
	const char *value = args_value(args, name);

	return value ? strtod(value, NULL) : otherwise;
}
