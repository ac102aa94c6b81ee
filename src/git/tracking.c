#include "tracking.h"

#include <string.h>

#include "base/arena.h"
#include "base/strings.h"
#include "base/text.h"
#include "config.h"

/* What follows the last colon; NULL: it stores nothing. */
static const char *destination(const char *refspec)
{
	const char *colon = strrchr(refspec, ':');

	return colon && colon[1] ? colon + 1 : NULL;
}

/* match_name_with_pattern(): the name with the star's part put in place. */
static const char *map_name(struct arena *arena, const char *refspec, const char *name)
{
	const char *target = destination(refspec);
	size_t source = (size_t)(target - 1 - refspec), length = strlen(name);
	const char *star = memchr(refspec, '*', source), *into;
	size_t front, end;

	if (!star)
		return length == source && strncmp(name, refspec, length) == 0 ? target
		                                                               : NULL;
	front = (size_t)(star - refspec);
	end = source - front - 1;
	into = strchr(target, '*');
	if (length < front + end || strncmp(name, refspec, front) != 0 ||
	    strncmp(name + length - end, star + 1, end) != 0)
		return NULL;
	return arena_format(arena, "%.*s%.*s%s", (int)(into - target), target,
	                    (int)(length - front - end), name + front, into + 1);
}

/* What check_refname_format() lets pass, less `@`, which stands for HEAD. */
static bool is_reference(const char *name, size_t length)
{
	static const char bad[] = " ~^:?[\\\x7f";
	char before = '/';
	size_t stars = 0;

	for (size_t i = 0; i < length; before = name[i++]) {
		if ((unsigned char)name[i] < ' ' || strchr(bad, name[i]) ||
		    (name[i] == '.' && (before == '/' || before == '.')) ||
		    (name[i] == '/' && before == '/') ||
		    (name[i] == '@' && (length == 1 || name[i + 1] == '{')))
			return false;
		stars += name[i] == '*';
	}
	return before != '/' && before != '.' && stars <= 1 &&
	       !memmem(name, length, ".lock", strlen(".lock"));
}

/* parse_refspec(): the refspecs that a fetch takes; negative ones are left to git like
 * those that it refuses. */
static bool is_plain(const char *refspec)
{
	const char *name = refspec + (*refspec == '+');
	const char *colon = strrchr(name, ':'), *target = destination(name);
	size_t source = colon ? (size_t)(colon - name) : strlen(name);
	bool star = memchr(name, '*', source) != NULL;

	if (!is_reference(name, source))
		return false;
	if (!target)
		return !star;
	return is_reference(target, strlen(target)) && star == !!strchr(target, '*');
}

/* Whether the key is `remote.NAME.fetch`. */
static bool is_refspec(const char *name)
{
	const char *rest = text_skip_prefix(name, "remote.");

	return rest && text_has_suffix(rest, ".fetch");
}

bool tracking_is_plain(const struct config *config)
{
	for (size_t i = 0; i < config->count; i++) {
		const struct config_entry *entry = &config->items[i];

		if (is_refspec(entry->key) &&
		    (!entry->value || !is_plain(entry->value)))
			return false;
	}
	return true;
}

/* remote_find_tracking(): the first refspec that matches. */
static bool find_tracking(const char **name, struct arena *arena,
                          const struct config *config, const char *remote,
                          const char *merge)
{
	const char *fetch = config_join(arena, "remote", remote, "fetch");

	for (size_t i = 0; i < config->count; i++) {
		const char *refspec = config->items[i].value;

		if (strcmp(config->items[i].key, fetch) != 0)
			continue;
		if (!refspec || !is_plain(refspec))
			return false;
		refspec += *refspec == '+';
		if (!*name && destination(refspec))
			*name = map_name(arena, refspec, merge);
	}
	return true;
}

