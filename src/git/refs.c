#include "refs.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/text.h"

enum { DEPTH_LIMIT = 5 }; /* SYMREF_MAXDEPTH of git */

/* git follows a symbolic link as if it were a symbolic reference, libgit2 as the
 * system does. */
static bool is_link(const struct reader *reader, const char *name)
{
	struct stat info;

	return lstat(path_join(reader->arena, reader->probe.common_folder, name),
	             &info) == 0 &&
	       S_ISLNK(info.st_mode);
}

/* libgit2 refuses names that git would look for, as `main` beside HEAD; below refs/
 * both refuse the same. */
static enum ref_state judge_refused(const struct reader *reader, const char *name)
{
	const char *folders[] = {reader->probe.git_folder, reader->probe.common_folder};

	if (text_skip_prefix(name, "refs/"))
		return REF_UNSURE;
	for (size_t i = 0; i < 2; i++) {
		if (access(path_join(reader->arena, folders[i], name), F_OK) == 0)
			return REF_UNSURE;
	}
	return REF_ABSENT;
}

/* One step: `*next` is the name that a symbolic reference points to. */
static enum ref_state read_one(struct reader *reader, const char *name, git_oid *oid,
                               const char **next)
{
	git_reference *reference;
	const char *target;
	int code;

	*next = NULL;
	if (is_link(reader, name))
		return REF_UNSURE;
	code = libgit2.reference_lookup(&reference, reader->repository, name);
	if (code == GIT_ENOTFOUND)
		return REF_ABSENT;
	if (code == GIT_EINVALIDSPEC)
		return judge_refused(reader, name);
	if (code != 0)
		return REF_UNSURE;
	target = libgit2.reference_symbolic_target(reference);
	if (target)
		*next = arena_string(reader->arena, target);
	else
		libgit2.oid_cpy(oid, libgit2.reference_target(reference));
	libgit2.reference_free(reference);
	return !*next || text_skip_prefix(*next, "refs/") ? REF_FOUND : REF_UNSURE;
}

enum ref_state refs_read(struct reader *reader, const char *name, git_oid *oid,
                         const char **last)
{
	for (int depth = 0; depth < DEPTH_LIMIT; depth++) {
		const char *next;
		enum ref_state state = read_one(reader, name, oid, &next);

		if (state == REF_FOUND && next) {
			name = next;
			continue;
		}
		if (last)
			*last = name;
		return state;
	}
	return REF_UNSURE;
}

/* ref_rev_parse_rules of git, as prefix and suffix of the short name. */
static const struct {
	const char *prefix, *suffix;
} rules[] = {
	{"", ""},
	{"refs/", ""},
	{"refs/tags/", ""},
	{"refs/heads/", ""},
	{"refs/remotes/", ""},
	{"refs/remotes/", "/HEAD"},
};

static const char *shorten(struct arena *arena, size_t rule, const char *name)
{
	const char *rest = text_skip_prefix(name, rules[rule].prefix);
	size_t suffix = strlen(rules[rule].suffix);

	if (!rest || strlen(rest) <= suffix ||
	    !text_has_suffix(rest, rules[rule].suffix))
		return NULL;
	return arena_bytes(arena, rest, strlen(rest) - suffix);
}

bool refs_short_name(const char **out, struct reader *reader, const char *name)
{
	for (size_t i = sizeof rules / sizeof *rules; --i > 0;) {
		const char *text = shorten(reader->arena, i, name);
		enum ref_state state = REF_ABSENT;
		git_oid oid;

		for (size_t j = 0; text && j < i && state == REF_ABSENT; j++)
			state = refs_read(reader,
			                  arena_format(reader->arena, "%s%s%s",
			                               rules[j].prefix, text,
			                               rules[j].suffix),
			                  &oid, NULL);
		if (text && state == REF_UNSURE)
			return false;
		if (text && state == REF_ABSENT) {
			*out = text;
			return true;
		}
	}
	*out = name;
	return true;
}
