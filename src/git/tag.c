#include "tag.h"

#include <string.h>

#include "base/arena.h"

static const char tags[] = "refs/tags/";

/* The best so far: builtin/describe.c of git prefers a tag object to a lightweight tag,
 * then the later, then the first by name. */
struct choice {
	struct reader *reader;
	const char *path; /* after refs/tags/; NULL: none yet */
	const char *name; /* that the object gives itself; NULL: a lightweight tag */
	git_time_t date;
};

static bool is_head(const struct choice *choice, const git_oid *id)
{
	return libgit2.oid_equal(&choice->reader->head, id);
}

static bool is_better(const struct choice *choice, const char *path, git_time_t date)
{
	if (!choice->name)
		return true;
	if (date != choice->date)
		return date > choice->date;
	return strcmp(path, choice->path) < 0;
}

/* A tag object that leads to HEAD. */
static void take_object(struct choice *choice, const char *path, const git_tag *tag)
{
	const git_signature *tagger = libgit2.tag_tagger(tag);
	git_time_t date = tagger ? tagger->when.time : 0;

	if (!is_better(choice, path, date))
		return;
	choice->path = arena_string(choice->reader->arena, path);
	choice->name = arena_string(choice->reader->arena, libgit2.tag_name(tag));
	choice->date = date;
}

static void take_light(struct choice *choice, const char *path)
{
	if (!choice->name && (!choice->path || strcmp(path, choice->path) < 0))
		choice->path = arena_string(choice->reader->arena, path);
}

/* Whether tags of tags lead from `id` to HEAD; with the object of the first. */
static bool take_if_head(struct choice *choice, const char *path, const git_oid *id)
{
	git_tag *tag = NULL;
	git_object *target = NULL;
	bool good = libgit2.tag_lookup(&tag, choice->reader->repository, id) == 0 &&
	            libgit2.tag_peel(&target, tag) == 0;

	if (good && is_head(choice, libgit2.object_id(target)))
		take_object(choice, path, tag);
	libgit2.object_free(target);
	libgit2.tag_free(tag);
	return good;
}

/* packed-refs knows what a tag leads to, a loose reference's object must be read. */
static bool add(struct choice *choice, const git_reference *reference)
{
	const char *path = libgit2.reference_name(reference) + strlen(tags);
	const git_oid *id = libgit2.reference_target(reference);
	const git_oid *peeled = libgit2.reference_target_peel(reference);
	git_object_t type;
	size_t size;

	if (!id)
		return false;
	if (peeled && !libgit2.oid_is_zero(peeled))
		return !is_head(choice, peeled) || take_if_head(choice, path, id);
	if (is_head(choice, id)) {
		take_light(choice, path);
		return true;
	}
	/* A tag of what is not there leads nowhere. */
	if (libgit2.odb_read_header(&size, &type, choice->reader->odb, id) != 0 ||
	    type != GIT_OBJECT_TAG)
		return true;
	return take_if_head(choice, path, id);
}

bool tag_read(const char **out, struct reader *reader)
{
	struct choice choice = {.reader = reader};
	git_reference_iterator *iterator = NULL;
	git_reference *reference;
	int code = libgit2.reference_iterator_glob_new(&iterator, reader->repository,
	                                               "refs/tags/*");

	while (code == 0 &&
	       (code = libgit2.reference_next(&reference, iterator)) == 0) {
		if (!add(&choice, reference))
			code = GIT_ERROR;
		libgit2.reference_free(reference);
	}
	libgit2.reference_iterator_free(iterator);
	*out = choice.name ? choice.name : choice.path;
	return code == GIT_ITEROVER;
}
