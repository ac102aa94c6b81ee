#include "cli/connections.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/out.h"
#include "git/environment.h"
#include "git/network.h"
#include "run/jobs.h"

enum {
	AT_ONCE = 16,
	CONNECT_TIMEOUT = 30, /* seconds, where the user has not chosen one */
	CLOSE_TIMEOUT = 5,
	STALE = 3600,    /* seconds after which an empty folder is nobody's */
	SSH_SUFFIX = 17, /* bytes that ssh puts behind a socket's name at first */
};

#define FOLDER_PREFIX "gita-ssh-"

/* ssh's words for whose connection it is: the user, the host as it was named (an alias
 * of its configuration may stand for another key), the port. */
static const char socket_name[] = "%r@%n:%p";

struct connection *connections_add(struct connections *connections,
                                   const struct remote_host *remote, bool shares)
{
	struct connection *made;

	for (size_t i = 0; i < connections->count; i++) {
		struct connection *connection = connections->items[i];
		const struct remote_host *known = &connection->remote;

		if (known->transport == remote->transport &&
		    strcmp(known->destination, remote->destination) == 0 &&
		    strcmp(known->port ? known->port : "",
		           remote->port ? remote->port : "") == 0) {
			connection->users += shares;
			connection->repos++;
			return connection;
		}
	}
	made = arena_take(connections->arena, sizeof *made);
	*made = (struct connection){
		.remote = *remote,
		.name = remote->port ? arena_format(connections->arena, "%s:%s",
	                                            remote->host, remote->port)
	                             : remote->host,
		.users = shares,
		.repos = 1,
	};
	made->host = made->name;
	*ARENA_PUSH(connections->arena, connections) = made;
	return made;
}

/* One run of ssh for a connection. */
struct ssh_call {
	struct connection *connection;
	struct strings words;
	int exit; /* -1: it was stopped, or did not start */
	const char *out, *err;
};

struct ssh_calls {
	struct arena *arena;
	unsigned retries;
	struct ssh_call *items;
	size_t count, room;
};

/* `ssh WORDS... [-p PORT] -- DESTINATION` */
static void add_call(struct ssh_calls *calls, struct connection *connection,
                     const struct strings *words)
{
	struct ssh_call *call = ARENA_PUSH(calls->arena, calls);

	*call = (struct ssh_call){.connection = connection, .exit = -1};
	strings_add(calls->arena, &call->words, "ssh");
	for (size_t i = 0; i < words->count; i++)
		strings_add(calls->arena, &call->words, words->items[i]);
	if (connection->remote.port) {
		strings_add(calls->arena, &call->words, "-p");
		strings_add(calls->arena, &call->words, connection->remote.port);
	}
	strings_add(calls->arena, &call->words, "--");
	strings_add(calls->arena, &call->words, connection->remote.destination);
}

static bool take_result(void *context, size_t index, const struct job_result *result)
{
	struct ssh_calls *calls = context;
	struct ssh_call *call = &calls->items[index];

	spool_text(&call->out, NULL, calls->arena, result->out);
	spool_text(&call->err, NULL, calls->arena, result->err);
	if (result->outcome == OUTCOME_EXITED)
		call->exit = result->exit;
	else if (result->outcome == OUTCOME_TIMED_OUT)
		call->err = "timed out\n";
	else if (result->error)
		call->err = arena_format(calls->arena, "%s\n", result->error);
	return true;
}

static double retry(void *context, size_t index, const struct job_result *result)
{
	struct ssh_calls *calls = context;
	const char *err;
	size_t length;
	enum network kind;

	(void)index;
	if (result->outcome != OUTCOME_EXITED || result->exit == 0 ||
	    !spool_text(&err, &length, calls->arena, result->err))
		return -1;
	kind = network_failure(err, length);
	if (result->tries == 1 && calls->retries == 0 && kind == NETWORK_LOST)
		return 0;
	return result->tries <= calls->retries && network_may_recover(kind)
	               ? network_delay(result->tries)
	               : -1;
}

/* All at once, without a terminal. False: a signal ended them. */
static bool run_calls(struct connections *connections, struct ssh_calls *calls,
                      double timeout)
{
	const struct jobs_options options = {
		.at_once = AT_ONCE,
		.timeout = timeout,
		.signals = true,
		.retry = retry,
		.on_end = take_result,
		.context = calls,
	};
	struct arena *arena = connections->arena;
	struct job *jobs = arena_take(arena, (calls->count + 1) * sizeof *jobs);
	struct strings environment = {0};
	struct jobs_report report;
	struct error err;

	environment_make(&environment, arena, ENVIRONMENT_CONCURRENT);
	for (size_t i = 0; i < calls->count; i++)
		jobs[i] = (struct job){.name = calls->items[i].connection->name,
		                       .folder = "/",
		                       .words = calls->items[i].words.items,
		                       .environment = environment.items};
	if (calls->count == 0 || !jobs_run(&report, jobs, calls->count, &options, &err))
		return true;
	connections->signal = report.signal;
	return report.signal == 0;
}

