/* The lock file and the note beside the database. */
#include "instance.h"

#include "common/cleanup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_NAME   "taskd.lock"
#define SOCKET_NAME "taskd.socket-path"

static enum error refuse_file(struct refusal *refusal, const char *path)
{
	return refuse(refusal, ERROR_STORAGE, NULL, "cannot write %s: %s", path, strerror(errno));
}

static void join(char *ret_path, const char *folder, const char *name)
{
	(void)snprintf(ret_path, PATH_MAX, "%s/%s", folder, name);
}

static enum error refuse_second(int fd, const char *path, struct refusal *refusal)
{
	char pid[16] = "?";
	ssize_t length = pread(fd, pid, sizeof(pid) - 1, 0);

	if (length > 0)
		pid[strcspn(pid, "\n")] = '\0';
	return refuse(refusal, ERROR_CONFLICT, NULL,
		"another taskd (process %s) has %s: only one may serve a data folder", pid, path);
}

enum error instance_lock(const char *data_folder, int *ret_fd, struct refusal *refusal)
{
	char path[PATH_MAX];
	AUTO_CLOSE int fd = -1;

	join(path, data_folder, LOCK_NAME);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return refuse_file(refusal, path);
	if (flock(fd, LOCK_EX | LOCK_NB))
		return errno == EWOULDBLOCK ? refuse_second(fd, path, refusal) : refuse_file(refusal, path);
	/* The pid is a courtesy for the message above: a full disk is no reason not to start. */
	if (ftruncate(fd, 0) == 0)
		(void)dprintf(fd, "%d\n", (int)getpid());
	*ret_fd = TAKE_FD(fd);
	return ERROR_NONE;
}

static enum error write_note(const char *path, const char *text)
{
	AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	int length = (int)strlen(text) + 1;

	return fd >= 0 && dprintf(fd, "%s\n", text) == length ? ERROR_NONE : ERROR_STORAGE;
}

enum error instance_record_socket(const char *data_folder, const char *socket_path, struct refusal *refusal)
{
	char path[PATH_MAX], fresh[PATH_MAX];

	join(path, data_folder, SOCKET_NAME);
	join(fresh, data_folder, SOCKET_NAME ".new");
	if (write_note(fresh, socket_path) || rename(fresh, path))
		return refuse_file(refusal, path);
	return ERROR_NONE;
}

void instance_remove_leftovers(const char *data_folder, const char *prefix, int64_t older_than)
{
	DIR *directory = opendir(data_folder);
	const struct dirent *entry;
	struct stat found;
	char path[PATH_MAX + NAME_MAX];

	while (directory && (entry = readdir(directory))) {
		if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", data_folder, entry->d_name);
		if (lstat(path, &found) == 0 && found.st_mtime <= older_than)
			(void)unlink(path);
	}
	if (directory)
		(void)closedir(directory);
}

void instance_forget_socket(const char *data_folder)
{
	char path[PATH_MAX];

	join(path, data_folder, SOCKET_NAME);
	(void)unlink(path);
}
