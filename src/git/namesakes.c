#include "git/namesakes.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "config.h"
#include "tracking.h"

void namesakes_words(struct strings *out, struct arena *arena, int question,
                     const char *name)
{
	const char *const references[] = {
		"for-each-ref", "--format=%(refname) %(objectname)",
		arena_format(arena, "refs/heads/%s", name),
		arena_format(arena, "refs/remotes/**/%s", name), NULL};
	static const char *const refspecs[] = {"config", "-z", "--get-regexp",
	                                       "^remote\\..*\\.fetch$", NULL};

	strings_add_all(arena, out,
	                question == NAMESAKES_REFERENCES ? references : refspecs);
}

bool namesakes_parse(struct namesakes *out, struct arena *arena, const char *name,
                     const struct answer answers[NAMESAKES_QUESTIONS],
                     struct error *err)
{
	const struct answer *references = &answers[NAMESAKES_REFERENCES];
	const struct answer *refspecs = &answers[NAMESAKES_REFSPECS];
	const char *own = arena_format(arena, "refs/heads/%s", name);
	struct strings lines = {0}, tracking = {0};
	struct config config = {0};

	*out = (struct namesakes){0};
	if (references->exit != 0)
		return error_set(err, "%s", ask_reason(references, arena));
	/* Exit status 1: there are none. */
	if (refspecs->exit != 0 && refspecs->exit != 1)
		return error_set(err, "%s", ask_reason(refspecs, arena));
	config_parse_list(&config, arena, refspecs->out, refspecs->length);
	tracking_find(&tracking, arena, &config, own);
	strings_split(arena, &lines, references->out, "\n");
	for (size_t i = 0; i < lines.count; i++) {
		size_t length = strcspn(lines.items[i], " ");
		const char *reference = arena_bytes(arena, lines.items[i], length);

		if (!lines.items[i][length])
			continue;
		if (strcmp(reference, own) == 0)
			out->own = true;
		else if (strings_have(&tracking, reference))
			strings_add(arena, &out->remote, lines.items[i] + length + 1);
	}
	return true;
}
