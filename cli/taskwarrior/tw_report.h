/* Taskwarrior's reports: what they list, in which columns and order. */
#pragma once

#include "taskwarrior/tw.h"

struct tw_report {
	const char *name;
	const char *description;
	const char *columns; /* as Taskwarrior has them, formats too */
	const char *labels;
	const char *filter;
	const char *sort;
};

/* In the order of their names; NULL behind the last one. */
const struct tw_report *tw_report_at(size_t index);
const struct tw_report *tw_report_find(const char *name);

/*
 * The filter of a report, which rc.report.NAME.filter goes over, in the daemon's language, and its limit (see
 * tw_filter_read). The caller frees.
 */
enum error tw_report_filter(
	const struct tw *tw, const char *name, char **ret_filter, int64_t *ret_limit, struct trouble *trouble);
