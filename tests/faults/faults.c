/*
 * Preloaded into gita (LD_PRELOAD): makes one call of the C library fail or do less, or
 * lets something happen in front of it.
 *
 * Counted are the calls of gita's own code about files, processes, locks and memory, or
 * those of one of its libraries. Its children are left alone.
 *
 *   FAULT_AT=N        the Nth call, from 1
 *   FAULT_ERRNO=E     fails with that errno
 *   FAULT_SHORT=1     reads or writes half of the bytes
 *   FAULT_RUN=LINE    goes on after that command line has been run by sh
 *                     without any of them, the process is killed
 *   FAULT_IN=NAME     calls of the library whose file name contains it
 *   FAULT_LOG=FILE    gets a line for each call: its name, and the path if it has one
 *
 * What the C library calls by itself does not come by here; so the functions of stdio
 * count as calls, too.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum fault { NONE, KILL, FAIL, SHORT, RUN };

static atomic_ulong calls;
static unsigned long fault_at;
static enum fault fault;
static int fault_errno;
static int log_file = -1;
static struct {
	const char *start, *end;
} counted; /* the code whose calls are */

static unsigned long number_of(const char *variable)
{
	const char *text = getenv(variable);

	return text ? strtoul(text, NULL, 10) : 0;
}

/* The first object of the list is the program. */
static int find_code(struct dl_phdr_info *info, size_t size, void *context)
{
	const char *library = getenv("FAULT_IN");

	(void)size, (void)context;
	if (library && !strstr(info->dlpi_name, library))
		return 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
			continue;
		counted.start = (const char *)(info->dlpi_addr + part->p_vaddr);
		counted.end = counted.start + part->p_memsz;
	}
	return 1;
}

__attribute__((constructor)) static void start(void)
{
	const char *path = getenv("FAULT_LOG");

	unsetenv("LD_PRELOAD");
	dl_iterate_phdr(find_code, NULL);
	fault_errno = (int)number_of("FAULT_ERRNO");
	fault = fault_errno                ? FAIL
	        : number_of("FAULT_SHORT") ? SHORT
	        : getenv("FAULT_RUN")      ? RUN
	                                   : KILL;
	if (path)
		log_file = (int)syscall(SYS_openat, AT_FDCWD, path,
		                        O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
		                        0666);
	atomic_store(&calls, 0);
	fault_at = number_of("FAULT_AT");
}

static void log_call(const char *name, const char *path)
{
	char line[4200];
	int length = snprintf(line, sizeof line, "%s %s\n", name, path ? path : "-");

	if (log_file >= 0)
		syscall(SYS_write, log_file, line, (size_t)length);
}

/* What this call meets with: nothing, or it is to fail (errno is set) or to be short.
 */
static enum fault meet(const char *name, const char *path, const char *caller)
{
	if (caller < counted.start || caller >= counted.end)
		return NONE;
	log_call(name, path);
	if (atomic_fetch_add(&calls, 1) + 1 != fault_at)
		return NONE;
	if (fault == KILL)
		syscall(SYS_kill, getpid(), SIGKILL);
	if (fault == RUN && system(getenv("FAULT_RUN")) != 0)
		abort();
	errno = fault_errno;
	return fault;
}

#define MEET(name, path)  meet(name, path, __builtin_return_address(0))
#define FAILS(name, path) (MEET(name, path) == FAIL)

