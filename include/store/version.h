/*
 * The version of libyaml that is in use, as "libyaml 1.2.3".
 */
#ifndef STORE_VERSION_H
#define STORE_VERSION_H

const char *store_library_version(void);

#endif
