/* The fields that a client gives for a task: read, held against the rules, applied. */
#pragma once

#include "methods/task_patch_custom.h"
#include "methods/task_patch_links.h"
#include "rpc/params.h"
#include "rpc/request.h"
#include "tasks/date.h"
#include "tasks/task.h"

#include <stddef.h>

/* The params of task.add and of task.modify; what a method does not take stays absent. */
struct task_fields {
	struct text_param title;
	struct text_param append_title;
	struct text_param prepend_title;
	struct text_param note;
	struct text_param project;
	struct text_list_param tags;
	struct text_list_param add_tags;
	struct text_list_param remove_tags;
	struct text_param priority;
	struct text_param due;
	struct text_param wait;
	struct text_param scheduled;
	struct text_param until;
	struct task_link_fields links;
	struct value_map_param custom;
};

/* The rows of a params table whose struct `owner` has a `struct task_fields fields`, where null clears. */
/* clang-format off */
#define TASK_FIELDS_MODIFY_PARAMS(owner) \
	{ .name = "title", \
		.summary = "What is to be done, one line", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.title) }, \
	{ .name = "append_title", \
		.summary = "What is put behind the title that it has", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.append_title) }, \
	{ .name = "prepend_title", \
		.summary = "What is put before the title that it has", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.prepend_title) }, \
	{ .name = "note", \
		.summary = "More about it, in Markdown; null for none", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.note), \
		.null = PARAM_NULLABLE }, \
	{ .name = "project", \
		.summary = "The project that it belongs to, dotted; null for none", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.project), \
		.null = PARAM_NULLABLE }, \
	{ .name = "tags", \
		.summary = "Tags in place of all that it has; null for none", \
		.type = PARAM_TEXT_LIST, \
		.offset = offsetof(owner, fields.tags), \
		.null = PARAM_NULLABLE }, \
	{ .name = "add_tags", \
		.summary = "Tags to add", \
		.type = PARAM_TEXT_LIST, \
		.offset = offsetof(owner, fields.add_tags), \
		.minimum = 1 }, \
	{ .name = "remove_tags", \
		.summary = "Tags to remove", \
		.type = PARAM_TEXT_LIST, \
		.offset = offsetof(owner, fields.remove_tags), \
		.minimum = 1 }, \
	{ .name = "priority", \
		.summary = "H, M or L; null for none", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.priority), \
		.null = PARAM_NULLABLE }, \
	{ .name = "due", \
		.summary = "When it must be done; null for never", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.due), \
		.null = PARAM_NULLABLE, \
		.maximum = DATE_TEXT_LIMIT }, \
	{ .name = "wait", \
		.summary = "Until when it stays out of sight; null for no longer", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.wait), \
		.null = PARAM_NULLABLE, \
		.maximum = DATE_TEXT_LIMIT }, \
	{ .name = "scheduled", \
		.summary = "From when on work on it can begin; null for any time", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.scheduled), \
		.null = PARAM_NULLABLE, \
		.maximum = DATE_TEXT_LIMIT }, \
	{ .name = "until", \
		.summary = "When it is no longer worth doing, and goes to the bin; null for never", \
		.type = PARAM_TEXT, \
		.offset = offsetof(owner, fields.until), \
		.null = PARAM_NULLABLE, \
		.maximum = DATE_TEXT_LIMIT }, \
	TASK_LINK_PARAMS(owner), \
	TASK_LINK_MODIFY_PARAMS(owner)
/* clang-format on */

enum task_patch_date { TASK_PATCH_DUE, TASK_PATCH_WAIT, TASK_PATCH_SCHEDULED, TASK_PATCH_UNTIL, TASK_PATCH_DATES };

/* Fields that have been checked. */
struct task_patch {
	const struct task_fields *fields;
	enum task_priority priority; /* TASK_PRIORITY_NONE when cleared */
	struct date_context dates;   /* what they are read against */
	struct task_patch_links links;
	struct task_patch_custom custom;
	struct {
		const struct text_param *text;
		int64_t seconds;  /* TASK_NO_TIME when cleared */
		bool is_relative; /* a sum that starts from a time of the task, so it is read again for each */
	} date[TASK_PATCH_DATES];
};

/* Every value is checked here, before any task that is to be changed is looked at. ERROR_INVALID_PARAMS and, for tasks
 * that it refers to, ERROR_NOT_FOUND and ERROR_CONFLICT, naming the field. */
enum error task_patch_read(struct request *request, const struct task_fields *fields, struct task_patch *ret_patch);

/* Whether any field was given or cleared. */
bool task_patch_is_empty(const struct task_patch *patch);

/*
 * Put the fields into the task; its texts are then borrowed from the params or in the arena. `modified` and `version`
 * stay as they are. Dates that start from a time of the task (`due-2d`) come last, in the order of their rows, so that
 * they see what the others have become. ERROR_INVALID_PARAMS: the task would have too many tags or too long
 * a title, or has no such time; ERROR_CONFLICT: see task_patch_links.h.
 */
enum error task_patch_apply(
	const struct task_patch *patch, struct task *task, struct arena *arena, struct refusal *refusal);
