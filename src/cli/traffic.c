#include "cli/traffic.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/whereabouts.h"
#include "git/network.h"
#include "run/job.h"
#include "store/journal.h"

/* What took long the last time is started first, so that nobody waits for it at the
 * end. */
static void recall_times(struct traffic *traffic)
{
	struct invocation *invocation = traffic->invocation;
	const struct plan *plan = traffic->plan;
	struct journal journal;
	struct error err;

	if (!journal_load(&journal, &invocation->home, plan->title, invocation->arena,
	                  &err) ||
	    !journal.file)
		return;
	for (size_t i = 0; i < plan->count; i++) {
		const struct journal_entry *entry = journal_find(&journal,
		                                                 plan->items[i].name);

		if (entry && traffic->items[i].use != REMOTE_UNUSED)
			traffic->items[i].seconds = entry->seconds;
	}
}

void traffic_find(struct traffic *traffic, const struct whereabouts *places,
                  size_t at_once)
{
	struct arena *arena = traffic->invocation->arena;
	const struct plan *plan = traffic->plan;
	bool connects = false;

	traffic->items = arena_take(arena, plan->count * sizeof *traffic->items);
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_item *planned = &plan->items[i];
		struct traffic_item *item = &traffic->items[i];
		struct remote_look look;

		remote_look(&look, arena, planned->repo ? &places[i].probe : NULL,
		            &planned->words);
		item->use = look.use;
		item->own_ssh = look.own_ssh || places[i].silent;
		if (look.use == REMOTE_ONE)
			item->connection = connections_add(&traffic->connections,
			                                   &look.host, !item->own_ssh);
		connects |= look.use != REMOTE_UNUSED;
	}
	if (connects && plan->count > at_once)
		recall_times(traffic);
}

void traffic_prepare(struct traffic *traffic)
{
	connections_prepare(&traffic->connections);
	for (size_t i = 0; i < traffic->plan->count; i++) {
		struct traffic_item *item = &traffic->items[i];

		if (item->connection && item->connection->same)
			item->connection = item->connection->same;
	}
}

struct connection *traffic_shared(const struct traffic *traffic, size_t index)
{
	const struct traffic_item *item = &traffic->items[index];

	return item->connection && item->connection->shared && !item->own_ssh
	               ? item->connection
	               : NULL;
}

bool traffic_is_unreachable(const struct traffic *traffic, size_t index)
{
	const struct traffic_item *item = &traffic->items[index];

	return item->connection && item->connection->failure && !item->own_ssh;
}

/* The end of an output is where the reason stands. */
static enum network failure_of(const struct job_result *result, struct buf *tail)
{
	enum { MOST = 16 << 10 };

	if (result->outcome != OUTCOME_EXITED || result->exit == 0)
		return NETWORK_FINE;
	spool_tail(tail,
	           result->err && spool_length(result->err) > 0 ? result->err
	                                                        : result->out,
	           MOST);
	return network_failure(buf_text(tail), tail->length);
}

static bool is_by_host(struct traffic *traffic, struct connection *connection,
                       const struct job_result *result)
{
	BUF tail = {0};

	if (result->outcome == OUTCOME_NOT_STARTED)
		return connection->failure && !result->error;
	if (connection->repos < 2 || failure_of(result, &tail) != NETWORK_UNREACHABLE)
		return false;
	if (!connection->failure)
		connection->failure = arena_string(traffic->invocation->arena,
		                                   buf_text(&tail));
	return true;
}

bool traffic_failed(struct traffic *traffic, size_t index,
                    const struct job_result *result)
{
	struct traffic_item *item = &traffic->items[index];

	item->failed_by_host = item->connection && !item->own_ssh &&
	                       is_by_host(traffic, item->connection, result);
	return item->failed_by_host;
}

/* The host is judged here, when a job has ended, not when its result is printed: the
 * next job may be one of the same host. */
double traffic_retry(struct traffic *traffic, size_t index,
                     const struct job_result *result)
{
	BUF tail = {0};

	if (result->tries <= traffic->connections.retries &&
	    network_may_recover(failure_of(result, &tail)) &&
	    remote_may_repeat(traffic->invocation->arena,
	                      &traffic->plan->items[index].words))
		return network_delay(result->tries);
	traffic_failed(traffic, index, result);
	return -1;
}

/* Once for a host what its repos have in common. */
static void report_connection(const struct traffic *traffic,
                              const struct connection *connection)
{
	struct arena *arena = traffic->invocation->arena;
	struct strings lines = {0};
	size_t count = 0;

	for (size_t i = 0; i < traffic->plan->count; i++)
		count += traffic->items[i].connection == connection &&
		         traffic->items[i].failed_by_host;
	strings_split(arena, &lines, connection->failure, "\r\n");
	for (size_t i = 0; i < lines.count; i++)
		say_plain("%s: %s", connection->name,
		          text_escape(arena, lines.items[i]));
	say("cannot connect to host '%s': %zu %s failed", connection->name, count,
	    count == 1 ? "repo" : "repos");
}

void traffic_report(const struct traffic *traffic)
{
	const struct connections *connections = &traffic->connections;

	for (size_t i = 0; i < connections->count; i++)
		if (connections->items[i]->failure)
			report_connection(traffic, connections->items[i]);
}
