/* Times, numbers and ids. */
#include "filter_model_leaf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- times and numbers --- */

#define NUMBER_OF(name)                                                                                                \
	static int64_t name##_of(const struct task *task)                                                              \
	{                                                                                                              \
		return task->name;                                                                                     \
	}
NUMBER_OF(due)
NUMBER_OF(wait)
NUMBER_OF(scheduled)
NUMBER_OF(until)
NUMBER_OF(started)
NUMBER_OF(completed)
NUMBER_OF(deleted)
NUMBER_OF(created)
NUMBER_OF(modified)
NUMBER_OF(version)
NUMBER_OF(id)

static int64_t priority_of(const struct task *task)
{
	return (int64_t)task->priority;
}

static int64_t spent_of(const struct task *task)
{
	bool runs = task->started != TASK_NO_TIME && task->started < MODEL_NOW;

	return task->spent + (runs ? MODEL_NOW - task->started : 0);
}

static bool is_ordered(int order, int64_t number, int64_t first, int64_t last)
{
	switch (order) {
	case -2:
		return number < first;
	case -1:
		return number <= last;
	case 0:
		return number >= first && number <= last;
	case 1:
		return number >= first;
	default:
		return number > last;
	}
}

bool filter_model_is_ordered(const struct leaf *leaf, int64_t number)
{
	return is_ordered(leaf->order, number, leaf->first, leaf->last);
}

static bool is_number(const struct leaf *leaf, const struct task *task)
{
	int64_t number = leaf->number(task);

	return number != TASK_NO_TIME && filter_model_is_ordered(leaf, number);
}

static bool is_any_number(const struct leaf *leaf, const struct task *task)
{
	return leaf->number(task) != TASK_NO_TIME;
}

static const struct {
	const char *sign;
	int order;
	bool is_negated;
} order_signs[] = {
	{ ":", 0, false },
	{ "=", 0, false },
	{ "==", 0, false },
	{ ".is:", 0, false },
	{ "!=", 0, true },
	{ ".isnt:", 0, true },
	{ ".not:", 0, true },
	{ "<", -2, false },
	{ ".before:", -2, false },
	{ ".under:", -2, false },
	{ ".below:", -2, false },
	{ "<=", -1, false },
	{ ".by:", -1, false },
	{ ">=", 1, false },
	{ ">", 2, false },
	{ ".after:", 2, false },
	{ ".over:", 2, false },
	{ ".above:", 2, false },
};

void filter_model_write_ordered(struct leaf *leaf, unsigned *seed, const char *name, const char *value)
{
	unsigned sign = below(seed, COUNT_OF(order_signs));

	leaf->order = order_signs[sign].order;
	leaf->is_negated = order_signs[sign].is_negated;
	(void)snprintf(leaf->text, sizeof(leaf->text), "%s%s%s", name, order_signs[sign].sign, value);
}

/* A day, or a moment, and what it spans. */
void filter_model_pick_time(struct leaf *leaf, unsigned *seed, char *ret_value, size_t size)
{
	static const struct {
		const char *word;
		int day;
	} days[] = { { "yesterday", -1 }, { "today", 0 }, { "tomorrow", 1 }, { "2027-01-15", 0 }, { "2027-01-17", 2 },
		{ "2026-12-31", -15 }, { "2027-02-01", 17 } };
	unsigned day = below(seed, COUNT_OF(days) + 2);

	if (day < COUNT_OF(days)) {
		leaf->first = TODAY + days[day].day * DAY;
		leaf->last = leaf->first + DAY - 1;
		(void)snprintf(ret_value, size, "%s", days[day].word);
		return;
	}
	leaf->first = MODEL_NOW + (int64_t)below(seed, 3) - 1;
	leaf->last = leaf->first;
	if (leaf->first == MODEL_NOW)
		(void)snprintf(ret_value, size, "now");
	else
		(void)snprintf(ret_value, size, "@%" PRId64, leaf->first);
}

void filter_model_make_time(struct leaf *leaf, unsigned *seed)
{
	static const struct {
		const char *name;
		int64_t (*number)(const struct task *task);
	} fields[] = { { "due", due_of }, { "due", due_of }, { "wait", wait_of }, { "scheduled", scheduled_of },
		{ "sched", scheduled_of }, { "until", until_of }, { "started", started_of }, { "start", started_of },
		{ "completed", completed_of }, { "end", completed_of }, { "deleted", deleted_of },
		{ "created", created_of }, { "entry", created_of }, { "modified", modified_of } };
	unsigned field = below(seed, COUNT_OF(fields));
	unsigned way = below(seed, 8);
	char value[32];

	leaf->number = fields[field].number;
	leaf->holds = is_any_number;
	leaf->is_negated = way == 0;
	if (way <= 1) {
		(void)snprintf(leaf->text, sizeof(leaf->text), "%s%s", fields[field].name,
			way == 1 ? ".any:" : (below(seed, 2) ? ".none:" : ":"));
		return;
	}
	leaf->holds = is_number;
	filter_model_pick_time(leaf, seed, value, sizeof(value));
	filter_model_write_ordered(leaf, seed, fields[field].name, value);
}

