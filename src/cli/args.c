#include "cli/args.h"

#include <string.h>

#include "args_reader.h"
#include "base/arena.h"
#include "base/text.h"
#include "cli/out.h"

/* Values of getopt's `val` above every letter name a row by its index. */
enum { FIRST_ROW = 256 };

static void add_row(void *context, const struct option_row *row)
{
	struct reader *reader = context;
	int argument = row->kind == KIND_NONE ? no_argument : required_argument;

	if (row->letter) {
		buf_addc(&reader->letters, row->letter);
		if (argument == required_argument)
			buf_addc(&reader->letters, ':');
	}
	*ARENA_PUSH(reader->arena, &reader->longs) = (struct option){
		row->name, argument, NULL, FIRST_ROW + (int)reader->rows.count};
	*ARENA_PUSH(reader->arena, &reader->rows) = row;
}

static const struct option_row *row_of(const struct reader *reader, int code)
{
	if (code >= FIRST_ROW)
		return reader->rows.items[code - FIRST_ROW];
	for (size_t i = 0; i < reader->rows.count; i++)
		if (reader->rows.items[i]->letter == code)
			return reader->rows.items[i];
	return NULL;
}

static int refuse_option(const struct reader *reader, int code, const char *word)
{
	const char *names[64];
	size_t count = 0;
	const char *near = NULL;
	const char *option = word;

	if (optopt && optopt < FIRST_ROW)
		option = arena_format(reader->arena, "-%c", optopt);
	if (code == ':')
		return say_usage("%soption '%s' needs a value", args_title(reader),
		                 option);
	if (optopt >= FIRST_ROW)
		return say_usage("%soption '--%s' takes no value", args_title(reader),
		                 reader->rows.items[optopt - FIRST_ROW]->name);
	if (strncmp(word, "--", 2) == 0 && word[2]) {
		for (size_t i = 0; i < reader->rows.count && count < 64; i++)
			names[count++] = reader->rows.items[i]->name;
		near = text_nearest(word + 2, names, count);
	}
	if (near)
		return say_usage("%sno option '%s'; did you mean '--%s'?",
		                 args_title(reader), option, near);
	if (reader->command->runs)
		return say_usage("%sno option '%s'; options for git go behind '--'",
		                 args_title(reader), option);
	return say_usage("%sno option '%s'; 'gita help%s%s' lists them",
	                 args_title(reader), option, reader->command->name ? " " : "",
	                 reader->parent          ? reader->parent
	                 : reader->command->name ? reader->command->name
	                                         : "");
}

static int take_option(struct reader *reader, int code, const char *value)
{
	const struct option_row *row = row_of(reader, code);

	if (value) {
		int status = args_check_value(reader, row, value);

		if (status != STATUS_OK)
			return status;
	}
	*ARENA_PUSH(reader->arena, reader->args) = (struct given){row, value};
	return STATUS_OK;
}

/* Whether the word still belongs in front of the open operand. */
static bool front_takes(const struct reader *reader, const struct args_front *front,
                        const char *word, bool last)
{
	const struct operand_row *rows = reader->command->operands;
	size_t before = 0;

	while (!kind_is_open(rows[before].kind) && !rows[before].repeats)
		before++;
	if (reader->args->operands.count < before)
		return true;
	return rows[before].repeats && front &&
	       front->takes(front->context, reader->args, word, last);
}

/* Whether only the open operand is left: from here on every word is its own. */
static bool front_is_full(const struct reader *reader)
{
	const struct operand_row *rows = reader->command->operands;
	size_t before = reader->args->operands.count;

	for (size_t i = 0; i < before; i++)
		if (kind_is_open(rows[i].kind) || rows[i].repeats)
			return false;
	return kind_is_open(rows[before].kind);
}

bool args_are_open(const struct command *command)
{
	const struct operand_row *row = command->operands;

	while (row && row->name && !kind_is_open(row->kind))
		row++;
	return row && row->name;
}

/* getopt wants a program's name in front and a NULL behind. */
static char **getopt_words(struct arena *arena, const struct strings *words)
{
	char **list = arena_take(arena, (words->count + 2) * sizeof *list);

	list[0] = arena_string(arena, "gita");
	for (size_t i = 0; i < words->count; i++)
		list[i + 1] = arena_string(arena, words->items[i]);
	return list;
}

static int read_words(struct reader *reader, char **list, int count,
                      const struct args_front *front)
{
	bool open = args_are_open(reader->command);
	int code, status = STATUS_OK;

	opterr = 0;
	optind = 0;
	while (status == STATUS_OK &&
	       (code = getopt_long(count, list, buf_text(&reader->letters),
	                           reader->longs.items, NULL)) != -1) {
		if (code == '?' || code == ':')
			return refuse_option(reader, code, list[optind - 1]);
		if (code != 1) {
			status = take_option(reader, code, optarg);
			continue;
		}
		if (open && !front_takes(reader, front, optarg, optind == count)) {
			optind--;
			break;
		}
		strings_add(reader->arena, &reader->args->operands, optarg);
		if (open && front_is_full(reader)) {
			optind += optind < count && strcmp(list[optind], "--") == 0;
			break;
		}
	}
	reader->args->ended = code == -1 && optind > 1 && optind <= count &&
	                      strcmp(list[optind - 1], "--") == 0;
	for (int i = optind; status == STATUS_OK && i < count; i++)
		strings_add(reader->arena, &reader->args->rest, list[i]);
	return status;
}

int args_parse(struct args *out, const struct command *command, const char *parent,
               const struct strings *words, const struct args_front *front,
               struct arena *arena)
{
	struct reader reader = {command, parent, arena, out, {0}, {0}, {0}};
	int status;

	*out = (struct args){0};
	buf_adds(&reader.letters, "-:"); /* operands in their place; ':' if no value */
	command_options(command, add_row, &reader);
	ARENA_PUSH(arena, &reader.longs); /* the zeroed end */
	status = read_words(&reader, getopt_words(arena, words), (int)words->count + 1,
	                    front);
	buf_drop(&reader.letters);
	if (status != STATUS_OK)
		return status;
	/* Where nothing is handed on, `--` only says that no options follow. */
	if (!command->runs && !args_are_open(command)) {
		for (size_t i = 0; i < out->rest.count; i++)
			strings_add(arena, &out->operands, out->rest.items[i]);
		out->rest = (struct strings){0};
	}
	return args_check_arity(&reader);
}
