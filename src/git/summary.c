#include "git/summary.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "abbrev.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "commit.h"
#include "config.h"
#include "graph.h"
#include "reader.h"
#include "refs.h"
#include "tag.h"
#include "tracking.h"
#include "worktree/status.h"

/*
 * The order in which a summary is filled. Each step returns false where git is to
 * be asked; the cheap ones, and those that find that out most often, come first.
 */

static bool is_same(const char *one, const char *other)
{
	return one && other ? strcmp(one, other) == 0 : one == other;
}

static bool read_head(struct summary *out, struct reader *reader)
{
	const char *last = NULL, *branch;
	enum ref_state state = refs_read(reader, "HEAD", &reader->head, &last);
	char *text;

	if (state == REF_UNSURE)
		return false;
	branch = text_skip_prefix(last, "refs/heads/");
	/* The configuration was read for the branch that the file HEAD names. libgit2
	 * may see another, behind a symbolic link or a symbolic branch. */
	if (!is_same(branch, reader->probe.branch))
		return false;
	if (strcmp(last, "HEAD") != 0)
		out->branch = branch ? branch : last;
	out->unborn = state == REF_ABSENT;
	if (out->unborn)
		return out->branch != NULL;
	text = arena_take(reader->arena, GIT_OID_SHA1_HEXSIZE + 1);
	libgit2.oid_tostr(text, GIT_OID_SHA1_HEXSIZE + 1, &reader->head);
	out->head = text;
	return true;
}

/* What the reflog of refs/stash holds, as `git stash list` prints it. */
static bool read_stashes(struct summary *out, struct reader *reader)
{
	static const char name[] = "refs/stash";
	git_reflog *log = NULL;
	git_oid id;
	enum ref_state state = refs_read(reader, name, &id, NULL);
	int has_log;

	if (state != REF_FOUND)
		return state == REF_ABSENT;
	/* git_reflog_read would make the file that is not there. */
	has_log = libgit2.reference_has_log(reader->repository, name);
	if (has_log != 1)
		return has_log == 0;
	if (libgit2.reflog_read(&log, reader->repository, name) != 0)
		return false;
	out->stashes = libgit2.reflog_entrycount(log);
	libgit2.reflog_free(log);
	return true;
}

static void read_remote(struct summary *out, struct reader *reader)
{
	struct branch_remote remote;

	tracking_remote(&remote, reader->arena, &reader->config, summary_branch(out));
	out->remote = remote.url;
	out->remote_configured = remote.configured;
	out->remote_name = remote.name;
	out->remote_mirrored = remote.mirrored;
	out->fetched = gitdir_fetched(reader->arena, reader->probe.git_folder,
	                              reader->probe.common_folder);
}

static bool count_commits(struct summary *out, struct reader *reader,
                          const git_oid *tip, const git_oid *upstream)
{
	/* Where history was cut off, some parents are not there. */
	if (!libgit2.oid_equal(tip, upstream) &&
	    (reader->shallow || !graph_count(&out->ahead, &out->behind,
	                                     reader->repository, tip, upstream)))
		return false;
	out->sync = sync_of(out->ahead, out->behind);
	return true;
}

/* The commit that the branch stands at: that of HEAD, but while it is rebased. */
static enum ref_state read_tip(git_oid *tip, const struct summary *out,
                               struct reader *reader)
{
	if (!out->branch)
		return refs_read(
			reader,
			arena_format(reader->arena, "refs/heads/%s", out->rebasing),
			tip, NULL);
	if (out->unborn)
		return REF_ABSENT;
	libgit2.oid_cpy(tip, &reader->head);
	return REF_FOUND;
}

static bool read_sync(struct summary *out, struct reader *reader)
{
	const char *branch = summary_branch(out), *name = NULL;
	git_oid tip, upstream;
	enum ref_state state;

	if (!branch)
		return true;
	if (!tracking_upstream(&name, reader->arena, &reader->config, branch))
		return false;
	if (!name)
		return true;
	if (!refs_short_name(&out->upstream, reader, name))
		return false;
	state = refs_read(reader, name, &upstream, NULL);
	/* Against no commit of our own git counts nothing either. */
	if (state == REF_FOUND)
		state = read_tip(&tip, out, reader);
	if (state == REF_ABSENT)
		out->sync = SYNC_GONE;
	if (state != REF_FOUND)
		return state == REF_ABSENT;
	return count_commits(out, reader, &tip, &upstream);
}

/* The commit is looked at even where nothing of it is wanted: without it the
 * repository is broken, and without its tree a status is. */
