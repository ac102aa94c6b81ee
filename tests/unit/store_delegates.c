/* Delegated commands: the built-in ones, the user's, and what is refused. */
#include "store_place.h"

#include "commands_yaml.h"
#include "store/delegates.h"

static struct delegates delegates;

static bool is_reserved(const char *name)
{
	return strcmp(name, "ll") == 0;
}

static void load(void)
{
	delegates_load(&delegates, &home, is_reserved, &arena, &notes);
}

static void add_line(struct buf *out, const struct delegate *delegate)
{
	buf_addf(out, "%s%s%s: ", delegate->name, delegate->operand ? " " : "",
	         delegate->operand ? delegate->operand : "");
	if (delegate->script)
		buf_addf(out, "sh [%s]", delegate->script);
	else
		buf_addf(out, "git [%s]", in_bars(&delegate->words));
	buf_addf(out, "%s%s\n", delegate->allow_all ? " all" : "",
	         delegate->disable_async ? " terminal" : "");
}

/* A line for each of the user's commands, or for each built-in one. */
static const char *seen(bool users)
{
	BUF out = {0};

	for (size_t i = 0; i < delegates.count; i++)
		if (delegates.items[i].users == users)
			add_line(&out, &delegates.items[i]);
	return arena_string(&arena, buf_text(&out));
}

static const char builtin[] = "br: git [branch|-vv|]\n"
			      "clean: git [clean|-dfx|]\n"
			      "co BRANCH: git [checkout|] all\n"
			      "diff: git [diff|]\n"
			      "difftool: git [difftool|] terminal\n"
			      "fetch: git [fetch|] all\n"
			      "grep PATTERN: git [grep|] all\n"
			      "last: git [log|-1|HEAD|]\n"
			      "lo: git [log|--oneline|-7|] all\n"
			      "log: git [log|] terminal\n"
			      "merge: git [merge|@{u}|]\n"
			      "mergetool: git [mergetool|] terminal\n"
			      "patch: git [format-patch|HEAD~|]\n"
			      "pull: git [pull|] all\n"
			      "push: git [push|] all\n"
			      "rebase: git [rebase|]\n"
			      "reflog: git [reflog|]\n"
			      "remote: git [remote|-v|]\n"
			      "reset: git [reset|]\n"
			      "show: git [show|] terminal\n"
			      "st: git [status|] all\n"
			      "stash: git [stash|]\n"
			      "stat: git [diff|--stat|] all\n"
			      "tag: git [tag|-n|]\n";

/* Loads the file alone, and compares the user's commands and the notes. */
static void check(const char *name, const char *content, const char *users,
                  const char *noted)
{
	put_file(name, content);
	load();
	assert_string_equal(seen(true), users);
	assert_string_equal(got_notes(), noted);
	scratch_check(unlink(home_file(&home, &arena, name)) == 0, name);
}

static void the_built_in_ones_are_those_of_the_python_tool_and_two(void **state)
{
	(void)state;
	load();
	assert_string_equal(seen(false), builtin);
	assert_string_equal(seen(true), "");
	assert_string_equal(got_notes(), "");
	for (size_t i = 0; i < delegates.count; i++) {
		const struct delegate *delegate = &delegates.items[i];

		assert_true(delegate->help[0] != '\0');
		assert_ptr_equal(delegates_find(&delegates, delegate->name), delegate);
	}
	assert_null(delegates_find(&delegates, "ll"));
}

static void the_users_add_and_replace(void **state)
{
	(void)state;
	put_file("cmds.yml", "# mine\n"
	                     "comaster:\n"
	                     "  cmd: checkout 'my master'\n"
	                     "  help: check out master\n"
	                     "  allow_all: true\n"
	                     "sync:\n"
	                     "  cmd: git fetch --prune && git merge --ff-only\n"
	                     "  shell: Yes\n"
	                     "fetch: {cmd: git fetch --all, disable_async: on}\n"
	                     "cherry:\n"
	                     "worktree: {help: }\n"
	                     "lg: {cmd: ~, allow_all: off, shell: no}\n");
	load();
	assert_string_equal(seen(true),
	                    "cherry: git [cherry|]\n"
	                    "comaster: git [checkout|my master|] all\n"
	                    "fetch: git [fetch|--all|] terminal\n"
	                    "lg: git [lg|]\n"
	                    "sync: sh [git fetch --prune && git merge --ff-only]\n"
	                    "worktree: git [worktree|]\n");
	assert_string_equal(got_notes(), "");
	assert_string_equal(delegates_find(&delegates, "comaster")->help,
	                    "check out master");
	assert_string_equal(delegates_find(&delegates, "cherry")->help, "");
	assert_int_equal(delegates.count, 24 + 5);
}

