/* Files that a configuration includes, and on which condition. */
#ifndef GIT_CONFIG_INCLUDE_H
#define GIT_CONFIG_INCLUDE_H

struct arena;
struct config_place;

enum include {
	INCLUDE_NOT_CONDITIONAL, /* the key is no `includeIf.*.path` */
	INCLUDE_NO,
	INCLUDE_YES,
	INCLUDE_ODD, /* only git can tell */
};

/* `file` is the one that holds the entry; NULL: the environment. */
enum include include_condition(struct arena *arena, const char *file, const char *key,
                               const struct config_place *place);

/* The file that `value`, found in `file`, means; NULL: only git can tell. */
const char *include_path(struct arena *arena, const char *file, const char *value);

#endif
