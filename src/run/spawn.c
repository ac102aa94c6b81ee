#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum {
	/* The highest of the classic signals; above are the real-time ones, some of
	 * which belong to the C library. */
	LAST_SIGNAL = 31,
	SPARE_DESCRIPTORS = 12,      /* what a start, the spill and on_end need */
	MANY_DESCRIPTORS = 1024,     /* more than a process holds by accident */
	ENOUGH_DESCRIPTORS = 1 << 20 /* where the hard limit is "unlimited" */
};

static struct rlimit inherited; /* of descriptors; rlim_max 0: not raised */

bool spawn_signal_ignored(int number)
{
	struct sigaction now;

	return sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

/* Of `limit` descriptors, how many are in use or kept back. */
static size_t descriptors_used(size_t limit)
{
	size_t used = SPARE_DESCRIPTORS;

	for (size_t i = 0; i < limit && i < MANY_DESCRIPTORS; i++)
		used += fcntl((int)i, F_GETFD) >= 0;
	return used;
}

static bool raise_limit(struct rlimit *limit)
{
	const struct rlimit before = *limit;

	limit->rlim_cur = limit->rlim_max;
	if (limit->rlim_max == RLIM_INFINITY || limit->rlim_max > ENOUGH_DESCRIPTORS)
		limit->rlim_cur = ENOUGH_DESCRIPTORS;
	if (limit->rlim_cur <= before.rlim_cur || setrlimit(RLIMIT_NOFILE, limit) != 0)
		return false;
	if (!inherited.rlim_max)
		inherited = before;
	return true;
}

size_t spawn_affordable(size_t wanted, size_t pipes)
{
	struct rlimit limit;
	size_t soft, used;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return wanted;
	used = descriptors_used((size_t)limit.rlim_cur);
	if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur / pipes > wanted + used ||
	    (raise_limit(&limit) && limit.rlim_cur / pipes > wanted + used))
		return wanted;
	getrlimit(RLIMIT_NOFILE, &limit);
	soft = (size_t)limit.rlim_cur;
	if (used + pipes > soft)
		return 1;
	return (soft - used) / pipes < wanted ? (soft - used) / pipes : wanted;
}

/* What was ignored already when we were started stays ignored in the foreground
 * (nohup); what we ignore ourselves does not. */
static void signals_to_reset(sigset_t *out, bool session)
{
	static const int ours[] = {SIGCHLD, SIGPIPE, SIGXFSZ};

	sigemptyset(out);
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		sigaddset(out, ours[i]);
	for (int number = 1; session && number <= LAST_SIGNAL; number++)
		if (number != SIGKILL && number != SIGSTOP)
			sigaddset(out, number);
}

/* POSIX has taken the call in without the suffix after everybody had it with one. */
static int add_folder(posix_spawn_file_actions_t *actions, const char *folder)
{
#ifdef HAVE_SPAWN_ADDCHDIR
	return posix_spawn_file_actions_addchdir(actions, folder);
#else
	return posix_spawn_file_actions_addchdir_np(actions, folder);
#endif
}

static int fill_actions(posix_spawn_file_actions_t *actions, const struct spawn *spawn)
{
	int status = add_folder(actions, spawn->job->folder);

	for (int i = 0; spawn->session && status == 0 && i < 3; i++)
		status = posix_spawn_file_actions_adddup2(actions, spawn->streams[i],
		                                          i);
	return status;
}

static int fill_attributes(posix_spawnattr_t *attributes, bool session)
{
	short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
	sigset_t none, reset;

	/* Where a session cannot be asked for, a process group must do. */
#ifdef POSIX_SPAWN_SETSID
	if (session)
		flags |= POSIX_SPAWN_SETSID;
#else
	if (session)
		flags |= POSIX_SPAWN_SETPGROUP;
#endif
	sigemptyset(&none);
	signals_to_reset(&reset, session);
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setsigdefault(attributes, &reset);
	return posix_spawnattr_setflags(attributes, flags);
}

/* The limit is our process's, so that it is lowered for the moment of the start:
 * what is open already stays open, and the child inherits what we found. */
static int spawn_with(pid_t *pid, const struct job *job,
                      const posix_spawn_file_actions_t *actions,
                      const posix_spawnattr_t *attributes)
{
	struct rlimit raised;
	bool lower = inherited.rlim_max && getrlimit(RLIMIT_NOFILE, &raised) == 0;
	int status;

	if (lower)
		setrlimit(RLIMIT_NOFILE, &inherited);
	status = posix_spawnp(pid, job->words[0], actions, attributes,
	                      (char *const *)(uintptr_t)job->words,
	                      (char *const *)(uintptr_t)job->environment);
	if (lower)
		setrlimit(RLIMIT_NOFILE, &raised);
	return status;
}

pid_t spawn_child(const struct spawn *spawn, int *failure)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	pid_t pid = -1;

	*failure = posix_spawn_file_actions_init(&actions);
	if (*failure != 0)
		return -1;
	*failure = posix_spawnattr_init(&attributes);
	if (*failure == 0) {
		*failure = fill_actions(&actions, spawn);
		if (*failure == 0)
			*failure = fill_attributes(&attributes, spawn->session);
		if (*failure == 0)
			*failure = spawn_with(&pid, spawn->job, &actions, &attributes);
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&actions);
	return *failure == 0 ? pid : -1;
}

bool spawn_can_wait(int failure)
{
	return failure == EMFILE || failure == ENFILE || failure == EAGAIN ||
	       failure == ENOMEM;
}

/* Why the folder cannot be entered, 0 if it can. */
static int folder_failure(const char *folder)
{
	struct stat status;

	if (stat(folder, &status) != 0)
		return errno;
	if (!S_ISDIR(status.st_mode))
		return ENOTDIR;
	return access(folder, X_OK) == 0 ? 0 : errno;
}

bool spawn_explain(const struct job *job, int failure, struct error *err)
{
	const char *program = job->words[0];
	int number = 0;

	/* A folder and a program fail with the same numbers. */
	if (!spawn_can_wait(failure))
		number = folder_failure(job->folder);
	if (number == ENOENT)
		return error_set(err,
		                 "cannot start '%s' in '%s': the folder does not exist",
		                 program, job->folder);
	if (number != 0)
		return error_errno(err, number,
		                   "cannot start '%s' in '%s': cannot enter the folder",
		                   program, job->folder);
	if (failure == ENOENT)
		error_set(err, "cannot start '%s': no such program", program);
	else
		error_errno(err, failure, "cannot start '%s'", program);
	return true;
}

struct job spawn_entering(const struct job *job, struct arena *arena)
{
	static const char *const shell[] = {"/bin/sh", "-c",
	                                    "cd -- \"$0\" && exec \"$@\""};
	enum { OWN = sizeof shell / sizeof *shell };
	struct job entering = *job;
	const char **words;
	size_t count = 0;

	while (job->words[count])
		count++;
	words = arena_take(arena, (OWN + 1 + count + 1) * sizeof *words);
	for (size_t i = 0; i < OWN; i++)
		words[i] = shell[i];
	words[OWN] = job->folder;
	for (size_t i = 0; i < count; i++)
		words[OWN + 1 + i] = job->words[i];
	entering.folder = "/";
	entering.words = words;
	return entering;
}
