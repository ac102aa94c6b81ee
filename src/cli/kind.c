#include "cli/kind.h"

#include <stddef.h>

bool kind_is_open(enum kind kind)
{
	return kind == KIND_GIT || kind == KIND_SHELL || kind == KIND_FLAGS ||
	       kind == KIND_LINE;
}

const char *const *kind_words(enum kind kind)
{
	static const char *const when[] = {"always", "never", "auto", NULL};
	static const char *const shells[] = {"bash", "zsh", "fish", NULL};

	static const char *const keys[] = {"name", "path",  "branch",
	                                   "time", "state", NULL};

	switch (kind) {
	case KIND_WHEN:
		return when;
	case KIND_SHELL_NAME:
		return shells;
	case KIND_SORT:
		return keys;
	default:
		return NULL;
	}
}
