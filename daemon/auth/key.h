/* The ring of signing keys, shared by the threads that verify and sign. */
#pragma once

#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEY_RING_LIMIT   64u
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

/* Any function but key_ring_free may be called from any thread. */
struct key_ring;

/*
 * Open the ring: `$CREDENTIALS_DIRECTORY/taskd-keys` where credentials_directory is not NULL and holds it (read-only),
 * else keys.json in data_folder. The file is made only with `may_create`, that is together with a new database.
 * Refused, saying which file and what to do: wrong owner or mode, a symlink, no regular file, unknown members, a short
 * key, a duplicate kid, not exactly one active key, a missing file beside an existing database.
 */
enum error key_ring_open(const char *data_folder, const char *credentials_directory, bool may_create,
	enum key_algorithm algorithm, int64_t now, struct key_ring **ret_ring, struct refusal *refusal);
/* Read it again (SIGHUP), after a rotation that is under way; on an error the old one stays. */
enum error key_ring_reload(struct key_ring *ring, struct refusal *refusal);
void key_ring_free(struct key_ring *ring);

struct key_rotation {
	enum key_algorithm algorithm; /* of the new key */
	int64_t now;                  /* seconds since the epoch */
	int64_t verify_seconds;       /* the longest life of a token that the old key signed */
	bool revoke_old;              /* no old token is accepted any more */
	/* NULL, or asked when the new file lies whole beside the old one: an error leaves all as it was. */
	enum error (*confirm)(void *context);
	void *context;
};

/*
 * Make a new active key. The old one only verifies from then on: tokens issued until `now` (or until the last one that
 * it did sign, which can be a second later), for verify_seconds. Keys whose time is over go; with revoke_old all go.
 *
 * Nothing is signed with the new key before it is on the disk. Verifying goes on meanwhile, and so does signing with
 * the old key, except that a token issued later than the retirement waits for the new key.
 *
 * ERROR_CONFLICT: the ring is read-only, or full of keys that tokens still need; the words say what to do.
 * ERROR_STORAGE with is_storage_final, or whatever `confirm` gave: ring and file are as before. ERROR_STORAGE without
 * it: the file was replaced, and so was the ring, to agree with it; but the folder could not be synced, so a crash may
 * bring the old file back. Until a write succeeds no key signs: the new one may be gone after the crash, and the old
 * one is retired in what may be there. Each attempt to sign tries that write, and so does the next rotation.
 */
enum error key_ring_rotate(struct key_ring *ring, const struct key_rotation *rotation, struct refusal *refusal);

/*
 * Hold the ring as it is while keys are looked up and used: shared with other readers, short, not nested. Keys are
 * borrowed until key_ring_unlock. key_ring_find: NULL when there is none.
 */
void key_ring_lock(const struct key_ring *ring);
void key_ring_unlock(const struct key_ring *ring);
const struct key *key_ring_active(const struct key_ring *ring);
const struct key *key_ring_find(const struct key_ring *ring, const char *id, size_t length);

/*
 * The same hold for signing one token with the active key, given back by key_ring_unlock. It may wait for a rotation
 * that is writing. ERROR_STORAGE, and no hold: see key_ring_rotate.
 */
enum error key_ring_lock_to_sign(const struct key_ring *ring, int64_t issued_at, const struct key **ret_key);

/*
 * Grows whenever the ring changes: what was verified before is forgotten. Take it before verifying what is to be
 * remembered under it; it needs no lock.
 */
uint64_t key_ring_generation(const struct key_ring *ring);
bool key_ring_is_read_only(const struct key_ring *ring);

struct key_ring_facts {
	char active_id[KEY_ID_LIMIT + 1];
	enum key_algorithm algorithm; /* of the active key */
	size_t count;
	int64_t old_valid_until; /* seconds since the epoch: when the last of the old keys ends; 0: there is none */
	bool is_read_only;
};

/* What may be told of the ring: a copy, all of one moment. */
void key_ring_describe(const struct key_ring *ring, struct key_ring_facts *ret_facts);
