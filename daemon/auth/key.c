/* The ring of signing keys: opened, shared between threads, rotated. */
#include "auth/key.h"

#include "auth/key_file.h"
#include "common/log.h"
#include "common/memory.h"
#include "common/text.h"

#include <limits.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_NAME        "keys.json"
#define CREDENTIAL_NAME  "taskd-keys"
#define NEW_KEY_ID_BYTES 9u
#define CLOCK_SKEW       60 /* seconds: a token from later than that is no valid one, so no retirement waits for it */

/*
 * What changes. Who changes it holds `changing` all the while, and `use` for the swap alone; so who holds either may
 * read it. `changing` is taken first.
 */
struct ring_state {
	pthread_mutex_t changing;
	pthread_rwlock_t use;
	_Atomic uint64_t generation;
	_Atomic int64_t last_issued_at; /* the latest iat that this process signed */
	int64_t retiring_at;            /* during a rotation: what is issued later waits for the new key */
	bool is_in_doubt;               /* the file may be another one after a crash */
	struct key_set set;
};

struct key_ring {
	char path[PATH_MAX];
	bool is_read_only;
	struct ring_state *state; /* readers hold the ring const, and yet lock it */
};

/* --- the state --- */

static struct ring_state *state_new(void)
{
	struct ring_state *state = memory_array(1, sizeof(*state));
	pthread_rwlockattr_t attributes;

	/* glibc prefers readers: a busy daemon would never come to swap its ring. */
	if (pthread_rwlockattr_init(&attributes) ||
		pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP) ||
		pthread_rwlock_init(&state->use, &attributes) || pthread_mutex_init(&state->changing, NULL))
		abort();
	(void)pthread_rwlockattr_destroy(&attributes);
	state->retiring_at = INT64_MAX;
	return state;
}

static void state_free(struct ring_state *state)
{
	key_file_forget(&state->set);
	(void)pthread_rwlock_destroy(&state->use);
	(void)pthread_mutex_destroy(&state->changing);
	free(state);
}

static bool has_secret(const struct key_set *set, const unsigned char *secret)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->keys[i].secret == secret)
			return true;
	return false;
}

/* The secrets that the fresh set took over stay where they are. */
static void swap(struct ring_state *state, const struct key_set *fresh)
{
	struct key_set dropped = { 0 };

	for (size_t i = 0; i < state->set.count; i++)
		if (!has_secret(fresh, state->set.keys[i].secret))
			dropped.keys[dropped.count++] = state->set.keys[i];
	(void)pthread_rwlock_wrlock(&state->use);
	state->set = *fresh;
	state->retiring_at = INT64_MAX;
	atomic_fetch_add(&state->generation, 1);
	(void)pthread_rwlock_unlock(&state->use);
	key_file_forget(&dropped);
}

static void note_doubt(struct ring_state *state, bool is_in_doubt)
{
	(void)pthread_rwlock_wrlock(&state->use);
	state->is_in_doubt = is_in_doubt;
	(void)pthread_rwlock_unlock(&state->use);
}

/* --- opening and reloading --- */

static struct key make_key(enum key_algorithm algorithm, int64_t now)
{
	struct key key = { .algorithm = algorithm,
		.secret_size = key_file_secret_sizes[algorithm],
		.created_at = now,
		.status = KEY_ACTIVE };
	unsigned char *secret = memory_require(sodium_malloc(key.secret_size));
	unsigned char id[NEW_KEY_ID_BYTES];

	randombytes_buf(id, sizeof(id));
	(void)text_base64url_encode(id, sizeof(id), key.id);
	randombytes_buf(secret, key.secret_size);
	(void)sodium_mprotect_readonly(secret);
	key.secret = secret;
	return key;
}

static enum error create(const char *path, enum key_algorithm algorithm, int64_t now, struct refusal *refusal)
{
	struct key_set set = { .count = 1, .keys = { make_key(algorithm, now) } };
	enum error error = key_file_replace(path, &set, refusal);

	if (!error)
		error = key_file_settle(path, refusal);
	key_file_forget(&set);
	return error;
}

/* Only a whole file takes the place of what the ring holds. */
static enum error load(struct key_ring *ring, struct refusal *refusal)
{
	struct key_set fresh;
	enum error error = key_file_read(ring->path, &fresh, refusal);

	if (!error)
		swap(ring->state, &fresh);
	return error;
}

static bool is_there(const char *path)
{
	struct stat found;

	return lstat(path, &found) == 0;
}

static void find_file(struct key_ring *ring, const char *data_folder, const char *credentials_directory)
{
	if (credentials_directory) {
		(void)snprintf(ring->path, sizeof(ring->path), "%s/" CREDENTIAL_NAME, credentials_directory);
		ring->is_read_only = is_there(ring->path);
	}
	if (!ring->is_read_only)
		(void)snprintf(ring->path, sizeof(ring->path), "%s/" FILE_NAME, data_folder);
}

