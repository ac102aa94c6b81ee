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
	CALL_TIMEOUT = 5,     /* for what ssh does without the network */
	STALE = 3600,    /* seconds after which an empty folder is a killed run's */
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

/* `ssh WORDS... [-p PORT] -- DESTINATION` */
static void call_words(struct strings *out, struct arena *arena,
                       const struct connection *connection, const struct strings *words)
{
	strings_add(arena, out, "ssh");
	for (size_t i = 0; i < words->count; i++)
		strings_add(arena, out, words->items[i]);
	if (connection->remote.port) {
		strings_add(arena, out, "-p");
		strings_add(arena, out, connection->remote.port);
	}
	strings_add(arena, out, "--");
	strings_add(arena, out, connection->remote.destination);
}

/* One run of ssh for a connection. */
struct ssh_call {
	struct connection *connection;
	struct strings words;
	bool ok;
	const char *out;
};

struct ssh_calls {
	struct arena *arena;
	struct ssh_call *items;
	size_t count, room;
};

static void add_call(struct ssh_calls *calls, struct connection *connection,
                     const struct strings *words)
{
	struct ssh_call *call = ARENA_PUSH(calls->arena, calls);

	*call = (struct ssh_call){.connection = connection};
	call_words(&call->words, calls->arena, connection, words);
}

static bool take_result(void *context, size_t index, const struct job_result *result)
{
	struct ssh_calls *calls = context;
	struct ssh_call *call = &calls->items[index];

	call->ok = spool_text(&call->out, NULL, calls->arena, result->out) &&
	           result->outcome == OUTCOME_EXITED && result->exit == 0;
	return true;
}

static struct job job_of(const struct connections *connections,
                         const struct connection *connection,
                         const struct strings *words)
{
	return (struct job){.name = connection->name,
	                    .folder = "/",
	                    .words = words->items,
	                    .environment = connections->environment.items};
}

