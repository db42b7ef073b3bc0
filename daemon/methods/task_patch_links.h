/* The parent and the dependencies that a client gives for a task. */
#pragma once

#include "rpc/params.h"
#include "rpc/request.h"
#include "tasks/id_table.h"
#include "tasks/task.h"

/* As they were given. */
struct task_link_fields {
	struct text_param parent;
	struct text_list_param depends;
	struct text_list_param add_depends;
	struct text_list_param remove_depends;
};

/* The rows of a params table whose struct `owner` has a `struct task_fields fields`: what a new task takes as well. */
/* clang-format off */
#define TASK_LINK_PARAMS(owner)                                                                                        \
	{ .name = "parent",                                                                                            \
		.summary = "The task that it is a part of; null for none",                                             \
		.type = PARAM_REF,                                                                                     \
		.offset = offsetof(owner, fields.links.parent),                                                        \
		.null = PARAM_NULLABLE },                                                                              \
	{ .name = "depends",                                                                                           \
		.summary = "The tasks that must be done before it; null for none",                                     \
		.type = PARAM_REF_LIST,                                                                                \
		.offset = offsetof(owner, fields.links.depends),                                                       \
		.null = PARAM_NULLABLE,                                                                                \
		.maximum = TASK_DEPENDS_LIMIT },                                                                       \
	{ .name = "fields",                                                                                            \
		.summary = "Values of custom fields by their names; null clears one",                                  \
		.type = PARAM_VALUE_MAP,                                                                               \
		.offset = offsetof(owner, fields.custom),                                                              \
		.maximum = TASK_CUSTOM_LIMIT }

/* What a task that is there takes beside them. */
#define TASK_LINK_MODIFY_PARAMS(owner)                                                                                 \
	{ .name = "add_depends",                                                                                       \
		.summary = "Tasks that it depends on as well",                                                         \
		.type = PARAM_REF_LIST,                                                                                \
		.offset = offsetof(owner, fields.links.add_depends),                                                   \
		.minimum = 1,                                                                                          \
		.maximum = TASK_DEPENDS_LIMIT },                                                                       \
	{ .name = "remove_depends",                                                                                    \
		.summary = "Tasks that it depends on no longer",                                                       \
		.type = PARAM_REF_LIST,                                                                                \
		.offset = offsetof(owner, fields.links.remove_depends),                                                \
		.minimum = 1,                                                                                          \
		.maximum = TASK_DEPENDS_LIMIT }
/* clang-format on */

/* Ids of tasks that are there. */
struct task_patch_links {
	const struct task_link_fields *fields;
	int64_t parent; /* 0: none */
	struct id_list depends, add, remove;
};

/*
 * ERROR_NOT_FOUND, or ERROR_CONFLICT for one that is deleted or the template of a series, naming the field;
 * ERROR_INVALID_PARAMS where lists contradict each other.
 */
enum error task_patch_links_read(
	struct request *request, const struct task_link_fields *fields, struct task_patch_links *ret_links);
bool task_patch_links_is_empty(const struct task_patch_links *links);

/* ERROR_CONFLICT: the task would be its own parent or dependency, or have too many; see task_links.h for the rest. */
enum error task_patch_links_apply(
	const struct task_patch_links *links, struct task *task, struct arena *arena, struct refusal *refusal);
