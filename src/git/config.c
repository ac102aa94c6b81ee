#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "git/probe.h"
#include "worktree/wildmatch.h"

enum { DEPTH_LIMIT = 10 }; /* MAX_INCLUDE_DEPTH of git */

/* Entries and their values. */

const struct config_entry *config_last(const struct config *config, const char *key)
{
	for (size_t i = config->count; i-- > 0;) {
		if (strcmp(config->items[i].key, key) == 0)
			return &config->items[i];
	}
	return NULL;
}

const struct config_entry *config_first(const struct config *config, const char *key)
{
	for (size_t i = 0; i < config->count; i++) {
		if (strcmp(config->items[i].key, key) == 0)
			return &config->items[i];
	}
	return NULL;
}

const char *config_text(const struct config *config, const char *key)
{
	const struct config_entry *entry = config_last(config, key);

	return entry ? entry->value : NULL;
}

const char *config_join(struct arena *arena, const char *section, const char *name,
                        const char *last)
{
	return arena_format(arena, "%s.%s.%s", section, name, last);
}

const char *config_name(struct arena *arena, const char *key, const char *section,
                        const char *last)
{
	const char *name = text_skip_prefix(key, section);
	size_t length = strlen(key), front = strlen(section) + 1,
	       end = strlen(last) + 1;

	if (!name || *name != '.' || length < front + end || key[length - end] != '.' ||
	    !text_has_suffix(key, last))
		return NULL;
	return arena_bytes(arena, key + front, length - front - end);
}

/* git_config_parse_key() of git's config.c */
const char *config_key(struct arena *arena, const char *typed)
{
	const char *last = strrchr(typed, '.');
	char *key = arena_string(arena, typed), *at = key;
	char *first = strchr(key, '.'), *name;

	if (!last || last == typed)
		return NULL;
	name = key + (last - typed) + 1;
	for (; *at; at++) {
		bool below = at > first && at < name - 1;

		if (below ? *at == '\n'
		          : *at != '.' && *at != '-' && !isalnum((unsigned char)*at))
			return NULL;
		if (!below)
			*at = (char)tolower((unsigned char)*at);
	}
	return isalpha((unsigned char)*name) ? key : NULL;
}

/* What a number's unit stands for; 0: that is none. */
static long unit_factor(const char *unit)
{
	if (!*unit)
		return 1;
	if (unit[1])
		return 0;
	switch (tolower((unsigned char)*unit)) {
	case 'k':
		return 1 << 10;
	case 'm':
		return 1 << 20;
	case 'g':
		return 1 << 30;
	default:
		return 0;
	}
}

/* git_parse_int(), of which older versions take a unit alone for 0. */
static bool parse_integer(long *out, const char *value)
{
	char *end;
	long factor;

	errno = 0;
	*out = strtol(value, &end, 0);
	factor = unit_factor(end);
	return errno == 0 && end > value && factor > 0 && *out <= INT_MAX / factor &&
	       *out >= -(INT_MAX / factor);
}

bool config_boolean(bool *out, const char *value)
{
	static const char *const words[] = {"false", "true", "no", "yes", "off", "on"};
	bool good;
	long number;

	*out = !value;
	if (!value || !*value)
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		*out = i % 2;
		if (strcasecmp(words[i], value) == 0)
			return true;
	}
	good = parse_integer(&number, value);
	*out = number != 0;
	return good;
}

/* git_default_core_config(); a number with a unit or in another base is left to git. */
static bool parse_abbrev(unsigned *out, const char *value)
{
	enum { FEWEST = 4, ALL = 40 };
	bool on;
	long number;

	if (!value)
		return false;
	if (strcasecmp(value, "auto") == 0) {
		*out = 0;
		return true;
	}
	if (text_number(&number, value, FEWEST, ALL) && *value != '0') {
		*out = (unsigned)number;
		return true;
	}
	*out = ALL;
	return !strpbrk(value, "0123456789") && config_boolean(&on, value) && !on;
}

