/*
 * Times as git prints them, and spans of time as people type them.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

struct buf;

/* Now, in seconds since the epoch; in tests the value of GIT_TEST_DATE_NOW, as in
 * git. */
int64_t when_now(void);

/* "3 hours ago", rounded as show_date_relative() of git's date.c does. */
void when_relative(struct buf *out, int64_t time, int64_t now);

/* The same as "3 h": s, min, h, d, w, mo, y; years without the months. */
void when_brief(struct buf *out, int64_t time, int64_t now);

/* `30d`, `12h`, `2w`, `6m` (months of 30 days), `1y` (365 days), `45min`, in
 * seconds; false for anything else. */
bool when_parse_span(int64_t *seconds, const char *text);

/* "6.2 s", "3 min 5 s", "2 h 7 min": how long something took. */
void when_duration(struct buf *out, double seconds);

#endif
