/*
 * How tasks hang together: what depends on what, what is a part of what, and the counts of both in their rows. A task's
 * own row says what it depends on; table task_dependency is that the other way round.
 */
#pragma once

#include "store/db.h"
#include "tasks/id_table.h"
#include "tasks/task.h"

/* Write task_dependency as far as the two differ in what they depend on. */
enum error task_relation_update(struct db *db, int64_t account_id, const struct task *before, const struct task *after);

/* Add to `ids`: what the task depends on, what depends on it, and its parts, deleted ones too. */
enum error task_relation_depends(struct db *db, int64_t account_id, int64_t id, struct id_list *ids);
enum error task_relation_dependents(struct db *db, int64_t account_id, int64_t id, struct id_list *ids);
enum error task_relation_parts(struct db *db, int64_t account_id, int64_t id, struct id_list *ids);

/* Called for each task and each one that it depends on, in the order of ids. Not ERROR_NONE stops. */
typedef enum error (*task_relation_link)(void *context, int64_t id, int64_t on_id);
enum error task_relation_each(struct db *db, int64_t account_id, task_relation_link on_link, void *context);

enum error task_relation_has_dependents(struct db *db, int64_t account_id, int64_t id, bool *ret_has);

/* What a walk over tasks has to know of one. */
struct task_node {
	enum task_status status;
	int64_t parent; /* 0: none */
};
/* ERROR_NOT_FOUND. */
enum error task_relation_node(struct db *db, int64_t account_id, int64_t id, struct task_node *ret_place);

/* By how much the counts of a task grow. */
struct task_counts {
	int64_t blockers, dependents, children, open_children;
};

/*
 * Add to the counts in the row of a task, one that is no longer there included. Whoever is now blocked or blocking and
 * was not, or the other way round, is another one to the order of urgency: its urgency_change becomes 0, long past.
 */
enum error task_relation_count(struct db *db, int64_t account_id, int64_t id, const struct task_counts *growth);

/* Set all four counts of a task to what follows from the tables. */
enum error task_relation_recount(struct db *db, int64_t account_id, int64_t id);

extern const struct db_statement task_relation_statements[]; /* ends with a row that has no name */
