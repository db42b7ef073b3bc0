/* The launch lock is held meanwhile, under which daemons are started. */
#include "daemon_stop.h"

#include "common/cleanup.h"
#include "daemon_lock.h"
#include "folder.h"
#include "user_unit.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>

#define STOP_LIMIT_MS 10000

/* A socket that somebody named may be another daemon's, whose process nobody can tell from outside. */
static enum error refuse_named(const struct route *route, struct trouble *trouble)
{
	char noted[PATH_MAX];

	if (!route->socket || strcmp(route->socket, route->paths->socket) == 0)
		return ERROR_NONE;
	if (paths_read_noted_socket(route->paths, noted, sizeof(noted)) && strcmp(route->socket, noted) == 0)
		return ERROR_NONE;
	(void)trouble_usage(
		trouble, "the daemon at %s does not have your data folder, %s", route->socket, route->paths->data);
	trouble_advise(trouble, "stop it where it was started");
	return ERROR_INVALID_PARAMS;
}

static enum error stop_process(const struct paths *paths, struct trouble *trouble)
{
	pid_t holder = daemon_lock_read_holder(paths);

	if (!holder || kill(holder, SIGTERM))
		return trouble_set(trouble, ERROR_FORBIDDEN, "cannot stop process %d: %s", (int)holder,
			holder ? strerror(errno) : "the lock in the data folder does not say which it is");
	if (!daemon_lock_wait(paths, STOP_LIMIT_MS))
		return trouble_set(trouble, ERROR_DEADLINE, "process %d still runs after %d seconds", (int)holder,
			STOP_LIMIT_MS / 1000);
	return ERROR_NONE;
}

static enum error stop_unit(const struct paths *paths, struct daemon_stop *stop, struct trouble *trouble)
{
	if (user_unit_stop(paths)) {
		stop->outcome = DAEMON_UNIT_HAS_STOPPED;
		return ERROR_NONE;
	}
	(void)trouble_set(trouble, ERROR_UNAVAILABLE, "systemd could not stop taskd");
	trouble_advise(trouble, "look: systemctl --user status taskd.socket taskd.service");
	return ERROR_UNAVAILABLE;
}

enum error daemon_stop_begin(const struct route *route, struct daemon_stop *ret_stop, struct trouble *trouble)
{
	const struct paths *paths = route->paths;
	struct trouble ignored;
	enum error error = refuse_named(route, trouble);

	*ret_stop = (struct daemon_stop){ .outcome = DAEMON_WAS_NOT_RUNNING, .lock_fd = -1 };
	if (error)
		return error;
	if (user_unit_is_enabled(paths))
		return stop_unit(paths, ret_stop, trouble);
	/* Without a data folder there is no daemon either. */
	if (folder_lock(paths->data, LAUNCH_LOCK_NAME, &ret_stop->lock_fd, &ignored) || !daemon_lock_is_held(paths))
		return ERROR_NONE;
	error = stop_process(paths, trouble);
	ret_stop->outcome = DAEMON_HAS_STOPPED;
	if (error)
		daemon_stop_end(ret_stop);
	return error;
}

void daemon_stop_end(struct daemon_stop *stop)
{
	cleanup_close(&stop->lock_fd);
	stop->lock_fd = -1;
}
