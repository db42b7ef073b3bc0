/* Lines out, lines in, over a connected socket. */
#pragma once

#include "common/buffer.h"
#include "common/error.h"

#include <stddef.h>

/* How long an answer may take: the longest honest one is a bulk change of very many tasks. */
#define CHANNEL_TIMEOUT_S 120

struct channel {
	int fd;           /* -1: closed */
	struct buffer in; /* received, not yet taken */
	size_t taken;     /* bytes of `in` that the last line, now given out, had */
};

void channel_init(struct channel *channel);
void channel_close(struct channel *channel);

/* Takes the descriptor over. */
void channel_open(struct channel *channel, int fd);

/* ERROR_UNAVAILABLE: the other side is gone; ERROR_DEADLINE: it takes nothing in. */
enum error channel_send(struct channel *channel, const void *bytes, size_t length);

/*
 * The next line without its LF; it is good until the next call. ERROR_UNAVAILABLE: the other side is gone;
 * ERROR_DEADLINE: nothing came in CHANNEL_TIMEOUT_S.
 */
enum error channel_receive(struct channel *channel, const char **ret_line, size_t *ret_length);
