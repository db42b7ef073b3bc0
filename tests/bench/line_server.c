/* Lines in, answers out, by libuv: written at once where the socket takes it, as taskd does. */
#include "bench/line_server.h"

#include "common/memory.h"
#include "harness/cmocka_all.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#define BACKLOG    128
#define READ_BYTES ((size_t)64 * 1024)

/* The whole server, which is the loop's data. */
struct service {
	uv_loop_t loop;
	uv_pipe_t listener;
	line_server_answer answer;
	void *context;
	char bytes[READ_BYTES]; /* what was just read, of any peer */
};

struct peer {
	uv_pipe_t pipe; /* its data is the peer */
	struct buffer in;
	struct buffer out;
};

struct late_write {
	uv_write_t request; /* its data is the late_write */
	struct buffer rest;
};

static void on_closed(uv_handle_t *handle)
{
	struct peer *peer = handle->data;

	buffer_deinit(&peer->in);
	buffer_deinit(&peer->out);
	free(peer);
}

static void on_written(uv_write_t *request, int status)
{
	struct late_write *late = request->data;

	(void)status;
	buffer_deinit(&late->rest);
	free(late);
}

/* What the socket did not take at once. */
static void write_later(struct peer *peer, size_t written)
{
	struct late_write *late = memory_array(1, sizeof(*late));
	uv_buf_t bytes;

	late->request.data = late;
	buffer_init(&late->rest);
	buffer_append(&late->rest, peer->out.data + written, peer->out.length - written);
	bytes = uv_buf_init(late->rest.data, (unsigned)late->rest.length);
	if (uv_write(&late->request, (uv_stream_t *)&peer->pipe, &bytes, 1, on_written))
		on_written(&late->request, 0);
}

static void flush(struct peer *peer)
{
	uv_buf_t bytes = uv_buf_init(peer->out.data, (unsigned)peer->out.length);
	int written = uv_try_write((uv_stream_t *)&peer->pipe, &bytes, 1);

	if (written < 0)
		written = 0;
	if ((size_t)written < peer->out.length)
		write_later(peer, (size_t)written);
	buffer_truncate(&peer->out, 0);
}

static void answer_lines(const struct service *service, struct peer *peer)
{
	size_t done = 0;
	const char *end;

	while ((end = memchr(peer->in.data + done, '\n', peer->in.length - done)) != NULL) {
		const char *line = peer->in.data + done;

		service->answer(service->context, line, (size_t)(end - line), &peer->out);
		done += (size_t)(end - line) + 1;
	}
	buffer_consume(&peer->in, done);
	if (peer->out.length)
		flush(peer);
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *bytes)
{
	struct peer *peer = stream->data;

	if (length < 0) {
		uv_close((uv_handle_t *)stream, on_closed);
		return;
	}
	buffer_append(&peer->in, bytes->base, (size_t)length);
	answer_lines(stream->loop->data, peer);
}

static void on_alloc(uv_handle_t *handle, size_t wanted, uv_buf_t *ret_bytes)
{
	struct service *service = handle->loop->data;

	(void)wanted;
	*ret_bytes = uv_buf_init(service->bytes, sizeof(service->bytes));
}

static void on_connection(uv_stream_t *listener, int status)
{
	struct peer *peer;

	if (status < 0)
		return;
	peer = memory_array(1, sizeof(*peer));
	buffer_init(&peer->in);
	buffer_init(&peer->out);
	(void)uv_pipe_init(listener->loop, &peer->pipe, 0);
	peer->pipe.data = peer;
	if (uv_accept(listener, (uv_stream_t *)&peer->pipe) ||
		uv_read_start((uv_stream_t *)&peer->pipe, on_alloc, on_read))
		uv_close((uv_handle_t *)&peer->pipe, on_closed);
}

/* In the child. It ends by a signal only. */
static _Noreturn void serve(struct service *service, int fd, pid_t parent)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || uv_loop_init(&service->loop))
		_exit(1);
	service->loop.data = service;
	if (uv_pipe_init(&service->loop, &service->listener, 0) || uv_pipe_open(&service->listener, fd) ||
		uv_listen((uv_stream_t *)&service->listener, BACKLOG, on_connection))
		_exit(1);
	(void)uv_run(&service->loop, UV_RUN_DEFAULT);
	_exit(1);
}

static int listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof(address)) || listen(fd, BACKLOG))
		fail_msg("cannot listen at %s: %s", path, strerror(errno));
	return fd;
}

void line_server_start(struct line_server *server, const char *path, line_server_prepare prepare, const void *argument,
	line_server_answer answer)
{
	pid_t parent = getpid();
	int fd = listen_at(path);

	(void)snprintf(server->path, sizeof(server->path), "%s", path);
	server->pid = fork();
	assert_true(server->pid >= 0);
	if (server->pid == 0) {
		struct service *service = memory_array(1, sizeof(*service));

		service->answer = answer;
		service->context = prepare(argument);
		serve(service, fd, parent);
	}
	(void)close(fd);
}

void line_server_stop(struct line_server *server)
{
	(void)kill(server->pid, SIGKILL);
	(void)waitpid(server->pid, NULL, 0);
	(void)unlink(server->path);
}
