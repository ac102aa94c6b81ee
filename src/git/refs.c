#include "refs.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <git2/refs.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"

enum { DEPTH_LIMIT = 5, LOOSE_LIMIT = 4096, PACKED_LIMIT = 1 << 30 };

/* These belong to the work tree; see "refs" in gitrepository-layout(5). */
static bool is_private(const char *name)
{
	return strncmp(name, "refs/", 5) != 0 ||
	       strncmp(name, "refs/bisect/", 12) == 0 ||
	       strncmp(name, "refs/worktree/", 14) == 0 ||
	       strncmp(name, "refs/rewritten/", 15) == 0;
}

static bool is_git_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* git refuses some files for one bad line, wherever that is. */
static bool is_packed(const struct buf *packed)
{
	const char *text = buf_text(packed), *line = text, *end;

	for (; (end = strchr(line, '\n')); line = end + 1) {
		bool header = line == text && *line == '#';
		bool peeled = line > text && *line == '^';

		if (!header && (!isxdigit((unsigned char)line[peeled]) ||
		                end - line < GIT_OID_HEXSZ + peeled ||
		                line[GIT_OID_HEXSZ + peeled] != (peeled ? '\n' : ' ')))
			return false;
	}
	return line == text + packed->length;
}

const char *refs_packed(struct refs *refs)
{
	struct error err;
	bool there;

	if (!refs->packed_read) {
		refs->packed_read = true;
		refs->packed_good = file_read(&refs->packed, &there,
		                              path_join(refs->arena,
		                                        refs->common_folder,
		                                        "packed-refs"),
		                              PACKED_LIMIT, &err) &&
		                    is_packed(&refs->packed);
	}
	return refs->packed_good ? buf_text(&refs->packed) : NULL;
}

static enum ref_state read_hash(git_oid *oid, const char *text)
{
	return strnlen(text, GIT_OID_HEXSZ) == GIT_OID_HEXSZ &&
	                       git_oid_fromstrn(oid, text, GIT_OID_HEXSZ) == 0
	               ? REF_FOUND
	               : REF_ODD;
}

/* A line is a hash, a space and the name, and no name holds a space. */
static enum ref_state read_packed(struct refs *refs, const char *name, git_oid *oid)
{
	const char *text = refs_packed(refs);
	const char *line, *found;

	if (!text)
		return REF_ODD;
	line = arena_format(refs->arena, " %s\n", name);
	found = memmem(text, refs->packed.length, line, strlen(line));
	if (!found)
		return REF_ABSENT;
	return found - text < GIT_OID_HEXSZ ? REF_ODD
	                                    : read_hash(oid, found - GIT_OID_HEXSZ);
}

/* The loose file's text, without the blanks at its end. */
static enum ref_state read_loose(char text[LOOSE_LIMIT], const struct refs *refs,
                                 const char *name)
{
	const char *folder = is_private(name) ? refs->git_folder : refs->common_folder;
	int descriptor = open(path_join(refs->arena, folder, name),
	                      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
	                              O_CLOEXEC);
	ssize_t length;

	if (descriptor < 0)
		return errno == ENOENT || errno == ENOTDIR ? REF_ABSENT : REF_ODD;
	length = read(descriptor, text, LOOSE_LIMIT - 1);
	if (length < 0 && errno == EISDIR)
		length = -2;
	close(descriptor);
	if (length < 0)
		return length == -2 ? REF_ABSENT : REF_ODD;
	while (length > 0 && is_git_space(text[length - 1]))
		length--;
	text[length] = '\0';
	return REF_FOUND;
}

/* One step: `*next` is the name that a symbolic reference points to. */
static enum ref_state read_one(struct refs *refs, const char *name, git_oid *oid,
                               const char **next)
{
	char text[LOOSE_LIMIT];
	enum ref_state state = read_loose(text, refs, name);
	const char *target = text + 4;
	int valid;

	*next = NULL;
	if (state == REF_ABSENT)
		return read_packed(refs, name, oid);
	if (state != REF_FOUND)
		return state;
	if (strncmp(text, "ref:", 4) != 0) {
		state = read_hash(oid, text);
		return state == REF_FOUND && text[GIT_OID_HEXSZ] &&
		                       !is_git_space(text[GIT_OID_HEXSZ])
		               ? REF_ODD
		               : state;
	}
	while (is_git_space(*target))
		target++;
	if (git_reference_name_is_valid(&valid, target) < 0 || !valid ||
	    strncmp(target, "refs/", 5) != 0)
		return REF_ODD;
	*next = arena_string(refs->arena, target);
	return REF_FOUND;
}

enum ref_state refs_read(struct refs *refs, const char *name, git_oid *oid,
                         const char **last)
{
	for (int depth = 0; depth < DEPTH_LIMIT; depth++) {
		const char *next;
		enum ref_state state = read_one(refs, name, oid, &next);

		if (!next) {
			if (last)
				*last = name;
			return state;
		}
		name = next;
	}
	return REF_ODD;
}

enum ref_state refs_read_surely(struct refs *refs, const char *name, git_oid *oid)
{
	bool fresh = !refs->packed_read;
	enum ref_state state = refs_read(refs, name, oid, NULL);

	if (state != REF_ABSENT || fresh)
		return state;
	refs->packed_read = false;
	return refs_read(refs, name, oid, NULL);
}

/* ref_rev_parse_rules of git, as front and end around the short name. */
static const struct {
	const char *front, *end;
} rules[] = {
	{"", ""},
	{"refs/", ""},
	{"refs/tags/", ""},
	{"refs/heads/", ""},
	{"refs/remotes/", ""},
	{"refs/remotes/", "/HEAD"},
};

static const char *short_by(struct arena *arena, size_t rule, const char *name)
{
	size_t front = strlen(rules[rule].front), end = strlen(rules[rule].end);
	size_t length = strlen(name);

	if (length <= front + end || strncmp(name, rules[rule].front, front) != 0 ||
	    strcmp(name + length - end, rules[rule].end) != 0)
		return NULL;
	return arena_bytes(arena, name + front, length - front - end);
}

bool refs_short_name(const char **out, struct refs *refs, const char *name)
{
	for (size_t i = sizeof rules / sizeof *rules; --i > 0;) {
		const char *text = short_by(refs->arena, i, name);
		enum ref_state state = REF_ABSENT;
		git_oid oid;

		for (size_t j = 0; text && j < i && state == REF_ABSENT; j++)
			state = refs_read(refs,
			                  arena_format(refs->arena, "%s%s%s",
			                               rules[j].front, text,
			                               rules[j].end),
			                  &oid, NULL);
		if (text && state == REF_ODD)
			return false;
		if (text && state == REF_ABSENT) {
			*out = text;
			return true;
		}
	}
	*out = name;
	return true;
}

void refs_drop(struct refs *refs)
{
	buf_drop(&refs->packed);
}
