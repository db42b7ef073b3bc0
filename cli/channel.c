/* Blocking input and output with a time limit. */
#include "channel.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define CHUNK_LEAST ((size_t)16 * 1024)

void channel_init(struct channel *channel)
{
	*channel = (struct channel){ .fd = -1 };
}

void channel_close(struct channel *channel)
{
	if (channel->fd >= 0)
		(void)close(channel->fd);
	buffer_deinit(&channel->in);
	channel_init(channel);
}

void channel_open(struct channel *channel, int fd)
{
	const struct timeval timeout = { .tv_sec = CHANNEL_TIMEOUT_S };

	channel_close(channel);
	channel->fd = fd;
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
}

static enum error error_of(int failure)
{
	return failure == EAGAIN || failure == EWOULDBLOCK ? ERROR_DEADLINE : ERROR_UNAVAILABLE;
}

enum error channel_send(struct channel *channel, const void *bytes, size_t length)
{
	const char *next = bytes;

	while (length > 0) {
		ssize_t sent = send(channel->fd, next, length, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return error_of(errno);
		next += sent;
		length -= (size_t)sent;
	}
	return ERROR_NONE;
}

/* Room grows with the line, so that a long one needs few calls. */
static enum error receive_more(struct channel *channel)
{
	size_t room = channel->in.length > CHUNK_LEAST ? channel->in.length : CHUNK_LEAST;
	ssize_t count;

	do
		count = recv(channel->fd, buffer_reserve(&channel->in, room), room, 0);
	while (count < 0 && errno == EINTR);
	if (count <= 0)
		return count ? error_of(errno) : ERROR_UNAVAILABLE;
	channel->in.length += (size_t)count;
	return ERROR_NONE;
}

enum error channel_receive(struct channel *channel, const char **ret_line, size_t *ret_length)
{
	size_t searched = 0;
	const char *end = NULL;

	buffer_consume(&channel->in, channel->taken);
	channel->taken = 0;
	for (;;) {
		enum error error;

		if (channel->in.length > searched)
			end = memchr(channel->in.data + searched, '\n', channel->in.length - searched);
		if (end)
			break;
		searched = channel->in.length;
		error = receive_more(channel);
		if (error)
			return error;
	}
	*ret_line = channel->in.data;
	*ret_length = (size_t)(end - channel->in.data);
	channel->taken = *ret_length + 1;
	return ERROR_NONE;
}
