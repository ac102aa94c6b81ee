/*
 * The hosts that a run talks to, and the ssh connections that its children share.
 *
 * Most of the time of a fetch over ssh goes into connecting. So before the run one
 * connection is opened for each destination that at least two children will use
 * (OpenSSH's ControlMaster), with its socket in a folder that only the user may
 * enter; the children find it by ControlPath and otherwise connect themselves.
 * A question (passphrase, password, host key) is asked then, once, and only where
 * there is a terminal.
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

#include "git/remote.h"

struct arena;

enum { CONNECTION_IDLE = 15 };

struct connection {
	struct remote_host remote;
	const char *name; /* for the user: `example.org`, `example.org:2222` */
	const char *host; /* the same; behind an alias of ssh's, the real one */
	size_t users;     /* items of the run that may share it */
	size_t repos;     /* all items of the run that go there */
	bool open;
	const char *failure; /* what ssh printed when it could not connect; else NULL */
};

struct connections {
	struct arena *arena; /* set by the owner, all else zeroed */
	struct connection **items;
	size_t count, room;
	const char *folder; /* of the sockets; NULL: nothing is shared */
	int signal;         /* that came meanwhile and ends the run; 0: none */
};

/* The connection to that host; `shares`: one more item that may share it. */
struct connection *connections_add(struct connections *connections,
                                   const struct remote_host *remote, bool shares);

struct connections_options {
	bool may_ask;     /* there is a terminal, and somebody to answer */
	double timeout;   /* seconds for each try, 0: no limit */
	unsigned retries; /* after a failure of the network; waits 1, 2, 4 s */
};

/*
 * Opens what is to be shared, all at once. A connection that could not be made says
 * why in `failure` (empty where the words stand on the terminal already). One that a
 * busy server has dropped is tried a second time in any case.
 */
void connections_open(struct connections *connections,
                      const struct connections_options *options);

/* ssh's ControlPath for all children; NULL: nothing is shared. */
const char *connections_control_path(const struct connections *connections);

void connections_close(struct connections *connections);

#endif
