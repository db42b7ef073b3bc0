/* systemctl --user, by its absolute path. */
#include "user_unit.h"

#include "child.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define SYSTEMCTL "/usr/bin/systemctl"

/* The manager's own socket is in the runtime folder while it runs (systemd(1), "Sockets and FIFOs"). */
static bool has_manager(const struct paths *paths)
{
	char path[PATH_MAX + 32];
	struct stat found;

	if (!paths->runtime[0] || access(SYSTEMCTL, X_OK))
		return false;
	(void)snprintf(path, sizeof(path), "%s/systemd/private", paths->runtime);
	return stat(path, &found) == 0 && S_ISSOCK(found.st_mode);
}

bool user_unit_is_enabled(const struct paths *paths)
{
	const char *const argv[] = { SYSTEMCTL, "--user", "--quiet", "is-enabled", "taskd.socket", NULL };

	return has_manager(paths) && child_run(paths, argv) == 0;
}

bool user_unit_start(const struct paths *paths)
{
	const char *const argv[] = { SYSTEMCTL, "--user", "--quiet", "start", "taskd.socket", NULL };

	return child_run(paths, argv) == 0;
}

bool user_unit_stop(const struct paths *paths)
{
	const char *const argv[] = { SYSTEMCTL, "--user", "--quiet", "stop", "taskd.socket", "taskd.service", NULL };

	return child_run(paths, argv) == 0;
}