bool config_abbrev(unsigned *out, const struct config *config)
{
	*out = 0;
	for (size_t i = 0; i < config->count; i++) {
		if (strcmp(config->items[i].key, "core.abbrev") == 0 &&
		    !parse_abbrev(out, config->items[i].value))
			return false;
	}
	return true;
}

/* The text of one file. */

static bool is_key_byte(int byte)
{
	return byte == '-' || (byte < 128 && isalnum(byte));
}

/* The end counts as one more line end, as get_next_char() has it. */
static int next_byte(struct config_text *text)
{
	if (text->at == text->end) {
		text->over = true;
		return '\n';
	}
	if (*text->at == '\r' && text->at + 1 < text->end && text->at[1] == '\n')
		text->at++;
	return (unsigned char)*text->at++;
}

static void skip_line(struct config_text *text)
{
	while (next_byte(text) != '\n')
		continue;
}

/* ["sub"]: from the blank after the section's name. */
static bool read_subsection(struct config_text *text)
{
	int byte;

	do {
		byte = next_byte(text);
		if (byte == '\n')
			return false;
	} while (text_is_space(byte));
	if (byte != '"')
		return false;
	buf_addc(text->key, '.');
	while ((byte = next_byte(text)) != '"') {
		if (byte == '\\')
			byte = next_byte(text);
		if (byte == '\n')
			return false;
		buf_addc(text->key, (char)byte);
	}
	return next_byte(text) == ']';
}

static bool read_section(struct config_text *text)
{
	buf_clear(text->key);
	for (;;) {
		int byte = next_byte(text);

		if (text->over)
			return false;
		if (byte == ']')
			break;
		if (text_is_space(byte)) {
			if (byte == '\n' || !read_subsection(text))
				return false;
			break;
		}
		if (!is_key_byte(byte) && byte != '.')
			return false;
		buf_addc(text->key, (char)tolower(byte));
	}
	if (text->key->length == 0)
		return false;
	buf_addc(text->key, '.');
	text->section = text->key->length;
	return true;
}

/* What stands for `\` and this byte; 0: the line goes on, -1: not allowed. */
static int escaped(int byte)
{
	switch (byte) {
	case '\n':
		return 0;
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case 'n':
		return '\n';
	case '\\':
	case '"':
		return byte;
	default:
		return -1;
	}
}

static bool read_value(struct config_text *text, struct buf *out)
{
	bool quoted = false;
	size_t blanks = 0;
	int byte;

	while ((byte = next_byte(text)) != '\n') {
		if (!quoted && text_is_space(byte)) {
			blanks += out->length > 0;
			continue;
		}
		if (!quoted && (byte == ';' || byte == '#')) {
			skip_line(text);
			return true;
		}
		buf_repeat(out, ' ', blanks);
		blanks = 0;
		if (byte == '"') {
			quoted = !quoted;
			continue;
		}
		if (byte == '\\') {
			byte = escaped(next_byte(text));
			if (byte < 0)
				return false;
			if (byte == 0)
				continue;
		}
		buf_addc(out, (char)byte);
	}
	return !quoted;
}

/* From after the first byte of its name, which is in `key`. */
static bool read_entry(struct config_text *text, struct config_entry *out,
                       struct arena *arena)
{
	BUF value = {0};
	int byte = next_byte(text);

	for (; !text->over && is_key_byte(byte); byte = next_byte(text))
		buf_addc(text->key, (char)tolower(byte));
	while (byte == ' ' || byte == '\t')
		byte = next_byte(text);
	*out = (struct config_entry){arena_string(arena, buf_text(text->key)), NULL};
	if (byte == '\n')
		return true;
	if (byte != '=' || !read_value(text, &value))
		return false;
	out->value = arena_bytes(arena, buf_text(&value), value.length);
	return true;
}

