#include "run/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"
#include "child.h"
#include "loop_uv.h"
#include "spawn.h"
#include "spool.h"

/* For work that is still on a thread at the end: this often, this long. */
enum { CLOSE_TRIES = 50, CLOSE_WAIT = 20 };

struct loop_timer {
	uv_timer_t handle;
	void (*due)(void *context);
	void *context;
	struct loop_timer *next;
};

struct loop_signal {
	uv_signal_t handle;
	int number;
	void (*came)(void *context, int number);
	void *context;
	struct loop_signal *next;
};

struct loop {
	uv_loop_t uv;
	struct arena *arena;
	struct loop_timer *timers;
	struct loop_signal *signals;
	struct loop_poll {
		uv_poll_t handle;
		void (*ready)(void *context);
		void *context;
		bool open;
	} input, output;
	uv_signal_t ended; /* CHLD */
	struct loop_child *children;
	size_t working;
};

struct loop_child {
	struct child child;
	struct loop *loop;
	struct loop_child *next;
	struct loop_child_options options;
	struct job_result result;
	struct spool out, err;
	struct spill spill;
	char chunk[CHILD_CHUNK];
};

uv_loop_t *loop_uv(struct loop *loop)
{
	return &loop->uv;
}

double loop_clock(void)
{
	return (double)uv_hrtime() / 1e9;
}

