/*
 * A buf: bytes that grow at the end.
 *
 * For text that is put together and then used or dropped. `data` is always
 * followed by a NUL that `length` does not count, also in an empty (zeroed)
 * buf after the first buf_add; the bytes themselves may hold NULs. The owner
 * of the struct calls buf_drop().
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

/* Makes room for `more` bytes and a NUL behind `length` and returns where they
 * start; the caller adds what it wrote there to `length`. The NUL is the caller's,
 * too, or buf_text()'s. */
char *buf_reserve(struct buf *buf, size_t more);

/* The text as a C string, "" for an empty buf. */
const char *buf_text(const struct buf *buf);

/* Length 0, the room kept. */
void buf_clear(struct buf *buf);

/* Frees the bytes; the buf is empty and may be used again. */
void buf_drop(struct buf *buf);

#endif
