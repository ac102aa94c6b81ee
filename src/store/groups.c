#include "registry_files.h"

#include <string.h>

enum { NAME, MEMBERS, GROUP_PATH, COLUMNS };

static const struct rows_form form = {"groups.csv", ':', 2, 1, COLUMNS};
static const char blanks[] = " \t\n\v\f\r";

/*
 * Names with a blank in them, which the Python tool lets into repos.csv, look
 * like several members: here they are, to be tried first.
 */
static struct strings split_names(const struct registry *registry)
{
	struct strings names = {0};

	for (size_t i = 0; i < registry->repos.count; i++) {
		const char *name = registry->repos.items[i]->name;

		if (strpbrk(name, blanks))
			strings_add(registry->arena, &names, name);
	}
	return names;
}

/* The length of the member at the front of `text`: the longest such name that
 * ends where a member can, else up to the next blank. */
static size_t member_length(const char *text, const struct strings *names)
{
	size_t longest = strcspn(text, blanks);

	for (size_t i = 0; i < names->count; i++) {
		size_t length = strlen(names->items[i]);

		if (length > longest && strncmp(text, names->items[i], length) == 0 &&
		    (text[length] == '\0' || strchr(blanks, text[length])))
			longest = length;
	}
	return longest;
}

static struct strings read_members(const struct registry *registry, const char *text,
                                   const struct strings *names)
{
	struct strings members = {0};

	for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
		size_t length = member_length(text, names);

		strings_add(registry->arena, &members,
		            arena_bytes(registry->arena, text, length));
		text += length;
	}
	return members;
}

static void add_group(struct registry *registry, const struct strings *fields,
                      const char *bytes, const struct strings *members)
{
	struct group *group = arena_take(registry->arena, sizeof *group);

	*group = (struct group){.name = fields->items[NAME],
	                        .members = *members,
	                        .path = fields->items[GROUP_PATH],
	                        .rest = rows_rest(fields, COLUMNS),
	                        .bytes = bytes};
	*ARENA_PUSH(registry->arena, &registry->groups) = group;
}

/* A group that has a row already: the Python tool's `add -a` writes a further one
 * each time it finds a new repo. The next change makes one row of them. */
static void extend_group(struct registry *registry, struct group *group,
                         const struct strings *fields, const struct strings *members)
{
	for (size_t i = 0; i < members->count; i++)
		if (!strings_have(&group->members, members->items[i]))
			strings_add(registry->arena, &group->members,
			            members->items[i]);
	if (*group->path == '\0')
		group->path = fields->items[GROUP_PATH];
	group->bytes = NULL;
}

bool groups_read(struct registry *registry, struct error *err)
{
	struct strings names = split_names(registry);
	struct rows rows;

	if (!rows_read(&rows, registry, &form, err))
		return false;
	for (size_t i = 0; i < rows.csv.count; i++) {
		const struct strings *fields = &rows.csv.items[i].fields;
		struct strings members = read_members(registry, fields->items[MEMBERS],
		                                      &names);
		struct group *group = registry_group(registry, fields->items[NAME]);

		if (group)
			extend_group(registry, group, fields, &members);
		else
			add_group(registry, fields, rows.bytes[i], &members);
	}
	return true;
}

static void add_row(struct buf *text, struct arena *arena, const struct group *group)
{
	struct strings row;
	BUF members = {0};

	for (size_t i = 0; i < group->members.count; i++) {
		buf_adds(&members, i ? " " : "");
		buf_adds(&members, group->members.items[i]);
	}
	row = rows_fields(
		arena, (const char *[]){group->name, buf_text(&members), group->path},
		COLUMNS, &group->rest);
	csv_add_row(text, &row, form.delimiter);
}

bool groups_write(const struct registry *registry, struct error *err)
{
	BUF text = {0};

	for (size_t i = 0; i < registry->groups.count; i++) {
		const struct group *group = registry->groups.items[i];

		if (group->bytes)
			buf_adds(&text, group->bytes);
		else
			add_row(&text, registry->arena, group);
	}
	return file_replace(home_file(registry->home, registry->arena, form.file),
	                    buf_text(&text), text.length, err);
}
