/*
 * What every fuzz target shares.
 *
 * A target is one file, tests/fuzz/<layer>_<what>.c: a function that gets bytes as
 * they might come from outside, passes them to a parser, and aborts where something
 * is not so that must always be. Its seeds are the files in seeds/<layer>_<what>/:
 * typical input, and whatever was once read wrongly.
 *
 * clang's libFuzzer calls it with millions of inputs (the preset `fuzz`). With other
 * compilers it is linked with replay.c, which tries the seeds, cut and changed.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold, in every build. */
#define MUST(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, \
			        #condition); \
			abort(); \
		} \
	} while (0)

/* This byte (record separator) stands between texts where a target takes several. */
enum { FUZZ_SEPARATOR = 0x1e };

struct fuzz_input {
	const uint8_t *at, *end;
};

/* The next text, "" behind the last one; to be freed. It has memory of its own, so
 * that a sanitizer sees a read behind its NUL. */
static inline char *fuzz_text(struct fuzz_input *input, size_t *length)
{
	size_t left = (size_t)(input->end - input->at);
	const uint8_t *stop = left ? memchr(input->at, FUZZ_SEPARATOR, left) : NULL;
	char *text;

	*length = stop ? (size_t)(stop - input->at) : left;
	text = malloc(*length + 1);
	MUST(text);
	text[*length] = '\0';
	if (left) {
		memcpy(text, input->at, *length);
		input->at += *length + (stop != NULL);
	}
	return text;
}

/* The same as a string, without what follows a NUL in it. */
static inline char *fuzz_string(struct fuzz_input *input)
{
	size_t length;

	return fuzz_text(input, &length);
}

static inline void fuzz_remove_folder(void)
{
	scratch_teardown(NULL);
}

/* Makes a folder for the life of this process, in $TMPDIR; see scratch.h. */
static inline void fuzz_folder(void)
{
	const char *above = getenv("TMPDIR");

	if (*scratch.path)
		return;
	snprintf(scratch.path, sizeof scratch.path, "%s/gita-fuzz-XXXXXX",
	         above && strlen(above) < sizeof scratch.path / 2 ? above : "/tmp");
	MUST(mkdtemp(scratch.path));
	atexit(fuzz_remove_folder);
}

static inline void fuzz_write(const char *name, const void *bytes, size_t length)
{
	FILE *file = fopen(in_scratch(name), "w");

	MUST(file && fwrite(bytes, 1, length, file) == length && fclose(file) == 0);
}

/* Writes the next text to a file of that folder. */
static inline void fuzz_file(struct fuzz_input *input, const char *name)
{
	size_t length;
	char *text = fuzz_text(input, &length);

	fuzz_write(name, text, length);
	free(text);
}

#endif
