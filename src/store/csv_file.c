#include "csv_file.h"

#include "base/file.h"

bool csv_file_read(struct csv *out, struct buf *text, bool *there, struct arena *arena,
                   const char *path, char delimiter, struct error *err)
{
	struct error why;

	*out = (struct csv){0};
	if (!file_read(text, there, path, FILE_LIMIT, err))
		return false;
	return csv_parse(out, arena, buf_text(text), text->length, delimiter, &why) ||
	       error_set(err, CSV_FILE_ERROR, path, why.text);
}
