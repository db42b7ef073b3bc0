/* The same steps for every method that asks for a password: charge, find, verify, look again. */
#include "methods/password_proof.h"

#include "auth/password.h"
#include "auth/secret.h"
#include "methods/attempt.h"
#include "methods/services.h"
#include "store/session_store.h"

#include <string.h>

static void keep_password(struct request *request, const struct text_param *given, struct password_proof *proof)
{
	const char *password;

	password_normalise(given->text, given->length, request->arena, &password, &proof->password_length);
	/* The arena's own copy, const only to those who read it. */
	proof->password = (char *)(uintptr_t)password;
}

static void hold_against(
	const struct request *request, const struct account *account, bool is_found, struct password_proof *proof)
{
	bool may_log_in = is_found && account->state == ACCOUNT_ACTIVE;

	proof->account_id = may_log_in ? account->id : 0;
	proof->noted_id = is_found ? account->id : 0;
	proof->hash = may_log_in ? account->password_hash : request->services->dummy_hash;
}

enum error password_proof_read_email(
	struct request *request, const char *email, const struct text_param *password, struct password_proof *proof)
{
	struct account account = { .id = 0 };
	enum error error = attempt_charge(request, ATTEMPT_LOGIN, email, &proof->attempt);

	if (error)
		return error;
	error = account_store_find_by_email(request->db, email, request->arena, &account);
	if (error && error != ERROR_NOT_FOUND)
		return error;
	hold_against(request, &account, !error, proof);
	keep_password(request, password, proof);
	return ERROR_NONE;
}

enum error password_proof_read_self(
	struct request *request, const struct text_param *password, struct password_proof *proof)
{
	struct account account;
	enum error error = attempt_charge(request, ATTEMPT_LOGIN, request->who.email, &proof->attempt);

	if (!error)
		error = account_store_find(request->db, request->who.account_id, request->arena, &account);
	if (error)
		return error;
	hold_against(request, &account, true, proof);
	keep_password(request, password, proof);
	return ERROR_NONE;
}

enum error password_proof_work(struct request *request, struct password_proof *proof, bool *ret_holds)
{
	bool matches;
	enum error error = password_verify(proof->hash, proof->password, proof->password_length, &matches);

	if (error)
		return error;
	*ret_holds = matches && proof->account_id;
	if (!*ret_holds) {
		proof->attempt.is_spent = true;
		failure_notes_add(request->services->failures, proof->noted_id, request->peer.uid, request->now);
	}
	return ERROR_NONE;
}

/* Whether the session that asked is still there; a login has none yet. */
static enum error find_session(struct request *request, bool *ret_is_there)
{
	struct session session;
	struct account account;
	enum error error = ERROR_NONE;

	if (request->who.session_id)
		error = session_store_find(request->db, request->who.session_id, request->arena, &session, &account);
	*ret_is_there = !error;
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

enum error password_proof_still_holds(
	struct request *request, const struct password_proof *proof, struct account *ret_account, bool *ret_holds)
{
	bool has_session = false;
	enum error error = account_store_find(request->db, proof->account_id, request->arena, ret_account);

	if (!error)
		error = find_session(request, &has_session);
	*ret_holds = !error && has_session && ret_account->state == ACCOUNT_ACTIVE;
	if (*ret_holds && strcmp(ret_account->password_hash, proof->hash) != 0)
		return request_refuse(
			request, ERROR_UNAVAILABLE, NULL, "the password was changed meanwhile; try again");
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

void password_proof_end(struct password_proof *proof)
{
	attempt_settle(&proof->attempt);
	if (proof->password)
		secret_wipe(proof->password, proof->password_length);
	secret_wipe(proof, sizeof(*proof));
}

/* Not ERROR_UNAUTHENTICATED: the token is good, and a client need not renew it. */
static enum error refuse_wrong(struct request *request)
{
	return request_refuse(request, ERROR_FORBIDDEN, "password", "the password is not right");
}

enum error password_proof_demand_work(struct request *request, struct password_proof *proof)
{
	bool holds;
	enum error error = password_proof_work(request, proof, &holds);

	if (error)
		return error;
	return holds ? ERROR_NONE : refuse_wrong(request);
}

enum error password_proof_demand(
	struct request *request, const struct password_proof *proof, struct account *ret_account)
{
	bool holds;
	enum error error = password_proof_still_holds(request, proof, ret_account, &holds);

	if (error)
		return error;
	if (holds)
		return ERROR_NONE;
	return request_refuse(request, ERROR_UNAUTHENTICATED, NULL, "Could not validate credentials");
}

/* --- where the proof is all --- */

static void end_proof(void *state)
{
	password_proof_end(state);
}

enum error password_proof_read(struct request *request, const struct text_param *password)
{
	struct password_proof *proof = request->state ? request->state : arena_alloc(request->arena, sizeof(*proof));

	request->state = proof;
	request->on_end = end_proof;
	return password_proof_read_self(request, password, proof);
}

enum error password_proof_work_handler(struct request *request, const void *params)
{
	(void)params; /* the password was normalised on the way */
	return password_proof_demand_work(request, request->state);
}
