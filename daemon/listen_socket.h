/* The Unix socket that clients connect to: bound where none is, taken over where only a dead one is. */
#pragma once

#include "common/error.h"

/* sun_path with its NUL (unix(7)): a longer path cannot be bound. */
#define LISTEN_SOCKET_PATH_LIMIT 107u

/*
 * Bind `path`, mode 0600, in a folder that is made with 0700 where it is missing. A stale socket is removed first, a
 * live one and anything else never. The caller listens.
 * ERROR_INVALID_PARAMS: the path is too long or relative; ERROR_CONFLICT: a live daemon answers there; ERROR_STORAGE.
 */
enum error listen_socket_bind(const char *path, int *ret_fd, struct refusal *refusal);

/* Where a socket that was handed over is bound; empty when it has no path. `ret_path` holds PATH_MAX bytes. */
void listen_socket_path(int fd, char *ret_path);
