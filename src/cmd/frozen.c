#include "frozen.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/file.h"

/* The last column of a repo is written only where it is not empty. */
enum { GROUP_COLUMNS = 4, REPO_COLUMNS = 7 };

const char frozen_bare[] = "bare", frozen_mirror[] = "mirror";

bool frozen_is_bare(const struct frozen_repo *repo)
{
	return strcmp(repo->type, frozen_bare) == 0 ||
	       strcmp(repo->type, frozen_mirror) == 0;
}

static const char *field(const struct csv_row *row, size_t index)
{
	return index < row->fields.count ? row->fields.items[index] : "";
}

static bool is_repo(const struct frozen *frozen, const char *name)
{
	for (size_t i = 0; i < frozen->repos.count; i++)
		if (strcmp(frozen->repos.items[i].name, name) == 0)
			return true;
	return false;
}

/* A name may hold a `|` itself: the longest run of pieces that is a repo counts. */
static void split_members(struct strings *out, struct arena *arena,
                          const struct frozen *frozen, const char *text)
{
	while (*text) {
		size_t first = strcspn(text, "|"), taken = first;

		for (size_t end = strlen(text); end > first; end--)
			if ((text[end] == '|' || text[end] == '\0') &&
			    is_repo(frozen, arena_bytes(arena, text, end))) {
				taken = end;
				break;
			}
		if (taken > 0)
			strings_add(arena, out, arena_bytes(arena, text, taken));
		text += taken + (text[taken] == '|');
	}
}

/* The Python tool pads the branch to its width in layout.csv. */
static char *without_padding(struct arena *arena, const char *branch)
{
	size_t length = strlen(branch);

	while (length > 0 && branch[length - 1] == ' ')
		length--;
	return arena_bytes(arena, branch, length);
}

static void read_group(struct frozen *out, struct arena *arena,
                       const struct csv_row *row)
{
	struct frozen_group *group = ARENA_PUSH(arena, &out->groups);

	*group = (struct frozen_group){.name = field(row, 1), .path = field(row, 2)};
	split_members(&group->members, arena, out, field(row, 3));
}

static void read_row(struct frozen *out, struct arena *arena, const struct csv_row *row)
{
	if (*field(row, 0) == '#')
		return;
	if (row->fields.count < 3 || *field(row, 1) == '\0') {
		*ARENA_PUSH(arena, &out->errors) = (struct frozen_error){
			.line = row->line,
			.why = "neither a repo (url,name,path,...) nor a group "
			       "(,name,path,repos)"};
	} else if (*field(row, 0) == '\0' && row->fields.count <= GROUP_COLUMNS) {
		read_group(out, arena, row);
	} else {
		*ARENA_PUSH(arena, &out->repos) = (struct frozen_repo){
			.url = field(row, 0),
			.name = field(row, 1),
			.path = field(row, 2),
			.type = field(row, 3),
			.flags = field(row, 4),
			.branch = without_padding(arena, field(row, 5)),
			.parent = field(row, 6),
			.line = row->line,
		};
	}
}

static const char *skip_lines(const char *text, unsigned count)
{
	for (; count > 0 && *text; count--) {
		text += strcspn(text, "\r\n");
		text += strncmp(text, "\r\n", 2) == 0 ? 2 : *text != '\0';
	}
	return text;
}

/* A quote that is not closed takes in all that follows: its line is left out, and
 * reading goes on after it. The row is the last one that csv_parse has added. */
static void read_rows(struct frozen *out, struct arena *arena, const char *text)
{
	unsigned before = 0;
	struct error err;
	bool whole;

	do {
		struct csv csv = {0};
		size_t count;

		whole = csv_parse(&csv, arena, text, strlen(text), ',', &err);
		count = whole ? csv.count : csv.count - 1;
		for (size_t i = 0; i < csv.count; i++)
			csv.items[i].line += before;
		for (size_t i = 0; i < count; i++)
			read_row(out, arena, &csv.items[i]);
		if (!whole) {
			unsigned line = csv.items[count].line;

			*ARENA_PUSH(arena, &out->errors) = (struct frozen_error){
				.line = line, .why = "unclosed quote"};
			text = skip_lines(text, line - before);
			before = line;
		}
	} while (!whole);
}

bool frozen_read(struct frozen *out, struct arena *arena, const char *path,
                 struct error *err)
{
	bool there;
	BUF bytes = {0};

	if (!file_read_stream(&bytes, &there, path, FILE_LIMIT, err))
		return false;
	if (!there)
		return error_set(err, "cannot read '%s': no such file", path);
	if (strlen(buf_text(&bytes)) != bytes.length)
		return error_set(err, "cannot read '%s': a NUL byte", path);
	read_rows(out, arena, buf_text(&bytes));
	return true;
}

/* Rows end with a plain newline here: the list goes to stdout, for people too. */
static void add_row(struct buf *out, struct arena *arena, const char *const *fields,
                    size_t count)
{
	struct strings row = {0};

	for (size_t i = 0; i < count; i++)
		strings_add(arena, &row, fields[i]);
	csv_add_row(out, &row, ',');
	out->data[out->length - 2] = '\n';
	out->data[--out->length] = '\0';
}

void frozen_add_repo(struct buf *out, struct arena *arena,
                     const struct frozen_repo *repo)
{
	const char *const fields[REPO_COLUMNS] = {
		repo->url,   repo->name,   repo->path,  repo->type,
		repo->flags, repo->branch, repo->parent};

	add_row(out, arena, fields, REPO_COLUMNS - !*repo->parent);
}

void frozen_add_group(struct buf *out, struct arena *arena,
                      const struct frozen_group *group)
{
	BUF members = {0};

	for (size_t i = 0; i < group->members.count; i++)
		buf_addf(&members, "%s%s", i ? "|" : "", group->members.items[i]);
	add_row(out, arena,
	        (const char *const[]){"", group->name, group->path,
	                              arena_string(arena, buf_text(&members))},
	        GROUP_COLUMNS);
}
