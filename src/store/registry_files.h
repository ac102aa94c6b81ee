/*
 * The files behind the registry, one .c each, and the rows that two of them
 * are made of.
 */
#ifndef STORE_REGISTRY_FILES_H
#define STORE_REGISTRY_FILES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "store/registry.h"

/* The rows of a file, each with the bytes that it is made of, up to the next
 * row and always with a line's end. */
struct rows {
	struct csv csv;
	const char **bytes;
};

/*
 * A missing file has no rows. A row with fewer than `least` fields, or with an
 * empty one among the first `filled`, is an error, as is a file that does not
 * parse; it names file and line. Each field of a row up to `columns` is there,
 * "" if need be.
 */
struct rows_form {
	const char *file;
	char delimiter;
	size_t least, filled, columns;
};
bool rows_read(struct rows *out, const struct registry *registry,
               const struct rows_form *form, struct error *err);

/* A row for csv_add_row: the usual fields, then the further ones. */
struct strings rows_fields(struct arena *arena, const char *const *fields, size_t count,
                           const struct strings *rest);

/* The fields behind the first `count`. */
struct strings rows_rest(const struct strings *fields, size_t count);

bool repos_read(struct registry *registry, struct notes *notes, struct error *err);
bool repos_write(const struct registry *registry, struct error *err);

/* The place in `by_name` of the first repo whose name is not below `name`. */
size_t repos_place(const struct registry *registry, const char *name);

/* After repos_read: members are told apart by the names of the repos. */
bool groups_read(struct registry *registry, struct error *err);
bool groups_write(const struct registry *registry, struct error *err);

bool context_read(struct registry *registry, struct notes *notes, struct error *err);

/* Makes the context's file the only one. */
bool context_write(struct registry *registry, struct error *err);

#endif
