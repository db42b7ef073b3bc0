/* Two HMACs that libsodium has, and one that it lacks. */
#include "forge/hmac.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define SHA384_SIZE 48u

const char *const hmac_names[] = { [HMAC_SHA256] = "HS256", [HMAC_SHA384] = "HS384", [HMAC_SHA512] = "HS512" };

/* SHA-384 is SHA-512 begun elsewhere and cut (FIPS 180-4 §5.3.4). */
static void sha384_init(crypto_hash_sha512_state *state)
{
	static const uint64_t beginning[] = { 0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17,
		0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4 };

	(void)crypto_hash_sha512_init(state);
	memcpy(state->state, beginning, sizeof(beginning));
}

/* RFC 2104: the hash over the masked key, then the text. */
static void hash_masked(const unsigned char key[HMAC_KEY_SIZE_LIMIT], unsigned char mask, const void *text,
	size_t length, unsigned char ret_hash[HMAC_SIZE_LIMIT])
{
	unsigned char block[HMAC_KEY_SIZE_LIMIT];
	crypto_hash_sha512_state state;

	for (size_t i = 0; i < sizeof(block); i++)
		block[i] = key[i] ^ mask;
	sha384_init(&state);
	(void)crypto_hash_sha512_update(&state, block, sizeof(block));
	(void)crypto_hash_sha512_update(&state, text, length);
	(void)crypto_hash_sha512_final(&state, ret_hash);
}

static size_t sign_sha384(
	const void *key, size_t key_size, const void *input, size_t length, unsigned char ret_mac[HMAC_SIZE_LIMIT])
{
	unsigned char padded[HMAC_KEY_SIZE_LIMIT] = { 0 };
	unsigned char inner[HMAC_SIZE_LIMIT];

	memcpy(padded, key, key_size);
	hash_masked(padded, 0x36, input, length, inner);
	hash_masked(padded, 0x5c, inner, SHA384_SIZE, ret_mac);
	return SHA384_SIZE;
}

static size_t sign_sha256(
	const void *key, size_t key_size, const void *input, size_t length, unsigned char ret_mac[HMAC_SIZE_LIMIT])
{
	crypto_auth_hmacsha256_state state;

	(void)crypto_auth_hmacsha256_init(&state, key, key_size);
	(void)crypto_auth_hmacsha256_update(&state, input, length);
	(void)crypto_auth_hmacsha256_final(&state, ret_mac);
	return crypto_auth_hmacsha256_BYTES;
}

static size_t sign_sha512(
	const void *key, size_t key_size, const void *input, size_t length, unsigned char ret_mac[HMAC_SIZE_LIMIT])
{
	crypto_auth_hmacsha512_state state;

	(void)crypto_auth_hmacsha512_init(&state, key, key_size);
	(void)crypto_auth_hmacsha512_update(&state, input, length);
	(void)crypto_auth_hmacsha512_final(&state, ret_mac);
	return crypto_auth_hmacsha512_BYTES;
}

size_t hmac_sign(enum hmac_hash hash, const void *key, size_t key_size, const void *input, size_t length,
	unsigned char ret_mac[HMAC_SIZE_LIMIT])
{
	assert(key_size <= HMAC_KEY_SIZE_LIMIT);
	switch (hash) {
	case HMAC_SHA256:
		return sign_sha256(key, key_size, input, length, ret_mac);
	case HMAC_SHA384:
		return sign_sha384(key, key_size, input, length, ret_mac);
	case HMAC_SHA512:
		return sign_sha512(key, key_size, input, length, ret_mac);
	}
	return 0;
}
