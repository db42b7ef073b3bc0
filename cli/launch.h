/* A connection to the user's daemon, which is started when none runs. */
#pragma once

#include "paths.h"
#include "trouble.h"

#include <stdbool.h>

/* Held while a daemon is started or stopped; in the data folder. */
#define LAUNCH_LOCK_NAME "launch.lock"

enum launch_policy {
	LAUNCH_IF_NEEDED,
	LAUNCH_NEVER, /* only whoever runs already */
};

/* Whom to talk to. */
struct route {
	const struct paths *paths;
	const char *socket;      /* named by flag, variable or setting; NULL: found by itself */
	const char *daemon_user; /* see dial */
	enum launch_policy policy;
};

struct connected {
	int fd;
	char socket[PATHS_SOCKET_LIMIT + 1];
	bool was_launched; /* we have just started it */
};

/*
 * Connect to the daemon: at the named socket; else at the one that the live daemon noted in its data folder, else at
 * the usual place. Where nobody listens, and the policy allows it, start one. Any number of clients may do this at
 * once: exactly one daemon comes of it. EXIT_NO_DAEMON with words for each way in which it can fail.
 */
enum error launch_connect(const struct route *route, struct connected *ret_connected, struct trouble *trouble);

/* The end of the daemon's log as an explanation, when a daemon that was just started went away. */
void launch_explain_death(const struct paths *paths, struct trouble *trouble);
