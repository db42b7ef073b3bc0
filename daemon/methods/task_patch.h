/* The fields that a client gives for a task: read, held against the rules, applied. */
#pragma once

#include "rpc/params.h"
#include "rpc/request.h"
#include "tasks/date.h"
#include "tasks/task.h"

/* The params of task.add and of task.modify; what a method does not take stays absent. */
struct task_fields {
	struct text_param title;
	struct text_param note;
	struct text_param project;
	struct text_list_param tags;
	struct text_list_param add_tags;
	struct text_list_param remove_tags;
	struct text_param priority;
	struct text_param due;
	struct text_param wait;
};

enum task_patch_date { TASK_PATCH_DUE, TASK_PATCH_WAIT, TASK_PATCH_DATES };

/* Fields that have been checked. */
struct task_patch {
	const struct task_fields *fields;
	enum task_priority priority; /* TASK_PRIORITY_NONE when cleared */
	struct date_context dates;   /* what they are read against */
	struct {
		const struct text_param *text;
		int64_t seconds;  /* TASK_NO_TIME when cleared */
		bool is_relative; /* a sum that starts from a time of the task, so it is read again for each */
	} date[TASK_PATCH_DATES];
};

/* Every value is checked here, before any task is looked at. ERROR_INVALID_PARAMS, naming the field. */
enum error task_patch_read(struct request *request, const struct task_fields *fields, struct task_patch *ret_patch);

/* Whether any field was given or cleared. */
bool task_patch_is_empty(const struct task_patch *patch);

/*
 * Put the fields into the task; its texts are then borrowed from the params or in the arena. `modified` and `version`
 * stay as they are. Dates that start from a time of the task (`due-2d`) come last, `due` before `wait`, so that they
 * see what the others have become. ERROR_INVALID_PARAMS: the task would have too many tags, or has no such time.
 */
enum error task_patch_apply(
	const struct task_patch *patch, struct task *task, struct arena *arena, struct refusal *refusal);
