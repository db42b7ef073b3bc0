/* Which tasks a change is for: one by its id, several by their ids, or those that a filter finds. */
#pragma once

#include "rpc/params.h"
#include "rpc/request.h"
#include "tasks/filter.h"
#include "tasks/task.h"

#include <stddef.h>

#define TASK_SELECTION_BATCH     200u /* tasks in hand at once, and the most that are changed on the loop */
#define TASK_SELECTION_IDS_LIMIT 1000

struct selection_params {
	struct text_param id;
	struct text_list_param ids;
	struct text_param filter;
	const struct filter *made_filter; /* in the place of the three: one that no client wrote; NULL: none */
	struct integer_param if_version;
	struct integer_param if_revision;
	struct boolean_param dry_run;
};

/* The rows of a params table whose struct `owner` has a `struct selection_params selection`. */
/* clang-format off */
#define TASK_SELECTION_PARAMS(owner)                                                                                   \
	{ .name = "id",                                                                                                \
		.summary = "The task: its number, or its uuid or the first 8 or more digits of it",                    \
		.type = PARAM_REF,                                                                                     \
		.offset = offsetof(owner, selection.id) },                                                             \
	{ .name = "ids",                                                                                               \
		.summary = "Several tasks: all of them or none",                                                       \
		.type = PARAM_REF_LIST,                                                                                \
		.offset = offsetof(owner, selection.ids),                                                              \
		.minimum = 1,                                                                                          \
		.maximum = TASK_SELECTION_IDS_LIMIT },                                                                 \
	{ .name = "filter",                                                                                            \
		.summary = "The tasks that a filter finds",                                                            \
		.type = PARAM_TEXT,                                                                                    \
		.offset = offsetof(owner, selection.filter),                                                           \
		.maximum = FILTER_TEXT_LIMIT },                                                                        \
	{ .name = "if_version",                                                                                        \
		.summary = "With id: only if the task still has this version",                                         \
		.type = PARAM_INTEGER,                                                                                 \
		.offset = offsetof(owner, selection.if_version),                                                       \
		.minimum = 1 },                                                                                        \
	{ .name = "if_revision",                                                                                       \
		.summary = "Only if no task of the account has changed since this revision",                           \
		.type = PARAM_INTEGER,                                                                                 \
		.offset = offsetof(owner, selection.if_revision) },                                                    \
	{ .name = "dry_run",                                                                                           \
		.summary = "Say what would be changed, and change nothing",                                            \
		.type = PARAM_BOOLEAN,                                                                                 \
		.offset = offsetof(owner, selection.dry_run) }
/* clang-format on */

/* A selection on its way through its tasks, batch by batch, so that a large one needs no more memory than a small one.
 */
struct task_selection {
	struct request *request;
	const struct selection_params *params;
	const struct filter *filter; /* NULL: one task, by its id */
	bool is_by_filter;           /* the client gave a filter: tasks that the act does not fit are passed over */
	bool is_at_end;
	int64_t after_id;
	int64_t end_id;     /* ids from here on are passed over; 0: no bound */
	struct arena arena; /* of the batch */
	struct task *tasks;
	size_t count;
};

/*
 * Exactly one of id, ids and filter must be given: ERROR_INVALID_PARAMS, field "id". With ids all of them are looked
 * up here: ERROR_NOT_FOUND, field "ids". To be closed in any case.
 */
enum error task_selection_open(
	struct task_selection *selection, struct request *request, const struct selection_params *params);
void task_selection_close(struct task_selection *selection);

/*
 * The next tasks, in the order of ids; count 0: there are no more. They are valid until the next call. Changing them in
 * the store in between is allowed. On the loop a selection that is too large for it defers the request.
 */
enum error task_selection_next(struct task_selection *selection, struct task **ret_tasks, size_t *ret_count);

/* The one task that a PARAM_REF names. ERROR_INVALID_PARAMS, ERROR_NOT_FOUND or ERROR_CONFLICT, with `field`. */
enum error task_selection_find(
	struct request *request, const char *ref, const char *field, struct arena *arena, struct task *ret_task);
