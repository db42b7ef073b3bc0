/* Binding without ever taking a live daemon's socket away. */
#include "listen_socket.h"

#include "common/cleanup.h"
#include "places.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

static enum error make_folder_of(const char *path, struct refusal *refusal)
{
	char copy[PATH_MAX];

	(void)snprintf(copy, sizeof(copy), "%s", path);
	return places_make_folder(dirname(copy), refusal);
}

static enum error check_path(const char *path, struct refusal *refusal)
{
	if (path[0] != '/')
		return refuse(refusal, ERROR_INVALID_PARAMS, "socket", "the socket's path must be absolute: %s", path);
	if (strlen(path) > LISTEN_SOCKET_PATH_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, "socket",
			"the socket's path has %zu bytes, and the system allows %u: use a shorter --socket (%s)",
			strlen(path), LISTEN_SOCKET_PATH_LIMIT, path);
	return ERROR_NONE;
}

/* Remove what a dead daemon left. Nothing there, and nothing left there, are both fine. */
static enum error remove_stale(const struct sockaddr_un *address, struct refusal *refusal)
{
	struct stat found;
	AUTO_CLOSE int fd = -1;

	if (lstat(address->sun_path, &found))
		return ERROR_NONE;
	if (!S_ISSOCK(found.st_mode))
		return refuse(refusal, ERROR_STORAGE, NULL,
			"%s is there and is no socket: move it away, or use --socket", address->sun_path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return refuse(refusal, ERROR_STORAGE, NULL, "no socket: %s", strerror(errno));
	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0 || errno != ECONNREFUSED)
		return refuse(refusal, ERROR_CONFLICT, NULL, "a live daemon answers at %s", address->sun_path);
	if (unlink(address->sun_path) && errno != ENOENT)
		return refuse(refusal, ERROR_STORAGE, NULL, "cannot remove the stale socket %s: %s", address->sun_path,
			strerror(errno));
	return ERROR_NONE;
}

enum error listen_socket_bind(const char *path, int *ret_fd, struct refusal *refusal)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	AUTO_CLOSE int fd = -1;
	enum error error = check_path(path, refusal);

	if (!error)
		error = make_folder_of(path, refusal);
	if (error)
		return error;
	memcpy(address.sun_path, path, strlen(path) + 1);
	error = remove_stale(&address, refusal);
	if (error)
		return error;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) || chmod(path, 0600))
		return refuse(refusal, ERROR_STORAGE, NULL, "cannot bind the socket %s: %s", path, strerror(errno));
	*ret_fd = TAKE_FD(fd);
	return ERROR_NONE;
}

void listen_socket_path(int fd, char *ret_path)
{
	struct sockaddr_un address = { 0 };
	socklen_t length = sizeof(address);
	bool is_named = getsockname(fd, (struct sockaddr *)&address, &length) == 0 && address.sun_path[0] == '/';

	(void)snprintf(ret_path, PATH_MAX, "%s", is_named ? address.sun_path : "");
}
