/* Where things are: the XDG base directories (specification 0.8), and what stands in for them. */
#pragma once

#include "trouble.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* sun_path with its NUL (unix(7)). */
#define PATHS_SOCKET_LIMIT 107u

struct paths {
	char config[PATH_MAX];  /* the client's own: $XDG_CONFIG_HOME/taskctl, else ~/.config/taskctl */
	char data[PATH_MAX];    /* the daemon's: $TASKD_DATA, $XDG_DATA_HOME/taskd, else ~/.local/share/taskd */
	char runtime[PATH_MAX]; /* $XDG_RUNTIME_DIR, else /run/user/UID; empty: neither is a folder of ours */
	char socket[PATH_MAX];  /* where a daemon of ours listens when nobody says otherwise */
};

/*
 * From the environment, else the password database. ERROR_INVALID_PARAMS when there is no home; ERROR_FORBIDDEN for
 * root in somebody else's home, where it would leave files that their owner cannot change.
 */
enum error paths_find(struct paths *ret_paths, struct trouble *trouble);

/* Where the live daemon listens, as it noted in its data folder; false: there is no note. */
bool paths_read_noted_socket(const struct paths *paths, char *ret_path, size_t size);
