/*
 * One reading of many repos, on its two ways: libgit2 on threads (survey.c),
 * and git in children (survey_ask.c).
 *
 * A thread that is left behind at a dead disk may come back at any time: what
 * it has found is thrown away once its stage is closed. A struct survey lives
 * as long as the process, a stage too once a thread was left in it.
 */
#ifndef CLI_SURVEY_ASK_H
#define CLI_SURVEY_ASK_H

#include <pthread.h>

#include "cli/survey.h"

struct survey {
	struct invocation *invocation;
	struct repo *const *repos;
	size_t count;
	unsigned wants;
	double limit;         /* seconds a repo may take */
	bool *ask;            /* by repo: git is to be asked */
	struct summary **out; /* by repo */
	pthread_mutex_t lock; /* around all that threads write here */
};

/* Work on threads; the first member of what is handed to them. */
struct survey_stage {
	struct survey *survey;
	bool closed;
};

/* Opens what a thread may write, if its work still counts: whether it does. */
bool survey_enter(struct survey_stage *stage);
void survey_leave(struct survey_stage *stage);

/* pool_run with the survey's limit; `work` writes nothing but what it enters. */
void survey_pool(struct survey_stage *stage, size_t count,
                 void (*work)(void *context, size_t index, const struct spread *spread),
                 bool *late);

/* Gives the repo its summary, copied into the invocation's arena. */
void survey_put(struct survey *survey, size_t index, const struct summary *summary);

/* The same for a repo that has no answer; `state` is broken or timeout. */
void survey_fail(struct survey *survey, size_t index, enum state state,
                 const char *error);
void survey_fail_late(struct survey *survey, size_t index);

/* Asks git for the repos marked in `ask`; an exit status, its reason said. */
int survey_ask(struct survey *survey);

#endif
