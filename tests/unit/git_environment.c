/* The environment of children. */
#include "git/environment.h"

#include "base/buf.h"
#include "base/strings.h"
#include "config.h"
#include "git/probe.h"
#include "git/remote.h"
#include "git_sandbox.h"

/* All of it, sorted, a line each. */
static const char *made(enum environment kind)
{
	struct strings list = {0};
	BUF out = {0};

	environment_make(&list, &arena, kind);
	strings_sort(&list);
	for (size_t i = 0; i < list.count; i++)
		buf_addf(&out, "%s\n", list.items[i]);
	return arena_bytes(&arena, buf_text(&out), out.length);
}

static int setup(void **state)
{
	static const char *const names[] = {
		"GIT_DIR",
		"GIT_WORK_TREE",
		"GIT_INDEX_FILE",
		"GIT_OBJECT_DIRECTORY",
		"GIT_ALTERNATE_OBJECT_DIRECTORIES",
		"GIT_CONFIG",
		"GIT_GRAFT_FILE",
		"GIT_NO_REPLACE_OBJECTS",
		"GIT_REPLACE_REF_BASE",
		"GIT_PREFIX",
		"GIT_SHALLOW_FILE",
		"GIT_COMMON_DIR",
		"GIT_IMPLICIT_WORK_TREE",
		"GIT_INTERNAL_SUPER_PREFIX",
	};

	(void)state;
	clearenv();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		sandbox_set(names[i], "x");
	sandbox_set("GIT_CONFIG_COUNT", "1");
	sandbox_set("GIT_CONFIG_KEY_0", "a.b");
	sandbox_set("GIT_CONFIG_PARAMETERS", "'a.b'='c'");
	sandbox_set("GIT_CONFIG_VALUE_0", "c");
	sandbox_set("GIT_DIRECTORY", "not git's");
	sandbox_set("GIT_EDITOR", "vi");
	sandbox_set("GIT_ALLOW_PROTOCOL", "https");
	sandbox_set("LC_ALL", "de_DE.UTF-8");
	sandbox_set("LANGUAGE", "de");
	return 0;
}

static void test_foreground(void **state)
{
	(void)state;
	assert_string_equal(made(ENVIRONMENT_FOREGROUND),
	                    "GIT_ALLOW_PROTOCOL=https\n"
	                    "GIT_CONFIG_COUNT=1\n"
	                    "GIT_CONFIG_KEY_0=a.b\n"
	                    "GIT_CONFIG_PARAMETERS='a.b'='c'\n"
	                    "GIT_CONFIG_VALUE_0=c\n"
	                    "GIT_DIRECTORY=not git's\n"
	                    "GIT_EDITOR=vi\n"
	                    "LANGUAGE=de\n"
	                    "LC_ALL=de_DE.UTF-8\n");
}

static void test_concurrent(void **state)
{
	(void)state;
	assert_string_equal(made(ENVIRONMENT_CONCURRENT),
	                    "GCM_INTERACTIVE=never\n"
	                    "GIT_ALLOW_PROTOCOL=https\n"
	                    "GIT_ASKPASS=\n"
	                    "GIT_CONFIG_COUNT=1\n"
	                    "GIT_CONFIG_KEY_0=a.b\n"
	                    "GIT_CONFIG_PARAMETERS='a.b'='c'\n"
	                    "GIT_CONFIG_VALUE_0=c\n"
	                    "GIT_DIRECTORY=not git's\n"
	                    "GIT_EDITOR=false # " ENVIRONMENT_NO_EDITOR "\n"
	                    "GIT_PAGER=cat\n"
	                    "GIT_SEQUENCE_EDITOR=false # " ENVIRONMENT_NO_EDITOR "\n"
	                    "GIT_TERMINAL_PROMPT=0\n"
	                    "LANGUAGE=de\n"
	                    "LC_ALL=de_DE.UTF-8\n"
	                    "SSH_ASKPASS_REQUIRE=never\n");
}

static void test_query(void **state)
{
	(void)state;
	assert_string_equal(made(ENVIRONMENT_QUERY),
	                    "GCM_INTERACTIVE=never\n"
	                    "GIT_ALLOW_PROTOCOL=\n"
	                    "GIT_ASKPASS=\n"
	                    "GIT_CONFIG_COUNT=1\n"
	                    "GIT_CONFIG_KEY_0=a.b\n"
	                    "GIT_CONFIG_PARAMETERS='a.b'='c'\n"
	                    "GIT_CONFIG_VALUE_0=c\n"
	                    "GIT_DIRECTORY=not git's\n"
	                    "GIT_EDITOR=false # " ENVIRONMENT_NO_EDITOR "\n"
	                    "GIT_OPTIONAL_LOCKS=0\n"
	                    "GIT_PAGER=cat\n"
	                    "GIT_SEQUENCE_EDITOR=false # " ENVIRONMENT_NO_EDITOR "\n"
	                    "GIT_TERMINAL_PROMPT=0\n"
	                    "LC_ALL=C\n"
	                    "SSH_ASKPASS_REQUIRE=never\n");
}

