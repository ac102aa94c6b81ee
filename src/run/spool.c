#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"

enum { BLOCK = 64 << 10, HELD_LIMIT = 64 << 20, COPY_LIMIT = 1 << 20 };

const char *spill_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return folder && *folder ? folder : "/tmp";
}

void spill_open(struct spill *spill)
{
	*spill = (struct spill){.file = -1};
}

void spill_close(struct spill *spill)
{
	if (spill->file >= 0)
		close(spill->file);
	buf_drop(&spill->free);
}

static void spill_make_file(struct spill *spill)
{
	BUF path = {0};

	buf_addf(&path, "%s/gita-XXXXXX", spill_folder());
	spill->file = mkstemp(path.data);
	if (spill->file < 0)
		spill->refused = errno;
	else
		unlink(path.data);
	if (spill->file >= 0)
		fcntl(spill->file, F_SETFD, FD_CLOEXEC);
}

static size_t number_at(const struct buf *numbers, size_t index)
{
	size_t number;

	memcpy(&number, numbers->data + index * sizeof number, sizeof number);
	return number;
}

static size_t block_take(struct spill *spill)
{
	size_t number = spill->blocks;

	if (spill->free.length) {
		spill->free.length -= sizeof number;
		number = number_at(&spill->free, spill->free.length / sizeof number);
	} else {
		spill->blocks++;
	}
	spill->used++;
	return number;
}

/* When the last block comes back the disk gets its space back as well. */
static void blocks_give_back(struct spill *spill, struct buf *numbers)
{
	if (!numbers->length)
		return;
	spill->used -= numbers->length / sizeof(size_t);
	buf_add(&spill->free, numbers->data, numbers->length);
	if (spill->used == 0 && ftruncate(spill->file, 0) == 0) {
		spill->blocks = 0;
		buf_clear(&spill->free);
	}
}

/* As much of `length` as the last block has room for; 0 with errno on failure. */
static size_t tail_write(struct spool *spool, const char *bytes, size_t length)
{
	size_t inside = spool->tail % BLOCK;
	size_t room = BLOCK - inside;
	size_t count = spool->blocks.length / sizeof(size_t);
	size_t number;
	ssize_t written;

	if (count * BLOCK == spool->tail) {
		number = block_take(spool->spill);
		buf_add(&spool->blocks, &number, sizeof number);
		count++;
	}
	number = number_at(&spool->blocks, count - 1);
	do
		written = pwrite(spool->spill->file, bytes,
		                 length < room ? length : room,
		                 (off_t)number * BLOCK + (off_t)inside);
	while (written < 0 && errno == EINTR);
	if (written == 0)
		errno = ENOSPC;
	return written > 0 ? (size_t)written : 0;
}

static void tail_add(struct spool *spool, const char *bytes, size_t length)
{
	struct spill *spill = spool->spill;

	if (spill->file < 0 && !spill->refused)
		spill_make_file(spill);
	if (spill->file < 0)
		spool->lost = spill->refused;
	while (length && !spool->lost) {
		size_t written = tail_write(spool, bytes, length);

		if (!written)
			spool->lost = errno;
		spool->tail += written;
		bytes += written;
		length -= written;
	}
}

void spool_add(struct spool *spool, const char *bytes, size_t length)
{
	struct spill *spill = spool->spill;
	size_t kept = 0;

	if (spool->lost)
		return; /* a hole in the middle would be worse than a cut end */
	if (!spool->tail) {
		size_t room = spool->limit - spool->head.length;
		size_t left = HELD_LIMIT - spill->held;

		kept = length < room ? length : room;
		if (kept > left)
			kept = left;
	}
	if (kept) {
		buf_add(&spool->head, bytes, kept);
		spill->held += kept;
	}
	if (kept < length)
		tail_add(spool, bytes + kept, length - kept);
}

