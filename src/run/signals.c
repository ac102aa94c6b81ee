#include <signal.h>

#include "engine.h"
#include "start.h"

static void on_child(uv_signal_t *handle, int number)
{
	struct run *run = handle->data;

	(void)number;
	for (size_t i = 0; i < run->running_count; i++)
		child_look(run->running[i]);
}

static void on_interrupt(uv_signal_t *handle, int number)
{
	struct run *run = handle->data;

	if (!run->report->signal) {
		run->report->signal = number;
		run_stop(run);
	} else if (number == SIGINT) {
		for (size_t i = 0; i < run->running_count; i++)
			child_kill(run->running[i]);
	}
}

/*
 * The groups get STOP: they are orphaned (sessions of their own), and such a group
 * is not stopped by TSTP. Then we stop by the default action, so that our shell
 * sees what it expects; raise() returns when we are continued.
 */
static void on_suspend(uv_signal_t *handle, int number)
{
	struct run *run = handle->data;
	uint64_t slept;

	if (run->options->on_suspend)
		run->options->on_suspend(run->options->context);
	uv_update_time(&run->loop);
	for (size_t i = 0; i < run->running_count; i++)
		child_pause(run->running[i]);
	uv_signal_stop(handle);
	slept = uv_hrtime();
	raise(number);
	slept = uv_hrtime() - slept;
	uv_signal_start(handle, on_suspend, number);
	run->began += slept;
	for (size_t i = 0; i < run->running_count; i++)
		child_continue(run->running[i], slept);
	progress_tell(run);
}

static void watch(struct run *run, int number, uv_signal_cb then)
{
	uv_signal_t *handle = &run->signals[run->signal_count++];

	uv_signal_init(&run->loop, handle);
	handle->data = run;
	uv_signal_start(handle, then, number);
	uv_unref((uv_handle_t *)handle);
}

void signals_watch(struct run *run)
{
	static const struct {
		int number;
		uv_signal_cb then;
	} rows[] = {
		{SIGINT, on_interrupt}, {SIGTERM, on_interrupt},
		{SIGHUP, on_interrupt}, {SIGQUIT, on_interrupt},
		{SIGTSTP, on_suspend},
	};

	watch(run, SIGCHLD, on_child);
	for (size_t i = 0; run->options->signals && i < sizeof rows / sizeof *rows; i++)
		if (!signal_is_ignored(rows[i].number))
			watch(run, rows[i].number, rows[i].then);
}

/* One that has come already is still heeded, one that comes now finds the default
 * action again. */
void signals_release(struct run *run)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (size_t i = 0; i < run->signal_count; i++)
		uv_ref((uv_handle_t *)&run->signals[i]);
	uv_run(&run->loop, UV_RUN_NOWAIT);
	for (size_t i = 0; i < run->signal_count; i++)
		uv_close((uv_handle_t *)&run->signals[i], NULL);
	uv_run(&run->loop, UV_RUN_NOWAIT);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}
