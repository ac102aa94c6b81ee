#include "git/remote.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "config.h"
#include "git/arguments.h"
#include "git/probe.h"
#include "tracking.h"

static const struct {
	const char *name;
	enum transport transport;
} schemes[] = {
	{"ssh", TRANSPORT_SSH}, {"git+ssh", TRANSPORT_SSH}, {"ssh+git", TRANSPORT_SSH},
	{"git", TRANSPORT_GIT}, {"http", TRANSPORT_HTTP},   {"https", TRANSPORT_HTTP},
};

static bool find_scheme(enum transport *out, const char *url, size_t length)
{
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
		if (strlen(schemes[i].name) == length &&
		    strncmp(url, schemes[i].name, length) == 0) {
			*out = schemes[i].transport;
			return true;
		}
	}
	return false;
}

/* url_decode(): `%41` is `A`, but for what no host is made of. */
static char *decode(struct arena *arena, const char *text, size_t length)
{
	char *out = arena_bytes(arena, text, length);
	size_t to = 0;

	for (size_t i = 0; i < length; i++, to++) {
		out[to] = out[i];
		if (out[i] == '%' && i + 2 < length &&
		    isxdigit((unsigned char)out[i + 1]) &&
		    isxdigit((unsigned char)out[i + 2])) {
			const char digits[] = {out[i + 1], out[i + 2], '\0'};

			out[to] = (char)strtol(digits, NULL, 16);
			i += 2;
		}
	}
	out[to] = '\0';
	return out;
}

static bool is_port(const char *text)
{
	long number;

	return *text != '-' && text_number(&number, text, 0, 65535);
}

/* `USER@HOST:PORT`, HOST in brackets where it holds colons; an scp-like address
 * may have brackets around both. */
static bool split_authority(struct remote_host *out, struct arena *arena, char *text)
{
	char *at = strrchr(text, '@');
	char *host, *colon;

	if (*text == '[' && at) {
		/* The user is within the brackets, too: out with it. */
		memmove(text, text + 1, (size_t)(at - text));
		*at = '[';
		at--;
	}
	host = at ? at + 1 : text;
	if (*host == '[') {
		char *end = strchr(host, ']');

		if (!end)
			return false;
		*end = '\0';
		colon = end[1] == ':' ? end + 1 : NULL;
		memmove(host, host + 1, strlen(host));
		if (!colon && strchr(host, ':') == strrchr(host, ':'))
			colon = strchr(host, ':');
	} else {
		colon = strchr(host, ':');
	}
	out->port = NULL;
	if (colon && colon[1] && !is_port(colon + 1))
		return false;
	if (colon) {
		*colon = '\0';
		out->port = colon[1] ? arena_string(arena, colon + 1) : NULL;
	}
	out->host = arena_string(arena, host);
	out->destination = out->transport == TRANSPORT_SSH ? arena_string(arena, text)
	                                                   : out->host;
	/* looks_like_command_line_option(), and what no host is made of */
	for (const char *byte = out->destination; *byte; byte++)
		if (!isgraph((unsigned char)*byte))
			return false;
	return *out->host && *out->destination != '-' && *out->host != '-';
}

bool remote_parse(struct remote_host *out, struct arena *arena, const char *url)
{
	const char *rest = strstr(url, "://"), *colon = strchr(url, ':');
	const char *slash = strchr(url, '/');

	if (rest) {
		if (!find_scheme(&out->transport, url, (size_t)(rest - url)))
			return false;
		rest += 3;
		return split_authority(out, arena,
		                       decode(arena, rest, strcspn(rest, "/")));
	}
	/* url_is_local_not_ssh() */
	if (!colon || (slash && slash < colon))
		return false;
	if (memchr(url, '[', (size_t)(colon - url))) {
		colon = strstr(url, "]:");
		if (!colon)
			return false;
		colon++;
	} else if (colon[1] == ':') {
		return false; /* `ext::...` is a helper's */
	}
	out->transport = TRANSPORT_SSH;
	return split_authority(out, arena,
	                       arena_bytes(arena, url, (size_t)(colon - url)));
}

const char *remote_mask(struct arena *arena, const char *url)
{
	enum { TOKEN = 20 };
	const char *secret = strstr(url, "://"), *at, *colon;

	if (!secret)
		return url;
	secret += strlen("://");
	at = secret + strcspn(secret, "/");
	while (at > secret && *at != '@')
		at--;
	colon = memchr(secret, ':', (size_t)(at - secret));
	if (colon)
		secret = colon + 1;
	else if (strncmp(url, "http", strlen("http")) != 0 || at - secret < TOKEN)
		return url;
	if (secret == at)
		return url;
	return arena_format(arena, "%s***%s",
	                    arena_bytes(arena, url, (size_t)(secret - url)), at);
}

