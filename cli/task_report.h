/* Reports: lists of tasks whose columns, order and filter are data. */
#pragma once

#include "invocation.h"

#include <jansson.h>

/* The definition of a report, as a new reference. ERROR_NOT_FOUND, with the nearest. */
enum error task_report_fetch(
	struct invocation *invocation, const char *name, json_t **ret_report, struct trouble *trouble);

/*
 * Run a report that is a list of tasks, with the filter that the person gave, from word `first` on, on top of its own.
 * The active context narrows it.
 */
enum error task_report_run(struct invocation *invocation, const json_t *report, size_t first, struct trouble *trouble);

/* The same, without a word when there is no task: ret_count says how many there were. */
enum error task_report_print(
	struct invocation *invocation, const json_t *report, size_t first, size_t *ret_count, struct trouble *trouble);
