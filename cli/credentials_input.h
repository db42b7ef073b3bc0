/* An email and a password, from options, a descriptor or the terminal. */
#pragma once

#include "arguments.h"
#include "common/buffer.h"
#include "trouble.h"

#include <jansson.h>

enum password_asking { PASSWORD_ONCE, PASSWORD_TWICE };

/*
 * {"email":…, "password":…} as account.signup and auth.login take them. What is not given is asked for on the terminal;
 * ERROR_INVALID_PARAMS where there is none. One LF at the end of a password that is read is dropped. A new reference;
 * credentials_input_wipe releases it.
 */
enum error credentials_input_read(
	const struct arguments *arguments, enum password_asking asking, json_t **ret_params, struct trouble *trouble);

/* Overwrite the password, then release. NULL is allowed. */
void credentials_input_wipe(json_t *params);
