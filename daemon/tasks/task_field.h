/* The fields of a task as a table: for its row, its history and whatever else goes through all of them. */
#pragma once

#include "tasks/task.h"

#include <stdbool.h>
#include <stddef.h>

enum task_field_type {
	TASK_FIELD_TEXT, /* const char *, NULL: none */
	TASK_FIELD_UUID,
	TASK_FIELD_INTEGER,   /* int64_t */
	TASK_FIELD_TIME,      /* int64_t, TASK_NO_TIME: none */
	TASK_FIELD_COUNT,     /* int64_t, TASK_NO_TIME: none */
	TASK_FIELD_REFERENCE, /* int64_t, the id of a task, 0: none */
	TASK_FIELD_STATUS,
	TASK_FIELD_PRIORITY,
	TASK_FIELD_TAGS,
	TASK_FIELD_DEPENDS,
	TASK_FIELD_ANNOTATIONS,
	TASK_FIELD_CUSTOM,
};

enum task_field_role {
	TASK_FIELD_GIVEN,   /* by the daemon: names the task and its state, and is no change by itself */
	TASK_FIELD_OWN,     /* what people change: the history keeps it */
	TASK_FIELD_DERIVED, /* follows from other tasks and the clock */
};

/*
 * FIELD(NUMBER, NAME, TYPE, ROLE): the member of struct task and the column of its row. The numbers are those of the
 * parameters of an INSERT; before them come $1, account_id, and $2, id. The note stands last in the row: what lies
 * behind a long one costs a walk through its pages. A new field is a row here and a step in migrations.c.
 *
 * What clients may see of a task comes first, and what only the order of lists and the jobs go by behind it, so that a
 * list can read its rows without that.
 */
#define TASK_SHOWN_FIELDS(FIELD)                                                                                       \
	FIELD(3, uuid, UUID, GIVEN)                                                                                    \
	FIELD(4, title, TEXT, OWN)                                                                                     \
	FIELD(5, status, STATUS, OWN)                                                                                  \
	FIELD(6, project, TEXT, OWN)                                                                                   \
	FIELD(7, tags, TAGS, OWN)                                                                                      \
	FIELD(8, priority, PRIORITY, OWN)                                                                              \
	FIELD(9, due, TIME, OWN)                                                                                       \
	FIELD(10, wait, TIME, OWN)                                                                                     \
	FIELD(11, scheduled, TIME, OWN)                                                                                \
	FIELD(12, until, TIME, OWN)                                                                                    \
	FIELD(13, started, TIME, OWN)                                                                                  \
	FIELD(14, completed, TIME, OWN)                                                                                \
	FIELD(15, deleted, TIME, OWN)                                                                                  \
	FIELD(16, created, INTEGER, GIVEN)                                                                             \
	FIELD(17, modified, INTEGER, GIVEN)                                                                            \
	FIELD(18, version, INTEGER, GIVEN)                                                                             \
	FIELD(19, parent, REFERENCE, OWN)                                                                              \
	FIELD(20, series, REFERENCE, OWN)                                                                              \
	FIELD(21, occurrence, COUNT, OWN)                                                                              \
	FIELD(22, spent, INTEGER, OWN)                                                                                 \
	FIELD(23, blockers, INTEGER, DERIVED)                                                                          \
	FIELD(24, dependents, INTEGER, DERIVED)                                                                        \
	FIELD(25, children, INTEGER, DERIVED)                                                                          \
	FIELD(26, open_children, INTEGER, DERIVED)                                                                     \
	FIELD(30, recur, TEXT, OWN)                                                                                    \
	FIELD(31, recur_from, TEXT, OWN)                                                                               \
	FIELD(32, recur_count, COUNT, OWN)                                                                             \
	FIELD(33, recur_zone, TEXT, OWN)                                                                               \
	FIELD(34, recur_base, INTEGER, OWN)                                                                            \
	FIELD(36, depends, DEPENDS, OWN)                                                                               \
	FIELD(37, custom, CUSTOM, OWN)                                                                                 \
	FIELD(38, annotations, ANNOTATIONS, OWN)                                                                       \
	FIELD(39, note, TEXT, OWN)
#define TASK_INNER_FIELDS(FIELD)                                                                                       \
	FIELD(27, urgency_class, INTEGER, DERIVED)                                                                     \
	FIELD(28, urgency_intercept, INTEGER, DERIVED)                                                                 \
	FIELD(29, urgency_change, TIME, DERIVED)                                                                       \
	FIELD(35, recur_next, TIME, DERIVED)
#define TASK_FIELDS(FIELD) TASK_SHOWN_FIELDS(FIELD) TASK_INNER_FIELDS(FIELD)

struct task_field {
	const char *name;
	enum task_field_type type;
	enum task_field_role role;
	size_t offset; /* in struct task */
};

extern const struct task_field task_fields[]; /* ends with a row that has no name */

/* The member of the task. Of a list it is the pointer; the lists have their count beside it. */
const char *task_field_text(const struct task_field *field, const struct task *task);
int64_t task_field_integer(const struct task_field *field, const struct task *task);

bool task_field_differs(const struct task_field *field, const struct task *a, const struct task *b);
/* Whether one of the fields differs that people change. */
bool task_fields_differ(const struct task *a, const struct task *b);
