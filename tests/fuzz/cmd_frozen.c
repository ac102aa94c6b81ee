/* A list to clone from: what is written of it can be read, and is the same. */
#include "fuzz.h"

#include "base/buf.h"
#include "clone_plan.h"
#include "frozen.h"

static void read_list(struct frozen *out, struct arena *arena)
{
	struct error err = {""};

	*out = (struct frozen){0};
	if (!frozen_read(out, arena, in_scratch("list"), &err))
		MUST(strstr(err.text, "cannot read '"));
}

static void check_repo(const struct frozen_repo *one, const struct frozen_repo *other)
{
	MUST(strcmp(one->url, other->url) == 0);
	MUST(strcmp(one->name, other->name) == 0);
	MUST(strcmp(one->path, other->path) == 0);
	MUST(strcmp(one->type, other->type) == 0);
	MUST(strcmp(one->flags, other->flags) == 0);
	MUST(strcmp(one->branch, other->branch) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct frozen list, again;
	BUF text = {0};

	fuzz_folder();
	fuzz_write("list", data, size);
	read_list(&list, &arena);
	for (size_t i = 0; i < list.repos.count; i++) {
		const char *folder = clone_folder_name(&arena, list.repos.items[i].url);

		MUST(!strchr(folder, '/'));
		frozen_add_repo(&text, &arena, &list.repos.items[i]);
	}
	for (size_t i = 0; i < list.groups.count; i++)
		frozen_add_group(&text, &arena, &list.groups.items[i]);
	fuzz_write("list", buf_text(&text), text.length);
	read_list(&again, &arena);
	MUST(again.errors.count == 0);
	MUST(again.repos.count == list.repos.count);
	MUST(again.groups.count == list.groups.count);
	for (size_t i = 0; i < list.repos.count; i++)
		check_repo(&list.repos.items[i], &again.repos.items[i]);
	arena_drop(&arena);
	return 0;
}
