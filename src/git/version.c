#include "git/version.h"

#include <git2.h>
#include <stdio.h>

const char *git_library_version(void)
{
	static char text[48];
	int major, minor, patch;

	git_libgit2_version(&major, &minor, &patch);
	snprintf(text, sizeof text, "libgit2 %d.%d.%d", major, minor, patch);
	return text;
}
