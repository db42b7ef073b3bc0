/* The access token of a request: from the environment, else from the cache, renewed when it is due. */
#pragma once

#include "client.h"
#include "credentials.h"
#include "trouble.h"

#include <stdbool.h>

struct session_tokens {
	struct client *client;           /* borrowed */
	struct credentials *credentials; /* borrowed; read when first needed */
	char *given;                     /* of TASKCTL_TOKEN or TASKCTL_TOKEN_FILE: wins, and is never written; owned */
	char *current;                   /* of the cache; owned */
	bool is_read;
};

/* Takes TASKCTL_TOKEN out of the environment, so that no child inherits it. */
enum error session_tokens_init(
	struct session_tokens *tokens, struct client *client, struct credentials *credentials, struct trouble *trouble);
void session_tokens_deinit(struct session_tokens *tokens);

/*
 * A token that is good by the clock, borrowed until the next call. ERROR_UNAUTHENTICATED: nobody is logged in, or the
 * session has ended.
 */
enum error session_tokens_get(struct session_tokens *tokens, const char **ret_token, struct trouble *trouble);

/*
 * Another one in place of `refused`, which the daemon did not take or which is to be replaced: what a process beside us
 * has renewed in the meantime, else a fresh one. Any number of processes may do so at once.
 */
enum error session_tokens_renew(
	struct session_tokens *tokens, const char *refused, const char **ret_token, struct trouble *trouble);

/* Keep what auth.login or auth.refresh answered as the active profile. The credentials are being edited. */
enum error session_tokens_keep(struct session_tokens *tokens, const json_t *login, struct trouble *trouble);
