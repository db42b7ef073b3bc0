/* All labels of an account (see task_label.h), with how many tasks have them. */
#pragma once

#include "store/db.h"
#include "tasks/label_tally.h"

#define LABEL_PROJECT ':'
#define LABEL_TAG     '+'

/*
 * Count the tasks of each label of a kind, by the index of labels alone; what waits at `now` is read from its rows.
 * Names are without the kind; of projects, "" is none.
 */
enum error label_store_tally(struct db *db, int64_t account_id, char kind, int64_t now, struct label_tally *tally);

/*
 * Count no more than one pending task of each label of a kind, and one completed or deleted: two steps into the index
 * for each name, however many tasks have it.
 */
enum error label_store_tally_names(struct db *db, int64_t account_id, char kind, struct label_tally *tally);

/* Add when the pending tasks were created: reads the row of each. */
enum error label_store_tally_ages(struct db *db, int64_t account_id, char kind, struct label_tally *tally);

enum error label_store_is_any(struct db *db, int64_t account_id, char kind, const char *name, bool *ret_is_any);

/* The first label of a kind behind `after` (NULL: of all), without the kind, in the arena. ERROR_NOT_FOUND. */
enum error label_store_next(
	struct db *db, int64_t account_id, char kind, const char *after, struct arena *arena, const char **ret_name);

extern const struct db_statement label_store_statements[]; /* ends with a row that has no name */
