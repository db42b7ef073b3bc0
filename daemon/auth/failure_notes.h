/* Failed logins, summed by account, uid and hour in fixed memory until a job writes them to the store. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define FAILURE_NOTES_LIMIT 1024u

struct failure_note {
	int64_t account_id;
	uid_t uid;
	int64_t hour;    /* its first second */
	int64_t last_at; /* seconds since the epoch */
	int64_t count;
};

/*
 * Thread-safe, and never waits for anything but another's look at 1024 notes. It never grows: when all notes are in
 * use the one with the fewest failures gives way, the oldest of them, because what an account's owner must hear of are
 * the many. failure_notes_lost counts what went that way; attempts are limited so that it takes dozens of uids, or an
 * account of one's own with a burst in the thousands, before the first is lost.
 */
struct failure_notes;

/* After secret_init. */
struct failure_notes *failure_notes_new(void);
void failure_notes_free(struct failure_notes *notes);

/* account_id 0: an email that nobody has. It costs the same, and nothing is kept. `now` is in seconds since the epoch.
 */
void failure_notes_add(struct failure_notes *notes, int64_t account_id, uid_t uid, int64_t now);

/*
 * Give at most `limit` notes, to be added to what the store has for the same account, uid and hour, and name them by a
 * batch number, to be stored in the same transaction. The next call is told by `stored_batch` which number the store
 * has then: the notes that went with it are forgotten, and those of a transaction that failed are given again, with
 * what was added to them. So each failure is counted once, whatever becomes of the transaction, and a handler may run
 * again from its start. Where no number is stored, passing the last *ret_batch makes it "at most once".
 *
 * Numbers are above 0 and start at random, so that a new run does not mistake those of an earlier one for its own.
 */
size_t failure_notes_take(struct failure_notes *notes, int64_t stored_batch, struct failure_note *ret_notes,
	size_t limit, int64_t *ret_batch);

/*
 * Whether notes may be taken now. Within one second they are taken once: two takers in one group of writes would see
 * each other's number before it is committed, and take it for stored.
 */
bool failure_notes_may_take(struct failure_notes *notes, int64_t now);

/* Failures that had to be forgotten, since the start. */
int64_t failure_notes_lost(struct failure_notes *notes);
