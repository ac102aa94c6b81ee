/*
 * The version of libuv that is in use, as "libuv 1.2.3".
 */
#ifndef RUN_VERSION_H
#define RUN_VERSION_H

const char *run_library_version(void);

#endif
