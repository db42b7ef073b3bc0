/* The members of a task, as --json=FIELDS and --format name them. */
#pragma once

#include "common/buffer.h"
#include "rows.h"
#include "trouble.h"

#include <jansson.h>

/* NULL-terminated, in the order in which the daemon writes them. */
extern const char *const task_field_names[];

/* What begins the name of a custom field: fields.NAME. */
#define TASK_FIELD_CUSTOM "fields."

/* ERROR_INVALID_PARAMS, with the nearest name that there is. */
enum error task_field_check(const char *name, size_t length, struct trouble *trouble);

/*
 * Append a member as text, without any control character: lists joined by commas, the texts of annotations by
 * semicolons, fields as NAME=VALUE, children as 1/3, which is how many of them are no longer open; a missing one as
 * nothing. A note keeps its line feeds.
 */
void task_field_append(struct buffer *out, const json_t *task, const char *name);

/*
 * Append the value of a field of one's own as a person reads it: times are local ones, durations below a day in hours
 * and minutes. One that is missing appends nothing.
 */
void task_custom_append(struct buffer *out, const json_t *task, const char *name);

/* The same as a cell for programs, from which they get the whole text. */
void task_field_add_cell(struct rows *rows, const json_t *task, const char *name);

/* The member itself, borrowed; NULL: the task has none. */
const json_t *task_field_value(const json_t *task, const char *name);

/* Check a list of names, joined by commas. */
enum error task_fields_check(const char *list, struct trouble *trouble);

/* A copy of the task with the members that the list names, in its order; a missing one is null. A new reference. */
json_t *task_fields_pick(const json_t *task, const char *list);
