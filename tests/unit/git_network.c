/* What git, ssh and curl print when the network failed. */
#include "git/network.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_failures(void **state)
{
	static const struct {
		const char *output;
		enum network means;
		bool wants_login;
	} rows[] = {
		{"", NETWORK_FINE, false},
		{"error: Your local changes would be overwritten by merge:\n",
	         NETWORK_FINE, false},
		{"fatal: repository 'https://h/x/' not found\n", NETWORK_FINE, false},
		{"ERROR: Repository not found.\nfatal: Could not read from remote "
	         "repository.\n",
	         NETWORK_REFUSED, false},
		{"fatal: '/x' does not appear to be a git repository\n"
	         "fatal: the remote end hung up unexpectedly\n",
	         NETWORK_REFUSED, false},
		{"fatal: could not read Username for 'https://h': terminal prompts "
	         "disabled\n",
	         NETWORK_REFUSED, true},
		{"git@h: Permission denied (publickey).\nfatal: Could not read from "
	         "remote repository.\n",
	         NETWORK_REFUSED, true},
		{"h: Permission denied (password,keyboard-interactive).\n",
	         NETWORK_REFUSED, true},
		{"/x: Permission denied\n", NETWORK_REFUSED, false},
		{"Host key verification failed.\n"
	         "fatal: the remote end hung up unexpectedly\n",
	         NETWORK_REFUSED, true},
		{"ssh: Could not resolve hostname h: Name or service not known\n",
	         NETWORK_UNREACHABLE, false},
		{"fatal: unable to access 'https://h/x/': Could not resolve host: h\n",
	         NETWORK_UNREACHABLE, false},
		{"ssh: connect to host h port 22: Connection refused\n"
	         "fatal: the remote end hung up unexpectedly\n",
	         NETWORK_UNREACHABLE, false},
		{"kex_exchange_identification: read: Connection reset by peer\n",
	         NETWORK_LOST, false},
		{"error: RPC failed; HTTP 504 curl 22 The requested URL returned "
	         "error: 504\n",
	         NETWORK_LOST, false},
		{"fatal: early EOF\nfatal: index-pack failed\n", NETWORK_LOST, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *output = rows[i].output;
		size_t length = strlen(output);

		if (network_failure(output, length) != rows[i].means)
			fail_msg("%s", output);
		if (network_wants_login(output, length) != rows[i].wants_login)
			fail_msg("login: %s", output);
	}
	/* Nothing behind the end counts. */
	assert_int_equal(network_failure("fatal: early EOF", 15), NETWORK_FINE);
	assert_false(network_wants_login("Authentication failed", 20));
	assert_int_equal(network_failure("\0early EOF", 10), NETWORK_LOST);
}

static void test_another_try(void **state)
{
	(void)state;
	assert_false(network_may_recover(NETWORK_FINE));
	assert_false(network_may_recover(NETWORK_REFUSED));
	assert_true(network_may_recover(NETWORK_UNREACHABLE));
	assert_true(network_may_recover(NETWORK_LOST));
	assert_true(network_delay(0) == 1);
	assert_true(network_delay(1) == 1);
	assert_true(network_delay(2) == 2);
	assert_true(network_delay(5) == 16);
	assert_true(network_delay(11) == 1024);
	assert_true(network_delay(12) == 1024);
	assert_true(network_delay(1000) == 1024);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_another_try),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
