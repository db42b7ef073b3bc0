/*
 * Access tokens. libjwt 1.10 by itself lets forged ones pass (an empty key, another algorithm under the same key, a
 * second claim of the same name, an expired exp), so everything is checked around it, cheap refusals first.
 */
#include "auth/token.h"

#include "auth/secret.h"
#include "common/cleanup.h"
#include "common/log.h"
#include "common/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <jwt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEGMENTS  3u
#define TYPE      "JWT"
#define MAC_LIMIT 64u /* HS512 */

/* header, payload, signature: as they stand in the token */
struct segments {
	const char *text[SEGMENTS];
	size_t length[SEGMENTS];
};

static const jwt_alg_t library_algorithms[] = {
	[KEY_HS256] = JWT_ALG_HS256,
	[KEY_HS384] = JWT_ALG_HS384,
	[KEY_HS512] = JWT_ALG_HS512,
};

/* The caller is told nothing of it. */
static enum error reject(const char *reason)
{
	log_debug("token refused: %s", reason);
	return ERROR_UNAUTHENTICATED;
}

/* --- the form --- */

static bool split(const char *token, size_t length, struct segments *ret_segments)
{
	const char *start = token;
	const char *end = token + length;

	for (unsigned i = 0; i < SEGMENTS; i++) {
		const char *dot = memchr(start, '.', (size_t)(end - start));
		const char *stop = dot ? dot : end;

		if (stop == start || (i + 1 < SEGMENTS) != (dot != NULL))
			return false;
		ret_segments->text[i] = start;
		ret_segments->length[i] = (size_t)(stop - start);
		start = stop + 1;
	}
	return true;
}

/*
 * Header and payload are flat, and no value of ours holds a bracket: one brace opens, and nothing nests. jansson passes
 * over a NUL byte behind a number, so there must be none.
 */
static bool is_plain(const char *bytes, size_t length)
{
	return length && bytes[0] == '{' && !memchr(bytes, '\0', length) && !memchr(bytes + 1, '{', length - 1) &&
	       !memchr(bytes, '[', length);
}

/* A segment as a JSON object of the strict kind: canonical base64url, no duplicate key, nothing behind it. */
static json_t *read_object(const struct segments *segments, unsigned index)
{
	char bytes[TOKEN_LENGTH_LIMIT];
	size_t length;
	json_t *object;

	if (!text_base64url_decode(segments->text[index], segments->length[index], bytes, &length) ||
		!is_plain(bytes, length))
		return NULL;
	object = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
	if (object && !json_is_object(object)) {
		json_decref(object);
		return NULL;
	}
	return object;
}

static bool is_canonical(const struct segments *segments, unsigned index)
{
	unsigned char bytes[TOKEN_LENGTH_LIMIT];
	size_t length;

	return text_base64url_decode(segments->text[index], segments->length[index], bytes, &length);
}

static enum error read_form(const char *token, size_t length, struct segments *ret_segments)
{
	if (length > TOKEN_LENGTH_LIMIT)
		return reject("too long");
	if (!split(token, length, ret_segments))
		return reject("not three segments");
	for (unsigned i = 0; i < SEGMENTS; i++)
		if (!is_canonical(ret_segments, i))
			return reject("a segment is not canonical base64url");
	return ERROR_NONE;
}

/* --- the header --- */

static bool is_text(const json_t *value, const char *text)
{
	return json_is_string(value) && json_string_length(value) == strlen(text) &&
	       !strcmp(json_string_value(value), text);
}

/* Exactly {alg, typ, kid}: no jwk, jku, x5u or crit that could bring a key or a meaning of its own. */
static const struct key *find_key(const struct key_ring *ring, const json_t *header)
{
	const json_t *id = json_object_get(header, "kid");
	const struct key *key;

	if (json_object_size(header) != 3 || !is_text(json_object_get(header, "typ"), TYPE) || !json_is_string(id))
		return NULL;
	key = key_ring_find(ring, json_string_value(id), json_string_length(id));
	if (!key || !is_text(json_object_get(header, "alg"), key_algorithm_names[key->algorithm]))
		return NULL;
	return key;
}

/* --- the signature --- */

