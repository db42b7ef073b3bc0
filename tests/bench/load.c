/* The load: one epoll, one recv and one send for each call, nothing parsed but the end of a line. */
#include "bench/load.h"

#include "common/memory.h"
#include "harness/cmocka_all.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define EVENTS_LIMIT  128
#define READ_BYTES    ((size_t)256 * 1024)
#define HEAD_BYTES    64u /* of a reply, within which it says whether it is a result */
#define UNTIL_FD_MARK UINT64_MAX

struct client {
	int fd;
	bool is_waiting; /* it has said something, and not heard the first byte of the answer */
	int64_t said_at;
};

struct run {
	const struct load *load;
	struct client *clients;
	char *bytes;
	int epoll_fd;
	bool is_over; /* nothing more is said */
	size_t said;
	size_t heard;
	int64_t started_at;
};

static void add_to_epoll(const struct run *run, int fd, uint64_t mark)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u64 = mark };

	if (epoll_ctl(run->epoll_fd, EPOLL_CTL_ADD, fd, &event))
		fail_msg("epoll_ctl: %s", strerror(errno));
}

static void connect_client(const struct run *run, size_t index)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", run->load->socket_path);
	if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof(address)))
		fail_msg("cannot connect to %s: %s", run->load->socket_path, strerror(errno));
	run->clients[index].fd = fd;
	add_to_epoll(run, fd, index);
}

static void init(struct run *run, const struct load *load)
{
	*run = (struct run){ .load = load };
	run->clients = memory_array(load->connections, sizeof(*run->clients));
	run->bytes = memory_alloc(READ_BYTES);
	run->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	assert_true(run->epoll_fd >= 0);
	for (size_t i = 0; i < load->connections; i++)
		connect_client(run, i);
	if (load->until_fd)
		add_to_epoll(run, load->until_fd, UNTIL_FD_MARK);
}

static void deinit(struct run *run)
{
	for (size_t i = 0; i < run->load->connections; i++)
		(void)close(run->clients[i].fd);
	(void)close(run->epoll_fd);
	free(run->clients);
	free(run->bytes);
}

/* A line fits into the socket, since its client has nothing else under way. */
static void say(struct run *run, struct client *client)
{
	const struct load *load = run->load;
	const struct buffer *line = load->lines[run->said++ % load->line_count];

	client->is_waiting = true;
	if (load->latencies_us)
		client->said_at = clock_now_ns();
	if (send(client->fd, line->data, line->length, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)line->length)
		fail_msg("a request was not taken: %s", strerror(errno));
	if (load->calls && run->said >= load->calls)
		run->is_over = true;
}

/* The head of an answer comes in one piece, being shorter than what any of these servers writes at once. */
static void check_head(const char *bytes, size_t length)
{
	if (!memmem(bytes, length < HEAD_BYTES ? length : HEAD_BYTES, "\"result\"", strlen("\"result\"")))
		fail_msg("a call was refused: %.*s", (int)(length < 400 ? length : 400), bytes);
}

static void finish_call(struct run *run, struct client *client)
{
	run->heard++;
	if (run->load->latencies_us)
		samples_add(run->load->latencies_us, (double)(clock_now_ns() - client->said_at) / 1e3);
	if (!run->is_over)
		say(run, client);
}

static void hear(struct run *run, struct client *client)
{
	ssize_t length = recv(client->fd, run->bytes, READ_BYTES, MSG_DONTWAIT);

	if (length < 0 && errno == EAGAIN)
		return;
	if (length <= 0)
		fail_msg("a connection was closed: %s", length ? strerror(errno) : "end of file");
	if (client->is_waiting)
		check_head(run->bytes, (size_t)length);
	client->is_waiting = false;
	if (run->bytes[length - 1] == '\n')
		finish_call(run, client);
}

static void take_turn(struct run *run)
{
	struct epoll_event events[EVENTS_LIMIT];
	int count = epoll_wait(run->epoll_fd, events, EVENTS_LIMIT, -1);

	if (run->load->duration_ms && clock_ms_since(run->started_at) >= (double)run->load->duration_ms)
		run->is_over = true;
	for (int i = 0; i < count; i++) {
		if (events[i].data.u64 == UNTIL_FD_MARK)
			run->is_over = true;
		else
			hear(run, &run->clients[events[i].data.u64]);
	}
}

struct load_outcome load_run(const struct load *load)
{
	struct run run;
	struct load_outcome outcome;

	init(&run, load);
	run.started_at = clock_now_ns();
	for (size_t i = 0; i < load->connections && !run.is_over; i++)
		say(&run, &run.clients[i]);
	while (run.heard < run.said)
		take_turn(&run);
	outcome = (struct load_outcome){ .calls = run.heard, .seconds = clock_ms_since(run.started_at) / 1e3 };
	deinit(&run);
	return outcome;
}

double load_rate(const char *socket_path, size_t connections, const struct buffer *line, int64_t duration_ms)
{
	struct load_outcome outcome = load_run(&(struct load){ .socket_path = socket_path,
		.connections = connections,
		.lines = &line,
		.line_count = 1,
		.duration_ms = duration_ms });

	return (double)outcome.calls / outcome.seconds;
}
