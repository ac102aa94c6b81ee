/* git's configuration: the form of the files, includes, the environment. */
#include "config.h"

#include "base/buf.h"
#include "git_sandbox.h"

/* All entries on lines: key=value, or the key alone. */
static const char *listed(const struct config *config)
{
	BUF out = {0};

	for (size_t i = 0; i < config->count; i++) {
		buf_adds(&out, config->items[i].key);
		if (config->items[i].value)
			buf_addf(&out, "=%s", config->items[i].value);
		buf_addc(&out, '\n');
	}
	return arena_bytes(&arena, buf_text(&out), out.length);
}

static bool load(struct config *out, struct config_format *format)
{
	const struct config_place place = {in_scratch("repo/.git"), "topic/one"};

	*out = (struct config){0};
	return config_load(out, format, &arena, NULL, in_scratch("repo/.git"), &place);
}

static const char *loaded(void)
{
	struct config config;
	struct config_format format;

	return load(&config, &format) ? listed(&config) : "ask git";
}

static int setup(void **state)
{
	sandbox_setup(state);
	scratch_folder("repo");
	scratch_folder("repo/.git");
	scratch_file(".gitconfig", "");
	return 0;
}

static void expect(const char *text, const char *expected)
{
	scratch_file("repo/.git/config", text);
	assert_string_equal(loaded(), expected);
}

static void test_form(void **state)
{
	(void)state;
	expect("", "");
	expect("\xef\xbb\xbf[a]\r\n\tb = c\r\n", "a.b=c\n");
	expect("[Core] Bare=TRUE ; said\n#no\n[Sub \"Two Words\"]x",
	       "core.bare=TRUE\n"
	       "sub.Two Words.x\n");
	expect("[a.B]c=d", "a.b.c=d\n");
	expect("[a \"\\\"q\\\\\"]b=1", "a.\"q\\.b=1\n");
	expect("[a]b = \" x \" y  # z\n c = one\\\n two\n d =\n",
	       "a.b= x  y\na.c=one two\na.d=\n");
	expect("[a]b=\"t\\tn\\nq\\\"s\\\\\"", "a.b=t\tn\nq\"s\\\n");
}

