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

enum when_unit { SECONDS, MINUTES, HOURS, DAYS, WEEKS, MONTHS, YEARS };

static const struct when_row {
	const char *name;
	const char *brief;
} unit_rows[] = {
	[SECONDS] = {"second", "s"}, [MINUTES] = {"minute", "min"},
	[HOURS] = {"hour", "h"},     [DAYS] = {"day", "d"},
	[WEEKS] = {"week", "w"},     [MONTHS] = {"month", "mo"},
	[YEARS] = {"year", "y"},
};

struct when_age {
	uint64_t count;
	enum when_unit unit;
	uint64_t months; /* beside the years */
};

/* Years with months, which git counts as twelfths of 365 days. */
static struct when_age age_of_years(uint64_t days)
{
	uint64_t months = (days * 12 * 2 + 365) / (365 * 2);

	return (struct when_age){months / 12, YEARS, months % 12};
}

static struct when_age age_of_days(uint64_t days)
{
	if (days < 14)
		return (struct when_age){days, DAYS, 0};
	if (days < 70)
		return (struct when_age){(days + 3) / 7, WEEKS, 0};
	if (days < 365)
		return (struct when_age){(days + 15) / 30, MONTHS, 0};
	if (days < 5 * 365)
		return age_of_years(days);
	return (struct when_age){(days + 183) / 365, YEARS, 0};
}

static struct when_age age_of(uint64_t seconds)
{
	uint64_t minutes = (seconds + 30) / 60;
	uint64_t hours = (minutes + 30) / 60;

	if (seconds < 90)
		return (struct when_age){seconds, SECONDS, 0};
	if (minutes < 90)
		return (struct when_age){minutes, MINUTES, 0};
	if (hours < 36)
		return (struct when_age){hours, HOURS, 0};
	return age_of_days((hours + 12) / 24);
}

static void add_count(struct buf *out, uint64_t count, enum when_unit unit)
{
	buf_addf(out, "%" PRIu64 " %s%s", count, unit_rows[unit].name,
	         count == 1 ? "" : "s");
}

void when_relative(struct buf *out, int64_t time, int64_t now)
{
	struct when_age age = age_of((uint64_t)now - (uint64_t)time);

	if (now < time) {
		buf_adds(out, "in the future");
		return;
	}
	add_count(out, age.count, age.unit);
	if (age.months) {
		buf_adds(out, ", ");
		add_count(out, age.months, MONTHS);
	}
	buf_adds(out, " ago");
}

void when_brief(struct buf *out, int64_t time, int64_t now)
{
	struct when_age age = age_of((uint64_t)now - (uint64_t)time);

	if (now < time)
		buf_adds(out, "future");
	else
		buf_addf(out, "%" PRIu64 " %s", age.count, unit_rows[age.unit].brief);
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
