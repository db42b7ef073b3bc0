/* Series: tasks that come again. */
#include "tasks/series.h"

#include <string.h>

const char *const series_from_names[] = {
	[SERIES_FROM_DUE] = "due",
	[SERIES_FROM_COMPLETION] = "completion",
	NULL,
};

static bool read_from(const char *text, enum series_from *ret_from)
{
	for (enum series_from from = SERIES_FROM_DUE; text && series_from_names[from]; from++)
		if (!strcmp(series_from_names[from], text)) {
			*ret_from = from;
			return true;
		}
	return false;
}

/* recur_count is of the whole series, a rule's occurrences are counted from its anchor. */
static int64_t count_from(const struct task *template)
{
	return template->recur_count == TASK_NO_TIME ? INT64_MAX : template->recur_count - template->recur_base;
}

enum error series_read(const struct task *template, const struct zone *zone, struct series *ret_series)
{
	const char *rule = template->recur;

	if (!rule || template->due == TASK_NO_TIME || !read_from(template->recur_from, &ret_series->from))
		return ERROR_STORAGE;
	if (recurrence_parse(rule, strlen(rule), "recur", &ret_series->recurrence, NULL))
		return ERROR_STORAGE;
	ret_series->base = template->recur_base;
	ret_series->newest = template->occurrence == TASK_NO_TIME ? -1 : template->occurrence;
	ret_series->occurrences = (struct recurrence_series){
		.recurrence = &ret_series->recurrence,
		.anchor = template->due,
		.zone = zone,
		.until = template->until == TASK_NO_TIME ? INT64_MAX : template->until,
		.count = count_from(template),
	};
	return ERROR_NONE;
}

enum error series_check(const struct task *template, const struct zone *zone, struct refusal *refusal)
{
	struct series series;
	enum error error;

	if (template->due == TASK_NO_TIME)
		return refuse(refusal, ERROR_INVALID_PARAMS, "due",
			"a task that comes again needs a due, from which its days are counted");
	if (template->until != TASK_NO_TIME && template->until < template->due)
		return refuse(
			refusal, ERROR_INVALID_PARAMS, "until", "until lies before due, so there would be no task");
	error = series_read(template, zone, &series);
	return error ? error : recurrence_check(&series.occurrences, "recur", refusal);
}

/* The newest one as the rule of now counts it: -1 when it is older than the rule. */
static int64_t newest_of_rule(const struct series *series)
{
	int64_t newest = series->newest - series->base;

	return newest < 0 ? -1 : newest;
}

bool series_next(const struct series *series, int64_t closed_at, int64_t now, struct recurrence_instance *ret_instance)
{
	int64_t newest = newest_of_rule(series);
	bool has_next;

	if (series->from == SERIES_FROM_COMPLETION && newest >= 0 && closed_at != TASK_NO_TIME)
		has_next = recurrence_after(&series->occurrences, newest, closed_at, ret_instance);
	else
		has_next = recurrence_current(&series->occurrences, newest, now, ret_instance);
	if (has_next)
		ret_instance->number += series->base;
	return has_next;
}

int64_t series_move_along(int64_t time, int64_t old_due, int64_t due, const struct zone *zone)
{
	int64_t distance, first, second;

	if (time == TASK_NO_TIME)
		return TASK_NO_TIME;
	distance = time + zone_offset(zone, time) - (old_due + zone_offset(zone, old_due));
	(void)zone_moments(zone, due + zone_offset(zone, due) + distance, &first, &second);
	return first;
}

void series_make_instance(const struct task *template, const struct zone *zone,
	const struct recurrence_instance *instance, struct task *ret_task)
{
	struct task task = task_empty;

	task.title = template->title;
	task.note = template->note;
	task.project = template->project;
	task.priority = template->priority;
	task.tags = template->tags;
	task.tag_count = template->tag_count;
	task.parent = template->parent;
	task.depends = template->depends;
	task.depend_count = template->depend_count;
	task.custom = template->custom;
	task.custom_count = template->custom_count;
	task.status = TASK_PENDING;
	task.series = template->id;
	task.occurrence = instance->number;
	task.due = instance->due;
	task.wait = series_move_along(template->wait, template->due, instance->due, zone);
	task.scheduled = series_move_along(template->scheduled, template->due, instance->due, zone);
	*ret_task = task;
}
