/* Random bytes, digests and comparisons that must not leak: libsodium's, for whoever may not include it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECRET_DIGEST_SIZE   32u
#define SECRET_HASH_KEY_SIZE 16u

/* Once, before anything else of this folder. False: the library could not be initialised. */
bool secret_init(void);

void secret_random(void *bytes, size_t size);
/* A random UUID (v4, RFC 9562 §5.4), lower case, 36 characters and a NUL. */
void secret_uuid(char ret_uuid[37]);
/*
 * 128 random bits as base64url (22 characters and a NUL), of which the first is no hyphen: a person may give it, or its
 * beginning, to a command.
 */
#define SECRET_ID_SIZE 23u
void secret_id(char ret_id[SECRET_ID_SIZE]);
/* BLAKE2b-256 of the concatenation of the parts, each preceded by its length. */
void secret_digest(const char *const *parts, size_t count, unsigned char ret_digest[SECRET_DIGEST_SIZE]);
/* The same with a key (16 to 64 bytes): what only its holder can make. */
void secret_keyed_digest(const unsigned char *key, size_t key_size, const char *const *parts, size_t count,
	unsigned char ret_digest[SECRET_DIGEST_SIZE]);
/* A number for a table in memory: SipHash-2-4, so that nobody without the key can choose what falls together. */
uint64_t secret_hash(const unsigned char key[SECRET_HASH_KEY_SIZE], const void *bytes, size_t size);
bool secret_is_equal(const void *a, const void *b, size_t size);
void secret_wipe(void *bytes, size_t size);
