/* The fields that a client gives for a series: read, held against the rules, applied to its template. */
#pragma once

#include "rpc/params.h"
#include "rpc/request.h"
#include "tasks/recurrence.h"
#include "tasks/task.h"

#include <stddef.h>

#define SERIES_COUNT_LIMIT 100000

struct series_fields {
	struct text_param recur;
	struct text_param recur_from;
	struct integer_param recur_count;
};

/* The rows of a params table whose struct `owner` has a `struct series_fields series`. */
/* clang-format off */
#define SERIES_FIELDS_PARAMS(owner, count_null)                                                                        \
	{ .name = "recur",                                                                                             \
		.summary = "How it comes again: monthly, 2 weeks, FREQ=MONTHLY;BYDAY=-1FR",                            \
		.type = PARAM_TEXT,                                                                                    \
		.offset = offsetof(owner, series.recur),                                                               \
		.maximum = RECURRENCE_TEXT_SIZE - 1 },                                                                 \
	{ .name = "recur_from",                                                                                        \
		.summary = "What the next one is counted from: due, or completion",                                    \
		.type = PARAM_TEXT,                                                                                    \
		.offset = offsetof(owner, series.recur_from),                                                          \
		.maximum = 16 },                                                                                       \
	{ .name = "recur_count",                                                                                       \
		.summary = "How many times at most",                                                                   \
		.type = PARAM_INTEGER,                                                                                 \
		.offset = offsetof(owner, series.recur_count),                                                         \
		.null = (count_null),                                                                                  \
		.minimum = 1,                                                                                          \
		.maximum = SERIES_COUNT_LIMIT }
/* clang-format on */

bool series_fields_are_empty(const struct series_fields *fields);

/*
 * Put them into the template; its texts are then in the arena. Its zone is the request's when a rule is given.
 * ERROR_INVALID_PARAMS naming the field. Whether rule and dates go together is series_check's to say.
 */
enum error series_fields_apply(struct request *request, const struct series_fields *fields, struct task *template);
