/* info.csv, layout.csv, color.csv, symbols.csv: what is saved is what is loaded. */
#include "fuzz.h"

#include "store/settings.h"

int fsync(int descriptor)
{
	(void)descriptor;
	return 0;
}

static void check(const struct settings *settings)
{
	MUST(settings->column_count >= 1 && settings->column_count <= ITEM_COUNT);
	for (size_t i = 0; i < settings->column_count; i++)
		MUST(settings->columns[i] < ITEM_COUNT);
	for (size_t i = 0; i < WIDTH_COUNT; i++)
		MUST(settings->widths[i] <= WIDTH_MOST);
	for (size_t i = 0; i < SITUATION_COUNT; i++)
		MUST(settings->colors[i]);
	for (size_t i = 0; i < MARK_COUNT; i++)
		MUST(settings->symbols[i]);
}

/* A file that does not parse is not saved, and the others are. */
static void try_saves(const struct home *home, struct arena *arena, struct notes *notes)
{
	struct settings before, after;
	struct error err;
	bool columns, widths, colors;

	MUST(settings_begin(&before, home, arena, notes, &err));
	columns = settings_save_columns(&before, home, &err);
	widths = settings_save_widths(&before, home, &err);
	colors = settings_save_colors(&before, home, &err);
	settings_end(&before);
	settings_load(&after, home, arena, notes);
	check(&after);
	MUST(!columns || (after.column_count == before.column_count &&
	                  memcmp(after.columns, before.columns,
	                         before.column_count * sizeof *before.columns) == 0));
	MUST(!widths || memcmp(after.widths, before.widths, sizeof before.widths) == 0);
	for (size_t i = 0; colors && i < SITUATION_COUNT; i++)
		MUST(strcmp(after.colors[i], before.colors[i]) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	struct notes notes = {.arena = &arena};
	struct home home = {0};
	struct settings settings;

	fuzz_folder();
	home.config = home.state = scratch.path;
	fuzz_file(&input, "info.csv");
	fuzz_file(&input, "layout.csv");
	fuzz_file(&input, "color.csv");
	fuzz_file(&input, "symbols.csv");
	settings_load(&settings, &home, &arena, &notes);
	check(&settings);
	try_saves(&home, &arena, &notes);
	arena_drop(&arena);
	return 0;
}
