#include <errno.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "child.h"
#include "run/jobs.h"
#include "spawn.h"

struct foreground {
	uv_loop_t loop;
	struct child child;
	uv_signal_t signals[5];
	size_t signal_count;
	int signal; /* that asked us to end, 0: none */
};

static void release(struct foreground *fore)
{
	for (size_t i = 0; i < fore->signal_count; i++)
		uv_close((uv_handle_t *)&fore->signals[i], NULL);
}

static void on_gone(struct child *child)
{
	release(child->owner);
}

/* The terminal has sent it to the child as well: the child decides. */
static void on_keyboard(uv_signal_t *handle, int number)
{
	(void)handle;
	(void)number;
}

static void on_terminate(uv_signal_t *handle, int number)
{
	struct foreground *fore = handle->data;

	fore->signal = number;
	child_stop(&fore->child, OUTCOME_STOPPED);
}

static void on_child(uv_signal_t *handle, int number)
{
	struct foreground *fore = handle->data;

	(void)number;
	child_look(&fore->child);
}

static void watch(struct foreground *fore)
{
	static const struct {
		int number;
		uv_signal_cb then;
	} rows[] = {
		{SIGCHLD, on_child},     {SIGINT, on_keyboard},  {SIGQUIT, on_keyboard},
		{SIGTERM, on_terminate}, {SIGHUP, on_terminate},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uv_signal_t *handle = &fore->signals[fore->signal_count];

		if (spawn_signal_ignored(rows[i].number))
			continue;
		fore->signal_count++;
		uv_signal_init(&fore->loop, handle);
		handle->data = fore;
		uv_signal_start(handle, rows[i].then, rows[i].number);
	}
}

static void start(struct foreground *fore, const struct job *job)
{
	static struct error why; /* result->error points to it */
	struct job_result *result = fore->child.result;
	int failure;

	watch(fore);
	result->tries = 1;
	if (child_start(&fore->child, job, &failure))
		return;
	result->common = spawn_explain(job, failure, &why);
	result->outcome = OUTCOME_NOT_STARTED;
	result->error = why.text;
	release(fore);
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
	struct foreground fore = {.child = {.result = out,
	                                    .timeout = timeout,
	                                    .loop = &fore.loop,
	                                    .owner = &fore,
	                                    .gone = on_gone}};
	struct termios state;
	int terminal = find_terminal(&state);

	*out = (struct job_result){0};
	if (uv_loop_init(&fore.loop) != 0) {
		out->outcome = OUTCOME_NOT_STARTED;
		out->error = "cannot make an event loop";
		return;
	}
	start(&fore, job);
	uv_run(&fore.loop, UV_RUN_DEFAULT);
	uv_loop_close(&fore.loop);
	if (out->outcome == OUTCOME_STOPPED)
		out->signal = fore.signal;
	if (terminal >= 0 && (out->signal || out->outcome == OUTCOME_TIMED_OUT))
		restore_terminal(terminal, &state);
}