/* What a command makes of its words. */
enum target {
	TARGET_FETCH, /* a remote is named, or it is the branch's */
	TARGET_PUSH,
	TARGET_ALL,   /* all remotes, unless one is named */
	TARGET_URL,   /* after `--` */
	TARGET_OTHER, /* not known */
};

static const struct {
	const char *name;
	const char *second; /* the next word; NULL: any */
	enum target target;
	enum transfer_kind transfer;
} commands[] = {
	{"fetch", NULL, TARGET_FETCH, TRANSFER_FETCH},
	{"pull", NULL, TARGET_FETCH, TRANSFER_PULL},
	{"ls-remote", NULL, TARGET_FETCH, TRANSFER_NONE},
	{"push", NULL, TARGET_PUSH, TRANSFER_PUSH},
	{"remote", "update", TARGET_ALL, TRANSFER_FETCH},
	{"remote", "prune", TARGET_ALL, TRANSFER_NONE},
	{"remote", "show", TARGET_ALL, TRANSFER_NONE},
	{"clone", NULL, TARGET_URL, TRANSFER_CLONE},
	{"submodule", "update", TARGET_OTHER, TRANSFER_NONE},
	{"submodule", "add", TARGET_OTHER, TRANSFER_NONE},
	{"lfs", "fetch", TARGET_FETCH, TRANSFER_NONE},
	{"lfs", "pull", TARGET_FETCH, TRANSFER_NONE},
	{"lfs", "push", TARGET_PUSH, TRANSFER_NONE},
};

/* A command that connects. */
struct command_words {
	struct arguments arguments;
	enum target target;
	enum transfer_kind transfer;
};

static bool find_target(struct command_words *command)
{
	const char *const *items = command->arguments.items;

	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		if (strcmp(commands[i].name, items[0]) != 0)
			continue;
		if (commands[i].second && (command->arguments.count < 2 ||
		                           strcmp(commands[i].second, items[1]) != 0))
			continue;
		command->target = commands[i].target;
		command->transfer = commands[i].transfer;
		return true;
	}
	return false;
}

/* How many remotes there are; `*last` is the name of the last one. */
static size_t count_remotes(const char **last, struct arena *arena,
                            const struct config *config)
{
	struct strings names = {0};

	for (size_t i = 0; i < config->count; i++) {
		const char *name = tracking_url_owner(arena, config->items[i].key);

		if (name && !strings_have(&names, name))
			strings_add(arena, &names, name);
	}
	*last = names.count ? names.items[names.count - 1] : NULL;
	return names.count;
}

/* remote_for_branch() and pushremote_for_branch() of git's remote.c. */
static const char *default_remote(struct arena *arena, const struct config *config,
                                  const char *branch, enum target target)
{
	const char *name = NULL, *only;

	if (target == TARGET_PUSH) {
		if (branch)
			name = config_text(config, config_join(arena, "branch", branch,
			                                       "pushremote"));
		if (!name)
			name = config_text(config, "remote.pushdefault");
	}
	if (!name && branch)
		name = config_text(config,
		                   config_join(arena, "branch", branch, "remote"));
	if (name)
		return name;
	return count_remotes(&only, arena, config) == 1 ? only : "origin";
}

/* The one value of a key; NULL: none or several. */
static const char *only_value(const struct config *config, const char *key)
{
	const struct config_entry *first = config_first(config, key);

	return first && first == config_last(config, key) ? first->value : NULL;
}

static const char *url_of(struct arena *arena, const struct config *config,
                          const char *remote, enum target target)
{
	const char *key = config_join(arena, "remote", remote, "pushurl");
	const struct config_entry *first;
	const char *url, *pushed;

	if (target == TARGET_PUSH && config_last(config, key)) {
		url = only_value(config, key);
	} else {
		key = config_join(arena, "remote", remote, "url");
		first = config_first(config, key);
		url = target == TARGET_PUSH ? only_value(config, key)
		                            : (first ? first->value : NULL);
		/* A branch may name a URL itself, without any remote. */
		if (!first && strpbrk(remote, ":/"))
			url = remote;
		pushed = url && target == TARGET_PUSH
		                 ? tracking_rewrite(arena, config, url, "pushinsteadof")
		                 : url;
		if (pushed != url)
			return pushed;
	}
	return url ? tracking_rewrite(arena, config, url, "insteadof") : NULL;
}

/* The remote that the words name, or the one that is meant without a word; NULL:
 * several, or something that is none. */
static const char *named_remote(struct arena *arena, const struct config *config,
                                const char *branch, const struct command_words *command)
{
	const char *only;

	for (size_t i = 1; i < command->arguments.count; i++) {
		const char *word = command->arguments.items[i];

		if (*word != '-' &&
		    config_last(config, config_join(arena, "remote", word, "url")))
			return word;
		if (strcmp(word, "--all") == 0 || strcmp(word, "--multiple") == 0)
			return count_remotes(&only, arena, config) == 1 ? only : NULL;
		if (*word != '-' && strpbrk(word, ":/"))
			return NULL;
	}
	if (command->target == TARGET_ALL)
		return count_remotes(&only, arena, config) == 1 ? only : NULL;
	return default_remote(arena, config, branch, command->target);
}

