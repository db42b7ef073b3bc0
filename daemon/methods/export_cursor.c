/* "section.position.expiry.seal": the seal is a keyed digest of the rest and of the session. */
#include "methods/export_cursor.h"

#include "auth/secret.h"
#include "common/text.h"

#include <inttypes.h>
#include <string.h>

#define SEAL_TEXT 43u /* base64url of SECRET_DIGEST_SIZE bytes */

static void seal(const char *body, const unsigned char *key, const char *session_id, char ret_seal[SEAL_TEXT + 2])
{
	const char *const parts[] = { "export cursor", session_id, body };
	unsigned char digest[SECRET_DIGEST_SIZE];

	secret_keyed_digest(key, EXPORT_CURSOR_KEY_SIZE, parts, 3, digest);
	(void)text_base64url_encode(digest, sizeof(digest), ret_seal);
}

const char *export_cursor_write(
	const struct export_cursor *cursor, const unsigned char *key, const char *session_id, struct arena *arena)
{
	const char *body = arena_printf(
		arena, "%" PRId64 ".%" PRId64 ".%" PRId64, cursor->section, cursor->position, cursor->expires_at);
	char sealed[SEAL_TEXT + 2];

	seal(body, key, session_id, sealed);
	return arena_printf(arena, "%s.%s", body, sealed);
}

/* The three numbers of a body that carries our seal. */
static bool read_body(char *body, struct export_cursor *ret_cursor)
{
	int64_t *const places[] = { &ret_cursor->section, &ret_cursor->position, &ret_cursor->expires_at };
	char *rest = body;

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		const char *number = strsep(&rest, ".");

		if (!number || !text_parse_integer(number, 0, INT64_MAX, places[i]))
			return false;
	}
	return !rest;
}

static bool is_sealed(char *text, const unsigned char *key, const char *session_id)
{
	char *dot = strrchr(text, '.');
	char expected[SEAL_TEXT + 2];

	if (!dot)
		return false;
	*dot = '\0';
	seal(text, key, session_id, expected);
	return strlen(dot + 1) == strlen(expected) && secret_is_equal(dot + 1, expected, strlen(expected));
}

enum error export_cursor_parse(const char *text, size_t length, const unsigned char *key, const char *session_id,
	int64_t now, struct arena *arena, struct export_cursor *ret_cursor, struct refusal *refusal)
{
	char *copy = arena_strndup(arena, text, length);
	struct export_cursor cursor;

	if (length > EXPORT_CURSOR_LIMIT || !is_sealed(copy, key, session_id) || !read_body(copy, &cursor) ||
		cursor.expires_at <= now)
		return refuse(refusal, ERROR_INVALID_PARAMS, "cursor",
			"cursor is not one that this session was given in the last minutes; start again with the "
			"password");
	*ret_cursor = cursor;
	return ERROR_NONE;
}
