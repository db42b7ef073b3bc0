/* The ring of signing keys: keys.json, or the service manager's credential. */
#pragma once

#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEY_RING_LIMIT   8u
#define KEY_SIZE_MINIMUM 32u
#define KEY_SIZE_LIMIT   128u
#define KEY_ID_LIMIT     64u

enum key_algorithm { KEY_HS256, KEY_HS384, KEY_HS512 };
extern const char *const key_algorithm_names[]; /* "HS256", … NULL */

enum key_status { KEY_ACTIVE, KEY_VERIFY };

struct key {
	char id[KEY_ID_LIMIT + 1];
	enum key_algorithm algorithm;
	const unsigned char *secret; /* in sodium memory */
	size_t secret_size;
	int64_t created_at; /* seconds since the epoch */
	enum key_status status;
	int64_t verify_until; /* of KEY_VERIFY: when its last token has expired */
	int64_t retired_at;   /* of KEY_VERIFY: tokens issued later are not accepted */
};

struct key_ring;

/*
 * Open the ring: `$CREDENTIALS_DIRECTORY/taskd-keys` where credentials_directory is not NULL and holds it (read-only),
 * else keys.json in data_folder. The file is made only with `may_create`, that is together with a new database.
 * Refused, saying which file and what to do: wrong owner or mode, a symlink, no regular file, unknown members, a short
 * key, a duplicate kid, not exactly one active key, a missing file beside an existing database.
 */
enum error key_ring_open(const char *data_folder, const char *credentials_directory, bool may_create,
	enum key_algorithm algorithm, int64_t now, struct key_ring **ret_ring, struct refusal *refusal);
/* Read it again (SIGHUP); on an error the old one stays. */
enum error key_ring_reload(struct key_ring *ring, struct refusal *refusal);
void key_ring_free(struct key_ring *ring);

/* Borrowed until the next reload. key_ring_find: NULL when there is none. */
const struct key *key_ring_active(const struct key_ring *ring);
const struct key *key_ring_find(const struct key_ring *ring, const char *id, size_t length);
/* Grows whenever the ring changes: what was verified before is forgotten. */
uint64_t key_ring_generation(const struct key_ring *ring);
bool key_ring_is_read_only(const struct key_ring *ring);
