/* Finding entries in the sorted index. */
#include <string.h>

#include "scan_index.h"

/* As strcmp of the entry's path, from `skip` on, and the name. */
static int compare_name(const struct index_entry *entry, size_t skip, const char *name,
                        size_t length)
{
	const char *path = index_path(entry) + skip;
	int order = strncmp(path, name, length);

	return order ? order : path[length] != '\0';
}

size_t index_seek(const struct index_file *index, size_t from, size_t to, size_t skip,
                  const char *name, size_t length)
{
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (compare_name(index->entries[middle], skip, name, length) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

const struct index_entry *index_find(const struct index_file *index, const char *path)
{
	size_t at = index_seek(index, 0, index->count, 0, path, strlen(path));

	if (at == index->count || strcmp(index_path(index->entries[at]), path) != 0)
		return NULL;
	return index->entries[at];
}

size_t index_skip(const struct index_file *index, size_t at, size_t to, size_t length)
{
	const char *front = index_path(index->entries[at]);
	size_t step = 1;

	/* Strides that double, then halves: folders are small next to the index. */
	while (step < to - at &&
	       strncmp(index_path(index->entries[at + step]), front, length) == 0) {
		at += step;
		step *= 2;
	}
	if (step < to - at)
		to = at + step;
	at++;
	while (at < to) {
		size_t middle = at + (to - at) / 2;

		if (strncmp(index_path(index->entries[middle]), front, length) == 0)
			at = middle + 1;
		else
			to = middle;
	}
	return at;
}
