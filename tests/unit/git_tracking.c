/* What the configuration holds about a branch and its remote. */
#include "tracking.h"

#include "base/buf.h"
#include "base/strings.h"
#include "config.h"
#include "git_sandbox.h"

/* The entries, a line each: a key, a space and the value, or a key alone. */
static struct config config_of(const char *lines)
{
	struct config config = {0};
	struct strings list = {0};
	BUF text = {0};

	strings_split(&arena, &list, lines, "\n");
	for (size_t i = 0; i < list.count; i++) {
		const char *line = list.items[i];
		size_t key = strcspn(line, " ");

		buf_add(&text, line, key);
		if (line[key])
			buf_addf(&text, "\n%s", line + key + 1);
		buf_addc(&text, '\0');
	}
	config_parse_list(&config, &arena, arena_bytes(&arena, text.data, text.length),
	                  text.length);
	return config;
}

static void test_upstreams(void **state)
{
	static const char *const rows[][2] = {
		{"branch.x.merge refs/heads/x", "none"},
		{"branch.x.remote o", "none"},
		{"branch.x.remote o\nbranch.x.merge", "ask git"},
		{"branch.x.remote .\nbranch.x.merge refs/heads/y", "refs/heads/y"},
		{"branch.x.remote .\nbranch.x.merge y", "ask git"},
		/* a remote that may be a file of old, or is a URL */
		{"branch.x.remote o\nbranch.x.merge refs/heads/y", "ask git"},
		{"branch.x.remote h:/y\nbranch.x.merge refs/heads/y", "none"},
		/* refspecs */
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u",
	         "none"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.p.fetch refs/heads/*:refs/remotes/p/*",
	         "none"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch +refs/heads/*:refs/remotes/o/*",
	         "refs/remotes/o/y"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch refs/heads/y:refs/one\n"
	         "remote.o.fetch refs/heads/*:refs/other/*",
	         "refs/one"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch refs/heads/z:refs/one\n"
	         "remote.o.fetch refs/heads/yy:refs/one\n"
	         "remote.o.fetch refs/heads/y\n"
	         "remote.o.fetch refs/heads/y:\n"
	         "remote.o.fetch refs/tags/*:refs/tags/*\n"
	         "remote.o.fetch refs/heads/*z:refs/ends/*\n"
	         "remote.o.fetch refs/*/y:refs/middle/*/m",
	         "refs/middle/heads/m"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch refs/heads/*/heads/y:refs/both/*",
	         "none"},
		/* what is left to git, wherever it stands */
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch refs/heads/*:refs/remotes/o/*\n"
	         "remote.o.fetch ^refs/heads/y",
	         "ask git"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch",
	         "ask git"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch @:refs/remotes/o/y",
	         "ask git"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch refs/heads/*",
	         "ask git"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch refs/heads/*:refs/remotes/o/y",
	         "ask git"},
		{"branch.x.remote o\nbranch.x.merge refs/heads/y\nremote.o.url u\n"
	         "remote.o.fetch refs/heads/y:refs/remotes/*",
	         "ask git"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct config config = config_of(rows[i][0]);
		const char *name;

		if (!tracking_upstream(&name, &arena, &config, "x"))
			name = "ask git";
		if (strcmp(name ? name : "none", rows[i][1]) != 0)
			fail_msg("%s: %s", rows[i][0], name ? name : "none");
	}
}

/* git is asked about the others: it ends at most of them. */
static void test_refspecs(void **state)
{
	static const struct {
		const char *refspec;
		bool plain;
	} rows[] = {
		{"refs/heads/*:refs/remotes/o/*", true},
		{"+refs/heads/*:refs/remotes/my.server/*", true},
		{"refs/heads/x", true},
		{"refs/heads/x:", true},
		{"+HEAD:refs/x", true},
		{"refs/a*b:refs/c*d", true},
		{"refs/heads/a@b:refs/remotes/me@here/@", true},
		{"refs/\xc3\xa9,+{}:refs/%", true},
		{"", false},
		{"+", false},
		{":", false},
		{":refs/x", false},
		{"^refs/heads/x", false},
		{"@:refs/x", false},
		{"refs/x:@", false},
		{"refs/x@{y:refs/x", false},
		{"refs/heads/*", false},
		{"refs/heads/*:", false},
		{"refs/heads/*:refs/x", false},
		{"refs/heads/x:refs/*", false},
		{"refs/heads/*/*:refs/x/*", false},
		{"refs/heads/*:refs/*/*", false},
		{"refs/heads/a b:refs/x", false},
		{"refs/heads/x:refs/a\tb", false},
		{"refs/heads/x:refs/a\x7f", false},
		{"refs/heads/x:refs/a:b", false},
		{"refs/heads/x:/refs", false},
		{"refs/heads/x:refs/", false},
		{"refs/heads/x:refs//y", false},
		{"refs/heads/x:refs/.y", false},
		{"refs/heads/x:refs/y..z", false},
		{"refs/heads/x:refs/y.", false},
		{"refs/heads/x:refs/y.lock", false},
		{"refs/heads/x.lock/y:refs/y", false},
		{"refs/~x:refs/y", false},
		{"refs/x?:refs/y", false},
		{"refs/[x:refs/y", false},
		{"refs/\\x:refs/y", false},
	};
	struct config config = config_of("remote.o.fetch");

	(void)state;
	assert_false(tracking_is_plain(&config));
	config = config_of("remote.o.fetches ^x\nremotes.o.fetch ^x\n"
	                   "remote.o.push ^x\nremote.fetch ^x");
	assert_true(tracking_is_plain(&config));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		config = config_of(arena_format(&arena,
		                                "remote.a.fetch refs/x\n"
		                                "remote.b.fetch %s\nc.d e",
		                                rows[i].refspec));
		if (tracking_is_plain(&config) != rows[i].plain)
			fail_msg("%s", rows[i].refspec);
	}
}

/* Each reference once, whatever cannot be told left out. */
static void test_kept_under(void **state)
{
	struct config config = config_of(
		"remote.o.url u\n"
		"remote.o.fetch +refs/heads/*:refs/remotes/o/*\n"
		"remote.p.fetch refs/heads/x:refs/p\n"
		"remote.q.fetch refs/heads/*:refs/remotes/o/*\n"
		"remote.r.fetch\n"
		"remote.r.fetch ^refs/heads/x\n"
		"remote.r.fetch refs/heads/x\n"
		"remote.r.fetch refs/heads/y:refs/y\n"
		"other.r.fetch refs/heads/x:refs/x\n"
		"remote.r.push refs/heads/x:refs/x");
	struct strings found = {0};
	BUF text = {0};

	(void)state;
	tracking_find(&found, &arena, &config, "refs/heads/x");
	words_join(&text, &found);
	assert_string_equal(buf_text(&text), "refs/remotes/o/x refs/p");
}

/* In the order of the header; `url` as it is rewritten, and as it is configured. */
static void test_remotes(void **state)
{
	static const char *const rows[][2] = {
		{"", "- - -"},
		{"branch.x.remote o\nremote.o.url u", "o u u"},
		{"branch.x.remote o\nremote.o.url u\nremote.o.url v", "o u u"},
		{"branch.x.remote o\nremote.o.url\nremote.p.url v", "p v v"},
		{"branch.x.remote h:/y", "h:/y h:/y h:/y"},
		{"branch.x.remote gone\nremote.p.url v", "p v v"},
		{"checkout.defaultremote d\nremote.pushdefault p\nremote.a.url a\n"
	         "remote.origin.url o\nremote.upstream.url s\nremote.d.url d\n"
	         "remote.p.url p",
	         "d d d"},
		{"remote.pushdefault p\nremote.a.url a\nremote.origin.url o\n"
	         "remote.upstream.url s\nremote.p.url p",
	         "p p p"},
		{"remote.a.url a\nremote.upstream.url s\nremote.origin.url o",
	         "origin o o"},
		{"remote.a.url a\nremote.upstream.url s", "upstream s s"},
		{"remote.a.fetch x\nremote.b.url\nremote.c.url c\nremote.d.url d",
	         "c c c"},
		{"remote.url x\nremotes.a.url y\nremote.a.urls z", "a - -"},
		{"remote.pushdefault p\nremote.a.b.fetch x", "a.b - -"},
		/* the longest front; of two as long the first */
		{"remote.o.url h:x\nurl.one/.insteadof h\nurl.two/.insteadof h:\n"
	         "url.three/.insteadof h:\nurl.four/.insteadof\n"
	         "url.five/.pushinsteadof h:x\nurl.insteadof h:x\n"
	         "urls.six/.insteadof h:x\nurl.seven/.insteadof h:xy",
	         "o two/x h:x"},
		{"branch.x.remote h:y\nurl.all/.insteadof h:", "h:y all/y h:y"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct config config = config_of(rows[i][0]);
		struct branch_remote found;

		tracking_remote(&found, &arena, &config, "x");
		assert_string_equal(
			arena_format(&arena, "%s %s %s", found.name ? found.name : "-",
		                     found.url ? found.url : "-",
		                     found.configured ? found.configured : "-"),
			rows[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(test_upstreams),
		SANDBOX_TEST(test_refspecs),
		SANDBOX_TEST(test_kept_under),
		SANDBOX_TEST(test_remotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
