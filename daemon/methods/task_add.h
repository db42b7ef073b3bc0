/* A new task, out of what a client says about it: for task.add, which takes one, and task.add_many. */
#pragma once

#include "methods/series_fields.h"
#include "methods/task_edit.h"
#include "methods/task_patch.h"
#include "rpc/params.h"

#include <jansson.h>
#include <stddef.h>

/* What is said about the one task. */
struct task_add_fields {
	struct task_fields fields;
	struct series_fields series;
};

/* The rows of a params table whose struct is, or begins with, a `struct task_add_fields`. */
/* clang-format off */
#define TASK_ADD_PARAMS \
	{ .name = "title", \
		.summary = "What is to be done, one line", \
		.type = PARAM_TEXT, \
		.offset = offsetof(struct task_add_fields, fields.title), \
		.need = PARAM_REQUIRED }, \
	{ .name = "note", \
		.summary = "More about it, in Markdown", \
		.type = PARAM_TEXT, \
		.offset = offsetof(struct task_add_fields, fields.note) }, \
	{ .name = "project", \
		.summary = "The project that it belongs to, dotted: home.garden", \
		.type = PARAM_TEXT, \
		.offset = offsetof(struct task_add_fields, fields.project) }, \
	{ .name = "tags", \
		.summary = "Its tags", \
		.type = PARAM_TEXT_LIST, \
		.offset = offsetof(struct task_add_fields, fields.tags) }, \
	{ .name = "priority", \
		.summary = "H, M or L", \
		.type = PARAM_TEXT, \
		.offset = offsetof(struct task_add_fields, fields.priority) }, \
	{ .name = "due", \
		.summary = "When it must be done", \
		.type = PARAM_TEXT, \
		.offset = offsetof(struct task_add_fields, fields.due), \
		.maximum = DATE_TEXT_LIMIT }, \
	{ .name = "wait", \
		.summary = "Until when it stays out of sight", \
		.type = PARAM_TEXT, \
		.offset = offsetof(struct task_add_fields, fields.wait), \
		.maximum = DATE_TEXT_LIMIT }, \
	{ .name = "scheduled", \
		.summary = "From when on work on it can begin", \
		.type = PARAM_TEXT, \
		.offset = offsetof(struct task_add_fields, fields.scheduled), \
		.maximum = DATE_TEXT_LIMIT }, \
	{ .name = "until", \
		.summary = "When it is no longer worth doing, and goes to the bin", \
		.type = PARAM_TEXT, \
		.offset = offsetof(struct task_add_fields, fields.until), \
		.maximum = DATE_TEXT_LIMIT }, \
	TASK_LINK_PARAMS(struct task_add_fields), \
	SERIES_FIELDS_PARAMS(struct task_add_fields, PARAM_NOT_NULL)
/* clang-format on */

/*
 * Read the fields, with what the named context gives beside them, into a task that is not written yet. Its texts are
 * borrowed from the fields and from `ret_tree`, which must be released once the task is not needed any more.
 */
enum error task_add_read(struct request *request, const struct task_add_fields *said, const struct text_param *context,
	struct task *task, json_t **ret_tree);

/*
 * Write the task as a part of the act, or look only whether it could be. Of a series the template is written, and
 * `task` becomes its first instance.
 */
enum error task_add_write(struct task_edit *edit, const struct task_add_fields *said, bool is_dry, struct task *task);