/* The value of a line `NAME VALUE` of `ssh -G`; NULL: there is none. */
static const char *setting(struct arena *arena, const char *text, const char *name)
{
	size_t length = strlen(name);

	for (const char *line = text; *line; line += *line == '\n') {
		size_t end = strcspn(line, "\n");

		if (strncmp(line, name, length) == 0 && line[length] == ' ')
			return arena_bytes(arena, line + length + 1, end - length - 1);
		line += end;
	}
	return NULL;
}

/* What ssh makes of the user's configuration. */
struct configured {
	struct connection *connection;
	const char *user, *port;
	bool waits_forever; /* no ConnectTimeout */
};

struct configured_list {
	struct configured *items;
	size_t count, room;
};

static bool is_same(const struct configured *one, const struct configured *other)
{
	return strcmp(one->user, other->user) == 0 &&
	       strcmp(one->port, other->port) == 0 &&
	       strcmp(one->connection->remote.host, other->connection->remote.host) ==
	               0;
}

/* Two connections of one socket are one: `git@h` and `h` with `User git`. */
static bool is_known(const struct configured_list *candidates,
                     const struct configured *wanted)
{
	for (size_t i = 0; i < candidates->count; i++)
		if (is_same(&candidates->items[i], wanted))
			return true;
	return false;
}

static bool has_room(const struct connections *connections,
                     const struct configured *wanted)
{
	return strlen(connections->folder) + strlen("/@:") + strlen(wanted->user) +
	               strlen(wanted->connection->remote.host) + strlen(wanted->port) +
	               SSH_SUFFIX <
	       sizeof((struct sockaddr_un *)NULL)->sun_path;
}

/* Asks ssh what the user has configured; takes those that are left to us. */
static bool find_candidates(struct configured_list *out,
                            struct connections *connections)
{
	struct arena *arena = connections->arena;
	struct ssh_calls calls = {.arena = arena};
	struct strings words = {0};

	strings_add(arena, &words, "-G");
	for (size_t i = 0; i < connections->count; i++) {
		struct connection *connection = connections->items[i];

		if (connection->remote.transport == TRANSPORT_SSH &&
		    connection->users >= 2)
			add_call(&calls, connection, &words);
	}
	if (!run_calls(connections, &calls, CLOSE_TIMEOUT))
		return false;
	for (size_t i = 0; i < calls.count; i++) {
		const struct ssh_call *call = &calls.items[i];
		const char *master, *timeout;
		struct configured wanted = {.connection = call->connection};

		const char *host = setting(arena, call->out, "hostname");

		if (call->exit != 0 || !host)
			continue;
		master = setting(arena, call->out, "controlmaster");
		timeout = setting(arena, call->out, "connecttimeout");
		wanted.user = setting(arena, call->out, "user");
		wanted.port = setting(arena, call->out, "port");
		wanted.connection->host = arena_format(arena, "%s:%s", host,
		                                       wanted.port ? wanted.port : "");
		wanted.waits_forever = timeout && strcmp(timeout, "none") == 0;
		if (master && strcmp(master, "false") == 0 && wanted.user &&
		    wanted.port && !setting(arena, call->out, "controlpath") &&
		    !is_known(out, &wanted))
			*ARENA_PUSH(arena, out) = wanted;
	}
	return true;
}

/* A folder of a gita that was killed: the sockets in it have gone by themselves. */
static void remove_stale(struct arena *arena, const char *parent)
{
	DIR *folder = opendir(parent);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		const char *path;
		struct stat info;

		if (strncmp(entry->d_name, FOLDER_PREFIX, strlen(FOLDER_PREFIX)) != 0)
			continue;
		path = path_join(arena, parent, entry->d_name);
		if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode) &&
		    info.st_uid == geteuid() && time(NULL) - info.st_mtime > STALE)
			rmdir(path); /* only if it is empty */
	}
	if (folder)
		closedir(folder);
}

