/* What a login, a refresh and a new password give. */
#pragma once

#include "auth/session.h"
#include "rpc/params.h"
#include "rpc/request.h"

/* As a row of a params table: a name for the session that will be opened. */
#define GRANT_CLIENT_PARAM(of)                                                                                         \
	{                                                                                                              \
		.name = "client", .summary = "A name for the session, such as the program's", .type = PARAM_TEXT,      \
		.offset = offsetof(struct of, client), .minimum = 1, .maximum = 64                                     \
	}

/* ERROR_INVALID_PARAMS, field "client": what lists sessions prints the name. */
enum error grant_check_client(struct request *request, const struct text_param *client);

/* The result, by the names of RFC 6749 §5.1. */
void grant_write(struct request *request, const struct session_grant *grant, const struct account *account);

/* Open a session for the account, who has proved itself to this peer, and answer with it. */
enum error grant_open(struct request *request, const struct account *account, const struct text_param *client);