#define NEXT(name) \
	static __typeof__(&name) next; \
	if (!next) \
	*(void **)&next = dlsym(RTLD_NEXT, #name)

/* A function that fails with the value `failed` and then has done nothing. */
#define CALL(type, failed, name, parameters, path, ...) \
	type name parameters \
	{ \
		NEXT(name); \
		return FAILS(#name, path) ? (failed) : next(__VA_ARGS__); \
	}

/* One that moves at most `size` bytes. */
#define MOVING(name, parameters, ...) \
	ssize_t name parameters \
	{ \
		NEXT(name); \
		enum fault met = MEET(#name, NULL); \
\
		if (met == FAIL) \
			return -1; \
		if (met == SHORT && size > 1) \
			size /= 2; \
		return next(__VA_ARGS__); \
	}

/* One that closes even so. */
#define CLOSING(name, parameters, argument) \
	int name parameters \
	{ \
		NEXT(name); \
		bool bad = FAILS(#name, NULL); \
		int number = errno, result = next(argument); \
\
		if (bad) \
			errno = number; \
		return bad ? -1 : result; \
	}

/* open() and its kin, with a mode if the flags ask for one. */
#define OPENING(name, parameters, ...) \
	int name parameters \
	{ \
		mode_t mode = 0; \
		va_list rest; \
		NEXT(name); \
\
		if (flags & (O_CREAT | O_TMPFILE)) { \
			va_start(rest, flags); \
			mode = va_arg(rest, mode_t); \
			va_end(rest); \
		} \
		return FAILS(#name, path) ? -1 : next(__VA_ARGS__, mode); \
	}

OPENING(open, (const char *path, int flags, ...), path, flags)
OPENING(open64, (const char *path, int flags, ...), path, flags)
OPENING(openat, (int folder, const char *path, int flags, ...), folder, path, flags)
OPENING(openat64, (int folder, const char *path, int flags, ...), folder, path, flags)
CALL(int, -1, mkstemp, (char *path), path, path)
CALL(char *, NULL, mkdtemp, (char *path), path, path)
CALL(int, -1, mkostemp, (char *path, int flags), path, path, flags)
CALL(FILE *, NULL, fdopen, (int file, const char *mode), NULL, file, mode)
CALL(FILE *, NULL, fopen, (const char *path, const char *mode), path, path, mode)
CALL(DIR *, NULL, opendir, (const char *path), path, path)
CALL(DIR *, NULL, fdopendir, (int file), NULL, file)
CALL(struct dirent *, NULL, readdir, (DIR * folder), NULL, folder)

MOVING(read, (int file, void *out, size_t size), file, out, size)
MOVING(pread, (int file, void *out, size_t size, off_t at), file, out, size, at)
MOVING(write, (int file, const void *bytes, size_t size), file, bytes, size)
MOVING(pwrite, (int file, const void *bytes, size_t size, off_t at), file, bytes, size,
       at)
CALL(ssize_t, -1, getdents64, (int file, void *out, size_t size), NULL, file, out, size)
CALL(void *, MAP_FAILED, mmap,
     (void *at, size_t size, int access, int flags, int file, off_t from), NULL, at,
     size, access, flags, file, from)
CALL(size_t, 0, fwrite, (const void *bytes, size_t size, size_t count, FILE *file),
     NULL, bytes, size, count, file)
CALL(int, EOF, fflush, (FILE * file), NULL, file)
CLOSING(fclose, (FILE * file), file)
CLOSING(close, (int file), file)
CALL(int, -1, fsync, (int file), NULL, file)
CALL(int, -1, ftruncate, (int file, off_t size), NULL, file, size)
CALL(int, -1, flock, (int file, int how), NULL, file, how)
CALL(int, -1, fchmod, (int file, mode_t mode), NULL, file, mode)
CALL(int, -1, fchown, (int file, uid_t user, gid_t group), NULL, file, user, group)

CALL(int, -1, rename, (const char *from, const char *to), to, from, to)
CALL(int, -1, link, (const char *from, const char *to), to, from, to)
CALL(int, -1, unlink, (const char *path), path, path)
CALL(int, -1, unlinkat, (int folder, const char *path, int flags), path, folder, path,
     flags)
CALL(int, -1, rmdir, (const char *path), path, path)
CALL(int, -1, mkdir, (const char *path, mode_t mode), path, path, mode)
CALL(int, -1, stat, (const char *path, struct stat *out), path, path, out)
CALL(int, -1, lstat, (const char *path, struct stat *out), path, path, out)
CALL(int, -1, fstat, (int file, struct stat *out), NULL, file, out)
CALL(int, -1, fstatat, (int folder, const char *path, struct stat *out, int flags),
     path, folder, path, out, flags)
CALL(int, -1, access, (const char *path, int mode), path, path, mode)
CALL(ssize_t, -1, readlink, (const char *path, char *out, size_t size), path, path, out,
     size)
CALL(ssize_t, -1, readlinkat, (int folder, const char *path, char *out, size_t size),
     path, folder, path, out, size)
CALL(char *, NULL, realpath, (const char *path, char *out), path, path, out)
CALL(char *, NULL, getcwd, (char *out, size_t size), NULL, out, size)
CALL(int, -1, pipe2, (int ends[2], int flags), NULL, ends, flags)

/* The error is the result here. */
int posix_spawnp(pid_t *out, const char *path,
                 const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const words[],
                 char *const environment[])
{
	NEXT(posix_spawnp);
	if (FAILS("posix_spawnp", path))
		return fault_errno;
	return next(out, path, actions, attributes, words, environment);
}

CALL(void *, NULL, malloc, (size_t size), NULL, size)
CALL(void *, NULL, calloc, (size_t count, size_t size), NULL, count, size)
CALL(void *, NULL, realloc, (void *old, size_t size), NULL, old, size)
CALL(char *, NULL, strdup, (const char *text), NULL, text)
CALL(char *, NULL, strndup, (const char *text, size_t size), NULL, text, size)

/* Brings libraries that gita loads late. */
void *dlopen(const char *path, int flags)
{
	NEXT(dlopen);
	void *library = FAILS("dlopen", path) ? NULL : next(path, flags);

	dl_iterate_phdr(find_code, NULL);
	return library;
}
