/* libsodium's primitives under the names that the rest of the daemon uses. */
#include "auth/secret.h"

#include "common/text.h"

#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static_assert(SECRET_DIGEST_SIZE == crypto_generichash_BYTES, "a digest is BLAKE2b-256");
static_assert(SECRET_HASH_KEY_SIZE == crypto_shorthash_KEYBYTES, "a key of SipHash-2-4");

bool secret_init(void)
{
	return sodium_init() >= 0;
}

void secret_random(void *bytes, size_t size)
{
	randombytes_buf(bytes, size);
}

void secret_uuid(char ret_uuid[37])
{
	unsigned char b[16];

	randombytes_buf(b, sizeof(b));
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40); /* version 4 */
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80); /* variant 1 */
	(void)snprintf(ret_uuid, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
		b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

void secret_id(char ret_id[SECRET_ID_SIZE])
{
	unsigned char bytes[16];

	do {
		randombytes_buf(bytes, sizeof(bytes));
		(void)text_base64url_encode(bytes, sizeof(bytes), ret_id);
	} while (ret_id[0] == '-');
}

void secret_digest(const char *const *parts, size_t count, unsigned char ret_digest[SECRET_DIGEST_SIZE])
{
	secret_keyed_digest(NULL, 0, parts, count, ret_digest);
}

void secret_keyed_digest(const unsigned char *key, size_t key_size, const char *const *parts, size_t count,
	unsigned char ret_digest[SECRET_DIGEST_SIZE])
{
	crypto_generichash_state state;

	(void)crypto_generichash_init(&state, key, key_size, SECRET_DIGEST_SIZE);
	for (size_t i = 0; i < count; i++) {
		uint64_t length = strlen(parts[i]);

		(void)crypto_generichash_update(&state, (const unsigned char *)&length, sizeof(length));
		(void)crypto_generichash_update(&state, (const unsigned char *)parts[i], length);
	}
	(void)crypto_generichash_final(&state, ret_digest, SECRET_DIGEST_SIZE);
}

uint64_t secret_hash(const unsigned char key[SECRET_HASH_KEY_SIZE], const void *bytes, size_t size)
{
	uint64_t hash;

	static_assert(sizeof(hash) == crypto_shorthash_BYTES, "64 bits");
	(void)crypto_shorthash((unsigned char *)&hash, bytes, size, key);
	return hash;
}

bool secret_is_equal(const void *a, const void *b, size_t size)
{
	const unsigned char *left = a;
	const unsigned char *right = b;
	uint64_t difference = 0;
	uint64_t words[2];

	/* Eight bytes at a time: a token is compared with every request. */
	for (; size >= sizeof(words[0]); size -= sizeof(words[0])) {
		memcpy(&words[0], left, sizeof(words[0]));
		memcpy(&words[1], right, sizeof(words[1]));
		difference |= words[0] ^ words[1];
		left += sizeof(words[0]);
		right += sizeof(words[1]);
	}
	for (; size > 0; size--)
		difference |= (uint64_t)(*left++ ^ *right++);
	return difference == 0;
}

void secret_wipe(void *bytes, size_t size)
{
	sodium_memzero(bytes, size);
}
