/* A report as it is given, kept and shown. */
#pragma once

#include "rpc/params.h"
#include "rpc/request.h"
#include "tasks/filter.h"
#include "tasks/report.h"
#include "tasks/task_sort.h"

#include <jansson.h>

struct report_definition {
	struct text_param title;
	struct text_list_param columns;
	struct text_param sort;
	struct text_param filter;
	struct integer_param limit;
};

/* clang-format off */
/* The rows of a params table whose struct `owner` has a `struct report_definition` there. */
#define REPORT_DEFINITION_PARAMS(owner, member)                                                                        \
	{ .name = "title",                                                                                             \
		.summary = "What stands above it; without it, its name",                                               \
		.type = PARAM_TEXT,                                                                                    \
		.offset = offsetof(owner, member.title),                                                               \
		.maximum = REPORT_TITLE_LIMIT },                                                                       \
	{ .name = "columns",                                                                                           \
		.summary = "What is shown of each task: names of columns, or of custom fields",                        \
		.type = PARAM_TEXT_LIST,                                                                               \
		.offset = offsetof(owner, member.columns),                                                             \
		.need = PARAM_REQUIRED,                                                                                \
		.minimum = 1,                                                                                          \
		.maximum = REPORT_COLUMNS_MOST },                                                                      \
	{ .name = "sort",                                                                                              \
		.summary = "In which order: urgency-,due+; without it by id",                                          \
		.type = PARAM_TEXT,                                                                                    \
		.offset = offsetof(owner, member.sort),                                                                \
		.minimum = 1,                                                                                          \
		.maximum = TASK_SORT_TEXT_LIMIT },                                                                        \
	{ .name = "filter",                                                                                            \
		.summary = "Which tasks; without it those that are pending and not waiting",                           \
		.type = PARAM_TEXT,                                                                                    \
		.offset = offsetof(owner, member.filter),                                                              \
		.maximum = FILTER_TEXT_LIMIT },                                                                        \
	{ .name = "limit",                                                                                             \
		.summary = "Tasks at most; without it all",                                                            \
		.type = PARAM_INTEGER,                                                                                 \
		.offset = offsetof(owner, member.limit),                                                               \
		.minimum = 1,                                                                                          \
		.maximum = REPORT_LIMIT_MOST }
/* clang-format on */

/* Columns and keys that nobody knows, a filter that is none: ERROR_INVALID_PARAMS, naming the field. */
enum error report_definition_check(struct request *request, const struct report_definition *definition);

/* As it is kept: a JSON object, in the arena. */
const char *report_definition_write(struct arena *arena, const struct report_definition *definition);

/* One that was kept. It borrows from the text's tree, which the caller releases. ERROR_STORAGE: it is damaged. */
enum error report_definition_read(
	const char *name, const char *text, struct arena *arena, struct report *ret_report, json_t **ret_tree);

/* An object with name, title, kind, and what it has of columns, sort, filter and limit. */
void report_definition_show(struct json_writer *result, const struct report *report, bool is_own);
