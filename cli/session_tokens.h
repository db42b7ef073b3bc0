/* The access token of a request: from the environment, else from the cache, renewed when it is due. */
#pragma once

#include "client.h"
#include "credentials.h"
#include "trouble.h"

#include <stdbool.h>

struct session_tokens {
	struct client *client;           /* borrowed */
	struct credentials *credentials; /* borrowed; read when first needed */
	const char *wanted;              /* the account that was asked for; NULL: the active one; borrowed */
	char *given;                     /* of TASKCTL_TOKEN or TASKCTL_TOKEN_FILE: wins, and is never written; owned */
	const char *given_by;            /* which of the two */
	char *current;                   /* of the cache; owned */
	char *email;                     /* whose that is, for the whole run; owned; NULL: not known yet */
	bool is_read;
	bool has_warned; /* that a token could not be kept */
};

/*
 * Takes TASKCTL_TOKEN out of the environment, so that no child inherits it. The login of `account` is wanted whatever
 * the environment says; NULL: the token of the environment, else TASKCTL_ACCOUNT, else the active login.
 */
enum error session_tokens_init(struct session_tokens *tokens, struct client *client, struct credentials *credentials,
	const char *account, struct trouble *trouble);
void session_tokens_deinit(struct session_tokens *tokens);

/*
 * The profile that is used, borrowed until the credentials change. ERROR_UNAUTHENTICATED: nobody is logged in, or not
 * the account that is wanted. No token of the environment is looked at.
 */
enum error session_tokens_find(struct session_tokens *tokens, struct profile *ret_profile, struct trouble *trouble);

/* "EMAIL is not logged in here", with those that are. */
enum error session_tokens_refuse_unknown(
	const struct credentials *credentials, const char *email, struct trouble *trouble);

/*
 * A token that is good by the clock, borrowed until the next call. ERROR_UNAUTHENTICATED: nobody is logged in, or the
 * session has ended.
 */
enum error session_tokens_get(struct session_tokens *tokens, const char **ret_token, struct trouble *trouble);

/*
 * Another one in place of `refused`, which the daemon did not take or which is to be replaced: what a process beside us
 * has renewed in the meantime, else a fresh one. Any number of processes may do so at once. A fresh one that cannot be
 * stored serves this run, with one warning: the refresh token stays what it is.
 */
enum error session_tokens_renew(
	struct session_tokens *tokens, const char *refused, const char **ret_token, struct trouble *trouble);

/* Say so where the environment goes over what was done to the logins. */
void session_tokens_warn_of_environment(const struct session_tokens *tokens);

/* Keep what auth.login answered as the active profile. The credentials are being edited. */
enum error session_tokens_keep(struct session_tokens *tokens, const json_t *login, struct trouble *trouble);

/* The same for a grant that takes the place of the one that is used, whoever is active. */
enum error session_tokens_keep_instead(struct session_tokens *tokens, const json_t *login, struct trouble *trouble);
