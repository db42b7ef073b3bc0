/* The lock of the data folder keeps daemons out meanwhile. */
#include "restore.h"

#include "common/log.h"
#include "daemon.h"
#include "instance.h"
#include "places.h"
#include "store/backup_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* What root makes in another's folder, its daemon could not open. */
static enum error check_owner(const char *folder, struct refusal *refusal)
{
	struct stat found;

	if (stat(folder, &found) || found.st_uid == geteuid())
		return ERROR_NONE;
	return refuse(refusal, ERROR_FORBIDDEN, NULL, "%s belongs to user %u: restore as that user (see runuser(1))",
		folder, (unsigned)found.st_uid);
}

static enum error restore(const struct options *options, struct refusal *refusal)
{
	const char *folder = options->settings.data;
	int lock_fd = -1;
	enum error error = places_make_folder(folder, refusal);

	if (!error)
		error = check_owner(folder, refusal);
	if (!error)
		error = instance_lock(folder, &lock_fd, refusal);
	if (!error)
		error = backup_store_restore(
			&db_sqlite_driver, folder, options->restore_path, (int64_t)time(NULL), refusal);
	if (lock_fd >= 0)
		(void)close(lock_fd);
	return error;
}

int restore_run(const struct options *options)
{
	struct refusal refusal = { 0 };
	enum error error = restore(options, &refusal);

	if (error) {
		log_error("restore: %s", refusal.message);
		return error == ERROR_CONFLICT ? DAEMON_EXIT_SECOND : DAEMON_EXIT_CANNOT_START;
	}
	(void)printf("restored %s to %s; what was there before is in taskd.db.before-restore\n", options->restore_path,
		options->settings.data);
	(void)puts("at its next start it is a store of its own: everybody logs in again, and makes new tokens");
	return EXIT_SUCCESS;
}
