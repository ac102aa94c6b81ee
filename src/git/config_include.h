/* Files that a configuration includes, and on which condition. */
#ifndef GIT_CONFIG_INCLUDE_H
#define GIT_CONFIG_INCLUDE_H

#include <stdbool.h>

struct arena;
struct config;
struct config_place;

enum include {
	INCLUDE_NO,
	INCLUDE_YES,
	INCLUDE_ODD, /* only git can tell */
};

/* Whether the key is an `includeIf.CONDITION.path`. */
bool include_is_conditional(const char *key);

/* Whether its condition is true; `file` is the one that holds the entry, NULL:
 * the environment. Not for conditions on URLs. */
enum include include_condition(struct arena *arena, const char *file, const char *key,
                               const struct config_place *place);

/* The pattern of `hasconfig:remote.*.url:PATTERN`, NULL: it is no such condition. */
const char *include_url_pattern(struct arena *arena, const char *key);

/* Whether some remote's URL fits, and whether the key is that of one. */
bool include_url_fits(const struct config *config, const char *pattern);
bool include_is_url(const char *key);

/* The file that `value`, found in `file`, means; NULL: only git can tell. */
const char *include_path(struct arena *arena, const char *file, const char *value);

#endif
