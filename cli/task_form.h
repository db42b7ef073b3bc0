/*
 * A task as text that a person edits: a line "name: value" for each field that task.modify takes, below a line of
 * dashes the note. Lines above it that begin with # are not read. Pure: no terminal, no daemon.
 */
#pragma once

#include "common/buffer.h"
#include "trouble.h"

#include <jansson.h>

/* `fields` is what field.list gives. Times are local minutes. */
void task_form_append(struct buffer *out, const json_t *task, const json_t *fields);

/* The sentences as lines that are not read. */
void task_form_append_comment(struct buffer *out, const char *text);

/*
 * What differs between a form and the same when it was edited, as task.modify takes it, into `changes`. An empty value
 * clears; a line or a note that is not there any more changes nothing. ERROR_INVALID_PARAMS with words about the line.
 */
enum error task_form_compare(const char *before, const char *after, json_t *changes, struct trouble *trouble);
