/*
 * The registry's files: repos.csv, groups.csv and NAME.context.
 */
#ifndef STORE_REGISTRY_IO_H
#define STORE_REGISTRY_IO_H

#include "store/registry.h"

/* Fills a registry of which `arena` and `home` are set. Missing files are empty. */
bool registry_read_files(struct registry *registry, struct notes *notes,
                         struct error *err);

/* Writes what changed: repos, then groups, then the context, of which one file
 * remains. */
bool registry_write_files(struct registry *registry, struct error *err);

#endif
