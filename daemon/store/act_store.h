/*
 * The acts of people, as steps of the history that can be taken back and done again. All of an account's acts that are
 * done hang together: the entry that opens one says which was the newest done before it (history.previous), and
 * account_counter.done_act is the newest. Only acts that are undone have a row of their own, so that an act costs no
 * more for being one, and the newest is found at once however many are undone. The steps of an undo or a redo, and
 * those of the daemon itself, are in no chain.
 */
#pragma once

#include "common/arena.h"
#include "store/db.h"

struct act {
	int64_t step;
	int64_t at; /* seconds since the epoch */
	const char *action;
	int64_t previous; /* the act that was the newest done one before it; 0: none */
	bool is_a_persons;
	bool is_undone;
};

/* ERROR_NOT_FOUND: there is no such step, or it is no longer kept. Texts are copied to the arena. */
enum error act_store_find(struct db *db, int64_t account_id, int64_t step, struct arena *arena, struct act *ret_act);

/* The newest act that is done; 0: none. It may no longer be kept. */
enum error act_store_newest_done(struct db *db, int64_t account_id, int64_t *ret_step);
enum error act_store_set_newest_done(struct db *db, int64_t account_id, int64_t step);

/* It was undone by the step `by`. */
enum error act_store_undone(struct db *db, int64_t account_id, int64_t step, int64_t by);
enum error act_store_redone(struct db *db, int64_t account_id, int64_t step);

/*
 * The acts that have been undone since the newest one was done, in the order in which they are done again: what was
 * undone last comes first, and of what one step has undone the oldest. ret_steps has room for `limit`.
 */
enum error act_store_find_undone(
	struct db *db, int64_t account_id, size_t limit, int64_t *ret_steps, size_t *ret_count);

/* The revision behind the last entry of a step. */
enum error act_store_end(struct db *db, int64_t account_id, int64_t step, int64_t *ret_end);

/* Whether nothing is left of its entries, from `step` up to `end`: all of its tasks were purged. */
enum error act_store_is_stripped(struct db *db, int64_t account_id, int64_t step, int64_t end, bool *ret_is_stripped);

extern const struct db_statement act_store_statements[]; /* ends with a row that has no name */
