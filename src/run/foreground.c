#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <uv.h>

#include "run/jobs.h"
#include "start.h"

enum { GRACE = 2000, SIGNAL_HANDLES = 5 }; /* milliseconds from TERM to KILL */

struct foreground {
	uv_loop_t loop;
	uv_signal_t signals[5];
	unsigned signal_count;
	uv_timer_t timer;
	pid_t pid;
	int order; /* the signal by which we were told to end, 0: none */
	struct job_result *result;
};

static void finish(struct foreground *fore)
{
	for (unsigned i = 0; i < fore->signal_count; i++)
		uv_close((uv_handle_t *)&fore->signals[i], NULL);
	uv_close((uv_handle_t *)&fore->timer, NULL);
}

static void on_time(uv_timer_t *timer)
{
	struct foreground *fore = timer->data;

	kill(fore->pid, SIGKILL);
}

static void stop(struct foreground *fore, enum outcome outcome)
{
	fore->result->outcome = outcome;
	kill(fore->pid, SIGTERM);
	kill(fore->pid, SIGCONT);
	uv_timer_start(&fore->timer, on_time, GRACE, 0);
}

static void on_deadline(uv_timer_t *timer)
{
	stop(timer->data, OUTCOME_TIMED_OUT);
}

/* The terminal has sent it to the child as well: the child decides. */
static void on_keyboard(uv_signal_t *handle, int number)
{
	(void)handle;
	(void)number;
}

static void on_order(uv_signal_t *handle, int number)
{
	struct foreground *fore = handle->data;

	fore->order = number;
	if (fore->result->outcome == OUTCOME_NOT_RUN)
		stop(fore, OUTCOME_STOPPED);
}

static void on_child(uv_signal_t *handle, int number)
{
	struct foreground *fore = handle->data;
	struct job_result *result = fore->result;
	int status;

	(void)number;
	if (waitpid(fore->pid, &status, WNOHANG) != fore->pid)
		return;
	if (WIFEXITED(status))
		result->exit = WEXITSTATUS(status);
	else
		result->signal = WTERMSIG(status);
	if (result->outcome == OUTCOME_NOT_RUN)
		result->outcome = WIFEXITED(status) ? OUTCOME_EXITED : OUTCOME_SIGNALED;
	if (result->outcome == OUTCOME_STOPPED)
		result->signal = fore->order;
	finish(fore);
}

static void watch(struct foreground *fore)
{
	static const struct {
		int number;
		uv_signal_cb then;
	} rows[SIGNAL_HANDLES] = {
		{SIGCHLD, on_child}, {SIGINT, on_keyboard}, {SIGQUIT, on_keyboard},
		{SIGTERM, on_order}, {SIGHUP, on_order},
	};

	for (size_t i = 0; i < SIGNAL_HANDLES; i++) {
		uv_signal_t *handle = &fore->signals[fore->signal_count];

		if (signal_is_ignored(rows[i].number))
			continue;
		fore->signal_count++;
		uv_signal_init(&fore->loop, handle);
		handle->data = fore;
		uv_signal_start(handle, rows[i].then, rows[i].number);
	}
}

static void start(struct foreground *fore, const struct job *job, double timeout)
{
	static struct error why; /* result->error points to it */
	struct start start = {.job = job};

	uv_timer_init(&fore->loop, &fore->timer);
	fore->timer.data = fore;
	watch(fore);
	fore->pid = start_child(&start);
	if (fore->pid < 0) {
		start_explain(&start, &why);
		fore->result->outcome = OUTCOME_NOT_STARTED;
		fore->result->error = why.text;
		finish(fore);
	} else if (timeout > 0) {
		/* The loop's idea of now is from before the child was started. */
		uv_update_time(&fore->loop);
		uv_timer_start(&fore->timer, on_deadline, (uint64_t)(timeout * 1000),
		               0);
	}
}

/* The one of our standard streams that is a terminal, -1: none. */
static int find_terminal(struct termios *state)
{
	for (int file = 0; file <= STDERR_FILENO; file++)
		if (tcgetattr(file, state) == 0)
			return file;
	return -1;
}

/* An editor or pager that was killed could not tidy up. With TTOU blocked this
 * works in the background, too. */
static void restore_terminal(int file, const struct termios *state)
{
	sigset_t mask, before;

	sigemptyset(&mask);
	sigaddset(&mask, SIGTTOU);
	pthread_sigmask(SIG_BLOCK, &mask, &before);
	tcsetattr(file, TCSADRAIN, state);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void job_run_foreground(struct job_result *out, const struct job *job, double timeout)
{
	struct foreground fore = {.result = out};
	struct termios state;
	int terminal = find_terminal(&state);
	uint64_t began = uv_hrtime();

	*out = (struct job_result){0};
	if (uv_loop_init(&fore.loop) != 0) {
		out->outcome = OUTCOME_NOT_STARTED;
		out->error = "cannot make an event loop";
		return;
	}
	start(&fore, job, timeout);
	uv_run(&fore.loop, UV_RUN_DEFAULT);
	uv_loop_close(&fore.loop);
	out->seconds = (double)(uv_hrtime() - began) / 1e9;
	if (terminal >= 0 && (out->signal || out->outcome == OUTCOME_TIMED_OUT))
		restore_terminal(terminal, &state);
}
