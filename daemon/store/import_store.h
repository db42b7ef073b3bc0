/*
 * Tasks on their way in: text that a client has brought, part by part, until it says that this was all. Nothing of it
 * is a task yet.
 */
#pragma once

#include "common/arena.h"
#include "store/db.h"

#include <stdbool.h>

#define IMPORT_STORE_SECONDS 86400 /* an import that nobody has touched for so long goes */

struct import_row {
	const char *id;     /* random */
	const char *format; /* of what the client brings */
	const char *unit;   /* what its positions count: "line", "item" */
	bool is_partial;    /* what cannot be taken is left out */
};

enum error import_store_begin(struct db *db, int64_t account_id, const struct import_row *row, int64_t now);
/* ERROR_NOT_FOUND: there is none, or it has ended. Texts are copied to the arena. */
enum error import_store_find(
	struct db *db, int64_t account_id, const char *id, struct arena *arena, struct import_row *ret_row);
/* How many an account has open. */
enum error import_store_count(struct db *db, int64_t account_id, int64_t *ret_count);

/* What came in one go. */
struct import_part {
	int64_t number;   /* from 1 */
	const char *text; /* of whoever stores it */
	size_t length;
	int64_t first;            /* the position of the first line */
	int64_t taken, refused;   /* items that can and cannot be tasks */
	const char *declarations; /* of custom fields; NULL: none */
};

struct import_totals {
	int64_t parts, bytes, taken, refused;
};
enum error import_store_totals(struct db *db, int64_t account_id, const char *id, struct import_totals *ret_totals);

/* ERROR_CONFLICT: there is one of that number. */
enum error import_store_add_part(
	struct db *db, int64_t account_id, const char *id, const struct import_part *part, int64_t now);

/* Called for each part in its order; its texts are valid during the call. Not ERROR_NONE stops. */
typedef enum error (*import_store_part)(void *context, const struct import_part *part);
enum error import_store_each_part(
	struct db *db, int64_t account_id, const char *id, import_store_part on_part, void *context);

/* With all of its parts. ERROR_NOT_FOUND. */
enum error import_store_end(struct db *db, int64_t account_id, const char *id);
/* Those of all accounts that nobody has touched since `not_before`. */
enum error import_store_prune(struct db *db, int64_t not_before, int64_t limit);

extern const struct db_statement import_store_statements[]; /* ends with a row that has no name */
