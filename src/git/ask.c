/* The questions to git. */
#include "git/ask.h"

#include "base/arena.h"

enum { MOST_WORDS = 8 };

/*
 * In front of every question. What a repository's configuration could make
 * git run or fetch is switched off behind the user's flags, so that it stays off.
 */
static const char *const safely[] = {
	"--no-optional-locks",      "-c", "core.fsmonitor=false", "-c",
	"core.hooksPath=/dev/null", "-c", "protocol.allow=never"};

static const struct {
	unsigned wants; /* asked if one of these is wanted; 0: always */
	const char *words[MOST_WORDS];
} questions[ASK_COUNT] = {
	[ASK_PLACE] = {0,
                       {"rev-parse", "--is-bare-repository", "--is-inside-git-dir",
                        "--show-prefix", "--absolute-git-dir"}},
	[ASK_HEAD] = {0, {"symbolic-ref", "-q", "HEAD"}},
	[ASK_COMMIT] = {0,
                        {"log", "--no-walk", "--no-show-signature", "--no-color",
                         "--encoding=UTF-8", "--format=%H%x00%ct%x00%an%x00%s%x00"}},
	[ASK_STATUS] = {WANT_FILES | WANT_SYNC | WANT_STASH,
                        {"status", "--porcelain=v2", "-z", "--branch", "--show-stash",
                         "--no-ahead-behind"}},
	[ASK_COUNTS] = {WANT_SYNC,
                        {"rev-list", "--left-right", "--count", "HEAD...@{upstream}",
                         "--"}},
	[ASK_TAG] = {WANT_TAG, {"describe", "--tags", "--exact-match", "HEAD"}},
	[ASK_CONFIG] = {WANT_REMOTE | WANT_SYNC,
                        {"config", "--list", "-z", "--includes"}},
};

/* Without files nobody needs the work tree looked at. */
static const char *const without_files[] = {"--untracked-files=no",
                                            "--ignore-submodules=all"};

bool ask_words(struct strings *out, struct arena *arena, enum question question,
               unsigned wants, const struct strings *flags)
{
	const char *const *words = questions[question].words;

	if (questions[question].wants && !(questions[question].wants & wants))
		return false;
	for (size_t i = 0; i < flags->count; i++)
		strings_add(arena, out, flags->items[i]);
	for (size_t i = 0; i < sizeof safely / sizeof *safely; i++)
		strings_add(arena, out, safely[i]);
	for (size_t i = 0; i < MOST_WORDS && words[i]; i++)
		strings_add(arena, out, words[i]);
	if (question == ASK_STATUS && !(wants & WANT_FILES)) {
		strings_add(arena, out, without_files[0]);
		strings_add(arena, out, without_files[1]);
	}
	return true;
}
