/*
 * What a run has to do with the network: where each of its items would connect to, and
 * whether that has failed.
 *
 * Items that lead to one host share a connection (cli/connections.h). What the first of
 * several says of a host that cannot be reached is taken for all: those that have not
 * started are not tried, and the reason is reported once. An item for which the user
 * chose the ssh command is judged by itself alone.
 */
#ifndef CLI_TRAFFIC_H
#define CLI_TRAFFIC_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/connections.h"
#include "cli/plan.h"
#include "git/remote.h"

struct job_result;
struct whereabouts;

struct traffic_item {
	enum remote_use use;
	struct connection *connection; /* where it leads; NULL: to no host, or it is
	                                  not known which */
	bool own_ssh;                  /* the user chose the ssh command */
	bool failed_by_host;           /* its host could not be reached */
	double seconds;                /* that the last run took; 0: not known */
};

/* The owner sets the first two members, and of the connections what connections.h
 * says; all else is zeroed. */
struct traffic {
	struct invocation *invocation;
	const struct plan *plan;
	struct traffic_item *items; /* one for each of the plan's */
	struct connections connections;
};

/* Looks where each item leads; `places` has one for each. With more items than can
 * run at once it also recalls how long each took the last time. */
void traffic_find(struct traffic *traffic, const struct whereabouts *places,
                  size_t at_once);

/* Finds out which connections several items can share; from here on they are what the
 * functions below say. It may set the signal of the connections. */
void traffic_prepare(struct traffic *traffic);

/* The connection that the item shares with others; NULL: none. */
struct connection *traffic_shared(const struct traffic *traffic, size_t index);

/* Whether the item need not be tried, because its host could not be reached. */
bool traffic_is_unreachable(const struct traffic *traffic, size_t index);

/* Whether the item failed because its host cannot be reached, which then counts for
 * all that lead there. */
bool traffic_failed(struct traffic *traffic, size_t index,
                    const struct job_result *result);

/* Seconds until a job of the item is to be tried again; negative: it is not. */
double traffic_retry(struct traffic *traffic, size_t index,
                     const struct job_result *result);

/* Says of each host that could not be reached why, and how many repos that concerns. */
void traffic_report(const struct traffic *traffic);

#endif
