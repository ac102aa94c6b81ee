/*
 * libuv's loop that run/loop.h wraps, for the files that put handles on it.
 */
#ifndef RUN_LOOP_UV_H
#define RUN_LOOP_UV_H

#include <uv.h>

struct loop;

uv_loop_t *loop_uv(struct loop *loop);

#endif