/* ssh expands `%` in it and splits at spaces; a socket's path has little room. */
static bool is_good_parent(const char *parent)
{
	return parent && *parent == '/' && strlen(parent) <= 32 &&
	       parent[strspn(parent, "/._-+0123456789abcdefghijklmnopqrstuvwxyz"
	                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

static bool make_folder(struct connections *connections)
{
	const char *const parents[] = {getenv("XDG_RUNTIME_DIR"), getenv("TMPDIR"),
	                               "/tmp"};

	for (size_t i = 0; i < sizeof parents / sizeof parents[0]; i++) {
		char *path;

		if (!is_good_parent(parents[i]))
			continue;
		remove_stale(connections->arena, parents[i]);
		path = arena_format(connections->arena, "%s/" FOLDER_PREFIX "XXXXXX",
		                    parents[i]);
		if (mkdtemp(path)) {
			connections->folder = path;
			return true;
		}
	}
	return false;
}

const char *connections_control_path(const struct connections *connections)
{
	return connections->folder
	               ? path_join(connections->arena, connections->folder, socket_name)
	               : NULL;
}

static void add_option(struct arena *arena, struct strings *words, const char *option)
{
	strings_add(arena, words, "-o");
	strings_add(arena, words, option);
}

/* The words that open a connection and leave it in the background. */
static void opening_words(struct strings *out, struct connections *connections,
                          const struct configured *wanted, bool batch)
{
	struct arena *arena = connections->arena;

	strings_add(arena, out, "-M");
	strings_add(arena, out, "-N");
	strings_add(arena, out, "-f");
	add_option(arena, out,
	           arena_format(arena, "ControlPath=%s",
	                        connections_control_path(connections)));
	add_option(arena, out,
	           arena_format(arena, "ControlPersist=%d", CONNECTION_IDLE));
	if (wanted->waits_forever)
		add_option(arena, out,
		           arena_format(arena, "ConnectTimeout=%d", CONNECT_TIMEOUT));
	if (batch)
		add_option(arena, out, "BatchMode=yes");
}

/* Only what the children would meet as well counts; where sharing itself does not
 * work, they connect without. */
static const char *failure_of(const struct ssh_call *call)
{
	bool theirs = network_failure(call->err, strlen(call->err)) != NETWORK_FINE &&
	              !strstr(call->err, "unix_listener");

	return call->exit != 0 && (call->exit == -1 || theirs) ? call->err : NULL;
}

static bool open_all(struct connections *connections,
                     const struct configured_list *candidates,
                     const struct connections_options *options)
{
	struct ssh_calls calls = {.arena = connections->arena,
	                          .retries = options->retries};

	for (size_t i = 0; i < candidates->count; i++) {
		const struct configured *wanted = &candidates->items[i];
		struct strings words = {0};

		opening_words(&words, connections, wanted, true);
		add_call(&calls, wanted->connection, &words);
	}
	if (!run_calls(connections, &calls, options->timeout))
		return false;
	for (size_t i = 0; i < calls.count; i++) {
		struct connection *connection = calls.items[i].connection;

		connection->open = calls.items[i].exit == 0;
		connection->failure = failure_of(&calls.items[i]);
	}
	return true;
}

/* Whether somebody at the terminal could help. A host key that has changed is
 * nothing that ssh asks about. */
static bool wants_answer(const struct connection *connection)
{
	const char *failure = connection->failure;

	return failure &&
	       network_failure(failure, strlen(failure)) == NETWORK_REFUSED &&
	       !strstr(failure, "IDENTIFICATION HAS CHANGED");
}

static void ask(struct connections *connections, const struct configured *wanted)
{
	struct arena *arena = connections->arena;
	struct ssh_calls calls = {.arena = arena};
	struct strings words = {0}, environment = {0};
	struct job_result result;
	struct job job;

	opening_words(&words, connections, wanted, false);
	add_call(&calls, wanted->connection, &words);
	environment_make(&environment, arena, ENVIRONMENT_FOREGROUND);
	job = (struct job){.name = wanted->connection->name,
	                   .folder = "/",
	                   .words = calls.items[0].words.items,
	                   .environment = environment.items};
	out_flush();
	job_run_foreground(&result, &job, 0);
	wanted->connection->open = result.outcome == OUTCOME_EXITED && result.exit == 0;
	wanted->connection->failure = wanted->connection->open ? NULL : "";
	if (result.signal == SIGINT || result.signal == SIGQUIT ||
	    result.outcome == OUTCOME_STOPPED)
		connections->signal = result.signal;
}

void connections_open(struct connections *connections,
                      const struct connections_options *options)
{
	const char *share = getenv("GITA_SSH_SHARE");
	struct configured_list candidates = {0}, fitting = {0};

	if ((share && strcmp(share, "0") == 0) ||
	    !find_candidates(&candidates, connections) || candidates.count == 0 ||
	    !make_folder(connections))
		return;
	for (size_t i = 0; i < candidates.count; i++)
		if (has_room(connections, &candidates.items[i]))
			*ARENA_PUSH(connections->arena, &fitting) = candidates.items[i];
	if (!open_all(connections, &fitting, options) || !options->may_ask)
		return;
	for (size_t i = 0; i < fitting.count && !connections->signal; i++)
		if (wants_answer(fitting.items[i].connection))
			ask(connections, &fitting.items[i]);
}

static void remove_folder(struct arena *arena, const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			unlink(path_join(arena, path, entry->d_name));
	if (folder)
		closedir(folder);
	rmdir(path);
}

void connections_close(struct connections *connections)
{
	struct arena *arena = connections->arena;
	struct ssh_calls calls = {.arena = arena};
	struct strings words = {0};
	int signal = connections->signal;

	if (!connections->folder)
		return;
	add_option(arena, &words,
	           arena_format(arena, "ControlPath=%s",
	                        connections_control_path(connections)));
	strings_add(arena, &words, "-O");
	strings_add(arena, &words, "exit");
	for (size_t i = 0; i < connections->count; i++)
		if (connections->items[i]->open)
			add_call(&calls, connections->items[i], &words);
	run_calls(connections, &calls, CLOSE_TIMEOUT);
	if (signal)
		connections->signal = signal;
	remove_folder(arena, connections->folder);
	connections->folder = NULL;
}
