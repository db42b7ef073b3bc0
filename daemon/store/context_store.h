/* The contexts of accounts: a filter for looking and values for writing, by a name. */
#pragma once

#include "common/arena.h"
#include "store/db.h"

struct context {
	const char *name;
	const char *read_filter;    /* empty: none */
	const char *write_defaults; /* a JSON object of parameters of task.add */
};

/* Called for each in the order of names; its texts are valid during the call. Not ERROR_NONE stops. */
typedef enum error (*context_row)(void *context, const struct context *row);

enum error context_store_each(struct db *db, int64_t account_id, context_row on_row, void *context);
/* ERROR_NOT_FOUND. Texts are copied to the arena. */
enum error context_store_find(
	struct db *db, int64_t account_id, const char *name, struct arena *arena, struct context *ret_row);
enum error context_store_count(struct db *db, int64_t account_id, int64_t *ret_count);
/* Make it, or put it in the place of the one that has its name. */
enum error context_store_set(struct db *db, int64_t account_id, const struct context *row);
/* ERROR_NOT_FOUND. */
enum error context_store_remove(struct db *db, int64_t account_id, const char *name);

extern const struct db_statement context_store_statements[]; /* ends with a row that has no name */
