/* connect(2), and a message of its own for each way in which it fails. */
#include "dial.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "local_user.h"
#include "paths.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>

#define CONNECT_TIMEOUT_S 5
#define CONNECT_TRIES     3u

static enum error refuse_nobody(const char *path, int failure, struct trouble *trouble)
{
	bool is_stale = failure == ECONNREFUSED;
	enum error error = trouble_no_daemon(
		trouble, is_stale ? "nobody listens at %s any more" : "there is no daemon: no socket at %s", path);

	(void)error;
	trouble_advise(trouble, "start one there: taskctl --socket %s daemon start", path);
	if (trouble)
		trouble->refusal.error = ERROR_NOT_FOUND;
	return ERROR_NOT_FOUND;
}

static bool is_socket(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0 && S_ISSOCK(found.st_mode);
}

static enum error refuse_permission(const char *path, struct trouble *trouble)
{
	enum error error = trouble_no_daemon(trouble, "you may not connect to %s: permission denied", path);

	trouble_advise(trouble, "look at it: ls -ld %s; a daemon for several people wants you in its group", path);
	return error;
}

static enum error refuse_full(const char *path, struct trouble *trouble)
{
	enum error error = trouble_set(trouble, ERROR_UNAVAILABLE,
		"the daemon at %s takes no connection for %d seconds: too many clients wait", path, CONNECT_TIMEOUT_S);

	trouble_advise(trouble, "try again, or look: taskctl daemon status");
	return error;
}

static enum error refuse_file(const char *path, struct trouble *trouble)
{
	enum error error = trouble_no_daemon(trouble, "%s is no socket", path);

	trouble_advise(trouble, "move it away, or name the daemon's socket: taskctl --socket PATH");
	return error;
}

static enum error refuse_connect(const char *path, int failure, struct trouble *trouble)
{
	if (failure == ENOTSOCK || (failure == ECONNREFUSED && !is_socket(path)))
		return refuse_file(path, trouble);
	if (failure == ENOENT || failure == ECONNREFUSED)
		return refuse_nobody(path, failure, trouble);
	if (failure == EACCES || failure == EPERM)
		return refuse_permission(path, trouble);
	if (failure == EAGAIN || failure == ETIMEDOUT)
		return refuse_full(path, trouble);
	return trouble_no_daemon(trouble, "cannot connect to %s: %s", path, strerror(failure));
}

static enum error make_address(const char *path, struct sockaddr_un *ret_address, struct trouble *trouble)
{
	enum error error;

	if (path[0] != '/')
		return trouble_usage(trouble, "the socket's path must be absolute, not `%s`", path);
	if (strlen(path) > PATHS_SOCKET_LIMIT) {
		error = trouble_no_daemon(trouble, "the socket's path has %zu bytes, and the system allows %u: %s",
			strlen(path), PATHS_SOCKET_LIMIT, path);
		trouble_advise(trouble, "use a shorter one for both: taskd --socket PATH, taskctl --socket PATH");
		return error;
	}
	*ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(ret_address->sun_path, path, strlen(path) + 1);
	return ERROR_NONE;
}

/* A signal may break the waiting; with a full backlog the send timeout ends it by EAGAIN (unix(7)). */
static int connect_patiently(int fd, const struct sockaddr_un *address)
{
	for (unsigned tries = 1;; tries++) {
		if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0)
			return 0;
		if (errno != EINTR || tries == CONNECT_TRIES)
			return errno;
	}
}

static bool is_user(const char *user, uid_t uid)
{
	uid_t found;
	int64_t number;

	if (!user)
		return false;
	if (text_parse_integer(user, 0, UINT32_MAX - 1, &number))
		return (uid_t)number == uid;
	return local_user_find_uid(LOCAL_USER_FILE, user, &found) && found == uid;
}

static enum error check_peer(int fd, const char *path, const char *daemon_user, struct trouble *trouble)
{
	struct ucred peer;
	socklen_t length = sizeof(peer);
	enum error error;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length))
		return trouble_set(trouble, ERROR_INTERNAL, "cannot tell who listens at %s: %s", path, strerror(errno));
	if (peer.uid == geteuid() || peer.uid == 0 || is_user(daemon_user, peer.uid))
		return ERROR_NONE;
	error = trouble_set(trouble, ERROR_FORBIDDEN,
		"user %u listens at %s, who is neither you nor root: nothing was sent", (unsigned)peer.uid, path);
	trouble_advise(trouble, "if that is the daemon's user, write daemon_user = %u into ~/.config/taskctl/config",
		(unsigned)peer.uid);
	return error;
}

enum error dial(const char *path, const char *daemon_user, int *ret_fd, struct trouble *trouble)
{
	const struct timeval timeout = { .tv_sec = CONNECT_TIMEOUT_S };
	struct sockaddr_un address;
	AUTO_CLOSE int fd = -1;
	int failure;
	enum error error = make_address(path, &address, trouble);

	if (error)
		return error;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return trouble_set(trouble, ERROR_INTERNAL, "no socket: %s", strerror(errno));
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
	failure = connect_patiently(fd, &address);
	if (failure)
		return refuse_connect(path, failure, trouble);
	error = check_peer(fd, path, daemon_user, trouble);
	if (error)
		return error;
	*ret_fd = TAKE_FD(fd);
	return ERROR_NONE;
}