/* The bytes written; 0 for HS384, which libsodium lacks. */
static size_t make_mac(const struct key *key, const void *input, size_t length, unsigned char ret_mac[MAC_LIMIT])
{
	crypto_auth_hmacsha256_state state256;
	crypto_auth_hmacsha512_state state512;

	switch (key->algorithm) {
	case KEY_HS256:
		(void)crypto_auth_hmacsha256_init(&state256, key->secret, key->secret_size);
		(void)crypto_auth_hmacsha256_update(&state256, input, length);
		(void)crypto_auth_hmacsha256_final(&state256, ret_mac);
		secret_wipe(&state256, sizeof(state256));
		return crypto_auth_hmacsha256_BYTES;
	case KEY_HS512:
		(void)crypto_auth_hmacsha512_init(&state512, key->secret, key->secret_size);
		(void)crypto_auth_hmacsha512_update(&state512, input, length);
		(void)crypto_auth_hmacsha512_final(&state512, ret_mac);
		secret_wipe(&state512, sizeof(state512));
		return crypto_auth_hmacsha512_BYTES;
	case KEY_HS384:
		break;
	}
	return 0;
}

/* RFC 7515 §5.2, whatever the payload is: libjwt verifies only JSON, and reads it before it knows who wrote it. */
static enum error check_mac(const struct key *key, const struct segments *segments)
{
	const char *input = segments->text[0];
	size_t input_length = (size_t)(segments->text[1] + segments->length[1] - input);
	unsigned char found[TOKEN_LENGTH_LIMIT], mac[MAC_LIMIT];
	size_t length, mac_length;

	if (key->secret_size < KEY_SIZE_MINIMUM)
		return reject("the key is too short");
	mac_length = make_mac(key, input, input_length, mac);
	if (mac_length && (!text_base64url_decode(segments->text[2], segments->length[2], found, &length) ||
				  length != mac_length || !secret_is_equal(found, mac, length)))
		return reject("the signature is wrong");
	return ERROR_NONE;
}

static enum error check_with_library(const struct key *key, const char *token, size_t length)
{
	char copy[TOKEN_LENGTH_LIMIT + 1];
	jwt_t *jwt = NULL;
	bool is_read, is_right;

	memcpy(copy, token, length);
	copy[length] = '\0';
	is_read = !jwt_decode(&jwt, copy, key->secret, (int)key->secret_size);
	secret_wipe(copy, length);
	if (!is_read)
		return reject("libjwt does not accept it");
	/* libjwt takes the algorithm from the header: HS512 passes under an HS256 key. */
	is_right = jwt_get_alg(jwt) == library_algorithms[key->algorithm];
	jwt_free(jwt);
	return is_right ? ERROR_NONE : reject("the algorithm is not the key's");
}

enum error token_verify_signature(const struct key *key, const char *token, size_t length)
{
	struct segments segments;
	json_t *header;
	bool is_right;
	enum error error = read_form(token, length, &segments);

	if (error)
		return error;
	header = read_object(&segments, 0);
	is_right = is_text(json_object_get(header, "alg"), key_algorithm_names[key->algorithm]);
	json_decref(header);
	if (!is_right)
		return reject("the algorithm is not the key's");
	error = check_mac(key, &segments);
	return error || key->algorithm != KEY_HS384 ? error : check_with_library(key, token, length);
}

/* --- the claims --- */

static bool read_account(const json_t *payload, int64_t *ret_account)
{
	const json_t *subject = json_object_get(payload, "sub");
	const char *text = json_string_value(subject);

	return text && text[0] != '0' && strlen(text) == json_string_length(subject) &&
	       text_parse_integer(text, 1, INT64_MAX, ret_account);
}

static bool read_session(const json_t *payload, char ret_session[23])
{
	const json_t *session = json_object_get(payload, "sid");
	unsigned char bytes[17];
	size_t length;

	if (!json_is_string(session) || json_string_length(session) != 22 ||
		!text_base64url_decode(json_string_value(session), 22, bytes, &length))
		return false;
	memcpy(ret_session, json_string_value(session), 22 + 1);
	return true;
}

static bool read_time(const json_t *payload, const char *name, int64_t *ret_seconds)
{
	const json_t *value = json_object_get(payload, name);

	*ret_seconds = json_integer_value(value);
	return json_is_integer(value) && *ret_seconds >= 0;
}

/* Exactly the six claims, each of its type. */
static enum error read_claims(const json_t *payload, const struct token_rules *rules, struct token_claims *ret_claims)
{
	if (json_object_size(payload) != 6)
		return reject("claims missing or too many");
	if (!is_text(json_object_get(payload, "iss"), rules->issuer))
		return reject("another issuer");
	if (!is_text(json_object_get(payload, "aud"), TOKEN_AUDIENCE))
		return reject("another audience");
	if (!read_account(payload, &ret_claims->account_id) || !read_session(payload, ret_claims->session_id))
		return reject("sub or sid is not of its form");
	if (!read_time(payload, "iat", &ret_claims->issued_at) || !read_time(payload, "exp", &ret_claims->expires_at))
		return reject("iat or exp is not of its form");
	return ERROR_NONE;
}