enum config_step config_next(struct config_text *text, struct config_entry *out,
                             struct arena *arena)
{
	for (;;) {
		int byte = next_byte(text);

		if (text->over)
			return CONFIG_END;
		if (text_is_space(byte))
			continue;
		if (byte == '#' || byte == ';') {
			skip_line(text);
			continue;
		}
		if (byte == '[') {
			if (!read_section(text))
				return CONFIG_BAD;
			continue;
		}
		/* A name before any section is nothing that git would write. */
		if (byte >= 128 || !isalpha(byte) || text->section == 0)
			return CONFIG_BAD;
		text->key->length = text->section;
		buf_addc(text->key, (char)tolower(byte));
		return read_entry(text, out, arena) ? CONFIG_ENTRY : CONFIG_BAD;
	}
}

/* Included files, and on which condition: include_condition_is_true() and the like
 * of git's config.c. */

/* Whether a conditional include is taken. */
enum include { INCLUDE_NO, INCLUDE_YES, INCLUDE_UNSURE /* only git can tell */ };

/* `~/` in front stands for the home folder. Other users' homes and git's own
 * prefix are git's to find. */
static const char *expand(struct arena *arena, const char *path, const char *home)
{
	if (strncmp(path, "%(prefix)/", strlen("%(prefix)/")) == 0)
		return NULL;
	if (*path != '~')
		return path;
	if (!home || (path[1] && path[1] != '/'))
		return NULL;
	return arena_format(arena, "%s%s", home, path + 1);
}

static const char *include_path(struct arena *arena, const char *file,
                                const char *value)
{
	const char *path = expand(arena, value, getenv("HOME"));

	if (!path || *path == '/')
		return path;
	return file ? path_join(arena, path_parent(arena, file), path) : NULL;
}

