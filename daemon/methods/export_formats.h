/* The formats in which tasks are exported: what stands in front, between and behind, and how a task is written. */
#pragma once

#include "methods/task_line.h"
#include "rpc/request.h"

#define EXPORT_ZONES_LIMIT 16u /* more are described again, which is no harm */

/* What is needed to write tasks as text, one after the other. */
struct export_writer {
	struct request *request;
	struct json_writer writer;             /* where the next one goes */
	struct arena arena;                    /* of a task */
	struct custom_field_list fields;       /* of the account */
	int64_t series;                        /* whose rule was looked up last; 0: none yet */
	const char *recur;                     /* in the request's arena */
	int64_t left_out;                      /* tasks that the format has no way to say */
	const char *zones[EXPORT_ZONES_LIMIT]; /* that the page describes; in the request's arena */
	size_t zone_count;
};

struct export_format {
	const char *name;
	void (*begin)(struct export_writer *writer); /* NULL: nothing stands in front */
	const char *before, *between, *after;        /* of the tasks, each of them, and all */
	/* ret_is_written false: nothing was. */
	enum error (*write)(struct export_writer *writer, struct task *task, bool *ret_is_written);
};

/* export_ical.c: a calendar. */
void export_ical_begin(struct export_writer *export);
enum error export_ical_write(struct export_writer *export, struct task *task, bool *ret_is_written);

/* ERROR_INVALID_PARAMS, field "format". NULL is the first one. */
enum error export_format_find(struct request *request, const char *name, const struct export_format **ret_format);
