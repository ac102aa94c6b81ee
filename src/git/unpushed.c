#include "git/unpushed.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "config.h"

/* Names of references hold no blanks (git-check-ref-format(1)). */
static const char format[] =
	"--format=%(refname) %(objectname) %(objecttype) %(*objectname) %(*objecttype)";

void unpushed_settings_words(struct strings *out, struct arena *arena)
{
	static const char keys[] =
		"^(remote\\..*\\.(url|fetch|skipfetchall|skipdefaultupdate)|"
		"submodule\\..*\\.url|status\\.showuntrackedfiles)$";
	const char *const words[] = {"config", "--null", "--get-regexp", keys, NULL};

	strings_add_all(arena, out, words);
}

/* `[+]SOURCE:DESTINATION`; `^SOURCE` fetches nothing. */
static void add_tracking(struct unpushed *out, struct arena *arena, const char *refspec)
{
	const char *target = strrchr(refspec, ':');

	if (*refspec == '^' || !target || !target[1])
		return;
	target++;
	if (!text_skip_prefix(target, "refs/"))
		target = arena_format(arena, "refs/heads/%s", target);
	if (!strings_have(&out->tracking, target))
		strings_add(arena, &out->tracking, target);
}

/* parse_untracked_setting_name() of git's builtin/commit.c. An older git takes no other
 * word than `no` for it, and then its status fails. */
static bool hides_untracked(const char *value)
{
	bool shows;

	return config_boolean(&shows, value) && !shows;
}

static void parse_remote(struct unpushed *out, struct arena *arena, const char *name,
                         const char *value)
{
	const char *key;

	/* The name may contain dots, the key does not. */
	for (key = value - 1; key > name && *key != '.'; key--)
		;
	if (*key != '.')
		return;
	name = arena_bytes(arena, name, (size_t)(key - name));
	if (text_skip_prefix(key, ".fetch"))
		add_tracking(out, arena, value);
	else if (text_skip_prefix(key, ".skip"))
		out->skips_remotes = true;
	else if (!strings_have(&out->remotes, name))
		strings_add(arena, &out->remotes, name);
}

static void parse_setting(struct unpushed *out, struct arena *arena, const char *entry)
{
	const char *value = strchr(entry, '\n');
	const char *name = text_skip_prefix(entry, "remote.");

	if (!value)
		return;
	value++;
	if (name)
		parse_remote(out, arena, name, value);
	else if (text_skip_prefix(entry, "status."))
		out->hides_untracked = hides_untracked(value);
	else
		out->submodules++;
}

void unpushed_parse_settings(struct unpushed *out, struct arena *arena,
                             const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		size_t entry = strnlen(text, (size_t)(end - text));

		parse_setting(out, arena, arena_bytes(arena, text, entry));
		text += entry + 1;
	}
}

void unpushed_fetched_words(struct strings *out, struct arena *arena)
{
	const char *const words[] = {"rev-parse", "--git-path", "FETCH_HEAD", NULL};

	strings_add_all(arena, out, words);
}

/* A line begins with the hash. */
static void add_ids(struct strings *out, struct arena *arena, const char *text,
                    size_t length)
{
	struct strings lines = {0};

	strings_split(arena, &lines, arena_bytes(arena, text, length), "\n");
	for (size_t i = 0; i < lines.count; i++)
		strings_add(arena, out,
		            arena_bytes(arena, lines.items[i],
		                        strcspn(lines.items[i], "\t")));
	strings_sort(out);
}

void unpushed_parse_fetched(struct unpushed *out, struct arena *arena, const char *text,
                            size_t length)
{
	add_ids(&out->fetched, arena, text, length);
	out->fetched_known = !out->skips_remotes;
}

void unpushed_references_words(struct strings *out, struct arena *arena, bool own)
{
	const char *const words[] = {"for-each-ref", format, NULL};
	const char *const owned[] = {"refs/bisect", "refs/rewritten", "refs/worktree",
	                             NULL};

	strings_add_all(arena, out, words);
	if (own)
		strings_add_all(arena, out, owned);
}

/* A refspec's pattern: its one `*` stands for any text. */
static bool matches(const char *pattern, const char *name)
{
	const char *star = strchr(pattern, '*');
	size_t front = star ? (size_t)(star - pattern) : 0;

	if (!star)
		return strcmp(pattern, name) == 0;
	return strncmp(pattern, name, front) == 0 &&
	       strlen(name) >= strlen(pattern) - 1 && text_has_suffix(name, star + 1);
}

/* Whether a fetch writes to it. */
static bool is_fetched(const struct unpushed *unpushed, const char *name)
{
	for (size_t i = 0; i < unpushed->tracking.count; i++) {
		if (matches(unpushed->tracking.items[i], name))
			return true;
	}
	return false;
}

