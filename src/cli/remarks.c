#include "cli/remarks.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

/* As many are listed on a terminal. */
enum { LISTED = 12 };

static struct remark *find_remark(struct remarks *remarks, const char *what)
{
	struct remark *remark;

	for (size_t i = 0; i < remarks->count; i++)
		if (strcmp(remarks->items[i].what, what) == 0)
			return &remarks->items[i];
	remark = ARENA_PUSH(remarks->arena, remarks);
	*remark = (struct remark){.what = what};
	return remark;
}

void remarks_add(struct remarks *remarks, const char *about, const char *what,
                 unsigned line)
{
	struct remark *remark = find_remark(remarks, what);

	if (about)
		strings_add(remarks->arena, &remark->about, about);
	if (line)
		strings_add(remarks->arena, &remark->lines,
		            arena_format(remarks->arena, "%u", line));
}

/* `a, b, c and 4 more` */
static void list(struct buf *out, const struct strings *words, size_t most)
{
	for (size_t i = 0; i < words->count && i < most; i++)
		buf_addf(out, "%s%s", i ? ", " : "", words->items[i]);
	if (words->count > most)
		buf_addf(out, " and %zu more", words->count - most);
}

void remarks_say(struct remarks *remarks)
{
	size_t most = isatty(STDERR_FILENO) ? LISTED : (size_t)-1;

	for (size_t i = 0; i < remarks->count; i++) {
		const struct remark *remark = &remarks->items[i];
		BUF text = {0};

		list(&text, &remark->about, most);
		buf_addf(&text, "%s%s", remark->about.count ? " " : "", remark->what);
		if (remark->lines.count > 0) {
			buf_addf(&text, " (%s:", remarks->file);
			list(&text, &remark->lines, most);
			buf_addc(&text, ')');
		}
		remarks->say("%s: %s", remarks->title, buf_text(&text));
	}
	remarks->count = 0;
}
