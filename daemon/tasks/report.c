/* Reports as data. */
#include "tasks/report.h"

#include <string.h>

const char *const report_kind_names[] = { [REPORT_TASKS] = "tasks",
	[REPORT_PROJECTS] = "projects",
	[REPORT_TAGS] = "tags",
	[REPORT_SUMMARY] = "summary",
	[REPORT_TIMESHEET] = "timesheet",
	NULL };

const char *const report_column_names[] = { "id", "uuid", "status", "priority", "due", "due.relative", "wait",
	"scheduled", "until", "started", "created", "modified", "completed", "deleted", "age", "project", "tags",
	"depends", "parent", "children", "series", "recur", "annotations", "spent", "urgency", "note", "title", NULL };

/* clang-format off */
#define COLUMNS(...) (const char *const[]){ __VA_ARGS__, NULL }
/* clang-format on */

/* What is to be done, as most reports show it. */
#define WORK_COLUMNS COLUMNS("id", "started", "age", "priority", "project", "tags", "due.relative", "title", "urgency")

const struct report report_builtin[] = {
	{ .name = "active",
		.title = "Tasks that are being worked on",
		.columns = COLUMNS("id", "started", "priority", "project", "tags", "due.relative", "title"),
		.sort = "started+",
		.filter = "+ACTIVE" },
	{ .name = "all",
		.title = "All tasks",
		.columns = COLUMNS("id", "status", "age", "priority", "project", "tags", "due", "completed", "title"),
		.sort = "id+",
		.filter = "status:all" },
	{ .name = "blocked",
		.title = "Tasks that wait for others",
		.columns = COLUMNS("id", "depends", "priority", "project", "tags", "due.relative", "title", "urgency"),
		.sort = "urgency-,due+",
		.filter = "+BLOCKED" },
	{ .name = "blocking",
		.title = "Tasks that others wait for",
		.columns = COLUMNS("id", "priority", "project", "tags", "due.relative", "title", "urgency"),
		.sort = "urgency-,due+",
		.filter = "+BLOCKING" },
	{ .name = "completed",
		.title = "Completed tasks, the newest first",
		.columns = COLUMNS("id", "completed", "created", "priority", "project", "tags", "title"),
		.sort = "completed-",
		.filter = "status:completed" },
	{ .name = "list",
		.title = "Pending tasks",
		.columns = WORK_COLUMNS,
		.sort = "due+,urgency-",
		.filter = "status:pending" },
	{ .name = "next",
		.title = "What to do next",
		.columns = WORK_COLUMNS,
		.sort = "urgency-",
		.filter = "status:pending",
		.limit = 25 },
	{ .name = "overdue",
		.title = "Tasks that are late",
		.columns = COLUMNS("id", "due", "due.relative", "priority", "project", "tags", "title", "urgency"),
		.sort = "urgency-,due+",
		.filter = "+OVERDUE" },
	{ .name = "projects", .title = "Projects", .kind = REPORT_PROJECTS },
	{ .name = "ready",
		.title = "Tasks that can be begun",
		.columns = WORK_COLUMNS,
		.sort = "urgency-",
		.filter = "+READY" },
	{ .name = "recurring",
		.title = "Tasks that come again",
		.columns = COLUMNS("id", "recur", "priority", "project", "tags", "due", "until", "title"),
		.sort = "due+",
		.filter = "status:recurring" },
	{ .name = "summary", .title = "Projects, and how far they are", .kind = REPORT_SUMMARY },
	{ .name = "tags", .title = "Tags", .kind = REPORT_TAGS },
	{ .name = "timesheet", .title = "Time that was worked", .kind = REPORT_TIMESHEET },
	{ .name = "waiting",
		.title = "Tasks whose time has not come",
		.columns = COLUMNS("id", "wait", "age", "priority", "project", "tags", "due.relative", "title"),
		.sort = "wait+,due+",
		.filter = "status:waiting" },
	{ 0 },
};

const struct report *report_find_builtin(const char *name)
{
	for (const struct report *report = report_builtin; report->name; report++)
		if (!strcmp(report->name, name))
			return report;
	return NULL;
}
