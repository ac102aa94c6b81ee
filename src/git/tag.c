/* The tag on a detached HEAD, as builtin/describe.c of git chooses it: one with
 * an object of its own before a light one, then the later, then the first. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"
#include "reader.h"

static const char tags[] = "refs/tags/";

enum { TAGS = sizeof tags - 1 };

/* The best so far. */
struct choice {
	struct reader *reader;
	const char *path; /* behind refs/tags/; NULL: none yet */
	const char *name; /* that the object gives itself; NULL: a light one */
	int64_t date;
};

static bool is_head(const struct choice *choice, const git_oid *id)
{
	return git_oid_equal(&choice->reader->head, id);
}

/* The value of a header line; NULL: it is not there. */
static const char *header(const char *text, const char *name)
{
	size_t length = strlen(name);

	for (; *text && *text != '\n'; text += strcspn(text, "\n") + 1) {
		if (strncmp(text, name, length) == 0 && text[length] == ' ')
			return text + length + 1;
		if (!strchr(text, '\n'))
			break;
	}
	return NULL;
}

/* The text of a tag object; NULL: `id` is something else. */
static const char *read_object(struct choice *choice, const git_oid *id)
{
	git_odb_object *object = NULL;
	const char *text = NULL;
	git_object_t type;
	size_t size;

	if (git_odb_read_header(&size, &type, choice->reader->odb, id) != 0 ||
	    type != GIT_OBJECT_TAG ||
	    git_odb_read(&object, choice->reader->odb, id) != 0)
		return NULL;
	text = arena_bytes(choice->reader->arena, git_odb_object_data(object),
	                   git_odb_object_size(object));
	git_odb_object_free(object);
	return text;
}

static int64_t tagged_at(const char *text)
{
	const char *tagger = header(text, "tagger");
	const char *date = tagger ? memchr(tagger, '>', strcspn(tagger, "\n")) : NULL;

	return date ? strtoll(date + 1, NULL, 10) : 0;
}

static bool goes_before(const struct choice *choice, const char *path, int64_t date)
{
	if (date != choice->date)
		return date > choice->date;
	return strcmp(path, choice->path) < 0;
}

/* A tag object that leads to HEAD. */
static bool add_object(struct choice *choice, const char *path, const git_oid *id)
{
	const char *text = read_object(choice, id);
	const char *name = text ? header(text, "tag") : NULL;
	int64_t date = text ? tagged_at(text) : 0;

	if (!name)
		return false;
	if (choice->name && !goes_before(choice, path, date))
		return true;
	choice->path = path;
	choice->name = arena_bytes(choice->reader->arena, name, strcspn(name, "\n"));
	choice->date = date;
	return true;
}

static void add_light(struct choice *choice, const char *path)
{
	if (!choice->name && (!choice->path || strcmp(path, choice->path) < 0))
		choice->path = path;
}

/* Whether the tags from `id` on end at HEAD; `id` itself is a tag. */
static bool leads_to_head(struct choice *choice, git_oid id)
{
	const char *text, *next;

	while ((text = read_object(choice, &id))) {
		next = header(text, "object");
		if (!next || git_oid_fromstrn(&id, next, GIT_OID_HEXSZ) != 0)
			return false;
		if (is_head(choice, &id))
			return true;
	}
	return false;
}

/* "refs/tags/..." in a file of its own. */
static bool add_loose(struct choice *choice, const char *name)
{
	struct reader *reader = choice->reader;
	git_oid id;

	if (refs_read(&reader->refs, name, &id, NULL) != REF_FOUND)
		return false;
	if (is_head(choice, &id))
		add_light(choice, name + TAGS);
	else if (leads_to_head(choice, id))
		return add_object(choice, name + TAGS, &id);
	return true;
}

static bool walk_loose(struct choice *choice, const char *folder)
{
	struct reader *reader = choice->reader;
	DIR *listing = opendir(
		path_join(reader->arena, reader->refs.common_folder, folder));
	bool good = true;

	if (!listing)
		return errno == ENOENT;
	for (struct dirent *entry; good && (entry = readdir(listing));) {
		const char *name;

		if (entry->d_name[0] == '.')
			continue;
		name = path_join(reader->arena, folder, entry->d_name);
		if (path_is_folder(
			    path_join(reader->arena, reader->refs.common_folder, name)))
			good = walk_loose(choice, name);
		else
			good = add_loose(choice, name);
	}
	closedir(listing);
	return good;
}

/* A line of packed-refs, with the line behind it: where that starts with ^, it
 * is what the tag object leads to. */
static bool add_packed(struct choice *choice, const char *line, size_t length)
{
	struct reader *reader = choice->reader;
	const char *behind = line + length + 1, *name;
	git_oid id, peeled;
	bool own = *behind == '^' &&
	           git_oid_fromstrn(&peeled, behind + 1, GIT_OID_HEXSZ) == 0;

	if (git_oid_fromstrn(&id, line, GIT_OID_HEXSZ) != 0)
		return false;
	if (!is_head(choice, own ? &peeled : &id))
		return true;
	name = arena_bytes(reader->arena, line + GIT_OID_HEXSZ + 1,
	                   length - GIT_OID_HEXSZ - 1);
	/* The loose one is newer. */
	if (access(path_join(reader->arena, reader->refs.common_folder, name), F_OK) ==
	    0)
		return true;
	if (own)
		return add_object(choice, name + TAGS, &id);
	add_light(choice, name + TAGS);
	return true;
}

static bool walk_packed(struct choice *choice)
{
	const char *line = refs_packed(&choice->reader->refs), *end;

	if (!line)
		return false;
	/* Without its word for it, what tags lead to need not be in the file. */
	if (*line && !memmem(line, strcspn(line, "\n"), " fully-peeled", 13))
		return false;
	for (; (end = strchr(line, '\n')); line = end + 1) {
		size_t length = (size_t)(end - line);

		if (length > GIT_OID_HEXSZ + 1 + TAGS &&
		    strncmp(line + GIT_OID_HEXSZ + 1, tags, TAGS) == 0 &&
		    !add_packed(choice, line, length))
			return false;
	}
	return true;
}

bool read_tag(struct summary *out, struct reader *reader)
{
	struct choice choice = {.reader = reader};

	if (!reader_open(reader) || !walk_packed(&choice) ||
	    !walk_loose(&choice, "refs/tags"))
		return false;
	out->tag = choice.name ? choice.name : choice.path;
	return true;
}