static void name_holder(struct holder *holder, struct arena *arena, const char *name,
                        const char *path)
{
	static const struct {
		const char *prefix;
		enum holder_kind kind;
	} kinds[] = {
		{"refs/heads/", HOLDER_BRANCH},
		{"refs/tags/", HOLDER_TAG},
	};

	holder->kind = HOLDER_OTHER;
	holder->name = path ? arena_format(arena, "%s: %s", path, name) : name;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		const char *rest = text_skip_prefix(name, kinds[i].prefix);

		if (rest) {
			holder->kind = kinds[i].kind;
			holder->name = rest;
		}
	}
}

static void parse_reference(struct unpushed *out, struct arena *arena, const char *line,
                            const char *path)
{
	enum { NAME, ID, TYPE, PEELED_ID, PEELED_TYPE };
	struct strings fields = {0};
	struct holder holder = {0};
	bool remote, fetched, deleted;

	strings_split(arena, &fields, line, " ");
	if (fields.count <= TYPE || strcmp(fields.items[NAME], "refs/stash") == 0)
		return;
	holder.id = fields.items[ID];
	if (strcmp(fields.items[TYPE], "commit") == 0)
		holder.commit = holder.id;
	else if (fields.count > PEELED_TYPE &&
	         strcmp(fields.items[PEELED_TYPE], "commit") == 0)
		holder.commit = fields.items[PEELED_ID];
	remote = text_skip_prefix(fields.items[NAME], "refs/remotes/") != NULL;
	fetched = is_fetched(out, fields.items[NAME]);
	deleted = fetched && out->fetched_known &&
	          !strings_have_sorted(&out->fetched, holder.id);
	if (deleted) {
		strings_add(arena, &out->deleted, fields.items[NAME]);
	} else if (fetched || remote) {
		strings_add(arena, &out->tracked, holder.id);
		if (holder.commit)
			strings_add(arena, &out->tracked, holder.commit);
	}
	/* What a remote has deleted is no work of this machine, unless in a mirror,
	 * where it may as well be a branch that never was on the remote. */
	if (remote || (fetched && !deleted))
		return;
	name_holder(&holder, arena, fields.items[NAME], path);
	*ARENA_PUSH(arena, out) = holder;
}

void unpushed_parse_references(struct unpushed *out, struct arena *arena,
                               const char *text, size_t length, const char *path)
{
	struct strings lines = {0};

	strings_split(arena, &lines, arena_bytes(arena, text, length), "\n");
	for (size_t i = 0; i < lines.count; i++)
		parse_reference(out, arena, lines.items[i], path);
}

void unpushed_add_head(struct unpushed *out, struct arena *arena, const char *path,
                       const char *commit)
{
	*ARENA_PUSH(arena, out) = (struct holder){
		.kind = HOLDER_HEAD, .name = path, .id = commit, .commit = commit};
}

bool unpushed_suspects(struct unpushed *unpushed)
{
	strings_sort(&unpushed->tracked);
	for (size_t i = 0; i < unpushed->count; i++) {
		const struct holder *holder = &unpushed->items[i];

		if (!strings_have_sorted(&unpushed->tracked,
		                         holder->commit ? holder->commit : holder->id))
			return true;
	}
	return false;
}

/* What the remote has deleted is no part of the next words; below refs/remotes/ their
 * patterns have no such prefix. */
static void exclude_deleted(struct strings *out, struct arena *arena,
                            const struct unpushed *unpushed, bool remotes)
{
	for (size_t i = 0; i < unpushed->deleted.count; i++) {
		const char *name = unpushed->deleted.items[i];
		const char *rest = text_skip_prefix(name, "refs/remotes/");

		if (remotes == (rest != NULL))
			strings_add(arena, out,
			            arena_format(arena, "--exclude=%s",
			                         rest ? rest : name));
	}
}

/* --all is every reference and HEAD; those of no commit are passed over. HEAD of the
 * other work trees, and what only they refer to, are named. */
void unpushed_graph_words(struct strings *out, struct arena *arena,
                          const struct unpushed *unpushed)
{
	const char *const first[] = {"rev-list", "--parents", "--exclude=refs/stash",
	                             "--all", NULL};

	strings_add_all(arena, out, first);
	for (size_t i = 0; i < unpushed->count; i++) {
		const struct holder *holder = &unpushed->items[i];

		if (holder->commit &&
		    (holder->kind == HOLDER_HEAD ||
		     (holder->kind == HOLDER_OTHER && *holder->name == '/')))
			strings_add(arena, out, holder->commit);
	}
	strings_add(arena, out, "--not");
	exclude_deleted(out, arena, unpushed, true);
	strings_add(arena, out, "--remotes");
	for (size_t i = 0; i < unpushed->tracking.count; i++) {
		const char *pattern = unpushed->tracking.items[i];

		if (text_skip_prefix(pattern, "refs/remotes/"))
			continue;
		strings_add(arena, out, "--exclude=refs/stash");
		exclude_deleted(out, arena, unpushed, false);
		/* A pattern without a wildcard would be taken for a folder. */
		strings_add(arena, out,
		            strchr(pattern, '*')
		                    ? arena_format(arena, "--glob=%s", pattern)
		                    : arena_format(arena, "--glob=%.*s[%c]",
		                                   (int)strlen(pattern) - 1, pattern,
		                                   pattern[strlen(pattern) - 1]));
	}
	strings_add(arena, out, "--");
}

