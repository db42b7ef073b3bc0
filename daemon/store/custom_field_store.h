/* The fields that accounts declare, and their values in table task_value: by field, for filters and for counting. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/custom_field.h"

struct custom_field_list {
	struct custom_field *fields; /* sorted by name */
	size_t count;
};

/* In the place of one that has this name. */
enum error custom_field_store_put(struct db *db, int64_t account_id, const struct custom_field *field);
/* ERROR_NOT_FOUND. */
enum error custom_field_store_remove(struct db *db, int64_t account_id, const char *name);
/* All of an account, in the arena. */
enum error custom_field_store_load(
	struct db *db, int64_t account_id, struct arena *arena, struct custom_field_list *ret_list);
/* NULL: there is none. */
const struct custom_field *custom_field_find(const struct custom_field_list *list, const char *name);
/* For "did you mean"; NULL: none is near. */
const char *custom_field_nearest(const struct custom_field_list *list, const char *name);

/* ERROR_NOT_FOUND: the account has no such field. */
enum error custom_field_store_find_type(
	struct db *db, int64_t account_id, const char *name, enum custom_type *ret_type);

/* How many tasks have a value, those in the bin too. */
enum error custom_field_store_count_values(struct db *db, int64_t account_id, const char *name, int64_t *ret_count);

/* Write task_value as far as the two differ. Each value has the number that its field's type gives it. */
enum error custom_field_store_update_values(
	struct db *db, int64_t account_id, const struct task *before, const struct task *after);

extern const struct db_statement custom_field_store_statements[]; /* ends with a row that has no name */
