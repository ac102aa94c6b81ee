#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spawn.h"
#include "spool.h"

enum { JOB_MEMORY = 1 << 20 };

enum wait {                /* milliseconds */
	    KEEP = 0,      /* whatever the timer has left */
	    GRACE = 2000,  /* from TERM to KILL */
	    DRAIN = 250,   /* from the end of a process to the end of its outputs */
	    ABANDON = 1000 /* from KILL until one that the kernel holds is left */
};

struct step {
	enum child_state next;
	int signal; /* for the group, 0: none */
	enum wait wait;
};

/* The process of a draining child has ended, so that its second end, and one of
 * that is over, cannot come; no event changes one that is over. */
static const struct step steps[CHILD_STATES][CHILD_EVENTS] =
	{
		[CHILD_RUNNING] =
			{
				[CHILD_ENDED] = {CHILD_DRAINING, 0, DRAIN},
				[CHILD_TIME] = {CHILD_STOPPING, SIGTERM, GRACE},
				[CHILD_STOP] = {CHILD_STOPPING, SIGTERM, GRACE},
				[CHILD_KILL] = {CHILD_KILLED, SIGKILL, ABANDON},
			},
		[CHILD_STOPPING] =
			{
				[CHILD_ENDED] = {CHILD_LINGERING, 0, KEEP},
				[CHILD_TIME] = {CHILD_KILLED, SIGKILL, ABANDON},
				[CHILD_STOP] = {CHILD_STOPPING, 0, KEEP},
				[CHILD_KILL] = {CHILD_KILLED, SIGKILL, ABANDON},
			},
		[CHILD_KILLED] =
			{
				[CHILD_ENDED] = {CHILD_DRAINING, 0, DRAIN},
				[CHILD_TIME] = {CHILD_OVER, 0, KEEP},
				[CHILD_STOP] = {CHILD_KILLED, 0, KEEP},
				[CHILD_KILL] = {CHILD_KILLED, 0, KEEP},
			},
		[CHILD_DRAINING] =
			{
				[CHILD_ENDED] = {CHILD_DRAINING, 0, KEEP},
				[CHILD_CLOSED] = {CHILD_OVER, 0, KEEP},
				[CHILD_TIME] = {CHILD_OVER, 0, KEEP},
				[CHILD_STOP] = {CHILD_LINGERING, SIGTERM, GRACE},
				[CHILD_KILL] = {CHILD_DRAINING, SIGKILL, DRAIN},
			},
		[CHILD_LINGERING] =
			{
				[CHILD_ENDED] = {CHILD_LINGERING, 0, KEEP},
				[CHILD_CLOSED] = {CHILD_OVER, 0, KEEP},
				[CHILD_TIME] = {CHILD_DRAINING, SIGKILL, DRAIN},
				[CHILD_STOP] = {CHILD_LINGERING, 0, KEEP},
				[CHILD_KILL] = {CHILD_DRAINING, SIGKILL, DRAIN},
			},
		[CHILD_OVER] =
			{
				[CHILD_ENDED] = {CHILD_OVER, 0, KEEP},
				[CHILD_CLOSED] = {CHILD_OVER, 0, KEEP},
				[CHILD_TIME] = {CHILD_OVER, 0, KEEP},
				[CHILD_STOP] = {CHILD_OVER, 0, KEEP},
				[CHILD_KILL] = {CHILD_OVER, 0, KEEP},
			},
};

static double child_seconds(const struct child *child)
{
	return (double)(uv_hrtime() - child->began) / 1e9;
}

/* To the group of one with a session; one in the foreground shares ours. */
static void child_signal(struct child *child, int number)
{
	kill(child->session ? -child->pid : child->pid, number);
	child->stopped |= number == SIGTERM || number == SIGKILL;
}

static void on_closed(uv_handle_t *handle)
{
	struct child *child = handle->data;

	if (--child->handles == 0)
		child->gone(child);
}

static void close_once(uv_handle_t *handle)
{
	if (!uv_is_closing(handle))
		uv_close(handle, on_closed);
}

static void child_keep(struct child *child, const uv_stream_t *stream,
                       const char *bytes, size_t length)
{
	bool is_err = stream == (const uv_stream_t *)&child->pipes[1];

	if (child->take && !is_err)
		child->take(child, bytes, length);
	else
		spool_add(is_err ? child->err : child->out, bytes, length);
}

/* What stands in the pipe now and the loop has not come to read yet; no more, for
 * who holds it may write faster than we read. */
static void drain_pipe(struct child *child, uv_pipe_t *pipe)
{
	uv_os_fd_t file;
	int waiting = 0;

	if (uv_is_closing((uv_handle_t *)pipe) ||
	    uv_fileno((uv_handle_t *)pipe, &file) != 0 ||
	    ioctl(file, FIONREAD, &waiting) != 0)
		return;
	while (waiting > 0) {
		size_t wanted = waiting < CHILD_CHUNK ? (size_t)waiting : CHILD_CHUNK;
		ssize_t got = read(file, child->chunk, wanted);

		if (got <= 0)
			return;
		child_keep(child, (uv_stream_t *)pipe, child->chunk, (size_t)got);
		waiting -= (int)got;
	}
}

/* The process has not been reaped before, so that its number, which is its
 * group's, cannot have become another's. */
static void child_over(struct child *child)
{
	struct job_result *result = child->result;

	for (unsigned i = 0; i < child->pipe_count; i++)
		drain_pipe(child, &child->pipes[i]);
	if (child->stopped && child->session)
		child_signal(child, SIGKILL);
	if (child->ended)
		waitpid(child->pid, NULL, WNOHANG);
	else
		result->seconds = child_seconds(child);
	if (child->ended && child->open)
		result->note = "a background process holds its output; what it "
			       "prints from now on is lost";
	for (unsigned i = 0; i < child->pipe_count; i++)
		close_once((uv_handle_t *)&child->pipes[i]);
	close_once((uv_handle_t *)&child->timer);
}

