/*
 * A small repository of which some files are strange: everything that gita reads of it
 * in its own process. A text that is empty leaves the file as git has made it.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "base/strings.h"
#include "git/activity.h"
#include "git/branches.h"
#include "git/folders.h"
#include "git/news.h"
#include "git/summary.h"

static struct {
	const char *name;
	char *usual; /* what git has made, `length` bytes; NULL: nothing */
	size_t length;
} files[] = {
	{.name = "repo/.git/HEAD"},
	{.name = "repo/.git/config"},
	{.name = "repo/.git/packed-refs"},
	{.name = "repo/.git/refs/heads/main"},
	{.name = "repo/.git/refs/remotes/origin/main"},
	{.name = "repo/.git/logs/refs/stash"},
	{.name = "repo/.git/logs/HEAD"},
	{.name = "repo/.git/shallow"},
	{.name = "repo/.gitignore"},
	{.name = "repo/.gitattributes"},
	{.name = "repo/.git/index"},
};

enum { FILES = sizeof files / sizeof *files, MOST_FOLDERS = 100 };

/* A merge, a branch that its upstream is ahead of, tags, a stash, a packed reference;
 * the hashes are the same at each start. */
static const char script[] =
	"git init -q . && echo one >tracked && mkdir folder && echo two >folder/file "
	"&& "
	"git add . && git commit -q -m one && git tag light && git branch side && "
	"git commit -q --allow-empty -m two && git tag -a -m annotated heavy && "
	"git checkout -q side && git commit -q --allow-empty -m three && "
	"git checkout -q main && git merge -q -m four side && "
	"git update-ref refs/remotes/origin/main HEAD && git reset -q --hard HEAD^ && "
	"git config remote.origin.url https://example.com/r && "
	"git config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*' && "
	"git config branch.main.remote origin && "
	"git config branch.main.merge refs/heads/main && "
	"echo more >>tracked && git stash -q && git pack-refs --all && "
	"mkdir -p .git/refs/remotes/origin && echo more >>tracked && echo x >untracked "
	"&& "
	"echo '*.o' >.gitignore && echo '* text=auto' >.gitattributes";

static const char settings[] =
	"[user]\n\tname = A\n\temail = a@b\n[init]\n\tdefaultBranch = main\n";

static void set(const char *name, const char *value)
{
	MUST(setenv(name, value, 1) == 0);
}

static void keep(size_t at)
{
	FILE *file = fopen(in_scratch(files[at].name), "r");
	enum { LIMIT = 1 << 16 };

	if (!file)
		return;
	files[at].usual = malloc(LIMIT);
	MUST(files[at].usual);
	files[at].length = fread(files[at].usual, 1, LIMIT, file);
	fclose(file);
}

static void make_repository(void)
{
	struct error err = {""};
	char whole[sizeof script + 256];

	if (*scratch.path)
		return;
	fuzz_folder();
	set("HOME", scratch.path);
	set("GIT_CONFIG_NOSYSTEM", "1");
	set("GIT_AUTHOR_DATE", "1700000000 +0000");
	set("GIT_COMMITTER_DATE", "1700000060 +0000");
	fuzz_write(".gitconfig", settings, sizeof settings - 1);
	scratch_folder("repo");
	snprintf(whole, sizeof whole, "cd %s/repo && { %s; } >/dev/null 2>&1",
	         scratch.path, script);
	MUST(system(whole) == 0);
	for (size_t i = 0; i < FILES; i++)
		keep(i);
	MUST(summary_setup(&err));
}

static void put_files(struct fuzz_input *input)
{
	for (size_t i = 0; i < FILES; i++) {
		size_t length;
		char *text = fuzz_text(input, &length);

		if (length)
			fuzz_write(files[i].name, text, length);
		else if (files[i].usual)
			fuzz_write(files[i].name, files[i].usual, files[i].length);
		else
			unlink(in_scratch(files[i].name));
		free(text);
	}
}

static void try_summary(struct arena *arena, const char *path)
{
	struct summary summary, again;

	if (summary_read(&summary, path, WANT_TABLE | WANT_REMOTE, arena, NULL) !=
	    READING_DONE)
		return;
	MUST(summary.state == STATE_OK || summary.state == STATE_BROKEN);
	MUST((summary.state == STATE_BROKEN) == (summary.error != NULL));
	if (summary.state == STATE_BROKEN)
		return;
	MUST(summary.unborn == !summary.head && summary.unborn == !summary.subject);
	MUST(!summary.unborn || summary.branch);
	if (summary.upstream && summary.sync != SYNC_GONE)
		MUST(summary.sync == sync_of(summary.ahead, summary.behind));
	MUST(summary_read(&again, path, WANT_TABLE | WANT_REMOTE, arena, NULL) ==
	     READING_DONE);
	MUST(summary_equal(&summary, &again));
}

static void try_branches(struct arena *arena, const char *path)
{
	struct branches branches = {0};
	size_t current = 0;

	if (!branches_read(&branches, path, arena))
		return;
	for (size_t i = 0; i < branches.count; i++) {
		const struct branch *branch = &branches.items[i];

		current += branch->current;
		MUST(strlen(branch->head) == 40);
		MUST(i == 0 || strcmp(branches.items[i - 1].name, branch->name) < 0);
		if (branch->upstream && branch->sync != SYNC_GONE)
			MUST(branch->sync == sync_of(branch->ahead, branch->behind));
	}
	MUST(current <= 1);
}

static void try_activity(struct arena *arena, const char *path)
{
	const struct activity_span span = {.since = 0, .until = INT64_MAX, .all = true};
	struct activity activity = {0};

	if (!activity_read(&activity, path, &span, arena))
		return;
	for (size_t i = 0; i < activity.count; i++)
		MUST(strlen(activity.items[i].id) == 40);
}

static void try_folders(struct arena *arena, const char *path)
{
	struct strings folders = {0};

	if (!folders_list(&folders, arena, path, MOST_FOLDERS))
		return;
	MUST(folders.count <= MOST_FOLDERS);
	for (size_t i = 0; i < folders.count; i++) {
		MUST(i == 0 || strcmp(folders.items[i - 1], folders.items[i]) < 0);
		MUST(folders.items[i][0] == '/');
	}
}

/* From what the repository usually is to what it has become, and back. */
static void try_news(struct arena *arena, const char *path,
                     const struct references *before)
{
	const struct references *now = references_read(arena, path);

	for (int kind = TRANSFER_FETCH; kind <= TRANSFER_CLONE; kind++) {
		const struct transfer transfer = {.kind = kind, .plain = true};
		BUF text = {0}, same = {0};

		news_describe(&text, &transfer, arena, path, before);
		MUST(!strchr(buf_text(&text), '\n'));
		if (kind == TRANSFER_CLONE || !now)
			continue;
		news_describe(&same, &transfer, arena, path, now);
		MUST(strstr("no remote, up to date", buf_text(&same)));
	}
	put_files(&(struct fuzz_input){0});
	if (now) {
		BUF text = {0};

		news_describe(&text, &(struct transfer){.kind = TRANSFER_FETCH}, arena,
		              path, now);
		MUST(!strchr(buf_text(&text), '\n'));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	const struct references *before;
	const char *path;

	make_repository();
	path = arena_string(&arena, in_scratch("repo"));
	put_files(&(struct fuzz_input){0});
	before = references_read(&arena, path);
	MUST(before);
	put_files(&input);
	try_summary(&arena, path);
	try_branches(&arena, path);
	try_activity(&arena, path);
	try_folders(&arena, path);
	try_news(&arena, path, before);
	arena_drop(&arena);
	return 0;
}
