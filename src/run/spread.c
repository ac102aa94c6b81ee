#include "crew.h"

static struct share *find_share(struct crew *crew)
{
	struct share *share = crew->shares;

	while (share && (share->dead || share->taken == share->count))
		share = share->next;
	return share;
}

/* Does the next of the share, with the lock dropped meanwhile. A dead share's
 * owner never returns, so that what it points to stays. */
static void share_work(struct crew *crew, struct share *share)
{
	size_t index = share->taken++;

	uv_mutex_unlock(&crew->lock);
	share->work(share->context, index);
	uv_mutex_lock(&crew->lock);
	share->done++;
	if (share->done == share->count)
		uv_cond_broadcast(&crew->news);
}

bool crew_help(struct worker *worker)
{
	struct crew *crew = worker->crew;
	struct share *share = find_share(crew);

	if (!share)
		return false;
	worker->busy = worker->helps = worker->shares = true;
	worker->since = uv_hrtime();
	share_work(crew, share);
	worker->busy = worker->helps = worker->shares = false;
	return true;
}

static void publish(struct crew *crew, struct share *share)
{
	share->next = crew->shares;
	crew->shares = share;
	uv_cond_broadcast(&crew->news);
}

static void withdraw(struct crew *crew, struct share *share)
{
	struct share **at = &crew->shares;

	while (*at != share)
		at = &(*at)->next;
	*at = share->next;
}

/* The rest of its piece would work with answers that never came: a thread that
 * was given up while it waited for them waits for ever. */
static void wait_for_helpers(struct crew *crew, const struct share *share)
{
	while (share->dead || share->done < share->count)
		uv_cond_wait(&crew->news, &crew->lock);
}

void spread_run(const struct spread *spread, size_t count,
                void (*work)(void *context, size_t index), void *context)
{
	struct crew *crew = spread->owner;
	struct worker *self = worker_self();
	struct share share = {.work = work, .context = context, .count = count};

	if (crew->threads == 1 || count < 2 || !self || self->shares) {
		for (size_t i = 0; i < count; i++)
			work(context, i);
		return;
	}
	uv_mutex_lock(&crew->lock);
	self->shares = true;
	self->share = &share;
	share.dead = self->lost;
	crew_hire(crew, crew->threads);
	publish(crew, &share);
	while (!share.dead && share.taken < share.count)
		share_work(crew, &share);
	wait_for_helpers(crew, &share);
	withdraw(crew, &share);
	self->share = NULL;
	self->shares = false;
	uv_mutex_unlock(&crew->lock);
}
