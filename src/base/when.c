#include "base/when.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"

int64_t when_now(void)
{
	const char *fixed = getenv("GIT_TEST_DATE_NOW");

	return fixed ? strtoll(fixed, NULL, 10) : (int64_t)time(NULL);
}

static void add_count(struct buf *out, uint64_t count, const char *unit)
{
	buf_addf(out, "%" PRIu64 " %s%s", count, unit, count == 1 ? "" : "s");
}

/* Years with months, which git counts as twelfths of 365 days. */
static void add_years(struct buf *out, uint64_t days)
{
	uint64_t months = (days * 12 * 2 + 365) / (365 * 2);

	add_count(out, months / 12, "year");
	if (months % 12) {
		buf_adds(out, ", ");
		add_count(out, months % 12, "month");
	}
}

static void add_days(struct buf *out, uint64_t days)
{
	if (days < 14)
		add_count(out, days, "day");
	else if (days < 70)
		add_count(out, (days + 3) / 7, "week");
	else if (days < 365)
		add_count(out, (days + 15) / 30, "month");
	else if (days < 5 * 365)
		add_years(out, days);
	else
		add_count(out, (days + 183) / 365, "year");
}

void when_relative(struct buf *out, int64_t time, int64_t now)
{
	uint64_t seconds = (uint64_t)now - (uint64_t)time;
	uint64_t minutes = (seconds + 30) / 60;
	uint64_t hours = (minutes + 30) / 60;

	if (now < time) {
		buf_adds(out, "in the future");
		return;
	}
	if (seconds < 90)
		add_count(out, seconds, "second");
	else if (minutes < 90)
		add_count(out, minutes, "minute");
	else if (hours < 36)
		add_count(out, hours, "hour");
	else
		add_days(out, (hours + 12) / 24);
	buf_adds(out, " ago");
}

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static const struct unit {
	const char *name;
	int64_t seconds;
} units[] = {
	{"min", MINUTE}, {"h", HOUR},     {"d", DAY},
	{"w", 7 * DAY},  {"m", 30 * DAY}, {"y", 365 * DAY},
};

bool when_parse_span(int64_t *seconds, const char *text)
{
	size_t digits = strspn(text, "0123456789");
	int64_t count;

	if (digits == 0 || digits > 9) /* would overflow */
		return false;
	count = strtoll(text, NULL, 10);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (strcmp(text + digits, units[i].name) == 0) {
			*seconds = count * units[i].seconds;
			return true;
		}
	}
	return false;
}

void when_duration(struct buf *out, double seconds)
{
	int64_t whole = (int64_t)(seconds + 0.5);

	if (seconds < MINUTE - 0.05) /* does not round to 60.0 */
		buf_addf(out, "%.1f s", seconds > 0 ? seconds : 0.0);
	else if (whole < HOUR)
		buf_addf(out, "%" PRId64 " min %" PRId64 " s", whole / MINUTE,
		         whole % MINUTE);
	else
		buf_addf(out, "%" PRId64 " h %" PRId64 " min", whole / HOUR,
		         whole % HOUR / MINUTE);
}
