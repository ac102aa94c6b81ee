/*
 * git's answers as texts of a fuzz target's input. One that starts with `!` has failed,
 * with the rest on standard error; one that starts with `-` was not asked.
 */
#ifndef TESTS_ANSWER_H
#define TESTS_ANSWER_H

#include "fuzz.h"
#include "git/ask.h"

/* Made of the next text, to be freed. */
static inline struct answer fuzz_answer(struct fuzz_input *input, char **text)
{
	size_t length;

	*text = fuzz_text(input, &length);
	switch (**text) {
	case '!':
		return (struct answer){
			.asked = true, .exit = 128, .out = "", .err = *text + 1};
	case '-':
		return (struct answer){.exit = -1, .out = "", .err = ""};
	default:
		return (struct answer){
			.asked = true, .out = *text, .length = length, .err = ""};
	}
}

/* The answers to that many questions. */
static inline void fuzz_answers(struct answer *out, char **texts, size_t count,
                                struct fuzz_input *input)
{
	for (size_t i = 0; i < count; i++)
		out[i] = fuzz_answer(input, &texts[i]);
}

static inline void fuzz_free(char **texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(texts[i]);
}

#endif
