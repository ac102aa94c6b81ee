/* Where git would connect to: git itself is asked, with a program in ssh's place that
 * only notes its words. */
#include "git/remote.h"

#include "base/buf.h"
#include "base/file.h"
#include "config.h"
#include "git/probe.h"
#include "git_sandbox.h"

static int setup(void **state)
{
	sandbox_setup(state);
	scratch_file("ssh", "#!/bin/sh\nfor word; do [ $# = 1 ] || printf '%s ' "
	                    "\"$1\"; shift; done >\"$0.words\"\n");
	sandbox_run("chmod +x ssh && git init -q repo");
	/* The user's configuration is read once: it is the same for all tests. */
	sandbox_run("git config --global protocol.version 0");
	sandbox_run("git config --global push.default current");
	sandbox_run("git config --global alias.up 'fetch --prune'");
	sandbox_run("git config --global alias.st status");
	sandbox_run("git config --global url.long:.insteadOf short:");
	sandbox_run("git config --global alias.x '!git fetch'");
	return 0;
}

/* The words that git hands to ssh before the command; "" where it does not call it. */
static const char *git_connects(const char *folder, const char *command)
{
	struct error err;
	bool there;
	BUF words = {0};

	sandbox_run(
		arena_format(&arena,
	                     "rm -f ssh.words && { GIT_SSH=$PWD/ssh "
	                     "GIT_SSH_VARIANT=ssh git -C %s %s >/dev/null 2>&1 || :; }",
	                     folder, command));
	assert_true(file_read(&words, &there, in_scratch("ssh.words"), 1 << 16, &err));
	return arena_bytes(&arena, buf_text(&words), words.length);
}

static const char *as_ssh(const struct remote_host *host)
{
	return host->port ? arena_format(&arena, "-p %s %s ", host->port,
	                                 host->destination)
	                  : arena_format(&arena, "%s ", host->destination);
}

