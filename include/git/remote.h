/*
 * Where a git command would connect to, found out without connecting.
 *
 * A URL is taken apart as parse_connect_url() of git's connect.c does; which URL
 * it is, follows from the repository's configuration and the command's words.
 * Where that is uncertain there is no answer: the answer decides
 * which commands share a connection, never what they do.
 */
#ifndef GIT_REMOTE_H
#define GIT_REMOTE_H

#include <stdbool.h>

#include "base/strings.h"

struct arena;
struct probe;

enum transport {
	TRANSPORT_SSH,  /* ssh://, git+ssh://, ssh+git://, host:path */
	TRANSPORT_GIT,  /* git:// */
	TRANSPORT_HTTP, /* http://, https:// */
};

struct remote_host {
	enum transport transport;
	/* As the user wrote it, `user@` in front where one is named for ssh. It
	 * never looks like an option. An alias of ssh's configuration counts as a
	 * host. */
	const char *destination;
	const char *host; /* without a user */
	const char *port; /* NULL: the default one */
};

/* False where the URL leads to no other host (a path, file://), to a transport
 * helper, or is not valid. */
bool remote_parse(struct remote_host *out, struct arena *arena, const char *url);

/*
 * The URL as it may be shown: with `***` for the password (`user:password@`), or over
 * http(s) for a user name that is too long to be one, which is a token. The same
 * pointer where it holds no such secret.
 */
const char *remote_mask(struct arena *arena, const char *url);

enum remote_use {
	REMOTE_UNUSED,  /* it connects to nothing */
	REMOTE_UNKNOWN, /* it may connect; its words do not name the host */
	REMOTE_ONE,     /* it connects to one host */
};

/* What a command has to do with the network. */
struct remote_look {
	enum remote_use use;
	struct remote_host host; /* set for REMOTE_ONE only */
	bool own_ssh; /* the user chose the ssh command, in the environment or
	                 the configuration; also where only git can read it */
};

/*
 * Whether a git command connects, and how: `words` are its argv, `git` itself in front.
 * `repo` is the repository that it runs in, or NULL where there is none: for a clone,
 * whose URL follows a `--`. An alias counts for what it stands for where all
 * repositories have it.
 */
void remote_look(struct remote_look *out, struct arena *arena, const struct probe *repo,
                 const struct strings *words);

/* What a command moves between repositories. */
struct transfer {
	enum transfer_kind {
		TRANSFER_NONE,
		TRANSFER_FETCH,
		TRANSFER_PULL,
		TRANSFER_PUSH,
		TRANSFER_CLONE,
	} kind;
	bool plain; /* nothing but options that leave it what it is: where nothing has
	               changed, there was nothing to be moved */
};

void remote_transfer(struct transfer *out, struct arena *arena,
                     const struct strings *words);

/* Whether it may be tried again after a failure of the network: it only brings what
 * the other side has. */
bool remote_may_repeat(struct arena *arena, const struct strings *words);

#endif
