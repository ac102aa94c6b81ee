#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "scan_parts.h"

static const uint8_t empty_blob[20] = {0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6,
                                       0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a,
                                       0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91};

static bool same_number(const uint8_t stored[4], uint64_t value)
{
	return index_number(stored) == (uint32_t)value;
}

static bool same_kind(const struct scan_config *config, uint32_t mode, mode_t found)
{
	if ((mode & KIND_MASK) == KIND_LINK)
		return S_ISLNK(found) || (!config->symlinks && S_ISREG(found));
	return S_ISREG(found) && (!config->file_mode || !((mode ^ found) & 0100));
}

/* The times to the second, as git is built where nobody asked for more. */
static bool same_times(const struct scan_config *config,
                       const struct index_entry *entry, const struct stat *st)
{
	return same_number(entry->mtime, (uint64_t)st->st_mtime) &&
	       (!config->trust_ctime || !config->check_all ||
	        same_number(entry->ctime, (uint64_t)st->st_ctime));
}

static bool same_file(const struct scan_config *config, const struct index_entry *entry,
                      const struct stat *st)
{
	return !config->check_all || (same_number(entry->uid, st->st_uid) &&
	                              same_number(entry->gid, st->st_gid) &&
	                              same_number(entry->ino, st->st_ino));
}

/*
 * As ie_match_stat() and ie_modified() of git's read-cache.c: another kind,
 * mode or size settles it; an entry that was never compared has the size 0; one
 * that is not older than the index may have changed behind its back.
 */
enum likeness scan_compare(const struct scan_config *config, int64_t written,
                           const struct index_entry *entry, const struct stat *st)
{
	uint32_t size = index_number(entry->size);

	if (!same_kind(config, index_number(entry->mode), st->st_mode))
		return UNLIKE;
	if (size && !same_number(entry->size, (uint64_t)st->st_size))
		return UNLIKE;
	if (!size &&
	    (st->st_size || memcmp(entry->id, empty_blob, sizeof empty_blob) != 0))
		return READ_IT;
	if (!same_times(config, entry, st) || !same_file(config, entry, st))
		return READ_IT;
	return written && written <= (int64_t)index_number(entry->mtime) ? READ_IT
	                                                                 : ALIKE;
}

/* Submodules are judged elsewhere. */
static bool is_elsewhere(const struct index_entry *entry)
{
	return index_is_exempt(entry) || index_is_repo(entry);
}

void scan_gone(struct scan *scan, const struct index_entry *entry)
{
	if (!is_elsewhere(entry))
		scan_raise(&scan->unstaged);
}

bool scan_entry(struct walk *walk, struct folder *folder, int descriptor,
                const struct index_entry *entry, const char *name, bool *sure)
{
	struct scan *scan = walk->scan;
	struct stat st;

	if (is_elsewhere(entry) || scan_flag(&scan->unstaged)) {
		*sure = false;
		return false;
	}
	if (fstatat(descriptor, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		scan_raise(errno == ENOENT ? &scan->unstaged : &scan->doubt);
		return false;
	}
	if (index_more_flags(entry) & ENTRY_INTENT_TO_ADD) {
		scan_raise(&scan->unstaged);
		return !S_ISDIR(st.st_mode);
	}
	switch (scan_compare(&scan->config, scan->index.written, entry, &st)) {
	case ALIKE:
		break;
	case UNLIKE:
		scan_raise(&scan->unstaged);
		break;
	case READ_IT:
		if (!scan_same_content(walk, folder, descriptor, entry, name, &st))
			scan_raise(&scan->unstaged);
	}
	return !S_ISDIR(st.st_mode);
}
