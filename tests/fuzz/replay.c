/*
 * Tries a target without libFuzzer: `TARGET FOLDER`, with the seeds in it.
 *
 * Each seed is passed whole, then cut at every byte (at some of a long one), then
 * with random changes: FUZZ_ROUNDS times, from FUZZ_SEED, 1 unless set,
 * which is printed. A seed is tried in a child process; when that dies,
 * the input that killed it is left in a file for the next try.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>

enum { ROUNDS = 1000, CUTS = 1000, CHANGES = 4, INPUT_LIMIT = 1 << 20 };
enum { PATIENCE = 600 }; /* seconds for a seed, far above any real need */

/* The input at work, shared with the parent. */
static struct input {
	size_t size;
	uint8_t bytes[INPUT_LIMIT];
} * input;

static uint64_t random_state;

/* splitmix64 */
static uint64_t random_below(uint64_t limit)
{
	uint64_t number = random_state += 0x9e3779b97f4a7c15;

	number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
	number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
	return (number ^ (number >> 31)) % limit;
}

static unsigned long number_of(const char *variable, unsigned long otherwise)
{
	const char *text = getenv(variable);

	return text && *text ? strtoul(text, NULL, 10) : otherwise;
}

/* In memory of its own, so that a sanitizer sees a read behind its end. */
static void try_input(void)
{
	uint8_t *bytes = malloc(input->size ? input->size : 1);

	MUST(bytes);
	memcpy(bytes, input->bytes, input->size);
	LLVMFuzzerTestOneInput(bytes, input->size);
	free(bytes);
}

static void take(const uint8_t *bytes, size_t size)
{
	input->size = size;
	memcpy(input->bytes, bytes, size);
}

/* Bytes that mean something to one parser or another. */
static uint8_t telling_byte(void)
{
	static const char telling[] =
		"\0\n\r\t \"'\\,:|/*?[]!#@=-{}\x1e\x7f\x80\xff\xc3";

	return random_below(2) ? (uint8_t)random_below(256)
	                       : (uint8_t)telling[random_below(sizeof telling)];
}

static void insert(size_t at, uint8_t byte)
{
	if (input->size == INPUT_LIMIT)
		return;
	memmove(input->bytes + at + 1, input->bytes + at, input->size - at);
	input->bytes[at] = byte;
	input->size++;
}

static void drop(size_t at, size_t size)
{
	if (size > input->size - at)
		size = input->size - at;
	memmove(input->bytes + at, input->bytes + at + size, input->size - at - size);
	input->size -= size;
}

/* A piece of it once more, elsewhere. */
static void copy_piece(size_t at)
{
	size_t from = random_below(input->size), size = 1 + random_below(32);

	if (size > input->size - from)
		size = input->size - from;
	if (size > input->size - at)
		size = input->size - at;
	memmove(input->bytes + at, input->bytes + from, size);
}

static void change(void)
{
	size_t at = random_below(input->size + 1);

	if (at == input->size) {
		insert(at, telling_byte());
		return;
	}
	switch (random_below(5)) {
	case 0:
		input->bytes[at] ^= (uint8_t)(1 << random_below(8));
		break;
	case 1:
		input->bytes[at] = telling_byte();
		break;
	case 2:
		insert(at, telling_byte());
		break;
	case 3:
		drop(at, 1 + random_below(8));
		break;
	default:
		copy_piece(at);
	}
}

static void try_cut(const uint8_t *seed, size_t size)
{
	size_t step = 1 + size / CUTS;

	for (size_t cut = 0; cut < size; cut += step) {
		take(seed, cut);
		try_input();
	}
}

static void try_changed(const uint8_t *seed, size_t size, unsigned long rounds)
{
	for (unsigned long i = 0; i < rounds; i++) {
		take(seed, size);
		for (uint64_t changes = 1 + random_below(CHANGES); changes > 0;
		     changes--)
			change();
		try_input();
	}
}

/* In the child. */
static _Noreturn void try_seed(const uint8_t *seed, size_t size)
{
	alarm(PATIENCE);
	take(seed, size);
	try_input();
	try_cut(seed, size);
	try_changed(seed, size, number_of("FUZZ_ROUNDS", ROUNDS));
	exit(0);
}

static size_t read_seed(uint8_t *out, const char *path)
{
	FILE *file = fopen(path, "r");
	size_t size;

	scratch_check(file != NULL, path);
	size = fread(out, 1, INPUT_LIMIT, file);
	fclose(file);
	return size;
}

static void keep_input(const char *name)
{
	const char *folder = getenv("TMPDIR");
	char path[512];
	FILE *file;

	snprintf(path, sizeof path, "%s/fuzz-%ld-%s", folder ? folder : "/tmp",
	         (long)getpid(), name);
	file = fopen(path, "w");
	scratch_check(
		file && fwrite(input->bytes, 1, input->size, file) == input->size &&
			fclose(file) == 0,
		path);
	printf("failed: what %s has become in '%s'\n", name, path);
}

static bool try_file(const char *folder, const char *name)
{
	static uint8_t seed[INPUT_LIMIT];
	char path[512];
	size_t size;
	int status;
	pid_t child;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	size = read_seed(seed, path);
	fflush(stdout);
	child = fork();
	scratch_check(child >= 0, "fork");
	if (child == 0)
		try_seed(seed, size);
	scratch_check(waitpid(child, &status, 0) == child, "waitpid");
	if (status != 0)
		keep_input(name);
	return status == 0;
}

int main(int count, char **words)
{
	unsigned long start = number_of("FUZZ_SEED", 1);
	unsigned passed = 0, failed = 0;
	DIR *folder = count == 2 ? opendir(words[1]) : NULL;
	const struct dirent *entry;

	scratch_check(folder != NULL, "usage: TARGET FOLDER");
	input = mmap(NULL, sizeof *input, PROT_READ | PROT_WRITE,
	             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	scratch_check(input != MAP_FAILED, "mmap");
	random_state = start;
	while ((entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		if (try_file(words[1], entry->d_name))
			passed++;
		else
			failed++;
	}
	closedir(folder);
	printf("%u passed, %u failed (seed %lu)\n", passed, failed, start);
	return failed > 0 || passed == 0;
}
