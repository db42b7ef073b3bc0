/* How often one may try to log in, sign up and refresh: token buckets in fixed memory. */
#pragma once

#include "common/error.h"

#include <stdint.h>
#include <sys/types.h>

enum attempt_kind {
	ATTEMPT_LOGIN,  /* anything that a password or a code is guessed at with; takes from two buckets */
	ATTEMPT_SIGNUP, /* per uid */
	ATTEMPT_REFRESH /* per uid */
};

enum attempt_bucket {
	ATTEMPT_BUCKET_LOGIN, /* per account name and uid */
	ATTEMPT_BUCKET_LOGIN_PER_UID,
	ATTEMPT_BUCKET_SIGNUP,
	ATTEMPT_BUCKET_REFRESH,
	ATTEMPT_BUCKET_COUNT
};

/* "login", "login_per_uid", "signup", "refresh": what the operator is shown. */
extern const char *const attempt_bucket_names[ATTEMPT_BUCKET_COUNT];

#define ATTEMPT_LIMIT_MAXIMUM 1000000

/* Both from 1 to ATTEMPT_LIMIT_MAXIMUM. */
struct attempt_limit {
	int64_t burst;    /* attempts that a full bucket holds */
	int64_t per_hour; /* attempts that flow back into it */
};

struct attempt_limit_policy {
	struct attempt_limit limits[ATTEMPT_BUCKET_COUNT];
};

/*
 * Thread-safe: handlers run on the loop and in the pool.
 *
 * The memory is made at the start and never grows: 4096 buckets of (account name, uid), and apart from them 4096 per
 * uid, 128 KiB together. A bucket is a 64-bit hash by a random key and a time; of emails nothing is kept.
 *
 * A full bucket is one that nothing is known of, so all that a table can forget is debt. Where a new bucket finds its
 * set of eight taken, the one goes that has recovered most; one that has not recovered never goes while one that has is
 * there. What is left to whoever floods the tables:
 * - Emails push out only emails. A flood of them passes through the flooder's own per-uid bucket, which no email can
 *   push out. With the default settings one uid cannot owe for more than some 65 names at a time.
 * - Where the settings allow thousands of attempts per uid, a bucket that owes goes only when the seven others of its
 *   set owe for longer. The key hides which names meet in a set, so that each attempt that is won back takes thousands.
 * - Uids push out uids only from 4096 at a time on, by someone who has that many (a range of subordinate uids, say) and
 *   with them that many buckets in the first place.
 * Nobody is ever refused because of another uid. The exception is uid 65534, which stands for everybody whom the kernel
 * cannot name to us, as inside a user namespace: they share one bucket.
 */
struct attempt_limits;

/* After secret_init. Every bucket holds one attempt and one an hour until attempt_limits_configure. */
struct attempt_limits *attempt_limits_new(void);
void attempt_limits_free(struct attempt_limits *limits);

/* At any time. What is owed stays owed, but never more than the new burst. */
void attempt_limits_configure(struct attempt_limits *limits, const struct attempt_limit_policy *policy);
void attempt_limits_policy(struct attempt_limits *limits, struct attempt_limit_policy *ret_policy);

/*
 * Take one attempt from each bucket of the kind, or from none: ERROR_RATE_LIMITED where one is empty, and then
 * *ret_retry_after_ms is exact: at that moment an attempt succeeds if nobody else came first, and not a millisecond
 * before. It is at most the time in which one attempt flows back, so that no lock-out is for good.
 *
 * `account` is the email as it was typed, whether or not somebody has it: the table does not know, and the cost is the
 * same. ASCII case is folded away; of names over 254 bytes, which no account has, only that much counts. NULL for
 * the other kinds.
 *
 * `now_ms` comes from a clock that is never set and goes on while the machine sleeps (CLOCK_BOOTTIME); from 0 up to
 * 139 years.
 *
 * It is no part of a transaction: a handler that is run again from its start would take twice, so call it where that
 * does not happen (a phase of work).
 */
enum error attempt_limits_charge(struct attempt_limits *limits, enum attempt_kind kind, const char *account, uid_t uid,
	int64_t now_ms, int64_t *ret_retry_after_ms);

/* Undo one charge that succeeded, when the attempt turned out to be rightful: only failures are to slow anybody. */
void attempt_limits_give_back(
	struct attempt_limits *limits, enum attempt_kind kind, const char *account, uid_t uid, int64_t now_ms);
