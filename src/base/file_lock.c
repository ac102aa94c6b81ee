#include "file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

enum { WAIT = 5000, STEP = 20 }; /* milliseconds */

static bool knows_no_locks(int number)
{
	return number == ENOLCK || number == EOPNOTSUPP || number == ENOSYS ||
	       number == EINVAL;
}

static void pause_a_step(void)
{
	nanosleep(&(struct timespec){.tv_nsec = STEP * 1000000L}, NULL);
}

/* 0, or the errno for which there is no lock. Asked again and again, since a
 * wait in flock() could only be ended by a signal. */
static int take_lock(int descriptor, unsigned milliseconds)
{
	for (unsigned waited = 0; flock(descriptor, LOCK_EX | LOCK_NB) != 0;) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK || waited >= milliseconds)
			return errno;
		pause_a_step();
		waited += STEP;
	}
	return 0;
}

bool file_lock_within(struct file_lock *out, const char *path, unsigned milliseconds,
                      struct notes *notes, struct error *err)
{
	struct arena scratch = {0};
	const char *side = arena_format(&scratch, "%s.lock", path);
	int why = 0;

	out->descriptor = open(side, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
	why = out->descriptor < 0 ? errno : take_lock(out->descriptor, milliseconds);
	arena_drop(&scratch);
	if (why == 0)
		return true;
	file_unlock(out);
	if (why == EWOULDBLOCK)
		return error_set(
			err,
			"cannot lock '%s': another process has held the lock for "
			"%g seconds",
			path, milliseconds / 1000.0);
	if (!knows_no_locks(why))
		return error_errno(err, why, "cannot lock '%s'", path);
	note(notes, "cannot lock '%s': this disk knows no locks; going on without",
	     path);
	return true;
}

bool file_lock(struct file_lock *out, const char *path, struct notes *notes,
               struct error *err)
{
	return file_lock_within(out, path, WAIT, notes, err);
}

void file_unlock(struct file_lock *lock)
{
	if (lock->descriptor >= 0)
		close(lock->descriptor);
	lock->descriptor = -1;
}
