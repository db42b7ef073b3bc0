/* A libuv server in a process of its own that answers each line: what stands beside taskd. */
#pragma once

#include "common/buffer.h"

#include <sys/types.h>

/* Append the answer to a line, with its LF. */
typedef void (*line_server_answer)(void *context, const char *line, size_t length, struct buffer *out);

struct line_server {
	char path[108]; /* of its socket */
	pid_t pid;
};

/* Called in the server's process before it serves; what it gives is the context of its answers. */
typedef void *(*line_server_prepare)(const void *argument);

/* Clients may connect when this returns. */
void line_server_start(struct line_server *server, const char *path, line_server_prepare prepare, const void *argument,
	line_server_answer answer);
void line_server_stop(struct line_server *server);

/* Answers every line with `reply`, which is borrowed and has its LF. */
void echo_server_start(struct line_server *server, const char *path, const struct buffer *reply);

/*
 * Answers every line with the first 100 pending tasks of account 1 in the database of this path, which it reads each
 * time, as a jansson tree. The words are those of taskd's answer to task.list.
 */
void tree_server_start(struct line_server *server, const char *path, const char *database);
