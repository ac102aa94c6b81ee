#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

enum { BLOCK = 64 << 10, HELD_LIMIT = 64 << 20 };

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
	const char *folder = getenv("TMPDIR");
	BUF path = {0};

	buf_addf(&path, "%s/gita-XXXXXX", folder && *folder ? folder : "/tmp");
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

bool spool_each(struct spool *spool,
                bool (*take)(void *context, const char *bytes, size_t length),
                void *context)
{
	char chunk[BLOCK];
	size_t left = spool->tail;

	if (spool->head.length && !take(context, spool->head.data, spool->head.length))
		return false;
	for (size_t i = 0; left; i++) {
		size_t wanted = left < BLOCK ? left : BLOCK;
		off_t start = (off_t)number_at(&spool->blocks, i) * BLOCK;
		ssize_t got = pread(spool->spill->file, chunk, wanted, start);

		if (got != (ssize_t)wanted || !take(context, chunk, wanted))
			return false;
		left -= wanted;
	}
	return true;
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