void filter_model_make_number(struct leaf *leaf, unsigned *seed)
{
	static const char *const priorities[] = { "L", "M", "H" };
	char value[32];

	leaf->holds = is_number;
	switch (below(seed, 4)) {
	case 0:
		leaf->number = priority_of;
		leaf->first = 1 + below(seed, 3);
		leaf->last = leaf->first;
		filter_model_write_ordered(
			leaf, seed, below(seed, 2) ? "pri" : "priority", priorities[leaf->first - 1]);
		return;
	case 1:
		leaf->number = spent_of;
		leaf->first = 3600 * (int64_t)below(seed, 4);
		leaf->last = leaf->first;
		(void)snprintf(value, sizeof(value), "%dh", (int)(leaf->first / 3600));
		filter_model_write_ordered(leaf, seed, "spent", value);
		return;
	case 2:
		leaf->number = version_of;
		leaf->first = 1 + below(seed, 4);
		leaf->last = leaf->first;
		(void)snprintf(value, sizeof(value), "%" PRId64, leaf->first);
		filter_model_write_ordered(leaf, seed, "version", value);
		return;
	default:
		leaf->number = id_of;
		leaf->names_scope = true;
		leaf->first = 1 + below(seed, 100);
		leaf->last = leaf->first;
		(void)snprintf(value, sizeof(value), "%" PRId64, leaf->first);
		filter_model_write_ordered(leaf, seed, "id", value);
		return;
	}
}

/* --- ids --- */

static bool is_id(const struct leaf *leaf, const struct task *task)
{
	return task->id >= leaf->first && task->id <= leaf->last;
}

static bool has_parent(const struct leaf *leaf, const struct task *task)
{
	return task->parent && task->parent >= leaf->first && task->parent <= leaf->last;
}

static bool is_of_series(const struct leaf *leaf, const struct task *task)
{
	return task->series && task->series >= leaf->first && task->series <= leaf->last;
}

static bool depends(const struct leaf *leaf, const struct task *task)
{
	for (size_t i = 0; i < task->depend_count; i++)
		if (task->depends[i] >= leaf->first && task->depends[i] <= leaf->last)
			return true;
	return false;
}

static void write_list(struct leaf *leaf, const char *name)
{
	if (leaf->first == leaf->last)
		(void)snprintf(leaf->text, sizeof(leaf->text), "%s%" PRId64, name, leaf->first);
	else
		(void)snprintf(leaf->text, sizeof(leaf->text), "%s%" PRId64 "-%" PRId64, name, leaf->first, leaf->last);
}

void filter_model_make_ids(struct leaf *leaf, unsigned *seed)
{
	static const char *const names[] = { "", "id:" };

	leaf->holds = is_id;
	leaf->names_scope = true;
	leaf->first = 1 + below(seed, 100);
	leaf->last = leaf->first + below(seed, 30);
	write_list(leaf, PICK(seed, names));
}

void filter_model_make_relation(struct leaf *leaf, unsigned *seed)
{
	static const struct {
		const char *name;
		question holds;
	} fields[] = { { "parent", has_parent }, { "series", is_of_series }, { "depends", depends } };
	static const char *const signs[] = { ":", ".is:", ".isnt:", "!=", ".any:", ".none:" };
	unsigned field = below(seed, COUNT_OF(fields));
	unsigned sign = below(seed, COUNT_OF(signs));
	char name[32];

	leaf->holds = fields[field].holds;
	leaf->is_negated = sign == 2 || sign == 3 || sign == 5;
	leaf->first = 1;
	leaf->last = INT64_MAX;
	(void)snprintf(name, sizeof(name), "%s%s", fields[field].name, signs[sign]);
	if (sign >= 4) {
		(void)snprintf(leaf->text, sizeof(leaf->text), "%s", name);
		return;
	}
	leaf->first = 1 + below(seed, 20);
	leaf->last = leaf->first + (below(seed, 2) ? 0 : below(seed, 20));
	write_list(leaf, name);
}
