#include "start.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

/* The highest of the classic signals; above are the real-time ones, some of
 * which belong to the C library. */
enum { LAST_SIGNAL = 31 };

/* Handlers must be gone before the mask is lifted. What was ignored already when
 * we were started stays ignored in the foreground (nohup). */
static void reset_signals(bool session)
{
	static const int ours[] = {SIGCHLD, SIGPIPE, SIGXFSZ};
	const struct sigaction reset = {.sa_handler = SIG_DFL};
	struct sigaction now;

	for (int number = 1; number <= LAST_SIGNAL; number++)
		if (session ||
		    (sigaction(number, NULL, &now) == 0 && now.sa_handler != SIG_IGN))
			sigaction(number, &reset, NULL); /* fails for KILL and STOP */
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		sigaction(ours[i], &reset, NULL);
}

/* In the child, which shares our memory until it execs: nothing here may change
 * anything but the kernel's view of the child. */
static _Noreturn void become(const struct start *start, int report)
{
	const struct job *job = start->job;
	struct failure failure;
	sigset_t none;

	if (start->session) {
		setsid();
		for (int i = 0; i < 3; i++)
			dup2(start->streams[i], i);
	}
	reset_signals(start->session);
	setup_restore();
	failure.in_folder = chdir(job->folder) != 0;
	if (!failure.in_folder) {
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		execvpe(job->words[0], (char *const *)(uintptr_t)job->words,
		        (char *const *)(uintptr_t)job->environment);
	}
	failure.number = errno;
	if (write(report, &failure, sizeof failure) < 0)
		_exit(126);
	_exit(127);
}

/* With all signals blocked: a handler of ours must not run in the child. */
static pid_t spawn(const struct start *start, int report)
{
	sigset_t all, before;
	pid_t pid;
	int number;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pid = vfork();
	if (pid == 0)
		become(start, report);
	number = errno;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = number;
	return pid;
}

pid_t start_child(struct start *start)
{
	int report[2];
	pid_t pid;

	start->failure = (struct failure){0};
	if (pipe2(report, O_CLOEXEC) != 0) {
		start->failure.number = errno;
		return -1;
	}
	pid = spawn(start, report[1]);
	if (pid < 0)
		start->failure.number = errno;
	close(report[1]);
	/* The exec closes it. With a real vfork that has happened already, but under
	 * valgrind and the like it is a fork. */
	if (read(report[0], &start->failure, sizeof start->failure) > 0) {
		waitpid(pid, NULL, 0);
		pid = -1;
	}
	close(report[0]);
	return pid;
}

bool start_can_wait(int number)
{
	return number == EMFILE || number == ENFILE || number == EAGAIN ||
	       number == ENOMEM;
}

bool start_explain(const struct start *start, struct error *err)
{
	const char *program = start->job->words[0];
	const char *folder = start->job->folder;

	if (start->failure.in_folder && start->failure.number == ENOENT)
		return error_set(err,
		                 "cannot start '%s' in '%s': the folder is not there",
		                 program, folder);
	if (start->failure.in_folder)
		return error_errno(err, start->failure.number,
		                   "cannot start '%s' in '%s': cannot enter the folder",
		                   program, folder);
	if (start->failure.number == ENOENT)
		return error_set(err, "cannot start '%s': there is no such program",
		                 program);
	/* Without the folder: one sentence for all repos can be said once. */
	return error_errno(err, start->failure.number, "cannot start '%s'", program);
}
