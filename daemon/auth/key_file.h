/* The file of the signing keys, for the ring alone. */
#pragma once

#include "auth/key.h"

/* Keys as a file holds them: distinct ids, exactly one of KEY_ACTIVE. It owns the secrets. */
struct key_set {
	size_t count;
	struct key keys[KEY_RING_LIMIT];
};

/* Bytes of a new key's secret, by enum key_algorithm. RFC 7518 §3.2: no fewer than the hash has. */
extern const size_t key_file_secret_sizes[];

/* ERROR_INVALID_PARAMS names the file and the finding. The caller releases the set with key_file_forget. */
enum error key_file_read(const char *path, struct key_set *ret_set, struct refusal *refusal);
void key_file_forget(struct key_set *set);

/*
 * Write the set beside the file (mode 0600), and fsync it. ERROR_STORAGE, whose outcome is known: the old file stays,
 * and nothing lies beside it.
 */
enum error key_file_prepare(const char *path, const struct key_set *set, struct refusal *refusal);
/* Rename what was prepared into its place, or remove it. ERROR_STORAGE as above. */
enum error key_file_install(const char *path, struct refusal *refusal);
void key_file_discard(const char *path);
/* Prepare and install. */
enum error key_file_replace(const char *path, const struct key_set *set, struct refusal *refusal);
/*
 * The last part of a replacement: fsync the folder. ERROR_STORAGE: everyone finds the new file, but a crash may bring
 * the old one back.
 */
enum error key_file_settle(const char *path, struct refusal *refusal);
