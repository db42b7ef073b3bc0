/* A table that is looked through from end to end each time: next to the hash of a password that is nothing. */
#include "auth/failure_notes.h"

#include "auth/secret.h"
#include "common/memory.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#define SECONDS_PER_HOUR 3600

/* One note; a count of 0 is a free slot. */
struct slot {
	struct failure_note note;
	int64_t given; /* of note.count: what the last batch holds */
};

struct failure_notes {
	pthread_mutex_t mutex;
	int64_t batch; /* the last that was given */
	int64_t lost;
	int64_t taken_at; /* the second of the last taking */
	struct slot slots[FAILURE_NOTES_LIMIT];
	struct slot nobody; /* where the failures of accounts go that are none */
};

struct failure_notes *failure_notes_new(void)
{
	struct failure_notes *notes = memory_array(1, sizeof(*notes));
	uint32_t start;

	if (pthread_mutex_init(&notes->mutex, NULL))
		abort();
	secret_random(&start, sizeof(start));
	notes->batch = (int64_t)start << 30; /* far from where another run has got to, and far from the end */
	return notes;
}

void failure_notes_free(struct failure_notes *notes)
{
	if (!notes)
		return;
	(void)pthread_mutex_destroy(&notes->mutex);
	free(notes);
}

static int64_t hour_of(int64_t now)
{
	return now - now % SECONDS_PER_HOUR;
}

static bool is_same(const struct failure_note *a, const struct failure_note *b)
{
	return a->account_id == b->account_id && a->uid == b->uid && a->hour == b->hour;
}

/* Whether `a` had better give way than `b`: by what nobody has been given yet, then by age. */
static bool is_lighter(const struct slot *a, const struct slot *b)
{
	int64_t left = a->note.count - a->given, right = b->note.count - b->given;

	return left < right || (left == right && a->note.last_at < b->note.last_at);
}

/* The slot of this note, or the one that gives way to it. All are looked at in any case. */
static struct slot *find_slot(struct failure_notes *notes, const struct failure_note *note)
{
	struct slot *lightest = notes->slots, *found = NULL;

	for (size_t i = 0; i < FAILURE_NOTES_LIMIT; i++) {
		struct slot *slot = &notes->slots[i];

		if (is_same(&slot->note, note))
			found = slot;
		if (is_lighter(slot, lightest))
			lightest = slot;
	}
	return found ? found : lightest;
}

void failure_notes_add(struct failure_notes *notes, int64_t account_id, uid_t uid, int64_t now)
{
	struct failure_note note = { .account_id = account_id, .uid = uid, .hour = hour_of(now) };
	struct slot *slot;

	(void)pthread_mutex_lock(&notes->mutex);
	slot = find_slot(notes, &note);
	if (!account_id)
		slot = &notes->nobody;
	if (!is_same(&slot->note, &note)) {
		notes->lost += account_id ? slot->note.count - slot->given : 0;
		*slot = (struct slot){ .note = note };
	}
	slot->note.count++;
	slot->note.last_at = now;
	(void)pthread_mutex_unlock(&notes->mutex);
}

/* What became of the last batch: what is in the store goes, else all is as if it had never been given. */
static void settle(struct slot *slot, bool is_stored)
{
	if (is_stored)
		slot->note.count -= slot->given;
	slot->given = 0;
	if (!slot->note.count)
		*slot = (struct slot){ 0 };
}

size_t failure_notes_take(struct failure_notes *notes, int64_t stored_batch, struct failure_note *ret_notes,
	size_t limit, int64_t *ret_batch)
{
	size_t count = 0;

	(void)pthread_mutex_lock(&notes->mutex);
	for (size_t i = 0; i < FAILURE_NOTES_LIMIT; i++) {
		struct slot *slot = &notes->slots[i];

		settle(slot, stored_batch == notes->batch);
		if (!slot->note.count || count == limit)
			continue;
		slot->given = slot->note.count;
		ret_notes[count++] = slot->note;
	}
	*ret_batch = ++notes->batch;
	(void)pthread_mutex_unlock(&notes->mutex);
	return count;
}

bool failure_notes_may_take(struct failure_notes *notes, int64_t now)
{
	bool may_take;

	(void)pthread_mutex_lock(&notes->mutex);
	may_take = notes->taken_at != now;
	notes->taken_at = now;
	(void)pthread_mutex_unlock(&notes->mutex);
	return may_take;
}

int64_t failure_notes_lost(struct failure_notes *notes)
{
	int64_t lost;

	(void)pthread_mutex_lock(&notes->mutex);
	lost = notes->lost;
	(void)pthread_mutex_unlock(&notes->mutex);
	return lost;
}
