/* A few lines of a documented protocol each. */
#include "service_manager.h"

#include "common/cleanup.h"
#include "common/log.h"
#include "common/text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define FIRST_HANDED_FD 3 /* SD_LISTEN_FDS_START */

/* A path, or with @ a name in the abstract namespace. 0: not an address of ours. */
static socklen_t make_address(const char *text, struct sockaddr_un *ret_address)
{
	size_t length = strlen(text);

	if ((text[0] != '/' && text[0] != '@') || length < 2 || length >= sizeof(ret_address->sun_path))
		return 0;
	*ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(ret_address->sun_path, text, length);
	if (text[0] == '@')
		ret_address->sun_path[0] = '\0';
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (text[0] == '/'));
}

void service_manager_notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un address;
	socklen_t length = path ? make_address(path, &address) : 0;
	AUTO_CLOSE int fd = -1;

	if (!length)
		return;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&address, length) < 0)
		log_debug("cannot tell the service manager: %s", strerror(errno));
}

void service_manager_notify_reloading(void)
{
	char state[96];
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	(void)snprintf(state, sizeof(state), "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
		(int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000);
	service_manager_notify(state);
}

/* Whether a variable that names a process means us. */
static bool is_for_us(const char *pid_variable)
{
	const char *text = getenv(pid_variable);
	int64_t pid;

	return text && text_parse_integer(text, 1, INT32_MAX, &pid) && pid == getpid();
}

int64_t service_manager_watchdog_interval_ms(void)
{
	const char *text = getenv("WATCHDOG_USEC");
	int64_t microseconds;

	if (!text || (getenv("WATCHDOG_PID") && !is_for_us("WATCHDOG_PID")))
		return 0;
	if (!text_parse_integer(text, 1, INT64_MAX, &microseconds))
		return 0;
	return microseconds / 2000 ? microseconds / 2000 : 1;
}

static bool is_listening_socket(int fd)
{
	int is_listening = 0, domain = 0;
	socklen_t length = sizeof(int);

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &length) == 0 && is_listening &&
	       getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &length) == 0 && domain == AF_UNIX;
}

int service_manager_take_socket(void)
{
	const char *text = getenv("LISTEN_FDS");
	bool is_ours = is_for_us("LISTEN_PID");
	int64_t count = 0;
	bool is_number = text && text_parse_integer(text, 0, INT32_MAX, &count);

	(void)unsetenv("LISTEN_FDS");
	(void)unsetenv("LISTEN_PID");
	(void)unsetenv("LISTEN_FDNAMES");
	if (!is_ours || !is_number || !count)
		return SERVICE_MANAGER_NO_SOCKET;
	if (count != 1 || !is_listening_socket(FIRST_HANDED_FD)) {
		log_error("was handed %" PRId64 " sockets; exactly one listening Unix socket is wanted", count);
		return SERVICE_MANAGER_BAD_SOCKET;
	}
	(void)fcntl(FIRST_HANDED_FD, F_SETFD, FD_CLOEXEC);
	return FIRST_HANDED_FD;
}
