#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_ROOM = 64 };

char *buf_reserve(struct buf *buf, size_t more)
{
	size_t needed = memory_sum(memory_sum(buf->length, more), 1);

	if (needed > buf->room) {
		size_t room = buf->room ? memory_product(buf->room, 2) : FIRST_ROOM;

		if (room < needed)
			room = needed;
		buf->data = memory_resize(buf->data, room);
		memset(buf->data + buf->room, 0, room - buf->room);
		buf->room = room;
	}
	return buf->data + buf->length;
}

void buf_add(struct buf *buf, const void *bytes, size_t length)
{
	char *end = buf_reserve(buf, length);

	if (length)
		memcpy(end, bytes, length);
	end[length] = '\0';
	buf->length += length;
}

void buf_adds(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_addc(struct buf *buf, char byte)
{
	buf_add(buf, &byte, 1);
}

void buf_repeat(struct buf *buf, char byte, size_t times)
{
	char *end = buf_reserve(buf, times);

	memset(end, byte, times);
	end[times] = '\0';
	buf->length += times;
}

void buf_vaddf(struct buf *buf, const char *format, va_list values)
{
	va_list again;
	int length;

	va_copy(again, values);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0) /* over INT_MAX bytes */
		return;
	vsnprintf(buf_reserve(buf, (size_t)length), (size_t)length + 1, format, values);
	buf->length += (size_t)length;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	buf_vaddf(buf, format, values);
	va_end(values);
}

const char *buf_text(const struct buf *buf)
{
	if (!buf->data)
		return "";
	/* A caller of buf_reserve need not write the NUL. If it is there, nothing is
	 * written, so that two threads can read at the same time. */
	if (buf->data[buf->length] != '\0')
		buf->data[buf->length] = '\0';
	return buf->data;
}

void buf_clear(struct buf *buf)
{
	buf->length = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void buf_drop(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){0};
}
