/* The generic cell rate algorithm (ITU-T I.371) over two tables of eight-way sets. */
#include "auth/attempt_limits.h"

#include "auth/email.h"
#include "auth/secret.h"
#include "common/memory.h"
#include "common/text.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

#define SET_COUNT       512u
#define SET_SIZE        8u
#define BUCKETS_AT_ONCE 2u
#define NS_PER_MS       INT64_C(1000000)
#define NS_PER_HOUR     INT64_C(3600000000000)
#define NOW_MS_LIMIT    (INT64_C(1) << 42)

/*
 * One bucket. An unused one has an old `full_at`, and thus is the full bucket of whoever's key is 0: no flag is needed.
 * The time is in nanoseconds, because at a million an hour a millisecond would be a quarter of an attempt.
 */
struct bucket {
	uint64_t key;
	int64_t full_at; /* when all attempts have flowed back; not later than now: it is full */
};

struct bucket_table {
	struct bucket sets[SET_COUNT][SET_SIZE];
};

struct attempt_limits {
	unsigned char hash_key[SECRET_HASH_KEY_SIZE]; /* never changes */
	pthread_mutex_t mutex;                        /* of what follows */
	struct attempt_limit_policy policy;
	struct bucket_table accounts;
	struct bucket_table uids;
};

/* A bucket that an attempt takes from, found in its table or not. */
struct claim {
	enum attempt_bucket kind;
	uint64_t key;
	struct bucket *bucket; /* the caller's own, or the one that would make room for it */
	int64_t full_at;
	int64_t interval; /* in which one attempt flows back */
	int64_t depth;    /* in which all of them do */
};

const char *const attempt_bucket_names[ATTEMPT_BUCKET_COUNT] = {
	[ATTEMPT_BUCKET_LOGIN] = "login",
	[ATTEMPT_BUCKET_LOGIN_PER_UID] = "login_per_uid",
	[ATTEMPT_BUCKET_SIGNUP] = "signup",
	[ATTEMPT_BUCKET_REFRESH] = "refresh",
};

/* The buckets of each kind of attempt; the first is the one per uid. */
static const struct {
	size_t count;
	enum attempt_bucket buckets[BUCKETS_AT_ONCE];
} buckets_of_kind[] = {
	[ATTEMPT_LOGIN] = { .count = 2, .buckets = { ATTEMPT_BUCKET_LOGIN_PER_UID, ATTEMPT_BUCKET_LOGIN } },
	[ATTEMPT_SIGNUP] = { .count = 1, .buckets = { ATTEMPT_BUCKET_SIGNUP } },
	[ATTEMPT_REFRESH] = { .count = 1, .buckets = { ATTEMPT_BUCKET_REFRESH } },
};

struct attempt_limits *attempt_limits_new(void)
{
	struct attempt_limits *limits = memory_array(1, sizeof(*limits));

	if (pthread_mutex_init(&limits->mutex, NULL))
		abort();
	secret_random(limits->hash_key, sizeof(limits->hash_key));
	for (size_t i = 0; i < ATTEMPT_BUCKET_COUNT; i++)
		limits->policy.limits[i] = (struct attempt_limit){ .burst = 1, .per_hour = 1 };
	return limits;
}

void attempt_limits_free(struct attempt_limits *limits)
{
	if (!limits)
		return;
	(void)pthread_mutex_destroy(&limits->mutex);
	secret_wipe(limits, sizeof(*limits));
	free(limits);
}

void attempt_limits_configure(struct attempt_limits *limits, const struct attempt_limit_policy *policy)
{
	for (size_t i = 0; i < ATTEMPT_BUCKET_COUNT; i++) {
		assert(policy->limits[i].burst >= 1 && policy->limits[i].burst <= ATTEMPT_LIMIT_MAXIMUM);
		assert(policy->limits[i].per_hour >= 1 && policy->limits[i].per_hour <= ATTEMPT_LIMIT_MAXIMUM);
	}
	(void)pthread_mutex_lock(&limits->mutex);
	limits->policy = *policy;
	(void)pthread_mutex_unlock(&limits->mutex);
}

void attempt_limits_policy(struct attempt_limits *limits, struct attempt_limit_policy *ret_policy)
{
	(void)pthread_mutex_lock(&limits->mutex);
	*ret_policy = limits->policy;
	(void)pthread_mutex_unlock(&limits->mutex);
}

/* --- finding --- */

/* What is hashed for a bucket: its kind and uid, and the account name where that counts. */
struct bucket_name {
	uint32_t kind;
	uint32_t uid;
	char account[EMAIL_LIMIT];
};