static void test_empty(void **state)
{
	(void)state;
	clearenv();
	assert_string_equal(made(ENVIRONMENT_FOREGROUND), "");
	assert_string_equal(made(ENVIRONMENT_QUERY),
	                    "GCM_INTERACTIVE=never\n"
	                    "GIT_ALLOW_PROTOCOL=\n"
	                    "GIT_ASKPASS=\n"
	                    "GIT_EDITOR=false # " ENVIRONMENT_NO_EDITOR "\n"
	                    "GIT_OPTIONAL_LOCKS=0\n"
	                    "GIT_PAGER=cat\n"
	                    "GIT_SEQUENCE_EDITOR=false # " ENVIRONMENT_NO_EDITOR "\n"
	                    "GIT_TERMINAL_PROMPT=0\n"
	                    "LC_ALL=C\n"
	                    "SSH_ASKPASS_REQUIRE=never\n");
}

static const char *ssh_of(enum environment kind, const char *control_path)
{
	struct strings list = {0};

	environment_ssh(&list, &arena, kind, control_path);
	assert_true(list.count < 2);
	return list.count ? list.items[0] : "";
}

/* At the terminal ssh may ask; over a connection that is there it need not. */
static void test_ssh_of_each_kind(void **state)
{
	(void)state;
	assert_string_equal(ssh_of(ENVIRONMENT_FOREGROUND, NULL), "");
	assert_string_equal(
		ssh_of(ENVIRONMENT_FOREGROUND, "/x"),
		"GIT_SSH_COMMAND=ssh -o ControlMaster=no -o ControlPath=/x");
	assert_string_equal(ssh_of(ENVIRONMENT_CONCURRENT, NULL),
	                    "GIT_SSH_COMMAND=ssh -o BatchMode=yes");
	assert_string_equal(ssh_of(ENVIRONMENT_CONCURRENT, "/x"),
	                    "GIT_SSH_COMMAND=ssh -o BatchMode=yes -o ControlMaster=no "
	                    "-o ControlPath=/x");
}

/* What environment_ssh adds for the repository, "" for nothing. */
static const char *ssh(void)
{
	struct strings list = {0}, words = {0};
	struct remote_look look;
	struct probe probe;

	probe_path(&probe, &arena, in_scratch("repo"));
	remote_look(&look, &arena, &probe, &words);
	if (!look.own_ssh)
		environment_ssh(&list, &arena, ENVIRONMENT_CONCURRENT, NULL);
	return list.count ? list.items[0] : "";
}

static void test_ssh(void **state)
{
	static const char batch[] = "GIT_SSH_COMMAND=ssh -o BatchMode=yes";

	(void)state;
	sandbox_run("git init -q repo");
	assert_string_equal(ssh(), batch);
	sandbox_run("git -C repo config core.sshCommand 'ssh -i key'");
	assert_string_equal(ssh(), "");
	sandbox_run("git -C repo config --unset core.sshCommand");
	assert_string_equal(ssh(), batch);
	sandbox_run("git -C repo config ssh.variant simple");
	assert_string_equal(ssh(), "");
	sandbox_run("git -C repo config --unset ssh.variant");
	sandbox_set("GIT_CONFIG_COUNT", "1");
	sandbox_set("GIT_CONFIG_KEY_0", "core.sshCommand");
	sandbox_set("GIT_CONFIG_VALUE_0", "ssh -i key");
	assert_string_equal(ssh(), "");
	unsetenv("GIT_CONFIG_COUNT");
	assert_string_equal(ssh(), batch);
	sandbox_set("GIT_SSH", "plink");
	assert_string_equal(ssh(), "");
}

static void test_color(void **state)
{
	struct strings some = {0}, none = {0}, wrong = {0};
	BUF text = {0};

	(void)state;
	strings_add(&arena, &some, "A=b");
	strings_add(&arena, &some, "GIT_CONFIG_COUNT=2");
	environment_color(&some, &arena, "always");
	words_join(&text, &some);
	assert_string_equal(buf_text(&text), "A=b GIT_CONFIG_COUNT=3 "
	                                     "GIT_CONFIG_KEY_2=color.ui "
	                                     "GIT_CONFIG_VALUE_2=always");
	buf_clear(&text);
	environment_color(&none, &arena, "never");
	words_join(&text, &none);
	assert_string_equal(buf_text(&text), "GIT_CONFIG_COUNT=1 "
	                                     "GIT_CONFIG_KEY_0=color.ui "
	                                     "GIT_CONFIG_VALUE_0=never");
	strings_add(&arena, &wrong, "GIT_CONFIG_COUNT=x");
	environment_color(&wrong, &arena, "always");
	assert_int_equal(wrong.count, 1);
	assert_string_equal(wrong.items[0], "GIT_CONFIG_COUNT=x");
}

/* Only what the user has said of all commands at once. */
static void test_no_color(void **state)
{
	static const struct {
		const char *text;
		bool refuses;
	} rows[] = {
		{"", false},
		{"[color]ui=never", true},
		{"[color]ui=Never", true},
		{"[color]ui=false", true},
		{"[color]ui=0", true},
		{"[color]ui", false},
		{"[color]ui=auto", false},
		{"[color]ui=always", false},
		{"[color]ui=true", false},
		{"[color]ui=perhaps", false},
		{"[color]status=never", false},
		{"[color", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scratch_file(".gitconfig", rows[i].text);
		config_renew();
		if (environment_refuses_color() != rows[i].refuses)
			fail_msg("%s", rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_foreground, setup),
		cmocka_unit_test_setup(test_concurrent, setup),
		cmocka_unit_test_setup(test_query, setup),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_color),
		cmocka_unit_test(test_ssh_of_each_kind),
		SANDBOX_TEST(test_ssh),
		SANDBOX_TEST(test_no_color),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