enum error key_ring_open(const char *data_folder, const char *credentials_directory, bool may_create,
	enum key_algorithm algorithm, int64_t now, struct key_ring **ret_ring, struct refusal *refusal)
{
	struct key_ring *ring = memory_array(1, sizeof(*ring));
	enum error error = ERROR_NONE;

	ring->state = state_new();
	find_file(ring, data_folder, credentials_directory);
	if (!is_there(ring->path)) {
		if (may_create)
			error = create(ring->path, algorithm, now, refusal);
		else
			error = refuse(refusal, ERROR_INVALID_PARAMS, NULL,
				"%s is missing beside an existing database: put it back from where the keys are kept",
				ring->path);
	}
	if (!error)
		error = load(ring, refusal);
	if (error) {
		key_ring_free(ring);
		return error;
	}
	*ret_ring = ring;
	return ERROR_NONE;
}

enum error key_ring_reload(struct key_ring *ring, struct refusal *refusal)
{
	enum error error;

	(void)pthread_mutex_lock(&ring->state->changing);
	error = load(ring, refusal);
	(void)pthread_mutex_unlock(&ring->state->changing);
	return error;
}

void key_ring_free(struct key_ring *ring)
{
	if (!ring)
		return;
	state_free(ring->state);
	free(ring);
}

/* --- rotating --- */

/* From here on nothing is signed that the retired key would not be believed. */
static int64_t begin_retirement(struct ring_state *state, int64_t now)
{
	int64_t retired_at = now;

	(void)pthread_rwlock_wrlock(&state->use);
	if (state->last_issued_at > now)
		retired_at = state->last_issued_at;
	if (retired_at > now + CLOCK_SKEW)
		retired_at = now + CLOCK_SKEW;
	state->retiring_at = retired_at;
	(void)pthread_rwlock_unlock(&state->use);
	return retired_at;
}

static void cancel_retirement(struct ring_state *state)
{
	(void)pthread_rwlock_wrlock(&state->use);
	state->retiring_at = INT64_MAX;
	(void)pthread_rwlock_unlock(&state->use);
}

static enum error refuse_full(const struct key_set *set, struct refusal *refusal)
{
	int64_t first = INT64_MAX;
	char time[TEXT_TIME_SIZE];

	for (size_t i = 0; i < set->count; i++)
		if (set->keys[i].status == KEY_VERIFY && set->keys[i].verify_until < first)
			first = set->keys[i].verify_until;
	text_format_time(first, time);
	return refuse(refusal, ERROR_CONFLICT, NULL,
		"there are %u keys, and tokens still need each of them; the first is free at %s: rotate then, or now "
		"with "
		"--revoke-old, which ends every token that was issued before",
		KEY_RING_LIMIT, time);
}

static bool is_kept(const struct key *key, const struct key_rotation *rotation)
{
	return !rotation->revoke_old && key->verify_until > rotation->now;
}

/* Those of the old keys that tokens still need, behind the new one. They are borrowed from the old set. */
static enum error keep_old(const struct key_set *old, const struct key_rotation *rotation, int64_t retired_at,
	struct key_set *fresh, struct refusal *refusal)
{
	for (size_t i = 0; i < old->count; i++) {
		struct key key = old->keys[i];

		if (key.status == KEY_ACTIVE) {
			key.status = KEY_VERIFY;
			key.retired_at = retired_at;
			key.verify_until = retired_at + rotation->verify_seconds;
		}
		if (!is_kept(&key, rotation))
			continue;
		if (fresh->count == KEY_RING_LIMIT)
			return refuse_full(old, refusal);
		fresh->keys[fresh->count++] = key;
	}
	return ERROR_NONE;
}

/* Once the file is in place the ring follows it, come what may: they agree, and doubt only stops the signing. */
static enum error put_in_place(struct key_ring *ring, const struct key_set *fresh, struct refusal *refusal)
{
	enum error error = key_file_settle(ring->path, refusal);

	note_doubt(ring->state, error != ERROR_NONE);
	swap(ring->state, fresh);
	if (error)
		log_error("the folder of %s could not be synced: no token is issued until that succeeds", ring->path);
	return error;
}

/* Whoever asked has the last word when nothing is missing any more but the file's name. */
static enum error replace(
	const char *path, const struct key_set *fresh, const struct key_rotation *rotation, struct refusal *refusal)
{
	enum error error = key_file_prepare(path, fresh, refusal);

	if (error)
		return error;
	if (rotation->confirm)
		error = rotation->confirm(rotation->context);
	if (!error)
		return key_file_install(path, refusal);
	key_file_discard(path);
	return error;
}

