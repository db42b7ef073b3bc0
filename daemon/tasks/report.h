/* Reports: what a list of tasks shows, in which order, as data. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPORT_COLUMNS_MOST 32u
#define REPORT_TITLE_LIMIT  128u /* bytes */
#define REPORT_LIMIT_MOST   100000

/* What it is a list of. All but the first are made otherwise, and have neither columns nor a filter of their own. */
enum report_kind { REPORT_TASKS, REPORT_PROJECTS, REPORT_TAGS, REPORT_SUMMARY, REPORT_TIMESHEET };

extern const char *const report_kind_names[]; /* "tasks", … NULL */

struct report {
	const char *name;
	const char *title;
	enum report_kind kind;
	const char *const *columns; /* NULL-terminated; NULL: none */
	const char *sort;           /* see task_sort.h; NULL: by id */
	const char *filter;         /* NULL: the default scope */
	int64_t limit;              /* tasks at most; 0: all */
};

extern const struct report report_builtin[]; /* in the order of names; ends with a row that has no name */
const struct report *report_find_builtin(const char *name);

/* What a column may be, beside the custom fields of the account. NULL-terminated. */
extern const char *const report_column_names[];