void spool_drop(struct spool *spool)
{
	if (!spool->spill)
		return;
	spool->spill->held -= spool->head.length;
	blocks_give_back(spool->spill, &spool->blocks);
	buf_drop(&spool->head);
	buf_drop(&spool->blocks);
	spool->tail = 0;
	spool->lost = 0;
}

size_t spool_length(const struct spool *spool)
{
	return spool->head.length + spool->tail;
}

/* What is held together from the byte `at` on, which there is: in memory, or read into
 * `chunk`. NULL: it cannot be read. */
static const char *piece_at(size_t *length, const struct spool *spool, size_t at,
                            char chunk[BLOCK])
{
	size_t inside;
	off_t start;

	if (at < spool->head.length) {
		*length = spool->head.length - at;
		return spool->head.data + at;
	}
	at -= spool->head.length;
	inside = at % BLOCK;
	*length = BLOCK - inside;
	if (*length > spool->tail - at)
		*length = spool->tail - at;
	start = (off_t)number_at(&spool->blocks, at / BLOCK) * BLOCK + (off_t)inside;
	return pread(spool->spill->file, chunk, *length, start) == (ssize_t)*length
	               ? chunk
	               : NULL;
}

static bool each_from(struct spool *spool, size_t at,
                      bool (*take)(void *context, const char *bytes, size_t length),
                      void *context)
{
	char chunk[BLOCK];
	size_t length;

	for (; at < spool_length(spool); at += length) {
		const char *bytes = piece_at(&length, spool, at, chunk);

		if (!bytes || !take(context, bytes, length))
			return false;
	}
	return true;
}

bool spool_each(struct spool *spool,
                bool (*take)(void *context, const char *bytes, size_t length),
                void *context)
{
	return each_from(spool, 0, take, context);
}

static bool add_piece(void *context, const char *bytes, size_t length)
{
	buf_add(context, bytes, length);
	return true;
}

bool spool_text(const char **out, size_t *length, struct arena *arena,
                struct spool *spool)
{
	BUF text = {0};
	bool whole = spool_each(spool, add_piece, &text);

	if (!whole)
		buf_clear(&text);
	if (length)
		*length = text.length;
	*out = arena_bytes(arena, buf_text(&text), text.length);
	return whole;
}

void spool_tail(struct buf *out, struct spool *spool, size_t most)
{
	size_t length = spool_length(spool);

	each_from(spool, length > most ? length - most : 0, add_piece, out);
}

bool spool_equal(struct spool *one, struct spool *other)
{
	char one_chunk[BLOCK], other_chunk[BLOCK];
	size_t length = spool_length(one), step;

	if (length != spool_length(other))
		return false;
	for (size_t at = 0; at < length; at += step) {
		size_t more;
		const char *left = piece_at(&step, one, at, one_chunk);
		const char *right = piece_at(&more, other, at, other_chunk);

		step = more < step ? more : step;
		if (!left || !right || memcmp(left, right, step) != 0)
			return false;
	}
	return true;
}

struct spools {
	struct arena arena;
	struct spill spill;
	struct spool **items;
	size_t count, room;
};

struct spools *spools_open(void)
{
	struct spools *spools = memory_resize(NULL, sizeof *spools);

	*spools = (struct spools){.count = 0};
	spill_open(&spools->spill);
	return spools;
}

static bool copy_piece(void *context, const char *bytes, size_t length)
{
	spool_add(context, bytes, length);
	return true;
}

bool spools_copy(struct spool **out, struct spools *spools, struct spool *from)
{
	struct spool *copy = arena_take(&spools->arena, sizeof *copy);

	copy->spill = &spools->spill;
	copy->limit = COPY_LIMIT;
	*ARENA_PUSH(&spools->arena, spools) = *out = copy;
	return spool_each(from, copy_piece, copy) && !copy->lost;
}

void spools_close(struct spools *spools)
{
	for (size_t i = 0; i < spools->count; i++)
		spool_drop(spools->items[i]);
	spill_close(&spools->spill);
	arena_drop(&spools->arena);
	free(spools);
}
