#include <fcntl.h>
#include <string.h>

#include "scan_parts.h"

/* Attributes by the harm that they can do. A macro may stand for any. */
static const struct {
	const char *word;
	enum conversion conversion;
} words[] = {
	{"filter", CONVERTS_ANYTHING},
	{"ident", CONVERTS_ANYTHING},
	{"working-tree-encoding", CONVERTS_ANYTHING},
	{"[attr]", CONVERTS_ANYTHING},
	{"text", CONVERTS_LINES},
	{"crlf", CONVERTS_LINES},
	{"eol", CONVERTS_LINES},
};

static enum conversion stronger(enum conversion one, enum conversion other)
{
	return one > other ? one : other;
}

static enum conversion read_file(int descriptor)
{
	BUF text = {0};
	enum conversion conversion = CONVERTS_NOTHING;

	if (descriptor < 0 || !scan_read(&text, descriptor))
		return CONVERTS_NOTHING;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (text.length && memmem(text.data, text.length, words[i].word,
		                          strlen(words[i].word)))
			conversion = stronger(conversion, words[i].conversion);
	}
	return conversion;
}

static enum conversion read_common(struct scan *scan)
{
	enum { FLAGS = O_RDONLY | O_CLOEXEC | O_NONBLOCK };
	const char *files[] = {
		arena_format(scan->arena, "%sinfo/attributes", scan->common_folder),
		scan->config.attributes_file,
		"/etc/gitattributes",
	};
	enum conversion conversion = scan->config.converts_lines ? CONVERTS_LINES
	                                                         : CONVERTS_NOTHING;

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		if (files[i])
			conversion = stronger(
				conversion,
				read_file(openat(scan->root, files[i], FLAGS)));
	}
	return conversion;
}

static enum conversion common_conversion(struct scan *scan)
{
	enum conversion conversion;

	pthread_mutex_lock(&scan->lock);
	if (!scan->attributes_read) {
		scan->conversion = read_common(scan);
		scan->attributes_read = true;
	}
	conversion = scan->conversion;
	pthread_mutex_unlock(&scan->lock);
	return conversion;
}

/* Those of the folder alone; git follows no symbolic link to them. */
static enum conversion own_conversion(struct walk *walk, const struct folder *folder)
{
	enum { FLAGS = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK };
	BUF path = {0};
	int descriptor;

	buf_add(&path, walk->path.data, folder->length);
	buf_adds(&path, ".gitattributes");
	descriptor = openat(walk->scan->root, path.data, FLAGS);
	if (descriptor < 0 && index_find(&walk->scan->index, path.data))
		return CONVERTS_ANYTHING; /* git takes them from the index */
	return read_file(descriptor);
}

enum conversion scan_conversion(struct walk *walk, struct folder *folder)
{
	if (!folder->attributes_read) {
		enum conversion above = folder->parent
		                                ? scan_conversion(walk, folder->parent)
		                                : common_conversion(walk->scan);

		folder->attributes_read = true;
		folder->conversion = stronger(above, own_conversion(walk, folder));
	}
	return folder->conversion;
}