static void on_time(uv_timer_t *timer)
{
	child_time(timer->data);
}

/* The loop's clock may be as old as the last write that had to wait. */
static void child_wake_in(struct child *child, uint64_t milliseconds)
{
	uv_update_time(child->loop);
	uv_timer_start(&child->timer, on_time, milliseconds, 0);
}

static void child_step(struct child *child, enum child_event event)
{
	const struct step *step = &steps[child->state][event];
	enum child_state before = child->state;

	child->state = step->next;
	if (step->signal)
		child_signal(child, step->signal);
	/* One that is stopped by ^Z receives TERM only when it is continued. */
	if (step->signal == SIGTERM)
		child_signal(child, SIGCONT);
	if (step->wait != KEEP)
		child_wake_in(child, step->wait);
	if (child->state == CHILD_OVER && before != CHILD_OVER)
		child_over(child);
}

void child_time(struct child *child)
{
	child_look(child);
	if (uv_is_active((uv_handle_t *)&child->timer) || child->state == CHILD_OVER)
		return;
	if (child->state == CHILD_RUNNING)
		child->result->outcome = OUTCOME_TIMED_OUT;
	child_step(child, CHILD_TIME);
}

static void note_end(struct child *child, const siginfo_t *info)
{
	struct job_result *result = child->result;
	bool exited = info->si_code == CLD_EXITED;

	child->ended = true;
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

	if (child->ended || child->state == CHILD_OVER)
		return;
	/* WNOWAIT: it is reaped by child_over. Failing means that it was
	 * reaped elsewhere: nothing is known but that it is gone. */
	if (waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
		info.si_status = 255;
	else if (info.si_pid == 0)
		return;
	note_end(child, &info);
	child_step(child, CHILD_ENDED);
	if (!child->open)
		child_step(child, CHILD_CLOSED);
}

void child_stop(struct child *child, enum outcome outcome)
{
	if (!child->ended && child->state == CHILD_RUNNING)
		child->result->outcome = outcome;
	child_step(child, CHILD_STOP);
}

void child_kill(struct child *child)
{
	if (!child->ended && child->state == CHILD_RUNNING)
		child->result->outcome = OUTCOME_STOPPED;
	child_step(child, CHILD_KILL);
}

void child_hold(struct child *child)
{
	child->due = uv_timer_get_due_in(&child->timer);
}

void child_resume(struct child *child, uint64_t slept)
{
	child->began += slept;
	if (child->state != CHILD_OVER && uv_is_active((uv_handle_t *)&child->timer))
		child_wake_in(child, child->due);
}

void child_pause(struct child *child)
{
	child_hold(child);
	if (child->state != CHILD_OVER)
		child_signal(child, SIGSTOP);
}

void child_continue(struct child *child, uint64_t slept)
{
	child_resume(child, slept);
	if (child->state != CHILD_OVER)
		child_signal(child, SIGCONT);
}

static void allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *out)
{
	struct child *child = handle->data;

	(void)suggested;
	*out = uv_buf_init(child->chunk, CHILD_CHUNK);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *bytes)
{
	struct child *child = stream->data;

	if (count > 0) {
		child_keep(child, stream, bytes->base, (size_t)count);
	} else if (count < 0) {
		child->open--;
		close_once((uv_handle_t *)stream);
		if (child->ended && !child->open)
			child_step(child, CHILD_CLOSED);
	}
}

static void child_watch(struct child *child, const int *ours)
{
	uv_timer_init(child->loop, &child->timer);
	child->timer.data = child;
	for (unsigned i = 0; i < child->pipe_count; i++) {
		uv_stream_t *stream = (uv_stream_t *)&child->pipes[i];

		/* Neither open nor start can fail for a pipe that is new. */
		uv_pipe_init(child->loop, &child->pipes[i], 0);
		stream->data = child;
		uv_pipe_open(&child->pipes[i], ours[i]);
		uv_read_start(stream, allocate, on_read);
	}
	child->open = child->pipe_count;
	child->handles = child->pipe_count + 1;
	if (child->timeout > 0)
		child_wake_in(child, (uint64_t)(child->timeout * 1000));
}

/* Pipes, not the socket pairs that libuv would make for UV_CREATE_PIPE: a child
 * may open /dev/stdout. The first end of each is ours. */
static bool open_pipes(uv_file (*files)[2], unsigned count, int *failure)
{
	for (unsigned i = 0; i < count; i++) {
		*failure = -uv_pipe(files[i], 0, 0);
		if (*failure != 0) {
			while (i-- > 0) {
				close(files[i][0]);
				close(files[i][1]);
			}
			return false;
		}
	}
	return true;
}

bool child_start(struct child *child, const struct job *job, int *failure)
{
	unsigned count = !child->session ? 0 : child->one_pipe ? 1 : 2;
	struct spawn spawn = {.job = job, .session = child->session};
	uv_file files[2][2];
	int ours[2] = {-1, -1};

	if (!open_pipes(files, count, failure))
		return false;
	if (count) {
		spawn.streams[0] = child->null;
		spawn.streams[1] = files[0][1];
		spawn.streams[2] = files[count - 1][1];
		child->out->limit = child->err->limit = JOB_MEMORY / count;
	}
	child->began = uv_hrtime();
	child->pid = spawn_child(&spawn, failure);
	for (unsigned i = 0; i < count; i++) {
		close(files[i][1]);
		ours[i] = files[i][0];
		if (child->pid < 0)
			close(ours[i]);
	}
	if (child->pid < 0)
		return false;
	child->pipe_count = count;
	child_watch(child, ours);
	return true;
}