bool tracking_upstream(const char **name, struct arena *arena,
                       const struct config *config, const char *branch)
{
	const char *remote = config_text(
		config, config_join(arena, "branch", branch, "remote"));
	const struct config_entry *merge = config_first(
		config, config_join(arena, "branch", branch, "merge"));

	*name = NULL;
	if (!remote || !merge)
		return true;
	if (!merge->value)
		return false;
	if (strcmp(remote, ".") == 0) {
		*name = merge->value;
		return strncmp(merge->value, "refs/", 5) == 0;
	}
	/* Without a URL the remote may be a file of old: .git/remotes/NAME. */
	if (!config_last(config, config_join(arena, "remote", remote, "url")) &&
	    !strchr(remote, '/'))
		return false;
	return find_tracking(name, arena, config, remote, merge->value);
}

void tracking_find(struct strings *out, struct arena *arena,
                   const struct config *config, const char *branch)
{
	for (size_t i = 0; i < config->count; i++) {
		const struct config_entry *entry = &config->items[i];
		const char *refspec = entry->value, *name;

		if (!is_refspec(entry->key) || !refspec || !is_plain(refspec) ||
		    !destination(refspec))
			continue;
		name = map_name(arena, refspec + (*refspec == '+'), branch);
		if (name && !strings_have(out, name))
			strings_add(arena, out, name);
	}
}

const char *tracking_rewrite(struct arena *arena, const struct config *config,
                             const char *url, const char *last)
{
	const char *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < config->count; i++) {
		const struct config_entry *entry = &config->items[i];
		size_t length = entry->value ? strlen(entry->value) : 0;
		const char *base;

		if (!entry->value || strncmp(url, entry->value, length) != 0 ||
		    (best && length <= longest))
			continue;
		base = config_name(arena, entry->key, "url", last);
		if (!base)
			continue;
		longest = length;
		best = base;
	}
	return best ? arena_format(arena, "%s%s", best, url + longest) : url;
}

const char *tracking_url_owner(struct arena *arena, const char *name)
{
	const char *owner = config_name(arena, name, "remote", "url");

	return owner && *owner ? owner : NULL;
}

/* The first remote with a URL, NULL if there is none. */
static const char *first_remote(struct arena *arena, const struct config *config)
{
	const char *name = NULL;

	for (size_t i = 0; !name && i < config->count; i++)
		if (config->items[i].value)
			name = tracking_url_owner(arena, config->items[i].key);
	return name;
}

/* Any remote, also one without a URL. */
static const char *any_remote(struct arena *arena, const struct config *config)
{
	static const char section[] = "remote.";

	for (size_t i = 0; i < config->count; i++) {
		const char *name = config->items[i].key + sizeof section - 1;

		if (strncmp(config->items[i].key, section, sizeof section - 1) == 0 &&
		    strchr(name, '.'))
			return arena_bytes(arena, name,
			                   (size_t)(strrchr(name, '.') - name));
	}
	return NULL;
}

static bool use_remote(struct branch_remote *out, struct arena *arena,
                       const struct config *config, const char *name)
{
	const struct config_entry *url =
		name ? config_first(config, config_join(arena, "remote", name, "url"))
		     : NULL;
	const char *fetch;

	if (!url || !url->value)
		return false;
	out->url = tracking_rewrite(arena, config, url->value, "insteadof");
	out->configured = url->value;
	out->name = name;
	fetch = config_text(config, config_join(arena, "remote", name, "fetch"));
	out->mirrored = fetch && strcmp(fetch, "+refs/*:refs/*") == 0;
	return true;
}

void tracking_remote(struct branch_remote *out, struct arena *arena,
                     const struct config *config, const char *branch)
{
	const char *name = branch ? config_text(config, config_join(arena, "branch",
	                                                            branch, "remote"))
	                          : NULL;

	*out = (struct branch_remote){0};
	if (use_remote(out, arena, config, name))
		return;
	/* A branch may name the URL itself, without any remote. */
	if (name && strpbrk(name, ":/")) {
		out->url = tracking_rewrite(arena, config, name, "insteadof");
		out->configured = out->name = name;
		return;
	}
	if (use_remote(out, arena, config,
	               config_text(config, "checkout.defaultremote")) ||
	    use_remote(out, arena, config, config_text(config, "remote.pushdefault")) ||
	    use_remote(out, arena, config, "origin") ||
	    use_remote(out, arena, config, "upstream") ||
	    use_remote(out, arena, config, first_remote(arena, config)))
		return;
	out->name = any_remote(arena, config);
}
