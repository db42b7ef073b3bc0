/* How events of account.log and system.log are shown. */
#include "report.h"

static const struct view_column log_columns[] = {
	{ .heading = "When", .is_kept = true },
	{ .heading = "Event", .is_kept = true },
	{ .heading = "UID", .align = VIEW_RIGHT, .shrinks = 2 },
	{ .heading = "Times", .align = VIEW_RIGHT, .shrinks = 3 },
	{ .heading = "Account", .align = VIEW_RIGHT },
	{ .heading = "Detail", .wraps = true, .least = 8, .shrinks = 1 },
	{ .heading = NULL },
};

static const struct report_field log_fields[] = {
	{ .heading = "When", .name = "at", .is_time = true },
	{ .heading = "Event", .name = "event" },
	{ .heading = "UID", .name = "uid" },
	{ .heading = "Times", .name = "count" },
	{ .heading = "Account", .name = "account_id" },
	{ .heading = "Detail", .name = "detail" },
	{ 0 },
};

const struct report_list report_log = {
	.columns = log_columns,
	.fields = log_fields,
	.id = "id",
	.nothing = "Nothing has happened.",
};