static enum error rotate(struct key_ring *ring, const struct key_rotation *rotation, struct refusal *refusal)
{
	struct ring_state *state = ring->state;
	int64_t retired_at = begin_retirement(state, rotation->now);
	struct key_set made = { .count = 1, .keys = { make_key(rotation->algorithm, rotation->now) } };
	struct key_set fresh = made;
	enum error error = keep_old(&state->set, rotation, retired_at, &fresh, refusal);

	if (!error)
		error = replace(ring->path, &fresh, rotation, refusal);
	if (!error)
		return put_in_place(ring, &fresh, refusal);
	key_file_forget(&made);
	cancel_retirement(state);
	return error;
}

enum error key_ring_rotate(struct key_ring *ring, const struct key_rotation *rotation, struct refusal *refusal)
{
	enum error error;

	if (ring->is_read_only)
		return refuse(refusal, ERROR_CONFLICT, NULL,
			"the keys come from the service manager and are only read here: in the file that "
			"LoadCredential=taskd-keys names, add a new key of status active, give the old one the status "
			"verify with retired and verify_until, and restart the service");
	(void)pthread_mutex_lock(&ring->state->changing);
	error = rotate(ring, rotation, refusal);
	(void)pthread_mutex_unlock(&ring->state->changing);
	return error;
}

/* --- using --- */

void key_ring_lock(const struct key_ring *ring)
{
	(void)pthread_rwlock_rdlock(&ring->state->use);
}

void key_ring_unlock(const struct key_ring *ring)
{
	(void)pthread_rwlock_unlock(&ring->state->use);
}

const struct key *key_ring_active(const struct key_ring *ring)
{
	const struct key_set *set = &ring->state->set;

	for (size_t i = 0; i < set->count; i++)
		if (set->keys[i].status == KEY_ACTIVE)
			return &set->keys[i];
	return NULL;
}

const struct key *key_ring_find(const struct key_ring *ring, const char *id, size_t length)
{
	const struct key_set *set = &ring->state->set;

	for (size_t i = 0; i < set->count; i++)
		if (strlen(set->keys[i].id) == length && !memcmp(set->keys[i].id, id, length))
			return &set->keys[i];
	return NULL;
}

static void note_issue(struct ring_state *state, int64_t issued_at)
{
	int64_t last = state->last_issued_at;

	while (issued_at > last && !atomic_compare_exchange_weak(&state->last_issued_at, &last, issued_at))
		;
}

/* The whole file again, not only the fsync: one that failed may report success the next time without having done it. */
static enum error write_again(const struct key_ring *ring)
{
	enum error error = key_file_replace(ring->path, &ring->state->set, NULL);

	if (!error)
		error = key_file_settle(ring->path, NULL);
	if (error)
		log_error("%s is still not known to be on the disk: no token is issued", ring->path);
	else
		note_doubt(ring->state, false);
	return error;
}

static enum error wait_for_change(const struct key_ring *ring)
{
	enum error error = ERROR_NONE;

	(void)pthread_mutex_lock(&ring->state->changing);
	if (ring->state->is_in_doubt)
		error = write_again(ring);
	(void)pthread_mutex_unlock(&ring->state->changing);
	return error;
}

enum error key_ring_lock_to_sign(const struct key_ring *ring, int64_t issued_at, const struct key **ret_key)
{
	struct ring_state *state = ring->state;
	enum error error = ERROR_NONE;

	while (!error) {
		key_ring_lock(ring);
		if (issued_at <= state->retiring_at && !state->is_in_doubt) {
			note_issue(state, issued_at);
			*ret_key = key_ring_active(ring);
			return ERROR_NONE;
		}
		key_ring_unlock(ring);
		error = wait_for_change(ring);
	}
	return error;
}

uint64_t key_ring_generation(const struct key_ring *ring)
{
	return ring->state->generation;
}

bool key_ring_is_read_only(const struct key_ring *ring)
{
	return ring->is_read_only;
}

void key_ring_describe(const struct key_ring *ring, struct key_ring_facts *ret_facts)
{
	struct key_ring_facts facts = { .is_read_only = ring->is_read_only };
	const struct key_set *set = &ring->state->set;

	key_ring_lock(ring);
	facts.count = set->count;
	for (const struct key *key = set->keys; key < set->keys + set->count; key++) {
		if (key->status == KEY_ACTIVE) {
			memcpy(facts.active_id, key->id, sizeof(facts.active_id));
			facts.algorithm = key->algorithm;
		} else if (key->verify_until > facts.old_valid_until) {
			facts.old_valid_until = key->verify_until;
		}
	}
	key_ring_unlock(ring);
	*ret_facts = facts;
}
