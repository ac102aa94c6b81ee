/* cmds.yml: every command that is loaded can be found, and run. */
#include "fuzz.h"

#include "base/text.h"
#include "store/delegates.h"

static bool reserved(const char *name)
{
	return strcmp(name, "ll") == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct notes notes = {.arena = &arena};
	struct delegates delegates = {0};
	struct home home = {0};

	fuzz_folder();
	home.config = home.state = scratch.path;
	fuzz_write("cmds.yml", data, size);
	delegates_load(&delegates, &home, reserved, &arena, &notes);
	for (size_t i = 0; i < delegates.count; i++) {
		const struct delegate *one = &delegates.items[i];

		MUST(!reserved(one->name));
		MUST(delegates_find(&delegates, one->name) == one);
		MUST(one->script || one->words.count > 0);
		MUST(strcmp(text_escape(&arena, one->help), one->help) == 0);
	}
	MUST(delegates_find(&delegates, "fetch"));
	arena_drop(&arena);
	return 0;
}
