/*
 * The hosts that a run talks to, and the ssh connections that its children share.
 *
 * Most of the time of a fetch over ssh goes into connecting. So one connection is
 * opened for each destination that at least two children will use (OpenSSH's
 * ControlMaster), with its socket in a folder that only the user may enter; the
 * children find it by ControlPath and otherwise connect themselves. Opening one is a
 * job of the run that only its own children wait for, so that a host that does
 * not answer holds up no other repo. A question (passphrase, password, host key) is
 * asked once, when that job has ended, and only where there is a terminal.
 *
 * A destination whose ControlMaster or ControlPath the user has configured is left
 * alone, and so is everything where the user names another ssh command or says
 * GITA_SSH_SHARE=0. connections_close ends the connections; where gita is killed
 * they end by themselves, CONNECTION_IDLE seconds after their last use.
 */
#ifndef CLI_CONNECTIONS_H
#define CLI_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"
#include "git/remote.h"

struct arena;
struct job;
struct job_result;

enum { CONNECTION_IDLE = 15 };

struct connection {
	struct remote_host remote;
	const char *name;        /* for the user: `example.org`, `example.org:2222` */
	const char *host;        /* the same; behind an alias of ssh's, the real one */
	size_t users;            /* items of the run that may share it */
	size_t repos;            /* all items of the run that go there */
	bool shared;             /* it is to be opened */
	struct connection *same; /* that one, in other words (`git@h`, and `h` with
	                            `User git`), which is to be used instead; or NULL */
	bool patient; /* the user has chosen how long ssh waits for the host */
	const struct job *opener; /* that opens it, once there is one; or NULL */
	const char *failure; /* what ssh printed when it could not connect; else NULL */
};

/* The owner sets the first three members, all else is zeroed. */
struct connections {
	struct arena *arena;
	unsigned retries; /* after a failure of the network; waits 1, 2, 4 s */
	double timeout;   /* seconds for each try, 0: no limit */
	struct connection **items;
	size_t count, room;
	const char *folder;         /* of the sockets; NULL: nothing is shared */
	struct strings environment; /* of what opens them */
	int signal;                 /* that came meanwhile and ends the run; 0: none */
};

/* The connection to that host; `shares`: one more item that may share it. */
struct connection *connections_add(struct connections *connections,
                                   const struct remote_host *remote, bool shares);

/* Finds out which of them are to be shared (ssh prints what the user has configured)
 * and makes the folder of their sockets. */
void connections_prepare(struct connections *connections);

/*
 * The job that opens a shared one, which others can come after, when it is to be tried
 * again (as for jobs_options.retry), and what comes of it. One that could not be opened
 * says why in `failure`. One that a busy server has dropped is tried a second time in
 * any case.
 */
void connection_job(struct job *out, struct connections *connections,
                    struct connection *connection);
double connection_retry(const struct connections *connections,
                        const struct job_result *result);
void connection_take(struct connections *connections, struct connection *connection,
                     const struct job_result *result);

/* Whether the user could help one that has failed, by typing something; and the
 * question to them. `failure` is "" where that did not help either: ssh's own message
 * stands on the terminal. */
bool connection_wants_answer(const struct connection *connection);
void connection_ask(struct connections *connections, struct connection *connection);

/* Opens a shared one now, where no other jobs run. */
void connection_open(struct connections *connections, struct connection *connection);

/* ssh's ControlPath for all children; NULL: nothing is shared. */
const char *connections_control_path(const struct connections *connections);

void connections_close(struct connections *connections);

#endif
