/* git's configuration: the form of the files, includes, the environment. */
#include "config.h"

#include <limits.h>

#include "base/buf.h"
#include "base/text.h"
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
	expect("[a]b=\"t\\tn\\nq\\\"s\\\\\"\\b", "a.b=t\tn\nq\"s\\\b\n");
	expect("[a-b]c-d=1", "a-b.c-d=1\n");
	expect("[a \t\"b\"]c \t= d\r\n;x\n[e]f=\rg\r", "a.b.c=d\ne.f=g\n");
}

static void test_bad_form(void **state)
{
	static const char *const texts[] = {
		"[a",
		"[a]]",
		"[a]1=2",
		"[a]b c",
		"b=c",
		"[a \"b]",
		"[a \"b\" ]",
		"[a]b=\"open",
		"[a]b=\\x",
		"[]b=1",
		"[a_b]c=1",
		"[a b]c=1",
		"[a \n\"b\"]c=1",
		"[\xe4]b=1",
		"[a]\xe4=1",
		"[a \"b\\\n\"]c=1",
		"[a]b=\"x\n\"",
		"[a\n]b=1",
		"[a]b\t;c",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		expect(texts[i], "ask git");
	sandbox_run("printf '[a]b=1\\n\\0' >repo/.git/config");
	assert_string_equal(loaded(), "ask git");
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
	static const char *const pairs[][2] = {
		{"a.b", NULL},
		{"nonsense", "x"},
		{"include.path", "relative"},
		{"include.path", "~/bad"},
		{"includeIf.gitdir:./x.path", "more"},
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
	scratch_file("bad", "[a");
	sandbox_set("GIT_CONFIG_COUNT", "1");
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		sandbox_set("GIT_CONFIG_KEY_0", pairs[i][0]);
		if (pairs[i][1])
			sandbox_set("GIT_CONFIG_VALUE_0", pairs[i][1]);
		expect("", "ask git");
	}
}

/* Files that are not there, and variables that say nothing. */
static void test_absent(void **state)
{
	(void)state;
	sandbox_set("GIT_CONFIG_PARAMETERS", "");
	sandbox_set("GIT_CONFIG_COUNT", "");
	sandbox_set("XDG_CONFIG_HOME", "");
	expect("[a]b=1", "a.b=1\n");
	sandbox_set("XDG_CONFIG_HOME", in_scratch("xdg"));
	sandbox_run("mkdir -p xdg/git && echo '[x]y=1' >xdg/git/config");
	expect("[a]b=1", "x.y=1\na.b=1\n");
	sandbox_set("GIT_CONFIG_GLOBAL", in_scratch(".gitconfig/below"));
	expect("[a]b=1", "a.b=1\n");
	sandbox_set("GIT_CONFIG_GLOBAL", in_scratch("repo"));
	expect("", "ask git");
	sandbox_set("GIT_CONFIG_GLOBAL",
	            arena_format(&arena, "/%0*d", NAME_MAX + 1, 0));
	expect("", "ask git");
	sandbox_set("GIT_CONFIG_GLOBAL", "");
	sandbox_set("GIT_CONFIG_SYSTEM", "/dev/null");
	unsetenv("GIT_CONFIG_NOSYSTEM");
	expect("[a]b=1", "a.b=1\n");
	unsetenv("GIT_CONFIG_SYSTEM"); /* this machine's */
	scratch_file("repo/.git/config", "[a]b=1");
	assert_true(text_has_suffix(loaded(), "a.b=1\n"));
	sandbox_set("GIT_CONFIG_NOSYSTEM", "1");
	unsetenv("GIT_CONFIG_GLOBAL");
	sandbox_set("XDG_CONFIG_HOME", "");
	sandbox_set("HOME", "");
	expect("[a]b=1", "a.b=1\n");
	sandbox_set("HOME", scratch.path);
	sandbox_run("mkdir -p .config/git && echo '[a' >.config/git/config");
	expect("", "ask git");
	unsetenv("HOME");
	expect("[a]b=1", "a.b=1\n");
	expect("[include]path=~/x", "ask git");
	expect("[includeIf \"gitdir:~/x/\"]path=more", "ask git");
	expect("[includeIf \"gitdir:x/\"]path=more", "includeif.gitdir:x/.path=more\n");
}

/* A condition on the repository cannot be judged for all repositories at once. */
static void test_common(void **state)
{
	struct config config = {0};

	(void)state;
	scratch_file(".gitconfig", "[a]b=1");
	assert_true(config_load_common(&config, &arena));
	assert_string_equal(listed(&config), "a.b=1\n");
	scratch_file(".gitconfig", "[includeIf \"onbranch:x\"]path=more");
	assert_false(config_load_common(&config, &arena));
	scratch_file(".gitconfig", "[a");
	assert_false(config_load_common(&config, &arena));
	scratch_file(".gitconfig", "");
	sandbox_set("GIT_CONFIG_NOSYSTEM", "perhaps");
	assert_false(config_load_common(&config, &arena));
	config = (struct config){0};
	sandbox_set("GIT_CONFIG_NOSYSTEM", "0");
	sandbox_set("GIT_CONFIG_SYSTEM", in_scratch("system"));
	scratch_file("system", "[a]b=2");
	assert_true(config_load_common(&config, &arena));
	assert_string_equal(listed(&config), "a.b=2\n");
	scratch_file("system", "[a");
	assert_false(config_load_common(&config, &arena));
	sandbox_set("GIT_CONFIG_SYSTEM", "system");
	scratch_file("system", "");
	assert_false(config_load_common(&config, &arena));
	config = (struct config){0};
	sandbox_set("GIT_CONFIG_SYSTEM", "");
	assert_true(config_load_common(&config, &arena));
	assert_string_equal(listed(&config), "");
}

/* How many digits of a hash are shown; 0: as many as the repository needs. */
static void test_abbrev(void **state)
{
	static const struct {
		const char *text;
		int expected; /* -1: only git can tell */
	} rows[] = {
		{"other", 0},      {"abbrev", -1},       {"abbrev=auto", 0},
		{"abbrev=7", 7},   {"abbrev=40", 40},    {"abbrev=4", 4},
		{"abbrev=no", 40}, {"abbrev=false", 40}, {"abbrev=yes", -1},
		{"abbrev=3", -1},  {"abbrev=41", -1},    {"abbrev=perhaps", -1},
		{"abbrev=08", -1}, {"abbrev=0", -1},     {"abbrev=1k", -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct config config;
		struct config_format format;
		unsigned digits;
		bool known;

		scratch_file("repo/.git/config",
		             arena_format(&arena, "[core]%s", rows[i].text));
		assert_true(load(&config, &format));
		known = config_abbrev(&digits, &config);
		assert_int_equal(known ? (int)digits : -1, rows[i].expected);
	}
}

/* What all repositories share is read once, until it is said to be read again. */
static void test_renewal(void **state)
{
	struct config config = {0};

	(void)state;
	sandbox_run("rm -r repo/.git && git init -q repo");
	scratch_file(".gitconfig", "[a]b=1");
	config_renew();
	assert_string_equal(config_text(config_common(), "a.b"), "1");
	scratch_file(".gitconfig", "[a]b=2");
	assert_string_equal(config_text(config_common(), "a.b"), "1");
	config_renew();
	assert_string_equal(config_text(config_common(), "a.b"), "2");
	assert_true(config_load_path(&config, &arena, in_scratch("repo")));
	assert_string_equal(config_text(&config, "a.b"), "2");
	assert_false(config_load_path(&config, &arena, scratch.path));
	sandbox_run("git -C repo config core.repositoryFormatVersion 1");
	assert_false(config_load_path(&config, &arena, in_scratch("repo")));
	sandbox_run("git -C repo config core.bare perhaps");
	assert_false(config_load_path(&config, &arena, in_scratch("repo")));
	scratch_file(".gitconfig", "[a");
	config_renew();
	assert_null(config_common());
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
	expect("[include]path=%(prefix)/x", "ask git");
	expect("[include]path=~", "ask git");
	expect("[include]path=more\npath=../../home\n[includeIf]path=more\n"
	       "[includeIf \"onbranch:topic/one\"]other=more",
	       "include.path=more\ninclude.path=../../home\nh.x=1\n"
	       "includeif.path=more\nincludeif.onbranch:topic/one.other=more\n");
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
	expect("[includeIf \"hasconfig:remote.*.url:x\"]path\n[remote \"o\"]url=x",
	       "ask git");
	scratch_file("repo/.git/more", "[include]path=most");
	scratch_file("repo/.git/most", "[remote \"p\"]url=y");
	expect("[includeIf \"hasconfig:remote.*.url:x\"]path=more\n[remote \"o\"]url=x",
	       "ask git");
	scratch_file("repo/.git/most", "[remote \"p\"]fetch=y");
	expect("[includeIf \"hasconfig:remote.*.url:x\"]path=more\n"
	       "[remote]url=x\n[remote \"o\"]url\nurl=x",
	       "includeif.hasconfig:remote.*.url:x.path=more\ninclude.path=most\n"
	       "remote.p.fetch=y\nremote.url=x\nremote.o.url\nremote.o.url=x\n");
}

/* Without a branch no condition on it holds; where the folder of a file has wildcards
 * in its name, git alone knows what `./` stands for. */
static void test_place(void **state)
{
	const struct config_place detached = {in_scratch("repo/.git"), NULL};
	const struct config_place linked = {in_scratch("link"), NULL};
	struct config config = {0};
	struct config_format format;

	(void)state;
	scratch_file("repo/.git/more", "[m]x=1");
	scratch_file("repo/.git/config",
	             "[includeIf \"onbranch:**\"]path=more\n[core]worktree");
	assert_true(config_load(&config, &format, &arena, NULL, in_scratch("repo/.git"),
	                        &detached));
	assert_string_equal(listed(&config),
	                    "includeif.onbranch:**.path=more\ncore.worktree\n");
	assert_string_equal(format.worktree, "");
	sandbox_run("ln -s repo/.git link");
	scratch_file("repo/.git/config", "[includeIf \"gitdir:link\"]path=more");
	config = (struct config){0};
	assert_true(config_load(&config, &format, &arena, NULL, in_scratch("repo/.git"),
	                        &linked));
	assert_string_equal(listed(&config),
	                    "includeif.gitdir:link.path=more\nm.x=1\n");
	sandbox_run(
		"mkdir '[x]' && echo '[includeIf \"gitdir:./\"]path=y' >'[x]/file'");
	expect("[include]path=../../[x]/file", "ask git");
	expect("[includeIf \"onbranch:topic/one\"]path", "ask git");
	expect("[includeIf \"onbranch:\"]path=more", "includeif.onbranch:.path=more\n");
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
	scratch_file("repo/.git/config", "[core]repositoryformatversion");
	assert_true(load(&config, &format));
	assert_false(format.plain);
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
		"maybe", "1x",         "1kk",         "truee", "k",
		"2G",    "2147483648", "-2147483648", "-2G",   "99999999999999999999"};
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

static void test_keys(void **state)
{
	static const char *const rows[][2] = {
		{"A.B", "a.b"},         {"A.b C.D", "a.b C.d"},
		{"a.b.c.D", "a.b.c.d"}, {"a", NULL},
		{".b", NULL},           {"a.", NULL},
		{"a.1", NULL},          {"a_b.c", NULL},
		{"a.b\nc.d", NULL},     {"a.b_c", NULL},
		{"a-b.c-d", "a-b.c-d"}, {"a.b\xc3\xa4.c", "a.b\xc3\xa4.c"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *key = config_key(&arena, rows[i][0]);

		if (rows[i][1])
			assert_string_equal(key, rows[i][1]);
		else
			assert_null(key);
	}
}

/* The first and the last entry of a key, and one that stands alone. */
static void test_entries(void **state)
{
	struct config config;
	struct config_format format;

	(void)state;
	scratch_file("repo/.git/config", "[a]b=1\nc=2\nb=3\nd");
	assert_true(load(&config, &format));
	assert_string_equal(config_first(&config, "a.b")->value, "1");
	assert_string_equal(config_last(&config, "a.b")->value, "3");
	assert_string_equal(config_text(&config, "a.b"), "3");
	assert_null(config_first(&config, "a.d")->value);
	assert_null(config_text(&config, "a.d"));
	assert_null(config_first(&config, "a.e"));
	assert_null(config_last(&config, "a.e"));
	assert_null(config_text(&config, "a.e"));
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
		CONFIG_TEST(test_booleans),       CONFIG_TEST(test_absent),
		CONFIG_TEST(test_common),         CONFIG_TEST(test_place),
		CONFIG_TEST(test_renewal),        CONFIG_TEST(test_keys),
		CONFIG_TEST(test_entries),        CONFIG_TEST(test_abbrev),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
