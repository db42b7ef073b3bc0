/* The members of a task, as --json=FIELDS and --format name them. */
#pragma once

#include "common/buffer.h"
#include "trouble.h"

#include <jansson.h>

/* NULL-terminated, in the order in which the daemon writes them. */
extern const char *const task_field_names[];

/* ERROR_INVALID_PARAMS, with the nearest name that there is. */
enum error task_field_check(const char *name, size_t length, struct trouble *trouble);

/*
 * Append a member as text: tags joined by commas, a missing one as nothing, without any control character. A note keeps
 * its line feeds.
 */
void task_field_append(struct buffer *out, const json_t *task, const char *name);

/* Check a list of names, joined by commas. */
enum error task_fields_check(const char *list, struct trouble *trouble);

/* A copy of the task with the members that the list names, in its order; a missing one is null. A new reference. */
json_t *task_fields_pick(const json_t *task, const char *list);
