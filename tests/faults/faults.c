/*
 * Preloaded into gita (LD_PRELOAD): makes one call of the C library fail, or kills the
 * process in front of it.
 *
 * Counted are the calls of gita's own code about files, processes, locks and memory.
 * Its libraries answer for themselves (libuv aborts where its own descriptors fail),
 * and its children are left alone.
 *
 *   FAULT_AT=N        the Nth call, from 1
 *   FAULT_ERRNO=E     fails with that errno; without it, the process is killed
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
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_ulong calls;
static unsigned long fault_at;
static int fault_errno; /* 0: SIGKILL */
static int log_file = -1;
static struct {
	const char *start, *end;
} program; /* gita's own code */

static unsigned long number_of(const char *variable)
{
	const char *text = getenv(variable);

	return text ? strtoul(text, NULL, 10) : 0;
}

/* The first object of the list is the program. */
static int find_program(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size, (void)context;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
			continue;
		program.start = (const char *)(info->dlpi_addr + part->p_vaddr);
		program.end = program.start + part->p_memsz;
	}
	return 1;
}

__attribute__((constructor)) static void start(void)
{
	const char *path = getenv("FAULT_LOG");

	unsetenv("LD_PRELOAD");
	dl_iterate_phdr(find_program, NULL);
	fault_errno = (int)number_of("FAULT_ERRNO");
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

/* Whether this call is the one that fails; errno is set then. */
static bool fails(const char *name, const char *path, const char *caller)
{
	unsigned long number;

	if (caller < program.start || caller >= program.end)
		return false;
	number = atomic_fetch_add(&calls, 1) + 1;

	log_call(name, path);
	if (number != fault_at)
		return false;
	if (!fault_errno)
		syscall(SYS_kill, getpid(), SIGKILL);
	errno = fault_errno;
	return true;
}

#define FAILS(name, path) fails(name, path, __builtin_return_address(0))

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
CALL(int, -1, mkostemp, (char *path, int flags), path, path, flags)
CALL(FILE *, NULL, fdopen, (int file, const char *mode), NULL, file, mode)
CALL(FILE *, NULL, fopen, (const char *path, const char *mode), path, path, mode)
CALL(DIR *, NULL, opendir, (const char *path), path, path)
CALL(DIR *, NULL, fdopendir, (int file), NULL, file)
CALL(struct dirent *, NULL, readdir, (DIR * folder), NULL, folder)

CALL(ssize_t, -1, read, (int file, void *out, size_t size), NULL, file, out, size)
CALL(ssize_t, -1, pread, (int file, void *out, size_t size, off_t at), NULL, file, out,
     size, at)
CALL(ssize_t, -1, write, (int file, const void *bytes, size_t size), NULL, file, bytes,
     size)
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
CALL(int, -1, mkdir, (const char *path, mode_t mode), path, path, mode)
CALL(int, -1, stat, (const char *path, struct stat *out), path, path, out)
CALL(int, -1, lstat, (const char *path, struct stat *out), path, path, out)
CALL(int, -1, fstat, (int file, struct stat *out), NULL, file, out)
CALL(int, -1, fstatat, (int folder, const char *path, struct stat *out, int flags),
     path, folder, path, out, flags)
CALL(int, -1, access, (const char *path, int mode), path, path, mode)
CALL(ssize_t, -1, readlink, (const char *path, char *out, size_t size), path, path, out,
     size)
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

void *realloc(void *old, size_t size)
{
	NEXT(realloc);
	return FAILS("realloc", NULL) ? NULL : next(old, size);
}
