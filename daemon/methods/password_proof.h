/* Proving to know the password of an account, in the three phases of a method that asks for one. */
#pragma once

#include "methods/attempt.h"
#include "rpc/params.h"
#include "rpc/request.h"
#include "store/account_store.h"

/* What one phase leaves for the next. Nobody's goes the whole way of somebody's, up to its refusal. */
struct password_proof {
	int64_t account_id; /* 0: no such account, or one that may not log in */
	int64_t noted_id;   /* whose failed attempts these are; 0: nobody's */
	const char *hash;   /* what the password is held against */
	char *password;     /* normalised, in the arena */
	size_t password_length;
	struct attempt attempt;
};

/* In `read`, for a login: whoever has this email, or nobody. ERROR_RATE_LIMITED. */
enum error password_proof_read_email(
	struct request *request, const char *email, const struct text_param *password, struct password_proof *proof);

/* In `read`, for somebody who is authenticated and is asked again. ERROR_RATE_LIMITED. */
enum error password_proof_read_self(
	struct request *request, const struct text_param *password, struct password_proof *proof);

/* In `work`: slow. A password that does not match is noted as a failed attempt. */
enum error password_proof_work(struct request *request, struct password_proof *proof, bool *ret_holds);

/*
 * In `handle`: while the password was being verified the account may have been disabled or deleted, and, of somebody
 * who is authenticated, the session ended: *ret_holds is false then. ERROR_UNAVAILABLE: the hash is another one by now,
 * because of another password or only another cost; the next attempt is held against that one.
 */
enum error password_proof_still_holds(
	struct request *request, const struct password_proof *proof, struct account *ret_account, bool *ret_holds);

/* When the call is over. */
void password_proof_end(struct password_proof *proof);

/* Where the proof is all that the phases hand on: `read` and `work` of such a method. */
enum error password_proof_read(struct request *request, const struct text_param *password);
enum error password_proof_work_handler(struct request *request, const void *params);

/* As a row of a params table: what is asked again. */
#define PASSWORD_PROOF_PARAM(of)                                                                                       \
	{                                                                                                              \
		.name = "password", .summary = "The password of the account", .type = PARAM_TEXT,                      \
		.offset = offsetof(struct of, password), .need = PARAM_REQUIRED, .is_secret = true                     \
	}

/*
 * The same two for somebody who is asked again, with their refusals: ERROR_FORBIDDEN, field "password", for a wrong
 * password; ERROR_UNAUTHENTICATED where account or session are gone.
 */
enum error password_proof_demand_work(struct request *request, struct password_proof *proof);
enum error password_proof_demand(
	struct request *request, const struct password_proof *proof, struct account *ret_account);
