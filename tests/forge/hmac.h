/* The HMACs of RFC 7518 §3.2, by libsodium: the daemon has its own from elsewhere. */
#pragma once

#include <stddef.h>

#define HMAC_SIZE_LIMIT     64u
#define HMAC_KEY_SIZE_LIMIT 128u

enum hmac_hash { HMAC_SHA256, HMAC_SHA384, HMAC_SHA512 };

/* "HS256", … by hash: what `alg` calls it. */
extern const char *const hmac_names[];

/* The bytes written. */
size_t hmac_sign(enum hmac_hash hash, const void *key, size_t key_size, const void *input, size_t length,
	unsigned char ret_mac[HMAC_SIZE_LIMIT]);
