#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "engine.h"
#include "start.h"

enum { JOB_MEMORY = 1 << 20 };

/* Pipes, not the socket pairs that libuv would make: a child may open
 * /dev/stdout. Ours are read, theirs are written. */
struct ends {
	unsigned count;
	int ours[2], theirs[2];
};

static void close_all(const int *files, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		close(files[i]);
}

static bool ends_open(struct ends *ends, unsigned wanted)
{
	for (ends->count = 0; ends->count < wanted; ends->count++) {
		int files[2];

		if (pipe2(files, O_CLOEXEC) != 0) {
			int number = errno;

			close_all(ends->ours, ends->count);
			close_all(ends->theirs, ends->count);
			errno = number;
			return false;
		}
		ends->ours[ends->count] = files[0];
		ends->theirs[ends->count] = files[1];
	}
	return true;
}

/*
 * A disk that does not answer must hold up the child, not us, who wait until it
 * has entered its folder and become its program. So it becomes a shell first.
 */
static void enter_later(struct job *job, struct arena *arena)
{
	static const char *const shell[] = {"/bin/sh", "-c",
	                                    "cd -- \"$0\" && exec \"$@\""};
	size_t count = 0;
	const char **words;

	while (job->words[count])
		count++;
	words = arena_take(arena, (count + 5) * sizeof *words);
	for (size_t i = 0; i < 3; i++)
		words[i] = shell[i];
	words[3] = job->folder;
	for (size_t i = 0; i < count; i++)
		words[4 + i] = job->words[i];
	job->folder = "/";
	job->words = words;
}

/* Descriptors that are wanting while none of ours is running stay so. */
static bool refuse(const struct run *run, const struct start *start, bool *later,
                   struct error *why)
{
	*later = start_can_wait(start->failure.number) &&
	         (run->running_count || start->failure.number != EMFILE);
	return start_explain(start, why);
}

bool child_start(struct run *run, size_t index, bool *later, struct error *why)
{
	struct child *child = run->free_children;
	struct job job = run->jobs[index];
	struct start start = {.job = &job, .session = true};
	struct ends ends;
	pid_t pid;

	if (mounts_lead_remote(&run->mounts, job.folder))
		enter_later(&job, &run->arena);
	if (!ends_open(&ends, run->options->one_pipe ? 1 : 2)) {
		start.failure.number = errno;
		return refuse(run, &start, later, why);
	}
	start.streams[0] = run->null;
	start.streams[1] = ends.theirs[0];
	start.streams[2] = ends.theirs[ends.count - 1];
	pid = start_child(&start);
	close_all(ends.theirs, ends.count);
	if (pid < 0) {
		close_all(ends.ours, ends.count);
		return refuse(run, &start, later, why);
	}
	run->free_children = child->next_free;
	run->running[run->running_count++] = child;
	*child = (struct child){.run = run,
	                        .index = index,
	                        .pid = pid,
	                        .began = uv_hrtime(),
	                        .pipe_count = ends.count};
	run->entries[index].out.limit = JOB_MEMORY / ends.count;
	run->entries[index].err.limit = JOB_MEMORY / ends.count;
	child_watch(child, ends.ours);
	uv_ref((uv_handle_t *)&run->signals[0]);
	return true;
}
