/* Access, refresh and personal tokens, told apart by trying them. */
#include "methods/introspection.h"

#include "auth/personal_token.h"
#include "methods/services.h"
#include "methods/token_view.h"

#include <inttypes.h>
#include <stdio.h>

/* What all three have in common; RFC 7662 has times as integers, as RFC 7519 has. */
struct findings {
	const char *type;
	const struct account *account;
	const char *id_name, *id;
	int64_t issued_at, expires_at;
};

static void write_findings(struct request *request, const struct findings *findings)
{
	struct json_writer *result = &request->result;
	char subject[24];

	(void)snprintf(subject, sizeof(subject), "%" PRId64, findings->account->id);
	json_writer_member_boolean(result, "active", true);
	json_writer_member_text(result, "token_type", findings->type);
	json_writer_member_text(result, "sub", subject);
	json_writer_member_text(result, "username", findings->account->email);
	json_writer_member_text(result, "iss", request->services->instance);
	json_writer_member_text(result, findings->id_name, findings->id);
	json_writer_member_integer(result, "iat", findings->issued_at);
	json_writer_member_integer(result, "exp", findings->expires_at);
}

static enum error try_access(struct request *request, const char *token, size_t length)
{
	const struct services *services = request->services;
	struct token_claims claims;
	struct session session;
	struct account account;
	int64_t expires_at;
	enum error error = session_authenticate(request->db, services->keys, services->sessions, token, length,
		request->peer.uid, request->now, NULL, request->arena, &session, &account, &expires_at);

	if (!error)
		error = token_verify(services->keys, &services->sessions->token, token, length, request->now, &claims);
	if (error)
		return error;
	write_findings(request, &(struct findings){ .type = "access_token",
					.account = &account,
					.id_name = "sid",
					.id = session.id,
					.issued_at = claims.issued_at,
					.expires_at = expires_at });
	json_writer_member_text(&request->result, "aud", TOKEN_AUDIENCE);
	return ERROR_NONE;
}

static enum error try_refresh(struct request *request, const char *token, size_t length)
{
	struct session session;
	struct account account;
	enum error error = session_find_refreshable(request->db, request->services->sessions, token, length,
		request->peer.uid, request->now, request->arena, &session, &account);

	if (error)
		return error;
	write_findings(request, &(struct findings){ .type = "refresh_token",
					.account = &account,
					.id_name = "sid",
					.id = session.id,
					.issued_at = session.created_at,
					.expires_at = session.refresh_until });
	return ERROR_NONE;
}

static enum error try_personal(struct request *request, const char *text, size_t length)
{
	struct personal_token token;
	struct account account;
	enum error error = personal_token_authenticate(request->db, request->services->sessions, text, length,
		request->peer.uid, request->now, request->arena, &token, &account);

	if (error)
		return error;
	write_findings(request, &(struct findings){ .type = "personal_token",
					.account = &account,
					.id_name = "jti",
					.id = token.id,
					.issued_at = token.created_at,
					.expires_at = token.expires_at });
	json_writer_member_text(&request->result, "name", token.name);
	token_view_write_scope(&request->result, token.scopes);
	return ERROR_NONE;
}

enum error introspection_write(struct request *request, const char *token, size_t length)
{
	static enum error (*const kinds[])(
		struct request *, const char *, size_t) = { try_access, try_refresh, try_personal };
	enum error error = ERROR_UNAUTHENTICATED;

	json_writer_begin_object(&request->result);
	for (size_t i = 0; error == ERROR_UNAUTHENTICATED && i < sizeof(kinds) / sizeof(*kinds); i++)
		error = kinds[i](request, token, length);
	if (error == ERROR_UNAUTHENTICATED)
		json_writer_member_boolean(&request->result, "active", false);
	json_writer_end_object(&request->result);
	return error == ERROR_UNAUTHENTICATED ? ERROR_NONE : error;
}