static enum error check_times(
	const struct token_claims *claims, const struct token_rules *rules, const struct key *key, int64_t now)
{
	if (claims->expires_at <= now)
		return reject("expired");
	if (claims->issued_at > now + TOKEN_CLOCK_SKEW_SECONDS)
		return reject("issued in the future");
	if (claims->expires_at <= claims->issued_at || claims->expires_at - claims->issued_at > rules->lifetime_limit)
		return reject("lives longer than any token");
	if (key->status == KEY_VERIFY && (claims->issued_at > key->retired_at || now >= key->verify_until))
		return reject("its key was retired");
	return ERROR_NONE;
}

static enum error check_payload(const struct segments *segments, const struct token_rules *rules, const struct key *key,
	int64_t now, struct token_claims *ret_claims)
{
	json_t *payload = read_object(segments, 1);
	struct token_claims claims;
	enum error error =
		payload ? read_claims(payload, rules, &claims) : reject("the payload is no strict JSON object");

	json_decref(payload);
	if (!error)
		error = check_times(&claims, rules, key, now);
	if (error)
		return error;
	/* Who remembers the claims must not outlive the key. */
	if (key->status == KEY_VERIFY && key->verify_until < claims.expires_at)
		claims.expires_at = key->verify_until;
	*ret_claims = claims;
	return ERROR_NONE;
}

/* What needs the key: done while the ring is held, so that no rotation frees it. */
static enum error check_with_ring(const struct key_ring *ring, const struct token_rules *rules,
	const struct segments *segments, const char *token, size_t length, int64_t now, struct token_claims *ret_claims)
{
	json_t *header = read_object(segments, 0);
	const struct key *key = header ? find_key(ring, header) : NULL;
	enum error error;

	json_decref(header);
	if (!key)
		return reject("the header is not ours, or its key is not in the ring");
	error = check_mac(key, segments);
	if (!error)
		error = check_with_library(key, token, length);
	return error ? error : check_payload(segments, rules, key, now, ret_claims);
}

enum error token_verify(const struct key_ring *ring, const struct token_rules *rules, const char *token, size_t length,
	int64_t now, struct token_claims *ret_claims)
{
	struct segments segments;
	enum error error = read_form(token, length, &segments);

	if (error)
		return error;
	key_ring_lock(ring);
	error = check_with_ring(ring, rules, &segments, token, length, now, ret_claims);
	key_ring_unlock(ring);
	return error;
}

/* --- issuing --- */

static void cleanup_jwt(jwt_t **jwt)
{
	jwt_free(*jwt);
}

/* libjwt's text, which the caller frees; NULL: it could not be made. */
static char *sign(const struct key *key, const struct token_rules *rules, const struct token_claims *claims)
{
	char subject[24];
	CLEANUP(cleanup_jwt) jwt_t *jwt = NULL;

	(void)snprintf(subject, sizeof(subject), "%" PRId64, claims->account_id);
	if (jwt_new(&jwt) || jwt_add_header(jwt, "kid", key->id) || jwt_add_grant(jwt, "iss", rules->issuer) ||
		jwt_add_grant(jwt, "aud", TOKEN_AUDIENCE) || jwt_add_grant(jwt, "sub", subject) ||
		jwt_add_grant(jwt, "sid", claims->session_id) ||
		jwt_add_grant_int(jwt, "iat", (long)claims->issued_at) ||
		jwt_add_grant_int(jwt, "exp", (long)claims->expires_at) ||
		jwt_set_alg(jwt, library_algorithms[key->algorithm], key->secret, (int)key->secret_size))
		return NULL;
	return jwt_encode_str(jwt);
}

enum error token_issue(const struct key_ring *ring, const struct token_rules *rules, const struct token_claims *claims,
	struct arena *arena, const char **ret_token)
{
	const struct key *key;
	enum error error = key_ring_lock_to_sign(ring, claims->issued_at, &key);
	char *text;

	if (error)
		return error;
	text = sign(key, rules, claims);
	key_ring_unlock(ring);
	if (!text) {
		log_error("a token could not be made");
		return ERROR_INTERNAL;
	}
	*ret_token = arena_strdup(arena, text);
	secret_wipe(text, strlen(text));
	free(text);
	return ERROR_NONE;
}