/* What git makes of a URL that was typed. */
static bool parse_typed(struct remote_host *out, struct arena *arena,
                        const struct config *config, const char *url)
{
	return remote_parse(out, arena,
	                    tracking_rewrite(arena, config, url, "insteadof"));
}

static bool clone_host(struct remote_host *out, struct arena *arena,
                       const struct command_words *command)
{
	const struct config *common = config_common();
	const struct arguments *words = &command->arguments;
	size_t at = 1;

	while (at < words->count && strcmp(words->items[at], "--") != 0)
		at++;
	return common && at + 1 < words->count &&
	       parse_typed(out, arena, common, words->items[at + 1]);
}

/* `config` is the repository's, NULL: not known. */
static bool remote_host(struct remote_host *out, struct arena *arena,
                        const struct config *config, const char *branch,
                        const struct command_words *command)
{
	const char *remote, *url = NULL;

	if (command->target == TARGET_URL)
		return clone_host(out, arena, command);
	if (!config || command->target == TARGET_OTHER)
		return false;
	remote = named_remote(arena, config, branch, command);
	if (remote)
		url = url_of(arena, config, remote, command->target);
	return url && remote_parse(out, arena, url);
}

/* What `git WORDS...` runs; REMOTE_ONE stands for a command that connects. */
static enum remote_use find_command(struct command_words *out, struct arena *arena,
                                    const struct strings *words)
{
	if (words->count < 2 || strcmp(words->items[0], "git") != 0)
		return REMOTE_UNUSED;
	arguments_find(&out->arguments, words->items + 1, words->count - 1);
	if (out->arguments.elsewhere || out->arguments.count == 0)
		return REMOTE_UNKNOWN;
	return find_target(out) || (arguments_expand(&out->arguments, arena) &&
	                            find_target(out))
	               ? REMOTE_ONE
	               : REMOTE_UNUSED;
}

static bool ssh_is_set(void)
{
	static const char *const names[] = {"GIT_SSH_COMMAND", "GIT_SSH",
	                                    "GIT_SSH_VARIANT"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (getenv(names[i]))
			return true;
	return false;
}

/* NULL: only git can read it. */
static bool ssh_is_configured(const struct config *config)
{
	return !config || config_last(config, "core.sshcommand") ||
	       config_last(config, "ssh.variant");
}

void remote_look(struct remote_look *out, struct arena *arena, const struct probe *repo,
                 const struct strings *words)
{
	bool there = repo && repo->kind != REPO_NONE;
	struct command_words command = {0};
	struct arena scratch = {0};
	struct config own = {0};
	const struct config *config = config_common();

	if (there)
		config = config_load_probed(&own, &scratch, repo) ? &own : NULL;
	*out = (struct remote_look){
		.use = find_command(&command, &scratch, words),
		.own_ssh = ssh_is_set() || ssh_is_configured(config),
	};
	if (out->use == REMOTE_ONE &&
	    !remote_host(&out->host, arena, there ? config : NULL,
	                 there ? repo->branch : NULL, &command))
		out->use = REMOTE_UNKNOWN;
	arena_drop(&scratch);
}

bool remote_may_repeat(struct arena *arena, const struct strings *words)
{
	struct command_words command = {0};

	return find_command(&command, arena, words) == REMOTE_ONE &&
	       command.target != TARGET_PUSH;
}

static bool is_plain(const struct command_words *command)
{
	static const char *const harmless[] = {
		"--all",       "--prune",     "-p",         "--prune-tags", "-P",
		"--tags",      "-t",          "--no-tags",  "--force",      "-f",
		"--ff-only",   "--ff",        "--no-ff",    "--rebase",     "-r",
		"--no-rebase", "--autostash", "--quiet",    "-q",           "--verbose",
		"-v",          "update",      "--progress",
	};

	for (size_t i = 1; i < command->arguments.count; i++) {
		bool known = false;

		for (size_t j = 0; j < sizeof harmless / sizeof harmless[0]; j++)
			known = known ||
			        strcmp(harmless[j], command->arguments.items[i]) == 0;
		if (!known)
			return false;
	}
	return true;
}

void remote_transfer(struct transfer *out, struct arena *arena,
                     const struct strings *words)
{
	struct command_words command = {0};

	*out = (struct transfer){.kind = TRANSFER_NONE};
	if (find_command(&command, arena, words) == REMOTE_ONE)
		*out = (struct transfer){command.transfer, is_plain(&command)};
}
