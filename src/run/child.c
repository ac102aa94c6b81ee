#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine.h"

enum {                /* milliseconds */
       GRACE = 2000,  /* from TERM to KILL */
       SILENCE = 250, /* of a grandchild that holds the pipes */
       ABANDON = 1000 /* from KILL until a process that the kernel holds is left */
};

static struct entry *child_entry(const struct child *child)
{
	return &child->run->entries[child->index];
}

static bool child_is_over(const struct child *child)
{
	return uv_is_closing((const uv_handle_t *)&child->timer);
}

static double child_seconds(const struct child *child)
{
	return (double)(uv_hrtime() - child->began) / 1e9;
}

static void on_closed(uv_handle_t *handle)
{
	struct child *child = handle->data;

	if (--child->handles == 0)
		run_child_gone(child);
}

static void close_once(uv_handle_t *handle)
{
	if (!uv_is_closing(handle))
		uv_close(handle, on_closed);
}

/* The leader has not been reaped before, so that its number, which is its
 * group's, cannot have become anybody else's. */
static void child_over(struct child *child)
{
	if (child->phase != PHASE_RUNNING)
		kill(-child->pid, SIGKILL);
	if (child->exited)
		waitpid(child->pid, NULL, WNOHANG);
	else
		child_entry(child)->result.seconds = child_seconds(child);
	for (unsigned i = 0; i < child->pipe_count; i++)
		close_once((uv_handle_t *)&child->pipes[i]);
	close_once((uv_handle_t *)&child->timer);
}

/* Process and pipes end in any order; whichever comes last calls this. */
static void child_settle(struct child *child)
{
	if (child->exited && child->open == 0)
		child_over(child);
}

/* Whether a pipe holds bytes that the loop has not come to read yet. */
static bool child_has_more(const struct child *child)
{
	for (unsigned i = 0; i < child->pipe_count; i++) {
		const uv_handle_t *pipe = (const uv_handle_t *)&child->pipes[i];
		uv_os_fd_t file;
		int waiting = 0;

		if (!uv_is_closing(pipe) && uv_fileno(pipe, &file) == 0 &&
		    ioctl(file, FIONREAD, &waiting) == 0 && waiting > 0)
			return true;
	}
	return false;
}

static void on_time(uv_timer_t *timer);

/* The loop's clock may be as old as the last write that had to wait. */
static void child_wake_in(struct child *child, uint64_t milliseconds)
{
	uv_update_time(&child->run->loop);
	uv_timer_start(&child->timer, on_time, milliseconds, 0);
}

/* The process has ended; what holds its pipes is heard out until it is silent. */
static void child_listen(struct child *child)
{
	double timeout = child->run->options->timeout;

	if (child->phase == PHASE_RUNNING && timeout > 0 &&
	    child_seconds(child) > timeout)
		child_stop(child, OUTCOME_TIMED_OUT);
	else if (child->phase != PHASE_STOPPING)
		child_wake_in(child, SILENCE);
}

static void on_time(uv_timer_t *timer)
{
	struct child *child = timer->data;

	if (!child->exited) {
		child_look(child);
		if (child->exited)
			return; /* we heard of the time before we heard of the end */
	}
	if (child->phase == PHASE_STOPPING)
		child_kill(child);
	else if (child->phase == PHASE_KILLED)
		child_over(child);
	else if (!child->exited)
		child_stop(child, OUTCOME_TIMED_OUT);
	else if (child_has_more(child))
		child_listen(child);
	else
		child_over(child);
}

static void note_end(struct child *child, const siginfo_t *info)
{
	struct job_result *result = &child_entry(child)->result;
	bool exited = info->si_code == CLD_EXITED;

	child->exited = true;
	result->seconds = child_seconds(child);
	if (exited)
		result->exit = info->si_status;
	else
		result->signal = info->si_status;
	if (result->outcome == OUTCOME_NOT_RUN)
		result->outcome = exited ? OUTCOME_EXITED : OUTCOME_SIGNALED;
}

void child_look(struct child *child)
{
	siginfo_t info = {.si_code = CLD_EXITED};

	if (child->exited || child_is_over(child))
		return;
	/* WNOWAIT: it is reaped by child_over. Failing means that somebody else
	 * reaped it, and nothing is known but that it is gone. */
	if (waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
		info.si_status = 255;
	else if (info.si_pid == 0)
		return;
	note_end(child, &info);
	if (child->open)
		child_listen(child);
	child_settle(child);
}

static void child_signal(const struct child *child, int number)
{
	if (!child_is_over(child))
		kill(-child->pid, number);
}

void child_stop(struct child *child, enum outcome outcome)
{
	if (child->phase != PHASE_RUNNING || child_is_over(child))
		return;
	if (!child->exited)
		child_entry(child)->result.outcome = outcome;
	child->phase = PHASE_STOPPING;
	child_signal(child, SIGTERM);
	child_signal(child, SIGCONT);
	child_wake_in(child, GRACE);
}

void child_kill(struct child *child)
{
	if (child->phase == PHASE_KILLED || child_is_over(child))
		return;
	if (!child->exited && child_entry(child)->result.outcome == OUTCOME_NOT_RUN)
		child_entry(child)->result.outcome = OUTCOME_STOPPED;
	child->phase = PHASE_KILLED;
	child_signal(child, SIGKILL);
	child_wake_in(child, child->exited ? SILENCE : ABANDON);
}

void child_pause(struct child *child)
{
	child->due = uv_timer_get_due_in(&child->timer);
	child_signal(child, SIGSTOP);
}

void child_continue(struct child *child, uint64_t slept)
{
	child->began += slept;
	if (uv_is_active((uv_handle_t *)&child->timer))
		child_wake_in(child, child->due);
	child_signal(child, SIGCONT);
}

static void give_chunk(uv_handle_t *handle, size_t suggested, uv_buf_t *out)
{
	struct child *child = handle->data;

	(void)suggested;
	*out = uv_buf_init(child->run->chunk, CHUNK);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *bytes)
{
	struct child *child = stream->data;
	struct entry *entry = child_entry(child);
	bool is_err = stream == (uv_stream_t *)&child->pipes[1];

	if (count > 0) {
		spool_add(is_err ? &entry->err : &entry->out, bytes->base,
		          (size_t)count);
		if (child->exited && child->phase == PHASE_RUNNING)
			child_listen(child);
	} else if (count < 0) {
		child->open--;
		close_once((uv_handle_t *)stream);
		child_settle(child);
	}
}

void child_watch(struct child *child, const int *ours)
{
	uv_loop_t *loop = &child->run->loop;
	double timeout = child->run->options->timeout;

	uv_timer_init(loop, &child->timer);
	child->timer.data = child;
	for (unsigned i = 0; i < child->pipe_count; i++) {
		uv_stream_t *stream = (uv_stream_t *)&child->pipes[i];

		/* Neither open nor start can fail for a pipe that is new. */
		uv_pipe_init(loop, &child->pipes[i], 0);
		stream->data = child;
		uv_pipe_open(&child->pipes[i], ours[i]);
		uv_read_start(stream, give_chunk, on_read);
	}
	child->open = child->pipe_count;
	child->handles = child->pipe_count + 1;
	if (timeout > 0)
		child_wake_in(child, (uint64_t)(timeout * 1000));
}
