#include "cli/output_group.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "run/job.h"

/* One output, and whose it is. */
struct output_class {
	const char *reason; /* of a failure, else NULL */
	struct spool *out, *err;
	size_t first; /* the first of its items in the order of the run */
	size_t count;
};

/* The state of an output. */
struct output_groups {
	struct output_class **items;
	size_t count, room;
	struct output_class **by_item; /* NULL: nothing to be printed */
	struct spools *kept;
};

static bool begin_groups(struct output *output)
{
	struct output_groups *groups = arena_take(output->arena, sizeof *groups);

	groups->by_item = arena_take(output->arena,
	                             output->total * sizeof(struct output_class *));
	groups->kept = spools_open();
	output->state = groups;
	return output_line_begin(output);
}

static bool is_same_text(struct spool *one, struct spool *other)
{
	size_t left = one ? spool_length(one) : 0;
	size_t right = other ? spool_length(other) : 0;

	return left == right && (left == 0 || spool_equal(one, other));
}

static bool belongs(const struct output_class *class,
                    const struct output_result *result)
{
	if (result->ok ? class->reason != NULL
	               : !class->reason || strcmp(class->reason, result->reason) != 0)
		return false;
	return is_same_text(class->out, result->job->out) &&
	       is_same_text(class->err, result->job->err);
}

static struct output_class *class_of(struct output *output,
                                     const struct output_result *result)
{
	struct output_groups *groups = output->state;
	struct output_class *class;

	for (size_t i = 0; i < groups->count; i++)
		if (belongs(groups->items[i], result))
			return groups->items[i];
	class = arena_take(output->arena, sizeof *class);
	*class = (struct output_class){
		.reason = result->ok ? NULL : result->reason,
		.out = output_keep(output, groups->kept, result, result->job->out),
		.err = output_keep(output, groups->kept, result, result->job->err),
		.first = result->index,
	};
	*ARENA_PUSH(output->arena, groups) = class;
	return class;
}

static void take_output(struct output *output, const struct output_result *result)
{
	struct output_groups *groups = output->state;
	struct output_class *class;

	if (output->quiet && result->ok)
		return;
	if (result->skipped)
		output_say_skipped(result);
	if (result->job->outcome == OUTCOME_NOT_RUN)
		return;
	class = class_of(output, result);
	class->count++;
	if (result->index < class->first)
		class->first = result->index;
	groups->by_item[result->index] = class;
}

/* The larger first; single ones, and those of one size, in the order of the run. */
static int by_size(const void *one, const void *other)
{
	const struct output_class *left = *(struct output_class *const *)one;
	const struct output_class *right = *(struct output_class *const *)other;

	if (left->count != right->count)
		return left->count < right->count ? 1 : -1;
	return left->first < right->first ? -1 : 1;
}

/* `api docs web`, as many names as `width` columns (0: any) have room for, and what
 * ends them. */
static const char *names(const struct output *output, const struct output_class *class,
                         size_t width, const char *end)
{
	const struct output_groups *groups = output->state;
	size_t shown = 0;
	BUF text = {0};

	for (size_t i = class->first; i < output->total; i++) {
		const char *name = text_escape(output->arena, output->names[i]);
		const char *more = arena_format(output->arena, " and %zu more",
		                                class->count - shown);

		if (groups->by_item[i] != class)
			continue;
		if (width && shown > 0 &&
		    text_width(buf_text(&text)) + text_width(name) + strlen(more) +
		                    strlen(end) + 1 >
		            width) {
			buf_adds(&text, more);
			break;
		}
		buf_addf(&text, "%s%s", shown++ ? " " : "", name);
	}
	buf_adds(&text, end);
	return arena_string(output->arena, buf_text(&text));
}

/* `api docs web (exit 1):` */
static const char *heading(const struct output *output,
                           const struct output_class *class)
{
	const char *end = class->reason
	                          ? arena_format(output->arena, " (%s):", class->reason)
	                          : ":";

	return names(output, class, term_width(STDOUT_FILENO), end);
}

static void print_class(const struct output *output, const struct output_class *class)
{
	const char *prefix = output->names[class->first];

	if (class->count > 1) {
		const char *line = arena_format(output->arena, "%s\n",
		                                heading(output, class));

		prefix = arena_format(output->arena, "%zu repos", class->count);
		if (class->err && !class->out)
			out_error_bytes(line, strlen(line));
		else
			out_text(line);
	}
	output_block(output, prefix, class->out, class->err);
	if (!class->out && !class->err)
		out_format("%s: (%s)\n", text_escape(output->arena, prefix),
		           class->reason ? class->reason : "no output");
}

static void end_classes(struct output *output,
                        void (*print)(const struct output *output,
                                      const struct output_class *class))
{
	struct output_groups *groups = output->state;

	progress_end();
	if (groups->count > 0)
		qsort(groups->items, groups->count, sizeof(struct output_class *),
		      by_size);
	for (size_t i = 0; i < groups->count && !out_closed(); i++)
		print(output, groups->items[i]);
	spools_close(groups->kept);
}

static void end_groups(struct output *output)
{
	end_classes(output, print_class);
}

const struct output_mode output_group = {
	.captures = true,
	.orders = true,
	.begin = begin_groups,
	.progress = output_line_show,
	.suspend = output_line_clear,
	.result = take_output,
	.end = end_groups,
};

static bool is_silent(const struct job_result *job)
{
	return (!job->out || spool_length(job->out) == 0) &&
	       (!job->err || spool_length(job->err) == 0);
}

static void take_remark(struct output *output, const struct output_result *result)
{
	if (!result->ok || result->skipped)
		output_blocks.result(output, result);
	else if (!is_silent(result->job))
		take_output(output, result);
}

/* The names take half of the line, so that it shows what they have in common. */
static void print_remark(const struct output *output, const struct output_class *class)
{
	output_block(output, names(output, class, term_width(STDERR_FILENO) / 2, ""),
	             class->out, class->err);
}

static void end_remarks(struct output *output)
{
	end_classes(output, print_remark);
}

const struct output_mode output_remarks = {
	.begin = begin_groups,
	.progress = output_line_show,
	.suspend = output_line_clear,
	.result = take_remark,
	.end = end_remarks,
};
