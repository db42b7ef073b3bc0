/* mkdir(2) and flock(2), with words for what goes wrong. */
#include "folder.h"

#include "common/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

static enum error refuse_path(struct trouble *trouble, const char *what, const char *path)
{
	return trouble_set(trouble, ERROR_STORAGE, "cannot %s %s: %s", what, path, strerror(errno));
}

static enum error make_one(const char *path, struct trouble *trouble)
{
	struct stat found;

	if (mkdir(path, 0700) == 0)
		return ERROR_NONE;
	/* A parent on a read-only disk says EROFS although it is there. */
	if (stat(path, &found) == 0 && S_ISDIR(found.st_mode))
		return ERROR_NONE;
	return refuse_path(trouble, "make the folder", path);
}

enum error folder_make(const char *path, struct trouble *trouble)
{
	char partial[PATH_MAX];
	struct stat found;

	if (stat(path, &found) == 0 && S_ISDIR(found.st_mode))
		return ERROR_NONE;
	(void)snprintf(partial, sizeof(partial), "%s", path);
	for (char *slash = strchr(partial + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		enum error error;

		*slash = '\0';
		error = make_one(partial, trouble);
		*slash = '/';
		if (error)
			return error;
	}
	return make_one(partial, trouble);
}

static int lock(int fd)
{
	int result;

	do
		result = flock(fd, LOCK_EX);
	while (result && errno == EINTR);
	return result;
}

enum error folder_lock(const char *folder, const char *name, int *ret_fd, struct trouble *trouble)
{
	char path[PATH_MAX];
	AUTO_CLOSE int fd = -1;

	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path))
		return trouble_set(trouble, ERROR_STORAGE, "the path of %s is too long", name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || lock(fd))
		return refuse_path(trouble, "lock", path);
	*ret_fd = TAKE_FD(fd);
	return ERROR_NONE;
}
