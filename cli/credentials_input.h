/* An email, passwords and codes, from options, a descriptor or the terminal. */
#pragma once

#include "arguments.h"
#include "common/buffer.h"
#include "trouble.h"

#include <jansson.h>

/* A secret that a command wants. A list of them ends with a NULL member; there are at most two. */
struct secret {
	const char *member;   /* of the params */
	const char *name;     /* in messages: "password" */
	const char *question; /* on the terminal */
	const char *again;    /* the second time; NULL: it is asked for once */
};

extern const struct secret secrets_login[];           /* the password */
extern const struct secret secrets_signup[];          /* the same, twice on a terminal */
extern const struct secret secrets_change_password[]; /* the current one, and the new one */
extern const struct secret secrets_reset[];           /* the code, and the new password */

/*
 * {"email":…} and the secrets, as account.signup and auth.login take them. What is not given is asked for on the
 * terminal; ERROR_INVALID_PARAMS where there is none. A new reference; credentials_input_wipe releases it.
 */
enum error credentials_input_read(
	const struct arguments *arguments, const struct secret *secrets, json_t **ret_params, struct trouble *trouble);

/*
 * The secrets alone. From a descriptor one is all that comes, and of two each is a line; one LF at the end is dropped.
 */
enum error credentials_input_read_secrets(
	const struct arguments *arguments, const struct secret *secrets, json_t **ret_params, struct trouble *trouble);

/* Overwrite the secrets, then release. NULL is allowed. */
void credentials_input_wipe(json_t *params);
