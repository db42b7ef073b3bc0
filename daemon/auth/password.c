/* Argon2id, and the rules for what is hashed. */
#include "auth/password.h"

#include "auth/common_passwords.h"
#include "auth/email.h"
#include "common/log.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define COST_BYTES_LIMIT ((size_t)256 * 1024 * 1024)
#define SALT_TEXT        22u /* base64 of 16 bytes */
#define HASH_TEXT        43u /* base64 of 32 bytes */

static_assert(PASSWORD_HASH_SIZE == crypto_pwhash_STRBYTES, "a hash is libsodium's string");

const struct password_cost password_cost_default = { crypto_pwhash_OPSLIMIT_INTERACTIVE,
	crypto_pwhash_MEMLIMIT_INTERACTIVE };
const struct password_cost password_cost_minimum = { 2, (size_t)19 * 1024 * 1024 };

/* --- what is compared --- */

/*
 * In NFC, or NULL for what has no normal form: that is compared as it is. Not by utf8proc_map, which leaves code points
 * in memory that it frees.
 */
static const char *compose(const char *text, size_t length, struct arena *arena, size_t *ret_length)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
	utf8proc_ssize_t count = utf8proc_decompose(bytes, (utf8proc_ssize_t)length, NULL, 0, options);
	utf8proc_ssize_t composed_length;
	utf8proc_int32_t *points;
	size_t size;

	if (count < 0)
		return NULL;
	/* They become bytes in place, with a NUL behind them. */
	size = ((size_t)count + 1) * sizeof(*points);
	points = arena_alloc(arena, size);
	(void)utf8proc_decompose(bytes, (utf8proc_ssize_t)length, points, count, options);
	composed_length = utf8proc_reencode(points, count, options);
	if (composed_length < 0)
		return NULL;
	sodium_memzero((char *)points + composed_length, size - (size_t)composed_length);
	*ret_length = (size_t)composed_length;
	return (const char *)points;
}

void password_normalise(
	const char *password, size_t length, struct arena *arena, const char **ret_password, size_t *ret_length)
{
	if (length && password[length - 1] == '\n')
		length--;
	*ret_password = compose(password, length, arena, ret_length);
	if (*ret_password)
		return;
	*ret_password = arena_strndup(arena, password, length);
	*ret_length = length;
}

enum error password_prepare(const char *password, size_t length, const char *email, struct arena *arena,
	const char **ret_password, size_t *ret_length, struct refusal *refusal)
{
	const char *normal;
	size_t normal_length;

	password_normalise(password, length, arena, &normal, &normal_length);
	if (normal_length < PASSWORD_BYTES_MINIMUM)
		return refuse(refusal, ERROR_INVALID_PARAMS, "password", "a password has at least %u characters",
			PASSWORD_BYTES_MINIMUM);
	if (normal_length > PASSWORD_BYTES_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, "password", "a password has at most %u bytes",
			PASSWORD_BYTES_LIMIT);
	if (email_is_equal(normal, email))
		return refuse(refusal, ERROR_INVALID_PARAMS, "password", "the password must not be the email");
	if (common_password_is(normal, normal_length))
		return refuse(refusal, ERROR_INVALID_PARAMS, "password",
			"this password is among the most common ones; take one that nobody else has");
	*ret_password = normal;
	*ret_length = normal_length;
	return ERROR_NONE;
}

/* --- hashing --- */

enum error password_hash(
	const char *password, size_t length, const struct password_cost *cost, char ret_hash[PASSWORD_HASH_SIZE])
{
	if (crypto_pwhash_str_alg(
		    ret_hash, password, length, cost->operations, cost->memory_bytes, crypto_pwhash_ALG_ARGON2ID13))
		return ERROR_UNAVAILABLE;
	return ERROR_NONE;
}

/* The parameters that a hash says of itself: $argon2id$v=19$m=65536,t=2,p=1$… */
static bool read_cost(const char *hash, struct password_cost *ret_cost)
{
	unsigned long long memory_kib, operations;

	if (sscanf(hash, "$argon2id$v=19$m=%10llu,t=%10llu,p=1$", &memory_kib, &operations) != 2)
		return false;
	*ret_cost = (struct password_cost){ operations, (size_t)memory_kib * 1024 };
	return true;
}

/* libsodium says -1 for a wrong password and for no memory alike: whether there is memory is asked apart. */
static bool has_memory(size_t bytes)
{
	void *probe = malloc(bytes);

	free(probe);
	return probe != NULL;
}

enum error password_verify(const char *hash, const char *password, size_t length, bool *ret_matches)
{
	struct password_cost cost;

	if (!read_cost(hash, &cost) || cost.memory_bytes > COST_BYTES_LIMIT) {
		log_error("a stored password hash has parameters that are not ours");
		return ERROR_INTERNAL;
	}
	*ret_matches = crypto_pwhash_str_verify(hash, password, length) == 0;
	if (!*ret_matches && !has_memory(cost.memory_bytes))
		return ERROR_UNAVAILABLE;
	return ERROR_NONE;
}

bool password_needs_rehash(const char *hash, const struct password_cost *cost)
{
	struct password_cost stored;

	return read_cost(hash, &stored) &&
	       (stored.memory_bytes < cost->memory_bytes || stored.operations < cost->operations);
}

/* Random salt and random digest: what no password gives. Nothing has to be hashed for it. */
enum error password_dummy_hash(const struct password_cost *cost, char ret_hash[PASSWORD_HASH_SIZE])
{
	unsigned char salt[16], digest[32];
	char salt_text[SALT_TEXT + 1], digest_text[HASH_TEXT + 1];

	randombytes_buf(salt, sizeof(salt));
	randombytes_buf(digest, sizeof(digest));
	(void)sodium_bin2base64(
		salt_text, sizeof(salt_text), salt, sizeof(salt), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	(void)sodium_bin2base64(
		digest_text, sizeof(digest_text), digest, sizeof(digest), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	(void)snprintf(ret_hash, PASSWORD_HASH_SIZE, "$argon2id$v=19$m=%zu,t=%llu,p=1$%s$%s", cost->memory_bytes / 1024,
		(unsigned long long)cost->operations, salt_text, digest_text);
	return ERROR_NONE;
}
