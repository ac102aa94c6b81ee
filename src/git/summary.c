#include "git/summary.h"

#include <git2.h>
#include <git2/sys/repository.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/path.h"
#include "commit.h"
#include "folder.h"
#include "reader.h"
#include "tracking.h"
#include "worktree/status.h"

void summary_setup(void)
{
	git_libgit2_init();
	/* git trusts what it reads from its own object store, too. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_DISABLE_PACK_KEEP_FILE_CHECKS, 1);
	trust_setup();
}

void summary_teardown(void)
{
	trust_teardown();
	git_libgit2_shutdown();
}

/* As nothing but a store of objects: libgit2 would look for a configuration and
 * read it again. */
bool reader_open(struct reader *reader)
{
	if (reader->repository)
		return true;
	return git_odb_open(&reader->odb,
	                    path_join(reader->arena, reader->probe.common_folder,
	                              "objects")) == 0 &&
	       git_repository_wrap_odb(&reader->repository, reader->odb) == 0;
}

static void reader_close(struct reader *reader)
{
	git_odb_free(reader->odb);
	git_repository_free(reader->repository);
	refs_drop(&reader->refs);
}

static const char *short_branch(const char *name)
{
	static const char heads[] = "refs/heads/";

	return strncmp(name, heads, sizeof heads - 1) == 0 ? name + sizeof heads - 1
	                                                   : name;
}

static bool read_head(struct summary *out, struct reader *reader)
{
	const char *last = NULL;
	enum ref_state state = refs_read(&reader->refs, "HEAD", &reader->head, &last);
	char *text;

	if (state == REF_ODD || !last)
		return false;
	if (strcmp(last, "HEAD") != 0)
		out->branch = short_branch(last);
	out->unborn = state == REF_ABSENT;
	if (out->unborn)
		return out->branch != NULL;
	text = arena_take(reader->arena, GIT_OID_HEXSZ + 1);
	git_oid_tostr(text, GIT_OID_HEXSZ + 1, &reader->head);
	out->head = text;
	return true;
}

/* Read, and not only looked for, as git would. */
static bool is_tree(git_odb *odb, const git_oid *id)
{
	git_odb_object *object = NULL;
	bool good = git_odb_read(&object, odb, id) == 0 &&
	            git_odb_object_type(object) == GIT_OBJECT_TREE;

	git_odb_object_free(object);
	return good;
}

/* The commit is looked at even where nothing of it is wanted: without it the
 * repository is broken, and without its tree a status is. */
static bool read_commit(struct summary *out, struct reader *reader, unsigned wants)
{
	git_odb_object *object = NULL;
	struct commit commit;
	bool good;

	if (!reader_open(reader) ||
	    git_odb_read(&object, reader->odb, &reader->head) != 0)
		return false;
	good = git_odb_object_type(object) == GIT_OBJECT_COMMIT &&
	       git_odb_object_size(object) > 5 + GIT_OID_HEXSZ &&
	       git_oid_fromstrn(&reader->tree,
	                        (const char *)git_odb_object_data(object) + 5,
	                        GIT_OID_HEXSZ) == 0;
	if (good && wants & WANT_FILES && !reader->bare)
		good = is_tree(reader->odb, &reader->tree);
	if (good && wants & WANT_COMMIT) {
		commit_parse(&commit, reader->arena, git_odb_object_data(object),
		             git_odb_object_size(object));
		out->subject = commit.subject;
		out->author = commit.author;
		out->time = commit.time;
	}
	git_odb_object_free(object);
	return good;
}

static bool read_submodule(struct worktree_state *state, const char **head,
                           struct arena *arena, const char *path, unsigned depth);

static bool read_files(struct summary *out, struct reader *reader,
                       const struct spread *spread)
{
	const struct worktree_question question = {
		.repository = reader->repository,
		.config = &reader->config,
		.tree = out->unborn ? NULL : &reader->tree,
		.path = reader->path,
		.git_folder = reader->probe.git_folder,
		.common_folder = reader->probe.common_folder,
		.depth = reader->depth,
		.read_submodule = read_submodule,
	};
	struct worktree_state state;

	if (!worktree_status(&state, &question, spread))
		return false;
	out->staged = state.staged;
	out->unstaged = state.unstaged;
	out->untracked = state.untracked;
	out->conflicted = state.conflicted;
	return true;
}

static bool read_facts(struct summary *out, struct reader *reader, unsigned wants,
                       const struct spread *spread)
{
	const struct probe *probe = &reader->probe;

	if (!reader->bare)
		out->operation = folder_operation(&out->rebasing, reader->arena,
		                                  probe->git_folder, !out->branch);
	if (wants & WANT_STASH)
		out->stashes = folder_stashes(&reader->refs);
	if (wants & WANT_REMOTE) {
		tracking_remote(out, reader->arena, &reader->config, out->branch);
		out->fetched = folder_fetched(reader->arena, probe->git_folder,
		                              probe->common_folder);
	}
	if (wants & WANT_SYNC && !read_sync(out, reader))
		return false;
	if (!out->unborn && !read_commit(out, reader, wants))
		return false;
	if (wants & WANT_TAG && !out->branch && !read_tag(out, reader))
		return false;
	if (!(wants & WANT_FILES) || reader->bare)
		return true;
	return reader_open(reader) && read_files(out, reader, spread);
}

/* Whether HEAD is still what it was when the reading began. */
static bool is_unmoved(struct reader *reader, const struct summary *out)
{
	struct refs again = {.arena = reader->arena,
	                     .git_folder = reader->refs.git_folder,
	                     .common_folder = reader->refs.common_folder};
	const char *last = NULL;
	git_oid head;
	enum ref_state state = refs_read(&again, "HEAD", &head, &last);

	refs_drop(&again);
	return out->unborn ? state == REF_ABSENT
	                   : state == REF_FOUND && git_oid_equal(&head, &reader->head);
}

/* `*moved`: somebody committed meanwhile, what was read may not fit together. */
static enum reading read_once(struct summary *out, bool *moved, const char *path,
                              unsigned wants, struct arena *arena,
                              const struct spread *spread, unsigned depth)
{
	struct reader reader = {.arena = arena, .path = path, .depth = depth};
	bool good;

	*out = (struct summary){.sync = SYNC_NO_REMOTE};
	probe_path(&reader.probe, arena, path);
	out->kind = reader.probe.kind;
	if (reader.probe.missing || reader.probe.kind == REPO_NONE) {
		out->state = reader.probe.missing ? STATE_MISSING : STATE_BROKEN;
		out->error = reader.probe.reason;
		return READING_DONE;
	}
	reader.refs = (struct refs){.arena = arena,
	                            .git_folder = reader.probe.git_folder,
	                            .common_folder = reader.probe.common_folder};
	good = read_head(out, &reader) && trust_repository(&reader, out->branch);
	if (good && reader.bare)
		out->kind = REPO_BARE;
	good = good && read_facts(out, &reader, wants, spread);
	*moved = good && !is_unmoved(&reader, out);
	reader_close(&reader);
	return good ? READING_DONE : READING_ASK_GIT;
}

/* `depth`: how many superprojects it is a submodule of, as far as is known. */
static enum reading read_stable(struct summary *out, const char *path, unsigned wants,
                                struct arena *arena, const struct spread *spread,
                                unsigned depth)
{
	bool moved = false;
	enum reading reading = read_once(out, &moved, path, wants, arena, spread,
	                                 depth);

	if (moved)
		reading = read_once(out, &moved, path, wants, arena, spread, depth);
	return reading;
}

static bool read_submodule(struct worktree_state *state, const char **head,
                           struct arena *arena, const char *path, unsigned depth)
{
	struct summary inside;

	if (read_stable(&inside, path, WANT_HEAD | WANT_FILES, arena, NULL, depth) !=
	            READING_DONE ||
	    inside.state != STATE_OK)
		return false;
	*state = (struct worktree_state){.staged = inside.staged,
	                                 .unstaged = inside.unstaged,
	                                 .untracked = inside.untracked,
	                                 .conflicted = inside.conflicted};
	*head = inside.head;
	return true;
}

enum reading summary_read(struct summary *out, const char *path, unsigned wants,
                          struct arena *arena, const struct spread *spread)
{
	return read_stable(out, path, wants, arena, spread, 0);
}

size_t summary_weight(const char *path)
{
	enum { ENTRY_SIZE = 80 };
	struct arena scratch = {0};
	struct probe probe;
	struct stat info;
	const char *index = path_join(&scratch, path, ".git/index");
	bool there = stat(index, &info) == 0;

	if (!there) {
		probe_path(&probe, &scratch, path);
		there = probe.git_folder &&
		        stat(path_join(&scratch, probe.git_folder, "index"), &info) ==
		                0;
	}
	arena_drop(&scratch);
	return there ? (size_t)info.st_size / ENTRY_SIZE : 0;
}

const char *git_library_version(void)
{
	static char text[48];
	int major, minor, patch;

	git_libgit2_version(&major, &minor, &patch);
	snprintf(text, sizeof text, "libgit2 %d.%d.%d", major, minor, patch);
	return text;
}
