/*
 * Many tasks of one account: the first thousand by the daemon, and the others as copies of those by SQL, since adding a
 * million takes minutes. Copies have labels, and words where theirs are indexed, but no history.
 */
#pragma once

#include "bench/subject.h"

#include <stdbool.h>
#include <stddef.h>

struct crowd {
	struct subject subject;
	size_t count;      /* of tasks so far, and the last id */
	struct buffer add; /* the usual task */
};

/* What a crowd is made of. */
struct crowd_mixture {
	size_t count; /* in the end; more than CROWD_SEEDS, or said by the daemon alone */
	const struct buffer *const *lines;
	size_t line_count;         /* said in turn */
	const struct buffer *rare; /* NULL: none. Lies evenly among the others */
	size_t rare_count;         /* at least 2 */
	bool leaves_words;         /* of copies: the daemon is to index them */
};

#define CROWD_SEEDS ((size_t)1000)

/* A new daemon with nobody's tasks. */
void crowd_start(struct crowd *crowd);
void crowd_end(struct crowd *crowd);

/* Once, of a crowd that is empty. The daemon starts anew where there are copies. */
void crowd_fill(struct crowd *crowd, const struct crowd_mixture *mixture);

/* Whether all words are in the index; and wait for it: seconds. */
bool crowd_is_indexed(const struct crowd *crowd);
double crowd_await_index(const struct crowd *crowd);

/* A number that the daemon's database says, without the daemon. */
long long crowd_number(const struct crowd *crowd, const char *sql);

/* Run statements in the daemon's database, while it is down. */
void crowd_run_sql(struct crowd *crowd, const char *sql);

/* Add `count` of the usual task from many clients, and complete those that were added last. Microseconds a call. */
double crowd_measure_add(struct crowd *crowd, size_t count);
double crowd_measure_done(struct crowd *crowd, size_t count);

#define AUTO_CROWD __attribute__((cleanup(crowd_end)))
