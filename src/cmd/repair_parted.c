/* Worktrees and repositories that `repair` has found, and that do not find each other.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/out.h"
#include "cli/query.h"
#include "repair.h"

/* Whether git has to be told where the two are now. */
static bool is_parted(const struct candidate *worktree)
{
	const struct worktree_link *link = &worktree->link;

	return link->common && (worktree->cut_off || !link->recorded ||
	                        strcmp(link->recorded, worktree->repo.path) != 0);
}

static struct parted *parted_of(struct repair *repair, const char *common)
{
	struct parted *parted;

	for (size_t i = 0; i < repair->parted.count; i++) {
		parted = &repair->parted.items[i];
		if (strcmp(parted->common, common) == 0)
			return parted;
	}
	parted = ARENA_PUSH(repair->invocation->arena, &repair->parted);
	parted->common = common;
	return parted;
}

void repair_find_parted(struct repair *repair)
{
	struct arena *arena = repair->invocation->arena;

	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct candidate *found = repair->lost.items[i].found;

		if (found && is_parted(found))
			strings_add(
				arena,
				&parted_of(repair,
			                   repair_real_path(repair, found->link.common))
					 ->paths,
				found->repo.path);
	}
	for (size_t i = 0; i < repair->parted.count; i++) {
		struct parted *parted = &repair->parted.items[i];
		struct strings words = {0};
		BUF line = {0};

		strings_add(arena, &words, "git");
		worktree_link_words(&words, arena, parted->common, &parted->paths);
		words_join(&line, &words);
		parted->command = arena_bytes(arena, buf_text(&line), line.length);
		parted->obstacle = worktree_link_obstacle(repair->invocation,
		                                          parted->common);
		repair->still_parted |= parted->obstacle != NULL;
	}
}

/* Seconds that git may take to write a few small files. */
enum { JOIN_LIMIT = 60 };

void repair_join_parted(struct repair *repair)
{
	static const struct repo anywhere = {.name = "", .path = "/"};
	struct arena *arena = repair->invocation->arena;
	size_t count = 0;
	struct query *queries = arena_take(arena,
	                                   repair->parted.count * sizeof *queries);
	const struct parted **asked = arena_take(arena,
	                                         repair->parted.count * sizeof *asked);

	for (size_t i = 0; i < repair->parted.count; i++) {
		const struct parted *parted = &repair->parted.items[i];

		if (parted->obstacle)
			continue;
		asked[count] = parted;
		/* The environment of what may write. */
		queries[count] = (struct query){.repo = &anywhere, .network = true};
		worktree_link_words(&queries[count++].words, arena, parted->common,
		                    &parted->paths);
	}
	if (query_run(queries, count, JOIN_LIMIT, arena) != STATUS_OK)
		repair->still_parted = true;
	for (size_t i = 0; i < count; i++) {
		struct answer answer;

		if (queries[i].exit == 0)
			continue;
		answer = query_answer(&queries[i]);
		say_failed("repair: '%s': %s", asked[i]->command,
		           queries[i].late ? query_reason(&queries[i], arena)
		                           : ask_reason(&answer, arena));
		repair->still_parted = true;
	}
}
