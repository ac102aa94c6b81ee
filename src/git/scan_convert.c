/* What attributes and configuration make of a file on its way into the
 * repository: convert_attrs() and crlf_to_git() of git's convert.c. */
#include <fcntl.h>
#include <string.h>

#include "config.h"
#include "scan_parts.h"

static void read_list(struct attribute_list *out, struct arena *arena, int descriptor)
{
	BUF text = {0};

	if (descriptor >= 0 && scan_read(&text, descriptor))
		attributes_parse(out, arena, &text);
}

static void read_files(struct scan *scan)
{
	enum { FLAGS = O_RDONLY | O_CLOEXEC | O_NONBLOCK };
	const char *files[SCAN_ATTRIBUTES] = {
		arena_format(scan->arena, "%sinfo/attributes", scan->common_folder),
		scan->config.attributes_file,
		"/etc/gitattributes",
	};

	for (size_t i = 0; i < SCAN_ATTRIBUTES; i++) {
		if (files[i])
			read_list(&scan->attributes[i], scan->arena,
			          openat(scan->root, files[i], FLAGS));
	}
}

/* The attributes of no folder, read by the first who wants them. */
static void read_common(struct scan *scan)
{
	pthread_mutex_lock(&scan->lock);
	if (!scan->attributes_read)
		read_files(scan);
	scan->attributes_read = true;
	pthread_mutex_unlock(&scan->lock);
}

/* The folder's own; git follows no symbolic link to them, and takes them from the
 * index where they are not in the work tree. */
static void read_own(struct walk *walk, struct folder *folder)
{
	enum { FLAGS = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK };
	BUF path = {0};
	int descriptor;

	if (folder->attributes_read)
		return;
	folder->attributes_read = true;
	buf_add(&path, walk->path.data, folder->length);
	buf_adds(&path, ".gitattributes");
	descriptor = openat(walk->scan->root, path.data, FLAGS);
	if (descriptor < 0 && index_find(&walk->scan->index, path.data))
		folder->attributes.odd = true;
	read_list(&folder->attributes, &walk->arena, descriptor);
}

static bool ask_lists(const char *values[ATTRIBUTE_COUNT], struct walk *walk,
                      struct folder *folder, const char *path)
{
	const struct attribute_list *common = walk->scan->attributes;
	size_t length = strlen(path);
	bool odd = false;

	read_common(walk->scan);
	attributes_ask(values, &common[0], path, length, folder->length);
	for (struct folder *at = folder; at; at = at->parent) {
		read_own(walk, at);
		odd |= at->attributes.odd;
		attributes_ask(values, &at->attributes, path + at->length,
		               length - at->length, folder->length - at->length);
	}
	for (size_t i = 0; i < SCAN_ATTRIBUTES; i++) {
		odd |= common[i].odd;
		attributes_ask(values, &common[i], path, length, folder->length);
	}
	return !odd;
}

static bool is_text(const char *value)
{
	return value && value != attribute_set && value != attribute_unset &&
	       value != attribute_unspecified;
}

static bool is_word(const char *value, const char *word)
{
	return is_text(value) && strcmp(value, word) == 0;
}

/* What `text` says, or `crlf` in its place; CONVERTS_UNTOLD: nothing. */
static enum conversion read_text(const char *value)
{
	if (value == attribute_set || is_word(value, "input"))
		return CONVERTS_LINES;
	if (value == attribute_unset)
		return CONVERTS_NOTHING;
	return is_word(value, "auto") ? CONVERTS_LINES_OF_TEXT : CONVERTS_UNTOLD;
}

static enum conversion line_conversion(const struct scan *scan,
                                       const char *const values[ATTRIBUTE_COUNT])
{
	enum conversion conversion = read_text(values[ATTRIBUTE_TEXT]);
	const char *eol = values[ATTRIBUTE_EOL];

	if (conversion == CONVERTS_UNTOLD)
		conversion = read_text(values[ATTRIBUTE_CRLF]);
	if (conversion != CONVERTS_UNTOLD)
		return conversion;
	if (is_word(eol, "lf") || is_word(eol, "crlf"))
		return CONVERTS_LINES;
	return scan->config.converts_lines ? CONVERTS_LINES_OF_TEXT : CONVERTS_NOTHING;
}

/* A filter that nobody has configured does nothing. */
static bool has_driver(const struct scan *scan, const char *filter)
{
	const struct config *config = scan->settings;
	size_t length;

	if (!is_text(filter))
		return false;
	length = strlen(filter);
	for (size_t i = 0; i < config->count; i++) {
		const char *key = config->items[i].key;

		if (strncmp(key, "filter.", 7) == 0 &&
		    strncmp(key + 7, filter, length) == 0 && key[7 + length] == '.')
			return true;
	}
	return false;
}

enum conversion scan_conversion(struct walk *walk, struct folder *folder,
                                const char *path)
{
	const char *values[ATTRIBUTE_COUNT] = {NULL};
	const char *encoding;

	if (!ask_lists(values, walk, folder, path))
		return CONVERTS_ANYTHING;
	encoding = values[ATTRIBUTE_ENCODING];
	if (values[ATTRIBUTE_IDENT] == attribute_set ||
	    has_driver(walk->scan, values[ATTRIBUTE_FILTER]) ||
	    (encoding && encoding != attribute_unspecified))
		return CONVERTS_ANYTHING;
	return line_conversion(walk->scan, values);
}

/* gather_stats() and convert_is_binary(): what is not taken for text. */
static bool is_binary(const struct buf *content)
{
	size_t printable = 0, other = 0;

	for (size_t i = 0; i < content->length; i++) {
		unsigned char byte = (unsigned char)content->data[i];

		if (byte == '\0')
			return true;
		if (byte == '\r') {
			if (i + 1 == content->length || content->data[++i] != '\n')
				return true;
		} else if (byte == '\b' || byte == '\t' || byte == '\033' ||
		           byte == '\014' || (byte >= ' ' && byte != 127)) {
			printable++;
		} else if (byte != '\n') {
			other++;
		}
	}
	if (content->length && content->data[content->length - 1] == '\032')
		other--;
	return printable >> 7 < other;
}

bool scan_convert(struct buf *content, enum conversion conversion)
{
	size_t kept = 0;

	if (conversion == CONVERTS_NOTHING || content->length == 0 ||
	    !memmem(content->data, content->length, "\r\n", 2) ||
	    (conversion == CONVERTS_LINES_OF_TEXT && is_binary(content)))
		return false;
	for (size_t i = 0; i < content->length; i++) {
		if (content->data[i] != '\r' || i + 1 == content->length ||
		    content->data[i + 1] != '\n')
			content->data[kept++] = content->data[i];
	}
	content->length = kept;
	return true;
}
