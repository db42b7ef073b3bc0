/* Connect; else take the lock, connect again, bind, and hand the socket to a new daemon. */
#include "launch.h"

#include "child.h"
#include "common/cleanup.h"
#include "daemon_lock.h"
#include "dial.h"
#include "folder.h"
#include "user_unit.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>

#define LISTEN_BACKLOG    4096
#define PREDECESSOR_MS    3000 /* how long a daemon that is leaving, or has just come, may take */
#define PREDECESSOR_STEPS 150

static enum error dial_at(const struct route *route, const char *path, struct connected *ret, struct trouble *trouble)
{
	enum error error = dial(path, route->daemon_user, &ret->fd, trouble);

	/* What could be dialled is short enough. */
	if (!error)
		memcpy(ret->socket, path, strnlen(path, PATHS_SOCKET_LIMIT) + 1);
	return error;
}

/* A note may be older than its daemon's end: then the usual place is tried too. */
static enum error dial_running(const struct route *route, struct connected *ret, struct trouble *trouble)
{
	char noted[PATH_MAX];
	enum error error;

	if (route->socket)
		return dial_at(route, route->socket, ret, trouble);
	if (paths_read_noted_socket(route->paths, noted, sizeof(noted)) && strcmp(noted, route->paths->socket) != 0) {
		error = dial_at(route, noted, ret, trouble);
		if (error != ERROR_NOT_FOUND)
			return error;
	}
	return dial_at(route, route->paths->socket, ret, trouble);
}

static const char *socket_to_bind(const struct route *route)
{
	return route->socket ? route->socket : route->paths->socket;
}

static enum error make_folder_of(const char *path, struct trouble *trouble)
{
	char copy[PATH_MAX];

	(void)snprintf(copy, sizeof(copy), "%s", path);
	return folder_make(dirname(copy), trouble);
}

/* Nobody answered there under the lock, so what is left of a socket is stale. */
static void remove_stale(const char *path)
{
	struct stat found;

	if (lstat(path, &found) == 0 && S_ISSOCK(found.st_mode))
		(void)unlink(path);
}

static int bind_and_listen(int fd, const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	mode_t mask = umask(0177);
	int failure = 0;

	memcpy(address.sun_path, path, strlen(path) + 1);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) || listen(fd, LISTEN_BACKLOG))
		failure = errno;
	(void)umask(mask);
	return failure;
}

/* The path is short enough: it was dialled before. */
static enum error start_daemon(const struct route *route, struct trouble *trouble)
{
	const char *path = socket_to_bind(route);
	AUTO_CLOSE int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	enum error error = make_folder_of(path, trouble);
	int failure;

	if (error)
		return error;
	remove_stale(path);
	failure = fd < 0 ? errno : bind_and_listen(fd, path);
	if (failure)
		return trouble_no_daemon(trouble, "cannot listen at %s: %s", path, strerror(failure));
	error = child_start_taskd(route->paths, fd, trouble);
	if (error)
		(void)unlink(path);
	return error;
}

static enum error refuse_deaf(const struct route *route, struct trouble *trouble)
{
	enum error error = trouble_no_daemon(trouble, "a daemon (process %d) has %s, but nobody listens at %s",
		(int)daemon_lock_read_holder(route->paths), route->paths->data, socket_to_bind(route));

	trouble_advise(trouble, "stop it: taskctl daemon stop");
	return error;
}

/* Somebody has the data folder: one that starts will listen soon, one that stops will let go of it. */
static enum error await_predecessor(const struct route *route, struct connected *ret, struct trouble *trouble)
{
	const struct timespec pause = { .tv_nsec = (PREDECESSOR_MS / PREDECESSOR_STEPS) * 1000000L };

	for (int step = 0; step < PREDECESSOR_STEPS; step++) {
		enum error error = dial_running(route, ret, trouble);

		if (error != ERROR_NOT_FOUND)
			return error;
		if (!daemon_lock_is_held(route->paths))
			return ERROR_NOT_FOUND;
		(void)nanosleep(&pause, NULL);
	}
	return refuse_deaf(route, trouble);
}

static enum error launch_under_lock(const struct route *route, struct connected *ret, struct trouble *trouble)
{
	enum error error = await_predecessor(route, ret, trouble);

	if (error != ERROR_NOT_FOUND)
		return error;
	error = start_daemon(route, trouble);
	if (error)
		return error;
	ret->was_launched = true;
	error = dial_at(route, socket_to_bind(route), ret, trouble);
	if (error != ERROR_NOT_FOUND && error != ERROR_UNAVAILABLE)
		return error;
	/* It has died so soon that it took the socket with it. */
	launch_explain_death(route->paths, trouble);
	return ERROR_UNAVAILABLE;
}

/* The data folder could not be written to: nothing was asked of anybody yet, so this counts as "no daemon". */
static enum error without_folder(enum error error, struct trouble *trouble)
{
	if (trouble)
		trouble->exit_status = EXIT_NO_DAEMON;
	return error;
}

static enum error launch(const struct route *route, struct connected *ret, struct trouble *trouble)
{
	AUTO_CLOSE int lock = -1;
	enum error error;

	if (!route->socket && user_unit_is_enabled(route->paths)) {
		if (user_unit_start(route->paths))
			return dial_running(route, ret, trouble);
		error = trouble_no_daemon(trouble, "systemd could not start taskd.socket");
		trouble_advise(trouble, "look: systemctl --user status taskd.socket taskd.service");
		return error;
	}
	error = folder_make(route->paths->data, trouble);
	if (!error)
		error = folder_lock(route->paths->data, LAUNCH_LOCK_NAME, &lock, trouble);
	if (error)
		return without_folder(error, trouble);
	return launch_under_lock(route, ret, trouble);
}

enum error launch_connect(const struct route *route, struct connected *ret_connected, struct trouble *trouble)
{
	struct connected made = { .fd = -1 };
	enum error error = dial_running(route, &made, trouble);

	if (error == ERROR_NOT_FOUND && route->policy == LAUNCH_IF_NEEDED)
		error = launch(route, &made, trouble);
	if (!error)
		*ret_connected = made;
	return error;
}

/* The last line of the text, without what the log puts before its words. */
static const char *last_line(char *text, size_t length)
{
	static const char mark[] = " cannot start: ";
	const char *reason;
	char *newline;

	while (length > 0 && text[length - 1] == '\n')
		length--;
	text[length] = '\0';
	newline = strrchr(text, '\n');
	text = newline ? newline + 1 : text;
	reason = strstr(text, mark);
	return reason ? reason + sizeof(mark) - 1 : text;
}

void launch_explain_death(const struct paths *paths, struct trouble *trouble)
{
	char path[PATH_MAX];
	char text[1024];
	struct stat found = { .st_size = 0 };
	AUTO_CLOSE int fd = -1;
	ssize_t length = -1;

	child_log_path(paths, path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &found) == 0)
		length = pread(fd, text, sizeof(text) - 1,
			found.st_size > (off_t)sizeof(text) - 1 ? found.st_size - (off_t)sizeof(text) + 1 : 0);
	(void)trouble_no_daemon(trouble, "the daemon could not start: %s",
		length > 0 ? last_line(text, (size_t)length) : "no reason given");
	trouble_advise(trouble, "more is in %s", path);
}
