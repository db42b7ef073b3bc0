/* Random bytes, digests and comparisons that must not leak: libsodium's, for whoever may not include it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define SECRET_DIGEST_SIZE 32u

/* Once, before anything else of this folder. False: the library could not be initialised. */
bool secret_init(void);

void secret_random(void *bytes, size_t size);
/* A random UUID (v4, RFC 9562 §5.4), lower case, 36 characters and a NUL. */
void secret_uuid(char ret_uuid[37]);
/* BLAKE2b-256 of the concatenation of the parts, each preceded by its length. */
void secret_digest(const char *const *parts, size_t count, unsigned char ret_digest[SECRET_DIGEST_SIZE]);
bool secret_is_equal(const void *a, const void *b, size_t size);
void secret_wipe(void *bytes, size_t size);
