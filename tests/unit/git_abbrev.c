/* How many digits of a hash are shown: git says how many. */
#include "abbrev.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "git/summary.h"
#include "git_sandbox.h"

/* 20,000 objects, of which git shows eight digits; 2,000, of which it shows seven; and
 * two packs of 9,000, for which it depends on whether they hold the same. */
static int setup(void **state)
{
	struct error err;

	sandbox_setup(state);
	scratch_file("make",
	             "test -e $1 || git init -q $1\n"
	             "seq $2 $3 | awk '{ printf \"blob\\ndata <<X\\n%s\\nX\\n\", "
	             "$0 }' | git -C $1 fast-import --quiet\n");
	sandbox_run("mkdir folder && sh make few 1 2000 && sh make many 1 20000 &&"
	            "sh make two 1 9000 && sh make two 10001 19000");
	return !summary_setup(&err);
}

static int teardown(void **state)
{
	summary_teardown();
	return sandbox_teardown(state);
}

/* What a command prints, its first line. */
static const char *said(const char *script)
{
	struct error err;
	bool there;
	BUF text = {0};

	sandbox_run(arena_format(&arena, "{ %s; } >said", script));
	assert_true(file_read(&text, &there, in_scratch("said"), 1000, &err));
	return arena_bytes(&arena, buf_text(&text), strcspn(buf_text(&text), "\n"));
}

/* The commit of a repo, as short as it is shown; "ask git". */
static const char *shown(const char *name)
{
	struct reader reader = {.arena = &arena, .path = in_scratch(name)};
	const char *whole = said(
		arena_format(&arena, "git -C %s rev-parse HEAD", name));
	const char *text = "ask git";

	probe_path(&reader.probe, &arena, reader.path);
	assert_true(reader_open(&reader));
	assert_int_equal(libgit2.oid_fromstrn(&reader.head, whole, strlen(whole)), 0);
	if (!abbrev_hash(&text, &reader, &reader.head))
		text = "ask git";
	reader_close(&reader);
	return text;
}

/* A repo with one commit, beside the objects of another one. */
static void make(const char *script)
{
	sandbox_run("rm -rf repo && git init -q repo &&"
	            "git -C repo commit -q --allow-empty -m first");
	sandbox_run(arena_format(&arena, "cd repo/.git/objects && %s", script));
}

static void test_objects_are_counted(void **state)
{
	static const struct {
		const char *made;
		unsigned digits; /* 0: git is asked */
	} rows[] = {
		{":", 7},
		{"echo ../../../few/.git/objects >info/alternates", 7},
		{"echo ../../../many/.git/objects >info/alternates", 8},
		/* nothing is there; a note; the same twice */
		{"printf '../../../nowhere\\n#x\\n../../../few/.git/objects\\n"
	         "../../../folder/../many/.git/objects\\n../../../many/.git/objects' "
	         ">info/alternates",
	         8},
		/* through others, of which the first is in a circle with itself */
		{"mkdir -p ../../../a/info ../../../a/pack ../../../b/info &&"
	         "printf '../a\\n../b\\n' >../../../a/info/alternates &&"
	         "echo ../many/.git/objects >../../../b/info/alternates &&"
	         "echo ../../../a >info/alternates",
	         8},
		/* more of them than git follows */
		{"for i in 1 2 3 4 5; do mkdir ../../../c$i; echo ../../../c$i; done "
	         ">info/alternates",
	         7},
		{"for i in 1 2 3 4 5 6; do echo ../../../c$i; done >info/alternates",
	         0},
		/* a name in quotes, and what is no folder */
		{"echo '\"../../../few/.git/objects\"' >info/alternates", 0},
		{"rmdir pack && touch pack", 0},
		/* one index for several packs, of which each may hold the same */
		{"cp ../../../few/.git/objects/pack/* pack && git multi-pack-index "
	         "write",
	         7},
		{"cp ../../../many/.git/objects/pack/* "
	         "../../../few/.git/objects/pack/"
	         "* pack && git multi-pack-index write",
	         8},
		{"cp ../../../two/.git/objects/pack/* pack && git multi-pack-index "
	         "write",
	         0},
		{"cp ../../../two/.git/objects/pack/* pack", 8},
		{"cp ../../../two/.git/objects/pack/* pack && mkdir "
	         "pack/multi-pack-index.d",
	         0},
		/* an index of the first version; one without its pack; a damaged one */
		{"cp ../../../many/.git/objects/pack/* pack && cd pack && rm -f *.idx "
	         "&& "
	         "git index-pack --index-version=1 *.pack >/dev/null",
	         8},
		{"cp ../../../many/.git/objects/pack/*.idx pack", 7},
		{"cp ../../../many/.git/objects/pack/* pack && cd pack && chmod u+w "
	         "*.idx "
	         "&& for index in *.idx; do echo x >$index; done",
	         7},
		{"ln -s nowhere pack/pack-x.idx && touch pack/pack-x.pack", 7},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *expected = "ask git";

		make(rows[i].made);
		if (rows[i].digits)
			expected = said(
				"git -C repo rev-parse --short HEAD 2>/dev/null");
		if (rows[i].digits && strlen(expected) != rows[i].digits)
			fail_msg("git shows %s: %s", expected, rows[i].made);
		if (strcmp(shown("repo"), expected) != 0)
			fail_msg("%s, not %s: %s", shown("repo"), expected,
			         rows[i].made);
	}
}

/* As many digits more as it takes to be the only one. */
static void test_ambiguous(void **state)
{
	(void)state;
	sandbox_run("cp -R many all && cd all && git config core.abbrev 4 &&"
	            "git commit -q --allow-empty -m first");
	assert_int_equal(strlen(said("git -C all rev-parse --short=4 HEAD")), 5);
	assert_string_equal(shown("all"), said("git -C all rev-parse --short HEAD"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_objects_are_counted),
		cmocka_unit_test(test_ambiguous),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
