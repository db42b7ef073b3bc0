/* DATA/taskd.lock: flock(2), and the holder's pid in it. */
#include "daemon_lock.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>

#define POLL_MS 10

static int open_lock(const struct paths *paths)
{
	char path[PATH_MAX + 16];

	(void)snprintf(path, sizeof(path), "%s/taskd.lock", paths->data);
	return open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

bool daemon_lock_is_held(const struct paths *paths)
{
	AUTO_CLOSE int fd = open_lock(paths);

	return fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) && errno == EWOULDBLOCK;
}

bool daemon_lock_wait(const struct paths *paths, int limit_ms)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };

	for (int waited_ms = 0; waited_ms < limit_ms; waited_ms += POLL_MS) {
		if (!daemon_lock_is_held(paths))
			return true;
		(void)nanosleep(&pause, NULL);
	}
	return !daemon_lock_is_held(paths);
}

pid_t daemon_lock_read_holder(const struct paths *paths)
{
	char text[32];
	AUTO_CLOSE int fd = open_lock(paths);
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	int64_t pid;

	if (length <= 0)
		return 0;
	text[length] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return text_parse_integer(text, 2, INT32_MAX, &pid) ? (pid_t)pid : 0;
}
