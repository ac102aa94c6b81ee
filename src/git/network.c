#include "git/network.h"

#include <string.h>

static const struct {
	const char *words;
	enum network means;
} rows[] = {
	/* ssh */
	{"Permission denied", NETWORK_REFUSED},
	{"Host key verification failed", NETWORK_REFUSED},
	{"Too many authentication failures", NETWORK_REFUSED},
	/* git */
	{"does not appear to be a git repository", NETWORK_REFUSED},
	{"Authentication failed", NETWORK_REFUSED},
	{"could not read Username", NETWORK_REFUSED},
	{"could not read Password", NETWORK_REFUSED},
	{"access denied or repository not exported", NETWORK_REFUSED},
	{"epository not found", NETWORK_REFUSED},

	/* ssh, curl, and the C library's words in git's mouth */
	{"Could not resolve host", NETWORK_UNREACHABLE},
	{"unable to look up", NETWORK_UNREACHABLE},
	{"Temporary failure in name resolution", NETWORK_UNREACHABLE},
	{"Connection refused", NETWORK_UNREACHABLE},
	{"Connection timed out", NETWORK_UNREACHABLE},
	{"Operation timed out", NETWORK_UNREACHABLE},
	{"No route to host", NETWORK_UNREACHABLE},
	{"Network is unreachable", NETWORK_UNREACHABLE},
	{"Host is down", NETWORK_UNREACHABLE},
	{"Failed to connect to ", NETWORK_UNREACHABLE},
	{"Couldn't connect to server", NETWORK_UNREACHABLE},

	/* ssh */
	{"Connection closed by ", NETWORK_LOST},
	{"Connection reset by ", NETWORK_LOST},
	{"closed by remote host", NETWORK_LOST},
	{"kex_exchange_identification:", NETWORK_LOST},
	{"Broken pipe", NETWORK_LOST},
	{"not responding", NETWORK_LOST},
	/* curl */
	{"Empty reply from server", NETWORK_LOST},
	{"Recv failure", NETWORK_LOST},
	{"Send failure", NETWORK_LOST},
	{"transfer closed with", NETWORK_LOST},
	{"RPC failed; ", NETWORK_LOST},
	{"returned error: 429", NETWORK_LOST},
	{"returned error: 500", NETWORK_LOST},
	{"returned error: 502", NETWORK_LOST},
	{"returned error: 503", NETWORK_LOST},
	{"returned error: 504", NETWORK_LOST},
	/* git */
	{"the remote end hung up", NETWORK_LOST},
	{"early EOF", NETWORK_LOST},
	{"unexpected disconnect while reading sideband packet", NETWORK_LOST},
};

enum network network_failure(const char *output, size_t length)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (memmem(output, length, rows[i].words, strlen(rows[i].words)))
			return rows[i].means;
	return NETWORK_FINE;
}

bool network_may_recover(enum network kind)
{
	return kind == NETWORK_UNREACHABLE || kind == NETWORK_LOST;
}

double network_delay(unsigned tries)
{
	enum { MOST_DOUBLINGS = 10 };
	unsigned doublings = tries > 0 ? tries - 1 : 0;

	return (double)(1U << (doublings < MOST_DOUBLINGS ? doublings
	                                                  : MOST_DOUBLINGS));
}

bool network_wants_login(const char *output, size_t length)
{
	static const char *const words[] = {
		"could not read Username",      "could not read Password",
		"terminal prompts disabled",    "Authentication failed",
		"Permission denied (publickey", "Permission denied (password",
		"Permission denied (keyboard",  "Host key verification failed",
		"could not read Passphrase",
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (memmem(output, length, words[i], strlen(words[i])))
			return true;
	return false;
}