static void test_ssh_urls(void **state)
{
	static const char *const rows[][2] = {
		{"ssh://h/p", "h "},
		{"ssh://u@h:22/p", "-p 22 u@h "},
		{"ssh://u@[::1]:22/p", "-p 22 u@::1 "},
		{"ssh://[u@::1]:22/p", "-p 22 u@::1 "},
		{"ssh://[::1]/p", "::1 "},
		{"ssh://[h:22]/p", "-p 22 h "},
		{"ssh://h:/p", "h "},
		{"ssh://u%40x@h/p", "u@x@h "},
		{"ssh://u%4g@h%4/p", "u%4g@h%4 "},
		{"ssh://u%g4@h/p", "u%g4@h "},
		{"git+ssh://h/p", "h "},
		{"ssh+git://h:1/p", "-p 1 h "},
		{"h:p", "h "},
		{"h:", "h "},
		{"u@h:22:p", "u@h "},
		{"a@b@h:p", "a@b@h "},
		{"[h]:p", "h "},
		{"[h:22]:p", "-p 22 h "},
		{"u@[h:22]:p", "-p 22 u@h "},
		{"[u@h:22]:p", "-p 22 u@h "},
		{"[::1]:p", "::1 "},
		{"u@[::1]:p", "u@::1 "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct remote_host host = {0};

		if (!remote_parse(&host, &arena, rows[i][0]))
			fail_msg("%s", rows[i][0]);
		assert_int_equal(host.transport, TRANSPORT_SSH);
		assert_string_equal(as_ssh(&host), rows[i][1]);
		assert_string_equal(
			git_connects(".", arena_format(&arena, "ls-remote '%s'",
		                                       rows[i][0])),
			rows[i][1]);
	}
}

static void test_other_urls(void **state)
{
	static const char *const none[] = {
		"/a:b",          "./a:b",           "a/b:c",        "path",
		"file:///p",     "ext::sh -c x",    "foo::bar",     "foo://h/p",
		"ssh://-oX=1/p", "-oX:p",           "-u@h:p",       "ssh://h:x/p",
		"ssh:///p",      "http:///p",       "h\n:p",        "",
		"ssh://u@-h/p",  "ssh://h:70000/p", "ssh://h:-1/p", "[h:p",
		"ssh://[h/p",
	};
	struct remote_host host = {0};

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		assert_false(remote_parse(&host, &arena, none[i]));
	assert_true(
		remote_parse(&host, &arena, "https://u:secret@example.org:8443/p.git"));
	assert_int_equal(host.transport, TRANSPORT_HTTP);
	assert_string_equal(host.destination, "example.org");
	assert_string_equal(host.port, "8443");
	assert_true(remote_parse(&host, &arena, "git://example.org/p.git"));
	assert_int_equal(host.transport, TRANSPORT_GIT);
	assert_string_equal(host.destination, "example.org");
	assert_null(host.port);
}

static void test_secrets(void **state)
{
	static const char *const rows[][2] = {
		{"https://me:secret@h/p", "https://me:***@h/p"},
		{"https://:secret@h/p", "https://:***@h/p"},
		{"ssh://git:secret@h:22/p", "ssh://git:***@h:22/p"},
		{"https://p@ss:word@h/p", "https://p@ss:***@h/p"},
		{"http://0123456789abcdef0123@h/p", "http://***@h/p"},
		{"a=https://me:secret@h", "a=https://me:***@h"},
	};
	static const char *const plain[] = {
		"https://me@h/p",
		"https://me:@h/p",
		"https://h:8080/a:b@c/p",
		"ssh://git@h:22/p",
		"ssh://a-user-with-a-very-long-name@h/p",
		"git@h:me/p",
		"/srv/a:b@c",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(remote_mask(&arena, rows[i][0]), rows[i][1]);
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		assert_ptr_equal(remote_mask(&arena, plain[i]), plain[i]);
}

/* In the repository at the path, or in none. */
static struct remote_look look_from(const char *path, const struct strings *words)
{
	struct remote_look look;
	struct probe probe;

	if (path)
		probe_path(&probe, &arena, path);
	remote_look(&look, &arena, path ? &probe : NULL, words);
	return look;
}

/* "none", "some", or what ssh would get. */
static const char *told(const char *command)
{
	struct strings words = {0};
	struct remote_look look;
	struct error err;

	assert_true(words_split(&words, &arena, arena_format(&arena, "git %s", command),
	                        &err));
	look = look_from(in_scratch("repo"), &words);
	switch (look.use) {
	case REMOTE_UNUSED:
		return "none";
	case REMOTE_UNKNOWN:
		return "some";
	case REMOTE_ONE:
		break;
	}
	return as_ssh(&look.host);
}

/* A command, and what git itself does then. */
static void judge(const char *command, const char *expected)
{
	const char *git = git_connects("repo", command);

	if (strcmp(told(command), expected) != 0 || strcmp(git, expected) != 0)
		fail_msg("git %s: told '%s', git connects to '%s', expected '%s'",
		         command, told(command), git, expected);
}

static void test_commands(void **state)
{
	(void)state;
	sandbox_run("cd repo && git commit -q --allow-empty -m x");
	sandbox_run("cd repo && git remote add only one:p");
	judge("fetch", "one ");
	judge("pull", "one ");
	judge("fetch --all", "one ");
	judge("push only main", "one ");
	sandbox_run("cd repo && git remote add origin two:p");
	judge("fetch", "two ");
	judge("fetch only", "one ");
	judge("fetch --prune only main", "one ");
	judge("remote update only", "one ");
	sandbox_run("cd repo && git config branch.main.remote only");
	judge("fetch", "one ");
	judge("push --force", "one ");
	sandbox_run("cd repo && git config remote.pushDefault origin");
	judge("fetch", "one ");
	judge("push", "two ");
	sandbox_run("cd repo && git config remote.origin.pushurl three:p");
	judge("push", "three ");
	judge("fetch origin", "two ");
	sandbox_run("cd repo && git config url.four:.insteadOf one:");
	sandbox_run("cd repo && git config url.five:.pushInsteadOf one:");
	judge("fetch only", "four ");
	judge("push only main", "five ");
	sandbox_run("cd repo && git config url.u@six:9/.insteadOf one:p");
	judge("fetch only", "u@six ");
	sandbox_run("cd repo && git config url.seven:.insteadOf one &&"
	            "git config --add url.eight:.insteadOf nothing &&"
	            "git config --add url.eight:.other one:p &&"
	            "git config url.insteadOf one");
	judge("fetch only", "u@six ");
}

/* The remote of HEAD, also where that is no branch, or the branch names a URL. */
static void test_defaults(void **state)
{
	(void)state;
	sandbox_run("cd repo && git commit -q --allow-empty -m x");
	assert_string_equal(told("remote update"), "some");
	assert_string_equal(told("fetch"), "some");
	sandbox_run("cd repo && git remote add only /path");
	assert_string_equal(told("fetch"), "some");
	sandbox_run("cd repo && git remote set-url only one:p &&"
	            "git config --add remote.only.url other:p");
	judge("remote update", "one ");
	judge("remote update --prune", "one ");
	judge("fetch --multiple only", "one ");
	sandbox_run("cd repo && git config branch.main.remote two:p");
	judge("fetch", "two ");
	sandbox_run("cd repo && git checkout -q --detach");
	judge("fetch", "one ");
	assert_string_equal(told("push only HEAD:refs/heads/x"), "some");
	sandbox_run("cd repo && git config --replace-all remote.only.url one:p");
	judge("push only HEAD:refs/heads/x", "one ");
	assert_string_equal(told("push"), "one ");
	sandbox_run("cd repo && git config branch.main.pushRemote three:p &&"
	            "git checkout -q main");
	judge("push", "three ");
}

static void test_unknown(void **state)
{
	(void)state;
	sandbox_run("cd repo && git remote add a one:p && git remote add b two:p");
	assert_string_equal(told("fetch --all"), "some");
	assert_string_equal(told("fetch three:p"), "some");
	assert_string_equal(told("-c core.sshCommand=x fetch a"), "some");
	assert_string_equal(told("-C elsewhere fetch a"), "some");
	assert_string_equal(told("submodule update"), "some");
	assert_string_equal(told("remote update"), "some");
	sandbox_run("cd repo && git config --add remote.a.pushurl three:p &&"
	            "git config --add remote.a.pushurl four:p");
	assert_string_equal(told("push a"), "some");
	sandbox_run("cd repo && git config --add remote.b.url five:p");
	assert_string_equal(told("push b"), "some");
	assert_string_equal(told("remote update --prune"), "some");
	assert_string_equal(told("fetch --multiple a b"), "some");
	assert_string_equal(told("-p"), "some");
	assert_string_equal(told("clone x:p dir"), "some");
	assert_string_equal(told("clone --"), "some");
	assert_string_equal(told("clone -- x:p dir"), "x ");
	assert_string_equal(told("clone -- short:p dir"), "long ");
	assert_string_equal(told("remote"), "none");
	assert_string_equal(told("status"), "none");
	assert_string_equal(told("remote -v"), "none");
	assert_string_equal(told("submodule status"), "none");
	assert_string_equal(told("st"), "none");
	assert_string_equal(told("x"), "none");
	assert_string_equal(told("up a"), "one ");
	sandbox_run("cd repo && printf '[remote \"a\"]\\n\\turl\\n' >.git/config");
	assert_string_equal(told("fetch a"), "some");
}

/* Without a repository, or with one that only git can read. */
static void test_no_configuration(void **state)
{
	static const char *const items[] = {"git", "fetch", NULL};
	struct strings words = {0};

	for (size_t i = 0; items[i]; i++)
		strings_add(&arena, &words, items[i]);
	(void)state;
	assert_int_equal(look_from(NULL, &words).use, REMOTE_UNKNOWN);
	assert_int_equal(look_from(scratch.path, &words).use, REMOTE_UNKNOWN);
	words.count = 1;
	assert_int_equal(look_from(NULL, &words).use, REMOTE_UNUSED);
	sandbox_run("cp .gitconfig kept && echo '[a' >.gitconfig");
	config_renew();
	assert_string_equal(told("clone -- x:p dir"), "some");
	assert_string_equal(told("up a"), "none");
	sandbox_run("printf '[url \"y:\"]\\n\\tinsteadOf\\n' | cat kept - >.gitconfig");
	config_renew();
	assert_string_equal(told("clone -- x:p dir"), "x ");
	sandbox_run("mv kept .gitconfig");
	config_renew();
	assert_string_equal(told("clone -- x:p dir"), "x ");
}

static bool repeats(const char *command)
{
	struct strings words = {0};
	struct error err;

	assert_true(words_split(&words, &arena, command, &err));
	return remote_may_repeat(&arena, &words);
}

static void test_repeats(void **state)
{
	(void)state;
	assert_true(repeats("git fetch"));
	assert_true(repeats("git --no-pager pull --rebase"));
	assert_true(repeats("git up"));
	assert_true(repeats("git lfs fetch"));
	assert_false(repeats("git push"));
	assert_false(repeats("git lfs push origin"));
	assert_false(repeats("git status"));
	assert_false(repeats("git -c a.b=c fetch"));
	assert_false(repeats("sh -c 'git fetch'"));
}

static const char *transferred(const char *command)
{
	static const char *const names[] = {"none", "fetch", "pull", "push", "clone"};
	struct strings words = {0};
	struct transfer transfer;
	struct error err;

	assert_true(words_split(&words, &arena, command, &err));
	remote_transfer(&transfer, &arena, &words);
	return arena_format(&arena, "%s%s", transfer.plain ? "plain " : "",
	                    names[transfer.kind]);
}

static void test_transfers(void **state)
{
	(void)state;
	assert_string_equal(transferred("git fetch --prune -t"), "plain fetch");
	assert_string_equal(transferred("git remote update"), "plain fetch");
	assert_string_equal(transferred("git fetch --dry-run"), "fetch");
	assert_string_equal(transferred("git fetch origin main"), "fetch");
	assert_string_equal(transferred("git pull --ff-only"), "plain pull");
	assert_string_equal(transferred("git push origin"), "push");
	assert_string_equal(transferred("git clone -- x y"), "clone");
	assert_string_equal(transferred("git ls-remote"), "plain none");
	assert_string_equal(transferred("git status"), "none");
	assert_string_equal(transferred("git -C x fetch"), "none");
	assert_string_equal(transferred("sh -c 'git fetch'"), "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_ssh_urls, setup, sandbox_teardown),
		cmocka_unit_test_setup_teardown(test_other_urls, setup,
	                                        sandbox_teardown),
		cmocka_unit_test_setup_teardown(test_secrets, setup, sandbox_teardown),
		cmocka_unit_test_setup_teardown(test_commands, setup, sandbox_teardown),
		cmocka_unit_test_setup_teardown(test_unknown, setup, sandbox_teardown),
		cmocka_unit_test_setup_teardown(test_defaults, setup, sandbox_teardown),
		cmocka_unit_test_setup_teardown(test_no_configuration, setup,
	                                        sandbox_teardown),
		cmocka_unit_test_setup_teardown(test_repeats, setup, sandbox_teardown),
		cmocka_unit_test_setup_teardown(test_transfers, setup,
	                                        sandbox_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