static uint64_t make_key(const struct attempt_limits *limits, enum attempt_bucket kind, const char *account, uid_t uid)
{
	struct bucket_name name = { .kind = kind, .uid = uid };
	size_t length = 0;
	uint64_t key;

	if (kind == ATTEMPT_BUCKET_LOGIN)
		for (; length < EMAIL_LIMIT && account[length]; length++)
			name.account[length] = text_ascii_lower(account[length]);
	key = secret_hash(limits->hash_key, &name, offsetof(struct bucket_name, account) + length);
	/* A password may have been typed for an email. */
	secret_wipe(&name, sizeof(name));
	return key;
}

/* All eight are looked at in any case. */
static struct bucket *find_bucket(struct bucket_table *table, uint64_t key)
{
	struct bucket *set = table->sets[key % SET_COUNT];
	struct bucket *most_recovered = set, *found = NULL;

	for (size_t i = 0; i < SET_SIZE; i++) {
		if (set[i].key == key)
			found = &set[i];
		if (set[i].full_at < most_recovered->full_at)
			most_recovered = &set[i];
	}
	return found ? found : most_recovered;
}

/* With the mutex held: whatever the table holds, what is owed lies between nothing and the burst. */
static void find_claim(struct attempt_limits *limits, struct claim *claim, int64_t now)
{
	struct bucket_table *table = claim->kind == ATTEMPT_BUCKET_LOGIN ? &limits->accounts : &limits->uids;
	const struct attempt_limit *limit = &limits->policy.limits[claim->kind];

	claim->interval = NS_PER_HOUR / limit->per_hour;
	claim->depth = claim->interval * limit->burst;
	claim->bucket = find_bucket(table, claim->key);
	claim->full_at = claim->bucket->key == claim->key ? claim->bucket->full_at : now;
	if (claim->full_at < now)
		claim->full_at = now;
	if (claim->full_at > now + claim->depth)
		claim->full_at = now + claim->depth;
}

/* --- taking --- */

static size_t make_claims(const struct attempt_limits *limits, enum attempt_kind kind, const char *account, uid_t uid,
	struct claim claims[BUCKETS_AT_ONCE])
{
	size_t count = buckets_of_kind[kind].count;

	assert(kind != ATTEMPT_LOGIN || account);
	for (size_t i = 0; i < count; i++) {
		enum attempt_bucket bucket = buckets_of_kind[kind].buckets[i];

		claims[i] = (struct claim){ .kind = bucket, .key = make_key(limits, bucket, account, uid) };
	}
	return count;
}

/* How long until every bucket holds an attempt; 0: they do. */
static int64_t find_wait(const struct claim *claims, size_t count, int64_t now)
{
	int64_t longest = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t wait = claims[i].full_at + claims[i].interval - claims[i].depth - now;

		if (wait > longest)
			longest = wait;
	}
	return longest;
}

static void take(const struct claim *claims, size_t count)
{
	for (size_t i = 0; i < count; i++)
		*claims[i].bucket =
			(struct bucket){ .key = claims[i].key, .full_at = claims[i].full_at + claims[i].interval };
}

enum error attempt_limits_charge(struct attempt_limits *limits, enum attempt_kind kind, const char *account, uid_t uid,
	int64_t now_ms, int64_t *ret_retry_after_ms)
{
	struct claim claims[BUCKETS_AT_ONCE];
	size_t count = make_claims(limits, kind, account, uid, claims);
	int64_t now = now_ms * NS_PER_MS;
	int64_t wait;

	assert(now_ms >= 0 && now_ms < NOW_MS_LIMIT);
	(void)pthread_mutex_lock(&limits->mutex);
	for (size_t i = 0; i < count; i++)
		find_claim(limits, &claims[i], now);
	wait = find_wait(claims, count, now);
	if (!wait)
		take(claims, count);
	(void)pthread_mutex_unlock(&limits->mutex);
	if (!wait)
		return ERROR_NONE;
	*ret_retry_after_ms = (wait + NS_PER_MS - 1) / NS_PER_MS;
	return ERROR_RATE_LIMITED;
}

/* A bucket that was forgotten meanwhile is full already. */
void attempt_limits_give_back(
	struct attempt_limits *limits, enum attempt_kind kind, const char *account, uid_t uid, int64_t now_ms)
{
	struct claim claims[BUCKETS_AT_ONCE];
	size_t count = make_claims(limits, kind, account, uid, claims);
	int64_t now = now_ms * NS_PER_MS;

	assert(now_ms >= 0 && now_ms < NOW_MS_LIMIT);
	(void)pthread_mutex_lock(&limits->mutex);
	for (size_t i = 0; i < count; i++) {
		find_claim(limits, &claims[i], now);
		if (claims[i].bucket->key == claims[i].key)
			claims[i].bucket->full_at = claims[i].full_at - claims[i].interval;
	}
	(void)pthread_mutex_unlock(&limits->mutex);
}
