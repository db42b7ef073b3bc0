/* link(2) gives the name, since it fails where rename(2) would replace. */
#include "file_copy.h"

#include "common/cleanup.h"
#include "file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((size_t)64 * 1024)

static enum error refuse_file(struct trouble *trouble, const char *what, const char *path)
{
	return trouble_set(trouble, ERROR_STORAGE, "cannot %s %s: %s", what, path, strerror(errno));
}

static enum error open_source(const char *source, int64_t bytes, int *ret_fd, struct trouble *trouble)
{
	AUTO_CLOSE int fd = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat found;

	if (fd < 0 || fstat(fd, &found))
		return refuse_file(trouble, "read", source);
	if (!S_ISREG(found.st_mode) || found.st_size != bytes)
		return trouble_set(trouble, ERROR_STORAGE, "%s is not the file of %lld bytes that was promised", source,
			(long long)bytes);
	*ret_fd = TAKE_FD(fd);
	return ERROR_NONE;
}

static enum error copy(int from, int to, const char *source, const char *target, struct trouble *trouble)
{
	char chunk[CHUNK];
	ssize_t count;

	for (;;) {
		do
			count = read(from, chunk, sizeof(chunk));
		while (count < 0 && errno == EINTR);
		if (count < 0)
			return refuse_file(trouble, "read", source);
		if (count == 0)
			break;
		if (!file_write_all(to, chunk, (size_t)count))
			return refuse_file(trouble, "write", target);
	}
	return fsync(to) ? refuse_file(trouble, "write", target) : ERROR_NONE;
}

/* So that the name is on the disk as well. */
static enum error sync_folder_of(const char *target, struct trouble *trouble)
{
	char folder[PATH_MAX];
	AUTO_CLOSE int fd = -1;

	(void)snprintf(folder, sizeof(folder), "%s", target);
	fd = open(dirname(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 || fsync(fd) ? refuse_file(trouble, "write", target) : ERROR_NONE;
}

static enum error give_name(const char *draft, const char *target, struct trouble *trouble)
{
	enum error error;

	if (link(draft, target))
		return errno == EEXIST ? trouble_set(trouble, ERROR_CONFLICT, "%s is there already", target)
				       : refuse_file(trouble, "write", target);
	error = sync_folder_of(target, trouble);
	if (error)
		(void)unlink(target);
	return error;
}

enum error file_copy_new(const char *source, const char *target, int64_t bytes, struct trouble *trouble)
{
	char draft[PATH_MAX];
	AUTO_CLOSE int from = -1;
	AUTO_CLOSE int to = -1;
	enum error error = open_source(source, bytes, &from, trouble);

	if (error)
		return error;
	if (snprintf(draft, sizeof(draft), "%s.XXXXXX", target) >= (int)sizeof(draft))
		return trouble_usage(trouble, "the name of the file is too long");
	to = mkostemp(draft, O_CLOEXEC); /* mode 0600 (POSIX.1-2008) */
	if (to < 0)
		return refuse_file(trouble, "write", target);
	error = copy(from, to, source, target, trouble);
	if (!error)
		error = give_name(draft, target, trouble);
	(void)unlink(draft);
	return error;
}
