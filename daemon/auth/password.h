/* Passwords: what may be one, and Argon2id by libsodium (RFC 9106). */
#pragma once

#include "common/arena.h"
#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PASSWORD_BYTES_MINIMUM 8u
#define PASSWORD_BYTES_LIMIT   1024u
#define PASSWORD_HASH_SIZE     128u /* crypto_pwhash_STRBYTES: with its NUL */

struct password_cost {
	uint64_t operations; /* t */
	size_t memory_bytes; /* m */
};

/* libsodium's INTERACTIVE, and OWASP's floor (19 MiB, t = 2) below which a setting may not go. */
extern const struct password_cost password_cost_default;
extern const struct password_cost password_cost_minimum;

/* Normalise (NFC, one trailing LF dropped) into the arena and hold against the rules. ERROR_INVALID_PARAMS, field
 * "password". */
enum error password_prepare(const char *password, size_t length, const char *email, struct arena *arena,
	const char **ret_password, size_t *ret_length, struct refusal *refusal);

/* The same without the rules for new ones: what is compared at login. Too long ones are cut to nothing that matches. */
void password_normalise(
	const char *password, size_t length, struct arena *arena, const char **ret_password, size_t *ret_length);

/* Slow (tens of milliseconds) and large (cost.memory_bytes). ERROR_UNAVAILABLE: no memory. */
enum error password_hash(
	const char *password, size_t length, const struct password_cost *cost, char ret_hash[PASSWORD_HASH_SIZE]);

/*
 * ret_matches. A stored cost above 256 MiB is refused before it is tried (ERROR_INTERNAL). ERROR_UNAVAILABLE: no memory
 * for it, which says nothing about the password.
 */
enum error password_verify(const char *hash, const char *password, size_t length, bool *ret_matches);

/* Whether the cost of the hash is below what is wanted now. */
bool password_needs_rehash(const char *hash, const struct password_cost *cost);

/* A hash that no password matches, of the same cost: verified for unknown emails. */
enum error password_dummy_hash(const struct password_cost *cost, char ret_hash[PASSWORD_HASH_SIZE]);
