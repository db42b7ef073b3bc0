/* The tables of all methods, one for each namespace, or for a part of a large one. */
#pragma once

#include "rpc/method.h"

extern const struct method account_methods[];
extern const struct method activity_methods[];
extern const struct method auth_methods[];
extern const struct method bin_methods[];
extern const struct method burndown_methods[];
extern const struct method calendar_methods[];
extern const struct method context_methods[];
extern const struct method export_methods[];
extern const struct method calculate_methods[];
extern const struct method export_task_methods[];
extern const struct method import_methods[];
extern const struct method new_password_methods[];
extern const struct method project_methods[];
extern const struct method report_methods[];
extern const struct method session_methods[];
extern const struct method stats_methods[];
extern const struct method tag_methods[];
extern const struct method time_methods[];
extern const struct method token_methods[];
extern const struct method task_add_many_methods[];
extern const struct method task_duplicate_methods[];
extern const struct method task_methods[];
extern const struct method task_read_methods[];
extern const struct method search_methods[];
extern const struct method series_methods[];
extern const struct method history_methods[];
extern const struct method undo_methods[];
extern const struct method task_annotation_methods[];
extern const struct method task_end_methods[];
extern const struct method field_methods[];
extern const struct method filter_methods[];
extern const struct method system_methods[];
extern const struct method operator_methods[];
extern const struct method upkeep_methods[];
extern const struct method urgency_methods[];

/* What all reads, and all writes, of tasks have in common. */
#define TASK_READ  .access = ACCESS_ACCOUNT, .scope = SCOPE_TASKS_READ, .store = STORE_READ
#define TASK_WRITE .access = ACCESS_ACCOUNT, .scope = SCOPE_TASKS_WRITE, .store = STORE_WRITE, .is_idempotent = true

/* NULL-terminated. */
extern const struct method *const method_tables[];
