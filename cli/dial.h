/* A connection to a Unix socket, behind which there is somebody whom we trust. */
#pragma once

#include "trouble.h"

#include <stdbool.h>

/*
 * Connect to `path`. The peer's uid, attested by the kernel, must be our own, root's, or that of `daemon_user` (a name
 * or number; NULL: nobody): a password goes to nobody else. The kernel names who listened: under socket activation
 * root or the user's manager, until the daemon itself listens.
 *
 * ERROR_NOT_FOUND: nobody listens there (no such file, or a stale socket), which starting a daemon would mend.
 * ERROR_UNAVAILABLE, ERROR_FORBIDDEN and others: it would not; the trouble says why, with the path and what to do.
 */
enum error dial(const char *path, const char *daemon_user, int *ret_fd, struct trouble *trouble);
