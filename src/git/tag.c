/* The tag on a detached HEAD: builtin/describe.c of git. */
#include <string.h>

#include "base/arena.h"
#include "reader.h"

bool read_tag(struct summary *out, struct reader *reader)
{
	git_describe_options options;
	git_describe_format_options format;
	git_describe_result *result = NULL;
	git_object *commit = NULL;
	git_buf text = {0};
	int error;

	git_describe_options_init(&options, GIT_DESCRIBE_OPTIONS_VERSION);
	git_describe_format_options_init(&format, GIT_DESCRIBE_FORMAT_OPTIONS_VERSION);
	options.describe_strategy = GIT_DESCRIBE_TAGS;
	options.max_candidates_tags = 0;
	if (!reader_open(reader))
		return false;
	error = git_object_lookup(&commit, reader->repository, &reader->head,
	                          GIT_OBJECT_COMMIT);
	if (error == 0)
		error = git_describe_commit(&result, commit, &options);
	if (error == 0 && git_describe_format(&text, result, &format) == 0)
		out->tag = arena_string(reader->arena, text.ptr);
	git_buf_dispose(&text);
	git_describe_result_free(result);
	git_object_free(commit);
	return true;
}