/* All at once, without the network. False: a signal ended them. */
static bool run_calls(struct connections *connections, struct ssh_calls *calls)
{
	const struct jobs_options options = {
		.at_once = AT_ONCE,
		.timeout = CALL_TIMEOUT,
		.signals = true,
		.on_end = take_result,
		.context = calls,
	};
	struct job *jobs = arena_take(connections->arena,
	                              (calls->count + 1) * sizeof *jobs);
	struct jobs_report report;
	struct error err;

	for (size_t i = 0; i < calls->count; i++)
		jobs[i] = job_of(connections, calls->items[i].connection,
		                 &calls->items[i].words);
	if (calls->count == 0 || !jobs_run(&report, jobs, calls->count, &options, &err))
		return true;
	if (report.signal)
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

/* Two connections of one socket are one. */
static void add_candidate(struct configured_list *out, struct arena *arena,
                          const struct configured *wanted)
{
	for (size_t i = 0; i < out->count; i++) {
		struct connection *known = out->items[i].connection;

		if (!is_same(&out->items[i], wanted))
			continue;
		known->users += wanted->connection->users;
		known->repos += wanted->connection->repos;
		wanted->connection->same = known;
		return;
	}
	*ARENA_PUSH(arena, out) = *wanted;
}

static bool has_room(const struct connections *connections,
                     const struct configured *wanted)
{
	return strlen(connections->folder) + strlen("/@:") + strlen(wanted->user) +
	               strlen(wanted->connection->remote.host) + strlen(wanted->port) +
	               SSH_SUFFIX <
	       sizeof((struct sockaddr_un *)NULL)->sun_path;
}

/* Reads an answer of `ssh -G`; whether the connection is left to us. */
static bool read_configured(struct configured *out, struct arena *arena,
                            const struct ssh_call *call)
{
	const char *host = setting(arena, call->out, "hostname");
	const char *master = setting(arena, call->out, "controlmaster");
	const char *timeout = setting(arena, call->out, "connecttimeout");
	struct connection *connection = call->connection;

	if (!call->ok || !host)
		return false;
	*out = (struct configured){
		.connection = connection,
		.user = setting(arena, call->out, "user"),
		.port = setting(arena, call->out, "port"),
	};
	connection->host = arena_format(arena, "%s:%s", host,
	                                out->port ? out->port : "");
	connection->patient = !timeout || strcmp(timeout, "none") != 0;
	return master && strcmp(master, "false") == 0 && out->user && out->port &&
	       !setting(arena, call->out, "controlpath");
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
	if (!run_calls(connections, &calls))
		return false;
	for (size_t i = 0; i < calls.count; i++) {
		struct configured wanted;

		if (read_configured(&wanted, arena, &calls.items[i]))
			add_candidate(out, arena, &wanted);
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

void connections_prepare(struct connections *connections)
{
	const char *share = getenv("GITA_SSH_SHARE");
	struct configured_list candidates = {0};

	environment_make(&connections->environment, connections->arena,
	                 ENVIRONMENT_CONCURRENT);
	if ((share && strcmp(share, "0") == 0) ||
	    !find_candidates(&candidates, connections) || candidates.count == 0 ||
	    !make_folder(connections))
		return;
	for (size_t i = 0; i < candidates.count; i++)
		candidates.items[i].connection->shared = has_room(connections,
		                                                  &candidates.items[i]);
}

/* The words that open a connection and leave it in the background. */
static void opening_words(struct strings *out, const struct connections *connections,
                          const struct connection *connection, bool batch)
{
	struct arena *arena = connections->arena;
	struct strings words = {0};

	strings_add(arena, &words, "-M");
	strings_add(arena, &words, "-N");
	strings_add(arena, &words, "-f");
	add_option(arena, &words,
	           arena_format(arena, "ControlPath=%s",
	                        connections_control_path(connections)));
	add_option(arena, &words,
	           arena_format(arena, "ControlPersist=%d", CONNECTION_IDLE));
	if (!connection->patient)
		add_option(arena, &words,
		           arena_format(arena, "ConnectTimeout=%d", CONNECT_TIMEOUT));
	if (batch)
		add_option(arena, &words, "BatchMode=yes");
	call_words(out, arena, connection, &words);
}

void connection_job(struct job *out, struct connections *connections,
                    struct connection *connection)
{
	struct strings words = {0};

	opening_words(&words, connections, connection, true);
	*out = job_of(connections, connection, &words);
	out->prepares = true;
	connection->opener = out;
}

/* What it printed, on whichever of the pipes that it was given. */
static const char *printed(struct arena *arena, const struct job_result *result)
{
	const char *text;
	size_t length;

	if (!spool_text(&text, &length, arena, result->err) || length == 0)
		spool_text(&text, &length, arena, result->out);
	return text;
}

static bool has_failed(const struct job_result *result)
{
	return result->outcome == OUTCOME_EXITED && result->exit != 0;
}

double connection_retry(const struct connections *connections,
                        const struct job_result *result)
{
	const char *text;
	enum network kind;

	if (!has_failed(result))
		return -1;
	text = printed(connections->arena, result);
	kind = network_failure(text, strlen(text));
	if (result->tries == 1 && connections->retries == 0 && kind == NETWORK_LOST)
		return 0;
	return result->tries <= connections->retries && network_may_recover(kind)
	               ? network_delay(result->tries)
	               : -1;
}

/* Only what the children would meet as well counts; where sharing itself does not
 * work, they connect without. */
void connection_take(struct connections *connections, struct connection *connection,
                     const struct job_result *result)
{
	struct arena *arena = connections->arena;
	const char *text = has_failed(result) ? printed(arena, result) : "";

	if (result->outcome == OUTCOME_TIMED_OUT)
		connection->failure = "timed out\n";
	else if (result->outcome == OUTCOME_NOT_STARTED)
		connection->failure = arena_format(arena, "%s\n", result->error);
	else if (network_failure(text, strlen(text)) != NETWORK_FINE &&
	         !strstr(text, "unix_listener"))
		connection->failure = text;
}

/* A host key that has changed is nothing that ssh asks about. */
bool connection_wants_answer(const struct connection *connection)
{
	const char *failure = connection->failure;

	return failure &&
	       network_failure(failure, strlen(failure)) == NETWORK_REFUSED &&
	       !strstr(failure, "IDENTIFICATION HAS CHANGED");
}

void connection_ask(struct connections *connections, struct connection *connection)
{
	struct strings words = {0}, environment = {0};
	struct job_result result;
	struct job job;

	opening_words(&words, connections, connection, false);
	environment_make(&environment, connections->arena, ENVIRONMENT_FOREGROUND);
	job = job_of(connections, connection, &words);
	job.environment = environment.items;
	out_flush();
	job_run_foreground(&result, &job, 0);
	connection->failure = result.outcome == OUTCOME_EXITED && result.exit == 0
	                              ? NULL
	                              : "";
	if (result.signal == SIGINT || result.signal == SIGQUIT ||
	    result.outcome == OUTCOME_STOPPED)
		connections->signal = result.signal;
}

/* A connection that is opened now. */
struct opening {
	struct connections *connections;
	struct connection *connection;
};

static double retry_opening(void *context, size_t index,
                            const struct job_result *result)
{
	const struct opening *opening = context;

	(void)index;
	return connection_retry(opening->connections, result);
}

static bool take_opening(void *context, size_t index, const struct job_result *result)
{
	const struct opening *opening = context;

	(void)index;
	connection_take(opening->connections, opening->connection, result);
	return true;
}

void connection_open(struct connections *connections, struct connection *connection)
{
	struct opening opening = {connections, connection};
	const struct jobs_options options = {
		.at_once = 1,
		.timeout = connections->timeout,
		.signals = true,
		.retry = retry_opening,
		.on_end = take_opening,
		.context = &opening,
	};
	struct jobs_report report;
	struct error err;
	struct job *job = arena_take(connections->arena, sizeof *job);

	connection_job(job, connections, connection);
	if (jobs_run(&report, job, 1, &options, &err))
		connections->signal = report.signal;
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

/* One that was stopped while it was being opened may be in the background already. */
void connections_close(struct connections *connections)
{
	struct arena *arena = connections->arena;
	struct ssh_calls calls = {.arena = arena};
	struct strings words = {0};

	if (!connections->folder)
		return;
	add_option(arena, &words,
	           arena_format(arena, "ControlPath=%s",
	                        connections_control_path(connections)));
	strings_add(arena, &words, "-O");
	strings_add(arena, &words, "exit");
	for (size_t i = 0; i < connections->count; i++)
		if (connections->items[i]->opener)
			add_call(&calls, connections->items[i], &words);
	run_calls(connections, &calls);
	remove_folder(arena, connections->folder);
	connections->folder = NULL;
}
