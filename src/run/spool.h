/*
 * Where the output of children is kept until it is handed over.
 *
 * The head of a spool is in memory, as far as its own limit and that of all
 * spools of a run allow; the rest is in blocks of one unlinked temporary
 * file that all spools of a run share, so that spilling costs one descriptor
 * however many jobs do it. Blocks are given back with spool_drop and used
 * again. A full disk loses the end of a spool, never its head.
 */
#ifndef RUN_SPOOL_H
#define RUN_SPOOL_H

#include "base/buf.h"
#include "run/job.h"

/* What the spools of one run share; spill_open and spill_close frame its use. */
struct spill {
	size_t held;   /* bytes in memory, of all spools */
	int file;      /* -1 until the first byte has to go there */
	int refused;   /* errno of making the file, which is tried once */
	size_t blocks; /* in the file, used or free */
	size_t used;
	struct buf free; /* size_t numbers of free blocks */
};

struct spool {
	struct spill *spill;
	size_t limit; /* bytes that may be in memory */
	struct buf head;
	struct buf blocks; /* size_t numbers of the blocks after the head */
	size_t tail;       /* bytes in the blocks */
	int lost;          /* errno by which the end was lost, 0: all is there */
};

/* Where the temporary file is: $TMPDIR, or else /tmp. */
const char *spill_folder(void);

void spill_open(struct spill *spill);
void spill_close(struct spill *spill);

void spool_add(struct spool *spool, const char *bytes, size_t length);

/* Gives memory and blocks back; the spool is empty and may be dropped again. */
void spool_drop(struct spool *spool);

#endif