static const char *lowered(struct arena *arena, const char *text)
{
	char *copy = arena_string(arena, text);

	for (char *at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return copy;
}

static bool matches(struct arena *arena, const char *pattern, const char *text,
                    bool icase)
{
	if (icase) {
		pattern = lowered(arena, pattern);
		text = lowered(arena, text);
	}
	return wildmatch(pattern, text, strlen(text), true);
}

/* A pattern that ends in a slash is for all below. */
static const char *with_all_below(struct arena *arena, const char *pattern)
{
	size_t length = strlen(pattern);

	return length && pattern[length - 1] == '/'
	               ? arena_format(arena, "%s**", pattern)
	               : pattern;
}

/* `./` in front stands for the folder of the file, all of its bytes literally. */
static const char *beside(struct arena *arena, const char *file, const char *cond)
{
	const char *folder = file ? path_parent(arena, path_real(arena, file)) : NULL;

	if (!folder || strpbrk(folder, "*?[\\"))
		return NULL;
	return path_join(arena, folder, cond + strlen("./"));
}

static enum include by_folder(struct arena *arena, const char *file, const char *cond,
                              const char *folder, bool icase)
{
	const char *home = getenv("HOME");
	const char *pattern, *real = path_real(arena, folder);
	const char *written = path_join(
		arena, path_real(arena, path_parent(arena, folder)), path_base(folder));

	if (strncmp(cond, "./", 2) == 0) {
		cond = beside(arena, file, cond);
		if (!cond)
			return INCLUDE_UNSURE;
	}
	pattern = expand(arena, cond, home ? path_real(arena, home) : NULL);
	if (!pattern)
		return INCLUDE_UNSURE;
	if (*pattern != '/')
		pattern = arena_format(arena, "**/%s", pattern);
	pattern = with_all_below(arena, pattern);
	return matches(arena, pattern, real, icase) ||
	                       matches(arena, pattern, written, icase)
	               ? INCLUDE_YES
	               : INCLUDE_NO;
}

static enum include by_branch(struct arena *arena, const char *cond, const char *branch)
{
	if (!branch)
		return INCLUDE_NO;
	return matches(arena, with_all_below(arena, cond), branch, false) ? INCLUDE_YES
	                                                                  : INCLUDE_NO;
}

static const char *condition(struct arena *arena, const char *key)
{
	const char *start = text_skip_prefix(key, "includeif.");

	return arena_bytes(arena, start, (size_t)(strrchr(key, '.') - start));
}

static bool include_is_conditional(const char *key)
{
	const char *start = text_skip_prefix(key, "includeif."),
		   *end = strrchr(key, '.');

	return start && end > start && strcmp(end, ".path") == 0;
}

static bool include_is_url(const char *key)
{
	const char *start = text_skip_prefix(key, "remote."), *end = strrchr(key, '.');

	return start && end >= start && strcmp(end, ".url") == 0;
}

static const char *include_url_pattern(struct arena *arena, const char *key)
{
	return text_skip_prefix(condition(arena, key), "hasconfig:remote.*.url:");
}

static bool include_url_matches(const struct config *config, const char *pattern)
{
	for (size_t i = 0; i < config->count; i++) {
		const char *url = config->items[i].value;

		if (url && include_is_url(config->items[i].key) &&
		    wildmatch(pattern, url, strlen(url), true))
			return true;
	}
	return false;
}

static enum include include_condition(struct arena *arena, const char *file,
                                      const char *key, const struct config_place *place)
{
	const char *cond = condition(arena, key), *rest;

	if ((rest = text_skip_prefix(cond, "gitdir:")))
		return by_folder(arena, file, rest, place->git_folder, false);
	if ((rest = text_skip_prefix(cond, "gitdir/i:")))
		return by_folder(arena, file, rest, place->git_folder, true);
	if ((rest = text_skip_prefix(cond, "onbranch:")))
		return by_branch(arena, rest, place->branch);
	return INCLUDE_NO;
}

/* Which files and variables make up the configuration, and in which order:
 * do_git_config_sequence() of git's config.c. */

/* check_repo_format() of git's setup.c */
static bool read_format(struct config_format *format, const struct config_entry *entry)
{
	if (text_skip_prefix(entry->key, "extensions."))
		format->plain = false;
	else if (strcmp(entry->key, "core.repositoryformatversion") == 0)
		format->plain &= entry->value && strcmp(entry->value, "0") == 0;
	else if (strcmp(entry->key, "core.bare") == 0)
		return config_boolean(&format->bare, entry->value);
	else if (strcmp(entry->key, "core.worktree") == 0)
		format->worktree = entry->value ? entry->value : "";
	return true;
}

/* What holds while a file is read. */
struct scope {
	const char *file;             /* NULL: the environment */
	struct config_format *format; /* NULL: not the repository's own file */
	bool without_remotes;         /* it may hold no URL, or git gives up */
	int depth;                    /* of includes */
};

/* A file that is being read. */
struct open_file {
	struct open_file *outer; /* which includes it, and is read on afterwards */
	struct scope scope;
	struct buf text, key;
	struct config_text reader;
};

struct loader {
	struct config *out;
	struct arena *arena;
	const struct config_place *place; /* NULL: only what holds everywhere */
	const struct config *remotes;     /* a first reading; NULL: this is the first */
	bool asks_remotes;                /* a second is needed */
	struct open_file *open;           /* the innermost file; NULL: none */
};

static const struct scope *scope_of(const struct loader *loader)
{
	static const struct scope environment;

	return loader->open ? &loader->open->scope : &environment;
}

/* The file of the scope is read next, if it is there. */
static bool open_file(struct loader *loader, const struct scope *scope)
{
	struct open_file *file;
	struct error err;
	bool there;
	BUF text = {0};

	if (strcmp(scope->file, "/dev/null") == 0)
		return true;
	if (!file_read(&text, &there, scope->file, FILE_LIMIT, &err))
		return access(scope->file, F_OK) != 0 && errno == ENOTDIR;
	if (!there)
		return true;
	if (memchr(buf_text(&text), '\0', text.length))
		return false;
	file = arena_take(loader->arena, sizeof *file);
	*file = (struct open_file){
		.outer = loader->open, .scope = *scope, .text = text};
	file->reader = (struct config_text){.at = text_skip_bom(buf_text(&file->text)),
	                                    .end = file->text.data + text.length,
	                                    .key = &file->key};
	text = (struct buf){0}; /* the file owns it now */
	loader->open = file;
	return true;
}

static void close_file(struct loader *loader)
{
	buf_drop(&loader->open->text);
	buf_drop(&loader->open->key);
	loader->open = loader->open->outer;
}

static bool include(struct loader *loader, const char *value, bool without_remotes)
{
	const struct scope *outer = scope_of(loader);
	struct scope scope = {.without_remotes = outer->without_remotes ||
	                                         without_remotes,
	                      .depth = outer->depth + 1};

	if (!value || scope.depth > DEPTH_LIMIT)
		return false;
	scope.file = include_path(loader->arena, outer->file, value);
	return scope.file && open_file(loader, &scope);
}

/* `includeIf.CONDITION.path` */
static bool include_by_condition(struct loader *loader,
                                 const struct config_entry *entry)
{
	const char *url = include_url_pattern(loader->arena, entry->key);
	enum include answer;

	if (!loader->place)
		return false;
	if (url) {
		loader->asks_remotes = true;
		return !loader->remotes || !include_url_matches(loader->remotes, url) ||
		       include(loader, entry->value, true);
	}
	answer = include_condition(loader->arena, scope_of(loader)->file, entry->key,
	                           loader->place);
	return answer == INCLUDE_NO ||
	       (answer == INCLUDE_YES && include(loader, entry->value, false));
}

static bool take_entry(struct loader *loader, const struct config_entry *entry)
{
	const struct scope *scope = scope_of(loader);

	*(struct config_entry *)ARENA_PUSH(loader->arena, loader->out) = *entry;
	if (scope->format && !read_format(scope->format, entry))
		return false;
	if (scope->without_remotes && include_is_url(entry->key))
		return false;
	if (strcmp(entry->key, "include.path") == 0)
		return include(loader, entry->value, false);
	return !include_is_conditional(entry->key) ||
	       include_by_condition(loader, entry);
}

/* The next entry of the innermost file; a file that is over is closed. */
static bool read_next(struct loader *loader)
{
	struct config_entry entry;

	switch (config_next(&loader->open->reader, &entry, loader->arena)) {
	case CONFIG_ENTRY:
		return take_entry(loader, &entry);
	case CONFIG_END:
		close_file(loader);
		return true;
	default:
		return false;
	}
}

/* All that is open, with what it includes. */
static bool read_files(struct loader *loader)
{
	bool good = true;

	while (good && loader->open)
		good = read_next(loader);
	while (loader->open)
		close_file(loader);
	return good;
}

static bool load_file(struct loader *loader, const char *path,
                      struct config_format *format)
{
	const struct scope scope = {.file = path, .format = format};

	return open_file(loader, &scope) && read_files(loader);
}

/* A file below a folder that a variable names; relative ones are seen from
 * wherever git stands, so only git can tell which they are. */
static bool load_named(struct loader *loader, const char *folder, const char *name)
{
	const char *path;

	if (!folder || !*folder)
		return true;
	path = *name ? path_join(loader->arena, folder, name) : folder;
	return *folder == '/' && load_file(loader, path, NULL);
}

static bool load_system(struct loader *loader)
{
	const char *path = getenv("GIT_CONFIG_SYSTEM");
	const char *without = getenv("GIT_CONFIG_NOSYSTEM");
	bool off = false;

	if (without && !config_boolean(&off, without))
		return false;
	return off || load_named(loader, path ? path : "/etc/gitconfig", "");
}

static bool load_personal(struct loader *loader)
{
	const char *path = getenv("GIT_CONFIG_GLOBAL");
	const char *home = getenv("HOME"), *xdg = getenv("XDG_CONFIG_HOME");

	if (path)
		return load_named(loader, path, "");
	return (xdg && *xdg ? load_named(loader, xdg, "git/config")
	                    : load_named(loader, home, ".config/git/config")) &&
	       load_named(loader, home, ".gitconfig");
}

static bool load_environment(struct loader *loader)
{
	const char *text = getenv("GIT_CONFIG_COUNT");
	const char *parameters = getenv("GIT_CONFIG_PARAMETERS");
	struct config_entry entry;
	long count = 0;

	if (parameters && *parameters)
		return false;
	if (text && !text_number(&count, text, 0, 10000))
		return *text == '\0';
	for (long i = 0; i < count; i++) {
		const char *key = getenv(
			arena_format(loader->arena, "GIT_CONFIG_KEY_%ld", i));

		entry.key = key ? config_key(loader->arena, key) : NULL;
		entry.value = getenv(
			arena_format(loader->arena, "GIT_CONFIG_VALUE_%ld", i));
		if (!entry.key || !entry.value || !take_entry(loader, &entry) ||
		    !read_files(loader))
			return false;
	}
	return true;
}

void config_parse_list(struct config *out, struct arena *arena, const char *text,
                       size_t length)
{
	const char *end = text + length;

	while (text < end) {
		size_t part = strnlen(text, (size_t)(end - text));
		size_t key = strcspn(text, "\n");

		*(struct config_entry *)ARENA_PUSH(arena, out) = (struct config_entry){
			arena_bytes(arena, text, key < part ? key : part),
			key < part ? arena_bytes(arena, text + key + 1, part - key - 1)
				   : NULL};
		text += part + 1;
	}
}

bool config_load_common(struct config *out, struct arena *arena)
{
	struct loader loader = {.out = out, .arena = arena};

	return load_system(&loader) && load_personal(&loader);
}

static bool load_all(struct loader *loader, const struct config *common,
                     const char *file, struct config_format *format)
{
	*format = (struct config_format){.plain = true};
	for (size_t i = 0; common && i < common->count; i++)
		*(struct config_entry *)ARENA_PUSH(loader->arena,
		                                   loader->out) = common->items[i];
	if (!common && (!load_system(loader) || !load_personal(loader)))
		return false;
	return load_file(loader, file, format) && load_environment(loader);
}

bool config_load(struct config *out, struct config_format *format, struct arena *arena,
                 const struct config *common, const char *common_folder,
                 const struct config_place *place)
{
	const char *file = path_join(arena, common_folder, "config");
	struct loader loader = {.out = out, .arena = arena, .place = place};
	struct config remotes;

	if (!load_all(&loader, common, file, format))
		return false;
	if (!loader.asks_remotes)
		return true;
	remotes = *out;
	*out = (struct config){0};
	loader.remotes = &remotes;
	return load_all(&loader, common, file, format);
}

static struct {
	pthread_once_t once;
	struct arena arena;
	struct config config;
	bool known;
} common = {.once = PTHREAD_ONCE_INIT};

static void load_common(void)
{
	common.known = config_load_common(&common.config, &common.arena);
}

const struct config *config_common(void)
{
	pthread_once(&common.once, load_common);
	return common.known ? &common.config : NULL;
}

void config_renew(void)
{
	struct arena before;

	pthread_once(&common.once, load_common);
	before = common.arena;
	common.arena = (struct arena){0};
	common.config = (struct config){0};
	load_common();
	arena_drop(&before);
}

bool config_load_probed(struct config *out, struct arena *arena,
                        const struct probe *probe)
{
	const struct config_place place = {probe->git_folder, probe->branch};
	struct config_format format = {0};

	return probe->kind != REPO_NONE &&
	       config_load(out, &format, arena, config_common(), probe->common_folder,
	                   &place) &&
	       format.plain;
}

bool config_load_path(struct config *out, struct arena *arena, const char *path)
{
	struct probe probe;

	probe_path(&probe, arena, path);
	return config_load_probed(out, arena, &probe);
}