void unpushed_list_words(struct strings *out, struct arena *arena, const char *remote)
{
	const char *const words[] = {"ls-remote", "--", remote, NULL};

	strings_add_all(arena, out, words);
}

void unpushed_exclude(struct unpushed *out, struct arena *arena, const char *text,
                      size_t length)
{
	add_ids(&out->known, arena, text, length);
	for (size_t i = 0; i < out->count; i++)
		out->items[i].on_remote |= strings_have_sorted(&out->known,
		                                               out->items[i].id);
}

/* What git printed: a commit a line, its hash and then those of its parents, in the
 * order of git; looked up by hash. */
struct commit_line {
	const char *id;
	size_t length;       /* of a hash */
	const char *parents; /* what follows it, to the end of the line */
	bool counted;        /* for a reference of an earlier kind, or on a remote */
	size_t seen;         /* the last search that came here */
};

struct history {
	struct arena *arena;
	struct commit_line *commits;
	size_t count;
	size_t *slots; /* hash table, open addressing: an index plus 1, 0 if free */
	size_t mask;
	size_t *pending;
	size_t searches;
};

/* Hashes are uniform already: their first digits serve as they are. */
static size_t first_slot(const struct history *history, const char *id, size_t length)
{
	size_t key = 0;

	for (size_t i = 0; i < 2 * sizeof key && i < length; i++)
		key = key << 4 ^ (unsigned char)id[i];
	return key & history->mask;
}

/* The slot of a hash, or the free one where it would be. */
static size_t find_slot(const struct history *history, const char *id, size_t length)
{
	size_t slot = first_slot(history, id, length);

	while (history->slots[slot]) {
		const struct commit_line *commit =
			&history->commits[history->slots[slot] - 1];

		if (commit->length == length && memcmp(commit->id, id, length) == 0)
			break;
		slot = (slot + 1) & history->mask;
	}
	return slot;
}

static void parse_history(struct history *history, const char *text, size_t length)
{
	const char *end = text + length;
	size_t lines = 0, room = 2;

	for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		lines++;
	while (room < 2 * (lines + 1))
		room *= 2;
	history->mask = room - 1;
	history->slots = arena_take(history->arena, room * sizeof *history->slots);
	history->commits = arena_take(history->arena, lines * sizeof *history->commits);
	history->pending = arena_take(history->arena, lines * sizeof *history->pending);
	for (size_t i = 0; i < lines; i++) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		struct commit_line *commit = &history->commits[i];

		commit->id = text;
		commit->length = strcspn(text, " \n");
		commit->parents = text + commit->length;
		history->slots[find_slot(history, commit->id, commit->length)] = i + 1;
		text = newline + 1;
	}
	history->count = lines;
}

/* Takes the commit for the search that is under way, once; those that are counted
 * already end it, since so are all that they reach. */
static void visit(struct history *history, size_t *depth, const char *id, size_t length)
{
	size_t place = history->slots[find_slot(history, id, length)];
	struct commit_line *commit;

	if (place == 0)
		return;
	commit = &history->commits[place - 1];
	if (commit->counted || commit->seen == history->searches)
		return;
	commit->seen = history->searches;
	history->pending[(*depth)++] = place - 1;
}

/* How many commits are reached from there that are not counted yet. */
static size_t search(struct history *history, const char *id)
{
	size_t depth = 0, found = 0;

	history->searches++;
	visit(history, &depth, id, strlen(id));
	while (depth > 0) {
		const char *at = history->commits[history->pending[--depth]].parents;

		found++;
		while (*at == ' ') {
			size_t length = strcspn(++at, " \n");

			visit(history, &depth, at, length);
			at += length;
		}
	}
	return found;
}

/* Counts what any search since `first` has come by. */
static size_t settle(struct history *history, size_t first)
{
	size_t found = 0;

	for (size_t i = 0; i < history->count; i++) {
		struct commit_line *commit = &history->commits[i];

		if (!commit->counted && commit->seen >= first) {
			commit->counted = true;
			found++;
		}
	}
	return found;
}

void unpushed_count(struct unpushed *unpushed, struct arena *arena, const char *text,
                    size_t length)
{
	struct history history = {.arena = arena};
	size_t first = 1;

	parse_history(&history, text, length);
	for (size_t i = 0; i < unpushed->known.count; i++)
		search(&history, unpushed->known.items[i]);
	settle(&history, first);
	for (int kind = 0; kind < HOLDER_KINDS; kind++) {
		first = history.searches + 1;
		for (size_t i = 0; i < unpushed->count; i++) {
			struct holder *holder = &unpushed->items[i];

			if ((int)holder->kind == kind)
				holder->count = holder->commit ? search(&history,
				                                        holder->commit)
				                               : 0;
		}
		unpushed->totals[kind] = settle(&history, first);
	}
}
