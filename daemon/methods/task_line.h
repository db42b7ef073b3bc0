/*
 * Tasks as lines of JSON that another store can read: all of a task but the numbers that this store has given it (id
 * and version). What it refers to is named by uuid, and the values of custom fields are their canonical texts. The
 * first line of an export says of which format it is, and which custom fields the account has declared:
 *
 *     {"taskctl":1,"fields":[{"name":"estimate","type":"number"}]}
 *     {"uuid":"6f1c…","title":"Buy milk","status":"pending","created":"2026-11-23T14:00:00Z",…}
 */
#pragma once

#include "common/json_writer.h"
#include "store/custom_field_store.h"
#include "tasks/task.h"

#define TASK_LINE_VERSION 1

/* The tasks that one refers to, by uuid. */
struct task_relatives {
	const char *parent, *series; /* NULL: none */
	const char *const *depends;  /* as many as the task's depend_count */
};

/* The object, without the line's end. A task without `modified` (TASK_NO_TIME) is one that nobody knows that of.
 * `fields` say of which type values are; NULL: they are written as they are kept. */
void task_line_write(struct json_writer *writer, const struct task *task, const struct task_relatives *relatives,
	const struct custom_field_list *fields);
