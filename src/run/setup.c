#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "run/jobs.h"
#include "start.h"

static struct rlimit inherited; /* of descriptors; rlim_max 0: never read */

/* Else the first file that is opened would become somebody's output. */
static void open_standard_streams(void)
{
	int file;

	do
		file = open("/dev/null", O_RDWR);
	while (file >= 0 && file <= STDERR_FILENO);
	if (file >= 0)
		close(file);
}

static void take_signals(void)
{
	const struct sigaction reset = {.sa_handler = SIG_DFL};
	const struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigset_t mask;

	sigaction(SIGCHLD, &reset, NULL);
	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_UNBLOCK, &mask, NULL);
	/* A file size limit is a full disk, not a reason to die. */
	sigaction(SIGXFSZ, &ignore, NULL);
}

void jobs_setup(void)
{
	struct rlimit wanted;

	open_standard_streams();
	take_signals();
	if (getrlimit(RLIMIT_NOFILE, &inherited) != 0)
		return;
	wanted = inherited;
	wanted.rlim_cur = wanted.rlim_max;
	setrlimit(RLIMIT_NOFILE, &wanted);
}

void setup_restore(void)
{
	if (inherited.rlim_max)
		setrlimit(RLIMIT_NOFILE, &inherited);
}

size_t setup_descriptors(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? (size_t)limit.rlim_cur : 256;
}

bool signal_is_ignored(int number)
{
	struct sigaction now;

	return sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}