static void json_is_read(void **state)
{
	(void)state;
	put_file("cmds.json", "{\n"
	                      "\"br\":{\n"
	                      "\t\"cmd\": \"git branch\",\n"
	                      "\t\"allow_all\":true,\n"
	                      "\t\"help\":\"a \\u00e9 \\uD83D\\ude00 \\\"b\\\"\"},\n"
	                      "\t\"p\": {\"cmd\":\"echo a\\/b \\\\ud83d\\tc\",\n"
	                      "  \t\"shell\": true},\n"
	                      "\"n\":{\"cmd\":null,\"help\":null}\t\n"
	                      "}\n");
	load();
	assert_string_equal(got_notes(), "");
	assert_string_equal(seen(true), "br: git [branch|] all\n"
	                                "n: git [n|]\n"
	                                "p: sh [echo a/b \\ud83d\tc]\n");
	assert_string_equal(delegates_find(&delegates, "br")->help,
	                    "a é \xf0\x9f\x98\x80 \"b\"");
}

/* JSON writes a character beyond the first 65,536 as two escapes, of which YAML knows
 * nothing; all else stays as it is. */
static void surrogates_are_joined(void **state)
{
	static const char *const rows[][2] = {
		{"", ""},
		{"a\\ud83d\\ude00b", "a\\U0001F600b"},
		{"\\uDBFF\\uDFFF", "\\U0010FFFF"},
		{"\\ud83d\\u0041", "\\ud83d\\u0041"},
		{"\\ud83d\\ue000", "\\ud83d\\ue000"},
		{"\\ud83dx\\ude00", "\\ud83dx\\ude00"},
		{"\\ude00\\ud83d", "\\ude00\\ud83d"},
		{"\\ud83g\\ude00", "\\ud83g\\ude00"},
		{"\\ud83d\\ude", "\\ud83d\\ude"},
		{"\\\\ud83d\\ude00", "\\\\ud83d\\ude00"},
		{"\\ud83d\\n", "\\ud83d\\n"},
		{"\\", "\\"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		BUF text = {0};

		buf_adds(&text, rows[i][0]);
		commands_yaml_join_surrogates(&text);
		assert_string_equal(buf_text(&text), rows[i][1]);
	}
}

static void a_bad_entry_is_left_out(void **state)
{
	(void)state;
	check("cmds.yml",
	      "good: {cmd: log -1}\n"
	      "ll: {cmd: log}\n"
	      "-x: {cmd: log}\n"
	      "a b: {cmd: log}\n"
	      "\"\\e[31m\": {cmd: log}\n"
	      "quote: {cmd: \"log 'x\"}\n"
	      "empty: {cmd: \"\"}\n"
	      "git: {cmd: git}\n"
	      "script: {cmd: \" \", shell: true}\n"
	      "list: {cmd: [log, [-1]]}\n"
	      "word: log\n"
	      "words:\n"
	      "  - log\n"
	      "flag:\n"
	      "  cmd: log\n"
	      "  allow_all: maybe\n"
	      "good: {cmd: status}\n"
	      "twice:\n"
	      "  cmd: log\n"
	      "  cmd: status\n"
	      "key: {cmd: log, colour: red}\n"
	      "'': {cmd: log}\n",
	      "good: git [log|-1|]\n",
	      "~/cmds.yml:10: 'list' is ignored: 'cmd' must be a single value\n"
	      "~/cmds.yml:11: 'word' is ignored: expected keys such as 'cmd' and "
	      "'help'\n"
	      "~/cmds.yml:13: 'words' is ignored: expected keys such as 'cmd' and "
	      "'help'\n"
	      "~/cmds.yml:17: 'good' is ignored: the name is a duplicate\n"
	      "~/cmds.yml:20: 'twice' is ignored: duplicate key 'cmd'\n"
	      "~/cmds.yml:21: 'key' is ignored: unknown key 'colour'\n"
	      "~/cmds.yml:2: 'll' is ignored: a command of gita itself cannot be "
	      "replaced\n"
	      "~/cmds.yml:3: '-x' is ignored: not a valid name of a command\n"
	      "~/cmds.yml:4: 'a b' is ignored: not a valid name of a command\n"
	      "~/cmds.yml:5: '\033[31m' is ignored: not a valid name of a command\n"
	      "~/cmds.yml:6: 'quote' is ignored: cannot parse 'log 'x': unclosed "
	      "quote\n"
	      "~/cmds.yml:7: 'empty' is ignored: 'cmd' names no command\n"
	      "~/cmds.yml:8: 'git' is ignored: 'cmd' names no command\n"
	      "~/cmds.yml:9: 'script' is ignored: 'cmd' is empty\n"
	      "~/cmds.yml:14: 'flag' is ignored: 'allow_all' must be true or false, "
	      "not 'maybe'\n"
	      "~/cmds.yml:22: '' is ignored: not a valid name of a command\n");
}

static const char *rule_of(const char *name)
{
	const struct delegate *delegate = delegates_find(&delegates, name);

	return delegate->rule != DELEGATE_PULL ? "none"
	       : delegate->safe                ? "safe pull"
	                                       : "pull";
}

static void a_pull_of_the_users_may_keep_the_rules_of_pull(void **state)
{
	(void)state;
	put_file("cmds.yml", "up: {cmd: git pull --rebase, pull_safe: true}\n"
	                     "down: {cmd: pull, pull_safe: false}\n");
	load();
	assert_string_equal(got_notes(), "");
	assert_string_equal(seen(true), "down: git [pull|]\n"
	                                "up: git [pull|--rebase|]\n");
	assert_string_equal(rule_of("pull"), "pull");
	assert_string_equal(rule_of("up"), "safe pull");
	assert_string_equal(rule_of("down"), "none");
	check("cmds.yml",
	      "a: {cmd: git fetch, pull_safe: true}\n"
	      "b: {cmd: git pull, shell: true, pull_safe: true}\n",
	      "",
	      "~/cmds.yml:1: 'a' is ignored: 'pull_safe' is for what 'git pull' does, "
	      "not for 'fetch'\n"
	      "~/cmds.yml:2: 'b' is ignored: 'pull_safe' is for what 'git pull' does, "
	      "not for 'git pull'\n");
}

static void null_is_a_word_like_others(void **state)
{
	(void)state;
	check("cmds.yml", "~: {cmd: log -2}\nnone: {~: x}\n", "null: git [log|-2|]\n",
	      "~/cmds.yml:2: 'none' is ignored: unknown key 'null'\n");
}

static void help_is_one_harmless_line(void **state)
{
	(void)state;
	put_file("cmds.yml", "a:\n"
	                     "  help: |\n"
	                     "    first\n"
	                     "    second\n"
	                     "b: {help: \"\\e[31mred\"}\n");
	load();
	assert_string_equal(delegates_find(&delegates, "a")->help, "first");
	assert_string_equal(delegates_find(&delegates, "b")->help, "\\e[31mred");
}

static void a_refused_file_leaves_the_built_in_ones(void **state)
{
	static const char *const cases[][2] = {
		{"a: &x {cmd: log}\n", "1: anchors are not supported"},
		{"a: {cmd: &x log}\n", "1: anchors are not supported"},
		{"a: {cmd: log}\nb: *x\n", "2: aliases are not supported"},
		{"a: !!map {cmd: log}\n", "1: tags are not supported"},
		{"a:\n  cmd: !!str log\n", "2: tags are not supported"},
		{"a: {cmd: log}\n---\nb: {cmd: log}\n",
	         "2: only one document is supported"},
		{"- a\n", "1: expected commands, each with its keys"},
		{"word\n", "1: expected commands, each with its keys"},
		{"[a]: {cmd: log}\n", "1: a name must be a word"},
		{"a: {[b]: c}\n", "1: a key must be a word"},
		{"a: {cmd: [[[[[[[[[1]]]]]]]]]}\n",
	         "1: 'a' is ignored: 'cmd' must be a single value\n"
	         "~/cmds.yml:1: nested too deeply"},
		{"a:\n  cmd: \"x\\0y\"\n", "2: NUL byte"},
		{"a: {cmd: log}\nb: {cmd: \xff}\n", "2: invalid leading UTF-8 octet"},
		{"a: {cmd: log}\nb: {cmd: \033}\n",
	         "2: control characters are not allowed"},
		{"a: {cmd: log\nb: [\n", "2: did not find expected ',' or '}'"},
		{"a:\n\tcmd: log\n", "2: found character that cannot start any token"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		check("cmds.yml", cases[i][0], "",
		      arena_format(&arena, "~/cmds.yml:%s; the file is ignored\n",
		                   cases[i][1]));
		assert_string_equal(seen(false), builtin);
	}
	check("cmds.json", "{\"a\": {\"help\": \"\\uD83D\"}}\n", "",
	      "~/cmds.json:1: found invalid Unicode character escape code; the file is "
	      "ignored\n");
	check("cmds.json", "", "", "");
	check("cmds.yaml", "# nothing yet\n", "", "");
	check("cmds.yaml", "---\n...\n", "", "");
	check("cmds.yaml", "{}\n", "", "");
}

static void limits_hold(void **state)
{
	BUF text = {0};

	(void)state;
	for (int i = 0; i < 1001; i++)
		buf_addf(&text, "c%d:\n", i);
	check("cmds.yml", buf_text(&text), "",
	      "~/cmds.yml:1001: too many commands; the file is ignored\n");
	for (const char *open = "[{"; *open; open++) {
		buf_clear(&text);
		buf_adds(&text, "a: ");
		buf_repeat(&text, *open, (1 << 20) - 4);
		check("cmds.yml", buf_text(&text), "",
		      *open == '['
		              ? "~/cmds.yml:1: 'a' is ignored: expected keys such as "
		                "'cmd' and 'help'\n"
		                "~/cmds.yml:1: nested too deeply; the file is ignored\n"
		              : "~/cmds.yml:1: a key must be a word; the file is "
		                "ignored\n");
	}
	buf_clear(&text);
	buf_repeat(&text, '#', (1 << 20) + 1);
	check("cmds.yml", buf_text(&text), "",
	      "cannot read '~/cmds.yml': larger than 1048576 bytes\n");
	put_bytes("cmds.json", "{\0}", 3);
	load();
	assert_string_equal(got_notes(), "~/cmds.json:1: control characters are not "
	                                 "allowed; the file is ignored\n");
}

static void of_several_files_the_first_is_read(void **state)
{
	(void)state;
	put_file("cmds.json", "{\"j\": {}}");
	check("cmds.yaml", "y: {}\n", "y: git [y|]\n",
	      "'~/cmds.json' is ignored, since '~/cmds.yaml' exists; merge the two "
	      "files\n");
	put_file("cmds.yaml", "y: {}\n");
	check("cmds.yml", "x: {}\n", "x: git [x|]\n",
	      "'~/cmds.yaml' is ignored, since '~/cmds.yml' exists; merge the two "
	      "files\n"
	      "'~/cmds.json' is ignored, since '~/cmds.yml' exists; merge the two "
	      "files\n");
	check("cmds.yml", "x: {\n", "",
	      "~/cmds.yml:2: did not find expected node content; the file is ignored\n"
	      "'~/cmds.yaml' is ignored, since '~/cmds.yml' exists; merge the two "
	      "files\n"
	      "'~/cmds.json' is ignored, since '~/cmds.yml' exists; merge the two "
	      "files\n");
}

static void of_a_shared_folder_nothing_is_used(void **state)
{
	(void)state;
	put_file("cmds.yml", "fetch: {cmd: push}\nx: {cmd: push}\n");
	home.shared = true;
	load();
	assert_string_equal(seen(false), builtin);
	assert_string_equal(seen(true), "");
}

static void what_is_no_file_is_noted(void **state)
{
	(void)state;
	scratch_folder("gita/cmds.yml");
	load();
	assert_string_equal(seen(false), builtin);
	assert_string_equal(got_notes(), "cannot read '~/cmds.yml': is a directory\n");
	scratch_check(rmdir(in_scratch("gita/cmds.yml")) == 0, "rmdir");
	scratch_link("gita/cmds.yaml", "cmds.yaml");
	put_file("cmds.json", "{\"j\": {}}");
	load();
	assert_string_equal(seen(true), "");
	assert_string_equal(got_notes(),
	                    "cannot read '~/cmds.yaml': too many levels of symbolic "
	                    "links\n"
	                    "'~/cmds.json' is ignored, since '~/cmds.yaml' exists; "
	                    "merge the two files\n");
}

static void a_folder_that_is_none_holds_no_commands(void **state)
{
	(void)state;
	scratch_check(rmdir(home.config) == 0, "rmdir");
	scratch_file("gita", "");
	load();
	assert_string_equal(seen(false), builtin);
	assert_string_equal(seen(true), "");
	assert_string_equal(got_notes(), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(the_built_in_ones_are_those_of_the_python_tool_and_two),
		PLACE_TEST(the_users_add_and_replace),
		PLACE_TEST(json_is_read),
		PLACE_TEST(surrogates_are_joined),
		PLACE_TEST(a_bad_entry_is_left_out),
		PLACE_TEST(a_pull_of_the_users_may_keep_the_rules_of_pull),
		PLACE_TEST(null_is_a_word_like_others),
		PLACE_TEST(help_is_one_harmless_line),
		PLACE_TEST(a_refused_file_leaves_the_built_in_ones),
		PLACE_TEST(limits_hold),
		PLACE_TEST(of_several_files_the_first_is_read),
		PLACE_TEST(of_a_shared_folder_nothing_is_used),
		PLACE_TEST(what_is_no_file_is_noted),
		PLACE_TEST(a_folder_that_is_none_holds_no_commands),
	};

	return cmocka_run_group_tests_name("store_delegates", tests, NULL, NULL);
}