static void test_bad_form(void **state)
{
	static const char *const texts[] = {
		"[a",       "[a]]",    "[a]1=2",     "[a]b c",
		"b=c",      "[a \"b]", "[a \"b\" ]", "[a]b=\"open",
		"[a]b=\\x", "[]b=1",   "[a_b]c=1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		expect(texts[i], "ask git");
}

static void test_order(void **state)
{
	(void)state;
	scratch_file(".gitconfig", "[a]b=user\n");
	sandbox_run("mkdir -p .config/git && echo '[a]b=xdg' >.config/git/config");
	sandbox_set("GIT_CONFIG_COUNT", "1");
	sandbox_set("GIT_CONFIG_KEY_0", "A.B");
	sandbox_set("GIT_CONFIG_VALUE_0", "said");
	expect("[a]b=repo", "a.b=xdg\na.b=user\na.b=repo\na.b=said\n");
	sandbox_set("GIT_CONFIG_GLOBAL", "/dev/null");
	expect("[a]b=repo", "a.b=repo\na.b=said\n");
	scratch_file("system", "[a]b=system");
	sandbox_set("GIT_CONFIG_SYSTEM", in_scratch("system"));
	sandbox_set("GIT_CONFIG_NOSYSTEM", "no");
	expect("[a]b=repo", "a.b=system\na.b=repo\na.b=said\n");
}

static void test_odd_environment(void **state)
{
	static const struct {
		const char *name, *value;
	} rows[] = {
		{"GIT_CONFIG_PARAMETERS", "'a.b'='c'"},
		{"GIT_CONFIG_COUNT", "1"},
		{"GIT_CONFIG_COUNT", "x"},
		{"GIT_CONFIG_GLOBAL", "relative"},
		{"XDG_CONFIG_HOME", "relative"},
		{"GIT_CONFIG_NOSYSTEM", "perhaps"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *before = getenv(rows[i].name);

		sandbox_set(rows[i].name, rows[i].value);
		expect("", "ask git");
		if (before)
			sandbox_set(rows[i].name, "1");
		else
			unsetenv(rows[i].name);
	}
}

static void test_includes(void **state)
{
	(void)state;
	scratch_file("repo/more", "[m]x=1");
	scratch_file("home", "[h]x=1");
	expect("[include]path=../more\n[a]b=1\n[include]path=nothing\n[include]path=~/"
	       "home",
	       "include.path=../more\nm.x=1\na.b=1\ninclude.path=nothing\n"
	       "include.path=~/home\nh.x=1\n");
	expect("[include]path=config", "ask git");
	expect("[include]path=~other/x", "ask git");
	expect("[include]path", "ask git");
}

/* Whether a condition on the repository (branch topic/one) is true. */
static void test_conditions(void **state)
{
	static const struct {
		const char *condition, *expected;
	} rows[] = {
		{"gitdir:%s/", "m.x=1\n"},
		{"gitdir:%s/repo/.git", "m.x=1\n"},
		{"gitdir:./", ""},
		{"gitdir:repo/.git", "m.x=1\n"},
		{"gitdir:repo", ""},
		{"gitdir:%s/REPO/", ""},
		{"gitdir/i:%s/REPO/", "m.x=1\n"},
		{"gitdir:%s/r*/.git", "m.x=1\n"},
		{"gitdir:%s/*", ""},
		{"gitdir:%s/**", "m.x=1\n"},
		{"gitdir:./", ""},
		{"onbranch:topic/", "m.x=1\n"},
		{"onbranch:topic", ""},
		{"onbranch:*/one", "m.x=1\n"},
		{"whatever:x", ""},
		{"hasconfig:remote.*.url:git@*:x/**", "m.x=1\n"},
		{"hasconfig:remote.*.url:x", ""},
		{"gitdir:~other/", "ask git"},
	};

	(void)state;
	scratch_file("repo/.git/more", "[m]x=1");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *at = strstr(rows[i].condition, "%s");
		const char *condition =
			at ? arena_format(&arena, "gitdir%s:%s%s",
		                          strstr(rows[i].condition, "/i:") ? "/i" : "",
		                          scratch.path, at + 2)
			   : rows[i].condition;
		const char *got;

		scratch_file("repo/.git/config",
		             arena_format(&arena,
		                          "[includeIf \"%s\"]path=more\n"
		                          "[remote \"o\"]url=git@host:x/y\n",
		                          condition));
		got = loaded();
		if (strcmp(rows[i].expected, "ask git") != 0) {
			const char *expected = arena_format(
				&arena,
				"includeif.%s.path=more\n%sremote.o.url=git@host:x/y\n",
				condition, rows[i].expected);

			assert_string_equal(got, expected);
		} else {
			assert_string_equal(got, "ask git");
		}
	}
}

/* A file that is included because of a URL may hold none; git gives up then. */
static void test_url_behind_url(void **state)
{
	(void)state;
	scratch_file("repo/.git/more", "[remote \"p\"]url=y");
	expect("[includeIf \"hasconfig:remote.*.url:x\"]path=more\n[remote \"o\"]url=x",
	       "ask git");
	expect("[includeIf \"hasconfig:remote.*.url:z\"]path=more\n[remote \"o\"]url=x",
	       "includeif.hasconfig:remote.*.url:z.path=more\nremote.o.url=x\n");
}

static void test_format(void **state)
{
	struct config config;
	struct config_format format;

	(void)state;
	scratch_file("repo/.git/more", "[core]bare\nworktree=/other");
	scratch_file("repo/.git/config",
	             "[core]repositoryformatversion=0\nbare=no\nworktree=../x\n"
	             "[include]path=more");
	assert_true(load(&config, &format));
	assert_true(format.plain);
	assert_false(format.bare);
	assert_string_equal(format.worktree, "../x");
	scratch_file("repo/.git/config", "[core]repositoryformatversion=1");
	assert_true(load(&config, &format));
	assert_false(format.plain);
	scratch_file("repo/.git/config", "[extensions]noop=1");
	assert_true(load(&config, &format));
	assert_false(format.plain);
	scratch_file("repo/.git/config", "[core]bare=perhaps");
	assert_false(load(&config, &format));
}

static void test_booleans(void **state)
{
	static const char *const truths[] = {"true", "Yes", "ON",         "1", "2k",
	                                     "0x1",  "-1M", "2147483647", "1G"};
	static const char *const lies[] = {"false", "No", "off", "0", ""};
	static const char *const others[] = {
		"maybe", "1x", "1kk", "truee", "k", "2G", "2147483648", "-2147483648"};
	bool truth;

	(void)state;
	assert_true(config_boolean(&truth, NULL) && truth);
	for (size_t i = 0; i < sizeof truths / sizeof *truths; i++)
		assert_true(config_boolean(&truth, truths[i]) && truth);
	for (size_t i = 0; i < sizeof lies / sizeof *lies; i++)
		assert_true(config_boolean(&truth, lies[i]) && !truth);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(config_boolean(&truth, others[i]));
}

#define CONFIG_TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, sandbox_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONFIG_TEST(test_form),           CONFIG_TEST(test_bad_form),
		CONFIG_TEST(test_order),          CONFIG_TEST(test_odd_environment),
		CONFIG_TEST(test_includes),       CONFIG_TEST(test_conditions),
		CONFIG_TEST(test_url_behind_url), CONFIG_TEST(test_format),
		CONFIG_TEST(test_booleans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