static bool read_commit(struct summary *out, struct reader *reader, unsigned wants)
{
	git_commit *found = NULL;
	git_tree *tree = NULL;
	struct commit commit;
	bool good;

	if (libgit2.commit_lookup(&found, reader->repository, &reader->head) != 0)
		return false;
	libgit2.oid_cpy(&reader->tree, libgit2.commit_tree_id(found));
	good = !(wants & WANT_FILES) || reader->bare ||
	       libgit2.commit_tree(&tree, found) == 0;
	if (good && wants & WANT_COMMIT) {
		commit_parse(&commit, reader->arena, libgit2.commit_raw_header(found),
		             libgit2.commit_message_raw(found));
		out->subject = commit.subject;
		out->author = commit.author;
		out->time = commit.time;
	}
	libgit2.tree_free(tree);
	libgit2.commit_free(found);
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

/* With WANT_TAG alone, only for want of another name. */
static bool wants_abbrev(const struct summary *out, unsigned wants)
{
	return !out->unborn &&
	       (wants & WANT_ABBREV ||
	        (wants & WANT_TAG && !summary_branch(out) && !out->tag));
}

static bool read_facts(struct summary *out, struct reader *reader, unsigned wants,
                       const struct spread *spread)
{
	if (!read_head(out, reader))
		return false;
	if (!reader->bare)
		out->operation = gitdir_operation(&out->rebasing, reader->arena,
		                                  reader->probe.git_folder,
		                                  !out->branch);
	if (wants & WANT_REMOTE)
		read_remote(out, reader);
	if (wants & WANT_STASH && !read_stashes(out, reader))
		return false;
	if (wants & WANT_SYNC && !read_sync(out, reader))
		return false;
	if (!out->unborn && !read_commit(out, reader, wants))
		return false;
	if (wants & WANT_TAG && !out->branch && !tag_read(&out->tag, reader))
		return false;
	if (wants_abbrev(out, wants) &&
	    !abbrev_hash(&out->abbrev, reader, &reader->head))
		return false;
	return !(wants & WANT_FILES) || reader->bare || read_files(out, reader, spread);
}

/* Whether HEAD is still what it was when the reading began. */
static bool is_unmoved(struct reader *reader, const struct summary *out)
{
	git_oid head;
	enum ref_state state = refs_read(reader, "HEAD", &head, NULL);

	return out->unborn
	               ? state == REF_ABSENT
	               : state == REF_FOUND && libgit2.oid_equal(&head, &reader->head);
}

/* `*moved`: somebody committed meanwhile, and the facts may be of two commits. */
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
	good = reader_open(&reader);
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

bool summary_setup(struct error *err)
{
	return reader_setup(err);
}

void summary_teardown(void)
{
	reader_teardown();
}

void summary_renew(void)
{
	config_renew();
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
	struct error err;
	int major, minor, patch;

	if (!libgit2_load(&err))
		return "no libgit2";
	libgit2.libgit2_version(&major, &minor, &patch);
	snprintf(text, sizeof text, "libgit2 %d.%d.%d", major, minor, patch);
	return text;
}

const char *summary_branch(const struct summary *summary)
{
	return summary->branch ? summary->branch : summary->rebasing;
}

static void keep_text(struct arena *arena, const char **text)
{
	if (*text)
		*text = arena_string(arena, *text);
}

struct summary *summary_copy(struct arena *arena, const struct summary *summary)
{
	struct summary *kept = arena_take(arena, sizeof *kept);

	*kept = *summary;
	keep_text(arena, &kept->error);
	keep_text(arena, &kept->branch);
	keep_text(arena, &kept->rebasing);
	keep_text(arena, &kept->head);
	keep_text(arena, &kept->abbrev);
	keep_text(arena, &kept->tag);
	keep_text(arena, &kept->upstream);
	keep_text(arena, &kept->unread);
	keep_text(arena, &kept->subject);
	keep_text(arena, &kept->author);
	keep_text(arena, &kept->remote);
	keep_text(arena, &kept->remote_configured);
	keep_text(arena, &kept->remote_name);
	return kept;
}

bool summary_equal(const struct summary *one, const struct summary *other)
{
	return one->state == other->state && is_same(one->error, other->error) &&
	       one->kind == other->kind && is_same(one->branch, other->branch) &&
	       is_same(one->rebasing, other->rebasing) &&
	       one->unborn == other->unborn && is_same(one->head, other->head) &&
	       is_same(one->abbrev, other->abbrev) && is_same(one->tag, other->tag) &&
	       one->operation == other->operation &&
	       is_same(one->upstream, other->upstream) && one->sync == other->sync &&
	       one->ahead == other->ahead && one->behind == other->behind &&
	       one->staged == other->staged && one->unstaged == other->unstaged &&
	       one->untracked == other->untracked &&
	       is_same(one->unread, other->unread) &&
	       one->conflicted == other->conflicted && one->stashes == other->stashes &&
	       is_same(one->subject, other->subject) &&
	       is_same(one->author, other->author) && one->time == other->time &&
	       is_same(one->remote, other->remote) &&
	       is_same(one->remote_configured, other->remote_configured) &&
	       is_same(one->remote_name, other->remote_name) &&
	       one->remote_mirrored == other->remote_mirrored &&
	       one->fetched == other->fetched;
}

enum sync sync_of(size_t ahead, size_t behind)
{
	if (ahead && behind)
		return SYNC_DIVERGED;
	if (ahead)
		return SYNC_LOCAL_AHEAD;
	return behind ? SYNC_REMOTE_AHEAD : SYNC_IN_SYNC;
}

const char *state_name(enum state state)
{
	static const char *const names[] = {"ok", "missing", "broken", "timeout"};

	return names[state];
}

const char *sync_name(enum sync sync)
{
	static const char *const names[] = {"in_sync",  "local_ahead", "remote_ahead",
	                                    "diverged", "no_remote",   "gone"};

	return names[sync];
}