static double seconds_of(const struct rusage *usage)
{
	return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
	       (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

double loop_processor(void)
{
	struct rusage own, children;

	if (getrusage(RUSAGE_SELF, &own) != 0 ||
	    getrusage(RUSAGE_CHILDREN, &children) != 0)
		return 0;
	return seconds_of(&own) + seconds_of(&children);
}

/* --- signals --- */

static void on_signal(uv_signal_t *handle, int number)
{
	struct loop_signal *row = handle->data;

	row->came(row->context, number);
}

void loop_on_signal(struct loop *loop, int number,
                    void (*came)(void *context, int number), void *context)
{
	struct loop_signal *row;

	if (spawn_signal_ignored(number))
		return;
	row = arena_take(loop->arena, sizeof *row);
	*row = (struct loop_signal){.number = number,
	                            .came = came,
	                            .context = context,
	                            .next = loop->signals};
	loop->signals = row;
	uv_signal_init(&loop->uv, &row->handle);
	row->handle.data = row;
	uv_signal_start(&row->handle, on_signal, number);
}

static void on_child(uv_signal_t *handle, int number)
{
	struct loop *loop = handle->data;

	(void)number;
	for (struct loop_child *child = loop->children; child; child = child->next)
		child_look(&child->child);
}

/* --- input --- */

static void on_input(uv_poll_t *handle, int status, int events)
{
	struct loop *loop = handle->data;

	(void)status; /* the next read finds out */
	(void)events;
	loop->input.ready(loop->input.context);
}

/* 0, or an error of libuv. */
static int open_poll(struct loop *loop, struct loop_poll *poll, int descriptor,
                     void (*ready)(void *context), void *context)
{
	/* What libuv makes non-blocking is shared with the programs that get the
	 * terminal next, and with the shell that started us. */
	int flags = fcntl(descriptor, F_GETFL);
	int status = uv_poll_init(&loop->uv, &poll->handle, descriptor);

	if (status != 0)
		return status;
	fcntl(descriptor, F_SETFL, flags);
	poll->ready = ready;
	poll->context = context;
	poll->open = true;
	poll->handle.data = loop;
	return 0;
}

bool loop_on_input(struct loop *loop, int descriptor, void (*ready)(void *context),
                   void *context, struct error *err)
{
	int status = open_poll(loop, &loop->input, descriptor, ready, context);

	if (status != 0)
		return error_errno(err, -status, "cannot wait for input");
	uv_poll_start(&loop->input.handle, UV_READABLE | UV_DISCONNECT, on_input);
	return true;
}

/* --- output --- */

/* An error, for libuv, is that a pipe has no reader. The other end of a socket may
 * have closed its own output only. */
static void on_output(uv_poll_t *handle, int status, int events)
{
	struct loop *loop = handle->data;

	(void)events;
	uv_poll_stop(handle);
	if (status < 0)
		loop->output.ready(loop->output.context);
}

void loop_on_no_reader(struct loop *loop, int descriptor, void (*gone)(void *context),
                       void *context)
{
	if (open_poll(loop, &loop->output, descriptor, gone, context) == 0)
		uv_poll_start(&loop->output.handle, UV_DISCONNECT, on_output);
}

void loop_pause(struct loop *loop)
{
	for (struct loop_signal *row = loop->signals; row; row = row->next)
		uv_signal_stop(&row->handle);
	if (loop->input.open)
		uv_poll_stop(&loop->input.handle);
}

void loop_resume(struct loop *loop)
{
	for (struct loop_signal *row = loop->signals; row; row = row->next)
		uv_signal_start(&row->handle, on_signal, row->number);
	if (loop->input.open)
		uv_poll_start(&loop->input.handle, UV_READABLE | UV_DISCONNECT,
		              on_input);
}

/* With our own handlers away the signal has its usual action; raise() returns when we
 * are continued. */
void loop_suspend(struct loop *loop)
{
	loop_pause(loop);
	raise(SIGTSTP);
	loop_resume(loop);
}

/* --- time --- */

static void on_due(uv_timer_t *handle)
{
	struct loop_timer *timer = handle->data;

	timer->due(timer->context);
}

struct loop_timer *loop_timer(struct loop *loop, void (*due)(void *context),
                              void *context)
{
	struct loop_timer *timer = arena_take(loop->arena, sizeof *timer);

	*timer = (struct loop_timer){
		.due = due, .context = context, .next = loop->timers};
	loop->timers = timer;
	uv_timer_init(&loop->uv, &timer->handle);
	timer->handle.data = timer;
	return timer;
}

void loop_timer_start(struct loop_timer *timer, double seconds)
{
	uv_update_time(timer->handle.loop);
	uv_timer_start(&timer->handle, on_due, (uint64_t)(seconds * 1000), 0);
}

bool loop_timer_runs(const struct loop_timer *timer)
{
	return uv_is_active((const uv_handle_t *)&timer->handle);
}

/* --- work on a thread --- */

struct loop_work {
	uv_work_t request;
	struct loop *loop;
	void (*work)(void *context);
	void (*done)(void *context);
	void *context;
};

static void on_work(uv_work_t *request)
{
	struct loop_work *work = request->data;

	work->work(work->context);
}

static void on_done(uv_work_t *request, int status)
{
	struct loop_work *work = request->data;
	void (*done)(void *context) = work->done;
	void *context = work->context;

	(void)status;
	work->loop->working--;
	free(work);
	done(context);
}

void loop_work(struct loop *loop, void (*work)(void *context),
               void (*done)(void *context), void *context)
{
	struct loop_work *item = memory_resize(NULL, sizeof *item);

	*item = (struct loop_work){
		.loop = loop, .work = work, .done = done, .context = context};
	item->request.data = item;
	loop->working++;
	uv_queue_work(&loop->uv, &item->request, on_work, on_done);
}

/* --- a child --- */

static void take_piece(struct child *child, const char *bytes, size_t length)
{
	struct loop_child *owner = child->owner;

	owner->options.take(owner->options.context, bytes, length);
}

static void child_release(struct loop_child *child)
{
	spool_drop(&child->out);
	spool_drop(&child->err);
	spill_close(&child->spill);
	close(child->child.null);
	free(child);
}

static void on_gone(struct child *child)
{
	struct loop_child *owner = child->owner;
	struct loop_child **at = &owner->loop->children;

	while (*at != owner)
		at = &(*at)->next;
	*at = owner->next;
	owner->options.end(owner->options.context, &owner->result);
	child_release(owner);
}

bool loop_child_start(struct loop_child **out, struct loop *loop, const struct job *job,
                      const struct loop_child_options *options, struct error *err)
{
	struct loop_child *child = memory_resize(NULL, sizeof *child);
	int failure;

	*child = (struct loop_child){
		.loop = loop,
		.options = *options,
	};
	child->child = (struct child){
		.loop = &loop->uv,
		.owner = child,
		.session = true,
		.null = open("/dev/null", O_RDONLY | O_CLOEXEC),
		.chunk = child->chunk,
		.result = &child->result,
		.out = &child->out,
		.err = &child->err,
		.take = take_piece,
		.gone = on_gone,
	};
	spill_open(&child->spill);
	child->out.spill = child->err.spill = &child->spill;
	child->result.out = &child->out;
	child->result.err = &child->err;
	child->result.tries = 1;
	if (child_start(&child->child, job, &failure)) {
		child->next = loop->children;
		loop->children = *out = child;
		return true;
	}
	spawn_explain(job, failure, err);
	child_release(child);
	return false;
}

void loop_child_stop(struct loop_child *child)
{
	child_stop(&child->child, OUTCOME_STOPPED);
}

static void take_nothing(void *context, const char *bytes, size_t length)
{
	(void)context;
	(void)bytes;
	(void)length;
}

static void end_nothing(void *context, const struct job_result *result)
{
	(void)context;
	(void)result;
}

void loop_child_forget(struct loop_child *child)
{
	child->options.take = take_nothing;
	child->options.end = end_nothing;
	loop_child_stop(child);
}

/* --- the loop --- */

bool loop_open(struct loop **out, struct arena *arena, struct error *err)
{
	struct loop *loop = arena_take(arena, sizeof *loop);
	int status = uv_loop_init(&loop->uv);

	if (status != 0)
		return error_errno(err, -status, "cannot make an event loop");
	loop->arena = arena;
	uv_signal_init(&loop->uv, &loop->ended);
	loop->ended.data = loop;
	uv_signal_start(&loop->ended, on_child, SIGCHLD);
	*out = loop;
	return true;
}

void loop_run(struct loop *loop)
{
	uv_run(&loop->uv, UV_RUN_DEFAULT);
}

void loop_stop(struct loop *loop)
{
	uv_stop(&loop->uv);
}

static void close_handles(struct loop *loop)
{
	for (struct loop_timer *timer = loop->timers; timer; timer = timer->next)
		uv_close((uv_handle_t *)&timer->handle, NULL);
	for (struct loop_signal *row = loop->signals; row; row = row->next)
		uv_close((uv_handle_t *)&row->handle, NULL);
	if (loop->input.open)
		uv_close((uv_handle_t *)&loop->input.handle, NULL);
	if (loop->output.open)
		uv_close((uv_handle_t *)&loop->output.handle, NULL);
}

bool loop_close(struct loop *loop)
{
	close_handles(loop);
	for (struct loop_child *child = loop->children; child; child = child->next)
		loop_child_forget(child);
	while (loop->children)
		uv_run(&loop->uv, UV_RUN_ONCE);
	uv_close((uv_handle_t *)&loop->ended, NULL);
	for (int i = 0; i < CLOSE_TRIES && loop->working; i++) {
		uv_run(&loop->uv, UV_RUN_NOWAIT);
		if (loop->working)
			uv_sleep(CLOSE_WAIT);
	}
	if (loop->working)
		return false;
	uv_run(&loop->uv, UV_RUN_DEFAULT);
	uv_loop_close(&loop->uv);
	return true;
}

const char *run_program(struct arena *arena)
{
	enum { ROOM = 4096 };
	char *path = arena_take(arena, ROOM);
	size_t length = ROOM;

	return uv_exepath(path, &length) == 0 ? path : NULL;
}
