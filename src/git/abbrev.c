#include "abbrev.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"

enum { USUAL = 7, ALL = GIT_OID_SHA1_HEXSIZE };

/*
 * How many objects git counts in the packs; loose ones do not matter to it. Those of a
 * multi-pack-index are counted once, though several packs may hold them: that is the
 * largest pack at least and all together at most.
 */
struct object_count {
	uint64_t least, most;
};

static uint64_t decode(const unsigned char bytes[4])
{
	return (uint64_t)bytes[0] << 24 | (uint64_t)bytes[1] << 16 |
	       (uint64_t)bytes[2] << 8 | bytes[3];
}

/* gitformat-pack(5): the last of 256 sums, which in version 2 follow a header. An index
 * that cannot be read counts for nothing. */
static uint64_t count_index(const char *path)
{
	enum { HEADER = 8, SUMS = 256 * 4, NUMBER = 4 };
	unsigned char bytes[HEADER + SUMS];
	int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	ssize_t length;

	if (descriptor < 0)
		return 0;
	length = read(descriptor, bytes, sizeof bytes);
	close(descriptor);
	if (length != sizeof bytes)
		return 0;
	return decode(bytes + SUMS - NUMBER +
	              (memcmp(bytes, "\377tOc", 4) == 0 ? HEADER : 0));
}

static bool is_there(struct arena *arena, const char *folder, const char *name)
{
	return access(path_join(arena, folder, name), F_OK) == 0;
}

static void count_packs(struct object_count *out, struct arena *arena,
                        const char *folder, DIR *list)
{
	static const char suffix[] = ".idx";
	bool shared = is_there(arena, folder, "multi-pack-index") ||
	              is_there(arena, folder, "multi-pack-index.d");
	uint64_t largest = 0, sum = 0;
	struct dirent *entry;

	while ((entry = readdir(list))) {
		const char *name = entry->d_name;
		int front = (int)(strlen(name) - strlen(suffix));
		uint64_t count;

		if (!text_has_suffix(name, suffix) ||
		    !is_there(arena, folder,
		              arena_format(arena, "%.*s.pack", front, name)))
			continue;
		count = count_index(path_join(arena, folder, name));
		sum += count;
		if (count > largest)
			largest = count;
	}
	out->least += shared ? largest : sum;
	out->most += sum;
}

static bool count_folder(struct object_count *out, struct arena *arena,
                         const char *objects)
{
	const char *folder = path_join(arena, objects, "pack");
	DIR *list = opendir(folder);

	if (!list)
		return errno == ENOENT;
	count_packs(out, arena, folder, list);
	closedir(list);
	return true;
}

/* gitrepository-layout(5): a path a line, relative to the folder `objects`. */
static bool add_alternates(struct strings *folders, struct arena *arena,
                           const char *objects)
{
	struct strings lines = {0};
	struct error err;
	bool there;
	BUF text = {0};

	if (!file_read(&text, &there, path_join(arena, objects, "info/alternates"),
	               FILE_LIMIT, &err))
		return false;
	strings_split(arena, &lines, buf_text(&text), "\n");
	for (size_t i = 0; i < lines.count; i++) {
		const char *line = lines.items[i], *folder;

		if (*line == '"')
			return false;
		folder = path_real(arena, path_join(arena, objects, line));
		if (*line != '#' && !strings_have(folders, folder))
			strings_add(arena, folders, folder);
	}
	return true;
}

/* All folders that objects are read from. git follows five in a row, so up to that
 * number it follows them all. */
static bool count_objects(struct object_count *out, struct arena *arena,
                          const char *common_folder)
{
	enum { MOST = 6 };
	struct strings folders = {0};

	strings_add(arena, &folders,
	            path_real(arena, path_join(arena, common_folder, "objects")));
	for (size_t i = 0; i < folders.count; i++) {
		if (i == MOST || !count_folder(out, arena, folders.items[i]) ||
		    !add_alternates(&folders, arena, folders.items[i]))
			return false;
	}
	return true;
}

/* Among so many objects two are expected to begin with half as many equal bits as the
 * number has. */
static unsigned digits_for(uint64_t count)
{
	enum { BITS_DIGIT = 4 };
	unsigned bits = 0, digits;

	for (; count > 0; count /= 2)
		bits++;
	digits = (2 * bits + BITS_DIGIT - 1) / BITS_DIGIT;
	return digits > USUAL ? digits : USUAL;
}

static bool choose_digits(struct reader *reader)
{
	struct object_count count = {0};

	if (!count_objects(&count, reader->arena, reader->probe.common_folder))
		return false;
	reader->abbrev = digits_for(count.most);
	return reader->abbrev == digits_for(count.least);
}

bool abbrev_hash(const char **out, struct reader *reader, const git_oid *id)
{
	unsigned digits;
	char *text;

	if (reader->abbrev == 0 && !choose_digits(reader))
		return false;
	for (digits = reader->abbrev; digits < ALL; digits++) {
		git_oid found;
		int code = libgit2.odb_exists_prefix(&found, reader->odb, id, digits);

		if (code == GIT_ENOTFOUND ||
		    (code == 0 && libgit2.oid_equal(&found, id)))
			break;
		if (code != 0 && code != GIT_EAMBIGUOUS)
			return false;
	}
	text = arena_take(reader->arena, digits + 1);
	libgit2.oid_tostr(text, digits + 1, id);
	*out = text;
	return true;
}
