/* The reports that accounts have defined. */
#pragma once

#include "common/arena.h"
#include "store/db.h"

struct report_row {
	const char *name;
	const char *definition; /* a JSON object */
};

/* Called for each in the order of names; its texts are valid during the call. Not ERROR_NONE stops. */
typedef enum error (*report_row_visitor)(void *context, const struct report_row *row);

enum error report_store_each(struct db *db, int64_t account_id, report_row_visitor on_row, void *context);
/* ERROR_NOT_FOUND. Texts are copied to the arena. */
enum error report_store_find(
	struct db *db, int64_t account_id, const char *name, struct arena *arena, struct report_row *ret_row);
enum error report_store_count(struct db *db, int64_t account_id, int64_t *ret_count);
/* Make it, or put it in the place of the one that has its name. */
enum error report_store_set(struct db *db, int64_t account_id, const struct report_row *row);
/* ERROR_NOT_FOUND. */
enum error report_store_remove(struct db *db, int64_t account_id, const char *name);

extern const struct db_statement report_store_statements[]; /* ends with a row that has no name */
