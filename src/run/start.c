#include "start.h"

#include <errno.h>
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
 * anything but `start` and the kernel's view of the child. */
static _Noreturn void become(struct start *start)
{
	const struct job *job = start->job;
	sigset_t none;

	if (start->session) {
		setsid();
		for (int i = 0; i < 3; i++)
			dup2(start->streams[i], i);
	}
	reset_signals(start->session);
	setup_restore();
	start->in_folder = chdir(job->folder) != 0;
	if (!start->in_folder) {
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		execvpe(job->words[0], (char *const *)(uintptr_t)job->words,
		        (char *const *)(uintptr_t)job->environment);
	}
	start->number = errno;
	_exit(127);
}

pid_t start_child(struct start *start)
{
	sigset_t all, before;
	pid_t pid;

	/* A handler of ours must not run in the child. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	start->number = 0;
	start->in_folder = false;
	pid = vfork();
	if (pid == 0)
		become(start);
	if (pid < 0) {
		start->number = errno;
	} else if (start->number) {
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
		pid = -1;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
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

	if (start->in_folder && start->number == ENOENT)
		return error_set(err,
		                 "cannot start '%s' in '%s': the folder is not there",
		                 program, folder);
	if (start->in_folder)
		return error_errno(err, start->number,
		                   "cannot start '%s' in '%s': cannot enter the folder",
		                   program, folder);
	if (start->number == ENOENT)
		return error_set(err, "cannot start '%s': there is no such program",
		                 program);
	/* Without the folder: one sentence for all repos can be said once. */
	return error_errno(err, start->number, "cannot start '%s'", program);
}
