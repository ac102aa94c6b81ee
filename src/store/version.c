#include "store/version.h"

#include <stdio.h>
#include <yaml.h>

const char *store_library_version(void)
{
	static char text[48];

	snprintf(text, sizeof text, "libyaml %s", yaml_get_version_string());
	return text;
}
