/* What ends or hurries goes before what is merely so. */
#include "task_style.h"

#include "common/cleanup.h"
#include "relative_time.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#define SOON_SECONDS (INT64_C(7) * 24 * 60 * 60)
#define URGENT_LEAST 10.0

static const char *text_of(const json_t *task, const char *name)
{
	return json_string_value(json_object_get(task, name));
}

static bool is_true(const json_t *task, const char *name)
{
	return json_is_true(json_object_get(task, name));
}

static bool is_ended(const json_t *task)
{
	const char *status = text_of(task, "status");

	return status && strcmp(status, "pending") != 0;
}

static bool is_same_day(int64_t one, int64_t other)
{
	time_t clocks[] = { one, other };
	struct tm days[COUNT_OF(clocks)];

	return localtime_r(&clocks[0], &days[0]) && localtime_r(&clocks[1], &days[1]) &&
	       days[0].tm_year == days[1].tm_year && days[0].tm_yday == days[1].tm_yday;
}

static enum theme_role style_due(const json_t *task, int64_t now)
{
	int64_t due;

	if (!relative_time_parse(text_of(task, "due"), &due))
		return ROLE_PLAIN;
	if (due < now)
		return ROLE_OVERDUE;
	if (is_same_day(due, now))
		return ROLE_DUE_TODAY;
	return due - now < SOON_SECONDS ? ROLE_DUE_SOON : ROLE_PLAIN;
}

static bool is_scheduled_ahead(const json_t *task, int64_t now)
{
	int64_t scheduled;

	return relative_time_parse(text_of(task, "scheduled"), &scheduled) && scheduled > now;
}

enum theme_role task_style_row(const json_t *task, int64_t now)
{
	if (is_ended(task))
		return ROLE_ENDED;
	if (style_due(task, now) == ROLE_OVERDUE)
		return ROLE_OVERDUE;
	if (text_of(task, "started"))
		return ROLE_ACTIVE;
	if (is_true(task, "waiting"))
		return ROLE_WAITING;
	if (is_true(task, "blocked"))
		return ROLE_BLOCKED;
	if (is_true(task, "blocking"))
		return ROLE_BLOCKING;
	if (is_scheduled_ahead(task, now))
		return ROLE_SCHEDULED;
	return json_object_get(task, "series") ? ROLE_RECURRING : ROLE_PLAIN;
}

static enum theme_role style_priority(const json_t *task)
{
	static const struct {
		const char *priority;
		enum theme_role role;
	} rows[] = {
		{ "H", ROLE_PRIORITY_HIGH },
		{ "M", ROLE_PRIORITY_MEDIUM },
		{ "L", ROLE_PRIORITY_LOW },
	};
	const char *priority = text_of(task, "priority");

	for (size_t i = 0; priority && i < COUNT_OF(rows); i++)
		if (strcmp(priority, rows[i].priority) == 0)
			return rows[i].role;
	return ROLE_PLAIN;
}

enum theme_role task_style_cell(const json_t *task, const char *member, int64_t now)
{
	if (is_ended(task))
		return ROLE_PLAIN;
	if (strcmp(member, "due") == 0)
		return style_due(task, now);
	if (strcmp(member, "priority") == 0)
		return style_priority(task);
	if (strcmp(member, "urgency") == 0 && json_number_value(json_object_get(task, member)) >= URGENT_LEAST)
		return ROLE_URGENT;
	return ROLE_PLAIN;
}
