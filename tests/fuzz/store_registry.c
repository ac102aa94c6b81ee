/* repos.csv, groups.csv: what gita writes after a change it can read again. */
#include "fuzz.h"

#include "store/registry.h"

static const struct home *home_of_this_process(void)
{
	static struct home home;

	fuzz_folder();
	home.config = home.state = scratch.path;
	return &home;
}

/* Speed; a lost write does not matter here. */
int fsync(int descriptor)
{
	(void)descriptor;
	return 0;
}

static bool has_repo(const struct registry *registry, const char *name,
                     const char *path)
{
	const struct repo *repo = registry_repo_at(registry, path);

	return repo && strcmp(repo->name, name) == 0;
}

/* One of each change. */
static void change(struct registry *registry)
{
	struct error err;

	if (registry->repos.count > 2)
		registry_remove_repo(registry, registry->repos.items[1]);
	if (registry->repos.count && registry_name_free(registry, "new", &err)) {
		registry_set_flags(registry, registry->repos.items[0], "-c 'a=b,c'");
		registry_rename_repo(registry, registry->repos.items[0], "new");
	}
	registry_add_repo(registry, "a,b", "/a \"path\"\nof two lines", "");
	if (registry->groups.count)
		registry_join_group(registry, registry->groups.items[0], "a,b");
	else
		registry_add_group(registry, "all", "/a:path");
}

static void try_change(struct registry *registry, struct notes *notes)
{
	const struct home *home = registry->home;
	struct arena *arena = registry->arena;
	size_t noted = notes->count, repos, groups;
	struct registry again;
	struct error err = {""};

	if (!registry_begin(registry, home, arena, notes, &err)) {
		MUST(noted && strstr(err.text, ".csv'"));
		return;
	}
	change(registry);
	repos = registry->repos.count;
	groups = registry->groups.count;
	MUST(registry_commit(registry, &err));
	registry_end(registry);
	MUST(registry_load(&again, home, arena, notes, &err));
	MUST(again.repos.count == repos && again.groups.count == groups);
	MUST(has_repo(&again, "a,b", "/a \"path\"\nof two lines"));
	for (size_t i = 0; i < repos; i++)
		MUST(strcmp(again.repos.items[i]->name,
		            registry->repos.items[i]->name) == 0 &&
		     strcmp(again.repos.items[i]->path,
		            registry->repos.items[i]->path) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	const struct home *home = home_of_this_process();
	struct arena arena = {0};
	struct notes notes = {.arena = &arena};
	struct registry registry;
	struct error err = {""};

	fuzz_file(&input, "repos.csv");
	fuzz_file(&input, "groups.csv");
	if (registry_load(&registry, home, &arena, &notes, &err)) {
		for (size_t i = 0; i < registry.repos.count; i++) {
			struct strings flags = {0};

			(void)registry_flags(&flags, &registry, registry.repos.items[i],
			                     &err);
		}
		try_change(&registry, &notes);
	} else {
		MUST(strstr(err.text, ".csv'"));
	}
	arena_drop(&arena);
	return 0;
}
