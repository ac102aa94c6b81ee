/*
 * A buf: bytes that grow at the end.
 *
 * For text that is assembled and then used or dropped. A zeroed struct buf is an
 * empty one, with `data` NULL; after the first buf_add, `data` always ends with a
 * NUL that `length` does not count. The bytes may hold NULs. The owner of
 * the struct calls buf_drop().
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *data;
	size_t length;
	size_t room;
};

/* A struct buf declared with this is dropped at the end of its scope. */
#define BUF __attribute__((cleanup(buf_drop))) struct buf

void buf_add(struct buf *buf, const void *bytes, size_t length);
void buf_adds(struct buf *buf, const char *text);
void buf_addc(struct buf *buf, char byte);
void buf_repeat(struct buf *buf, char byte, size_t times);
__attribute__((format(printf, 2, 3))) void buf_addf(struct buf *buf, const char *format,
                                                    ...);
__attribute__((format(printf, 2, 0))) void
buf_vaddf(struct buf *buf, const char *format, va_list values);

/* Makes room for `more` bytes and a NUL after `length` and returns where they
 * start. The caller adds to `length` what it wrote there, and writes the NUL or
 * calls buf_text(). */
char *buf_reserve(struct buf *buf, size_t more);

/* The text as a C string, "" for an empty buf. */
const char *buf_text(const struct buf *buf);

/* Sets the length to 0 and keeps the memory. */
void buf_clear(struct buf *buf);

/* Frees the bytes; the buf is empty and may be used again. */
void buf_drop(struct buf *buf);

#endif
