/* URLs and the words of git: what is a host never looks like an option of ssh. And
 * what git prints about the network. */
#include "fuzz.h"

#include "base/strings.h"
#include "git/arguments.h"
#include "git/network.h"
#include "git/remote.h"

static void check_host(const struct remote_host *host)
{
	MUST(host->destination[0] != '-' && host->destination[0] != '\0');
	MUST(host->host[0] != '-' && host->host[0] != '\0');
	MUST(!host->port || host->port[0] != '-');
	MUST(strlen(host->host) <= strlen(host->destination));
}

static void try_words(struct arena *arena, const char *text)
{
	struct strings words = {0};
	struct arguments arguments;
	struct transfer transfer;
	struct remote_look look;

	strings_add(arena, &words, "git");
	strings_split(arena, &words, text, "\n");
	remote_look(&look, arena, NULL, &words);
	if (look.use == REMOTE_ONE)
		check_host(&look.host);
	(void)remote_may_repeat(arena, &words);
	remote_transfer(&transfer, arena, &words);
	arguments_find(&arguments, words.items + 1, words.count - 1);
	MUST(arguments.count < words.count);
	MUST(!arguments.count ||
	     arguments.items + arguments.count == words.items + words.count);
	(void)arguments_want_terminal(&arguments);
	(void)arguments_answer(&arguments);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	struct remote_host host;
	size_t length;
	char *url = fuzz_string(&input), *words = fuzz_string(&input);
	char *output = fuzz_text(&input, &length);

	if (remote_parse(&host, &arena, url))
		check_host(&host);
	try_words(&arena, words);
	MUST(!network_may_recover(NETWORK_FINE));
	(void)network_failure(output, length);
	free(url);
	free(words);
	free(output);
	arena_drop(&arena);
	return 0;
}
