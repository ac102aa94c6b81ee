#include "run/version.h"

#include <stdio.h>
#include <uv.h>

const char *run_library_version(void)
{
	static char text[48];

	snprintf(text, sizeof text, "libuv %s", uv_version_string());
	return text;
}
