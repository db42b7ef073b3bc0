/* Calls to the daemon: one connection, made when it is first needed. */
#pragma once

#include "channel.h"
#include "launch.h"
#include "trouble.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What system.ping said on this connection. */
struct daemon_identity {
	char version[64];
	char instance[64]; /* "taskd:UUID": the store, whose keys signed our tokens */
};

struct client {
	struct route route; /* borrowed texts */
	struct channel channel;
	struct connected connected;
	struct daemon_identity identity; /* empty before the first call */
	int64_t last_id;
	struct buffer *text; /* borrowed: where the long text of a reply goes (see wire_text.h); NULL: it stays there */
	bool was_answered;   /* the last call has a reply, be it a refusal */
	bool is_patient;     /* --wait */
	bool is_quiet;       /* nothing is said while it waits */
};

void client_init(struct client *client, const struct route *route);
void client_close(struct client *client);

/* Connect and ask who is there, unless that is done. EXIT_NO_DAEMON, with words for each way in which it can fail. */
enum error client_connect(struct client *client, struct trouble *trouble);

/*
 * Whether a request may be sent again when its reply was lost, or when the daemon is busy: reads may, and writes that
 * carry an idempotency key.
 */
enum client_repeat { CLIENT_ONCE, CLIENT_REPEATABLE };

/*
 * One request, one reply; `params` is borrowed. A repeatable one survives a restart of the daemon, and waits a moment
 * for a busy one; a patient client waits for as long as the daemon wants. The result is a new reference.
 */
enum error client_call(struct client *client, const char *method, const json_t *params, enum client_repeat repeat,
	json_t **ret_result, struct trouble *trouble);

/* The same without waiting, for whoever holds a lock meanwhile. */
enum error client_call_now(struct client *client, const char *method, const json_t *params, enum client_repeat repeat,
	json_t **ret_result, struct trouble *trouble);

/*
 * After a call that ended with `error`: whether it is to be made again, because the daemon said to come back later and
 * the client is patient. Then it has waited for so long. Otherwise the trouble says how long that would be.
 */
bool client_wait(struct client *client, enum error error, struct trouble *trouble);

/* 128 random bits as hex digits. */
#define CLIENT_KEY_SIZE 33
void client_make_key(char ret_key[CLIENT_KEY_SIZE]);
