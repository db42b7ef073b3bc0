/* Custom fields. */
#include "filter_model_leaf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct model_custom filter_model_custom[] = {
	{ "cost", "number" },
	{ "place", "string" },
	{ "size", "string" },
	{ "warranty", "date" },
	{ "length", "duration" },
	{ 0 },
};

static const char *custom_text(const struct task *task, const char *name)
{
	for (size_t i = 0; i < task->custom_count; i++)
		if (strcmp(task->custom[i].name, name) == 0)
			return task->custom[i].value;
	return NULL;
}

static int64_t custom_number_of(const struct task *task, const char *name, bool *ret_is_there)
{
	*ret_is_there = false;
	for (size_t i = 0; i < task->custom_count; i++) {
		if (strcmp(task->custom[i].name, name) != 0)
			continue;
		*ret_is_there = true;
		return strncmp(task->custom[i].value, "PT", 2) == 0
			       ? strtoll(task->custom[i].value + 2, NULL, 10) * 3600
			       : strtoll(task->custom[i].value, NULL, 10);
	}
	return TASK_NO_TIME;
}

static bool is_custom_number(const struct leaf *leaf, const struct task *task)
{
	bool is_there;
	int64_t number = custom_number_of(task, leaf->name, &is_there);

	return is_there && filter_model_is_ordered(leaf, number);
}

static bool has_custom_text(const struct leaf *leaf, const struct task *task)
{
	return filter_model_matches(leaf, custom_text(task, leaf->name));
}

static bool has_custom(const struct leaf *leaf, const struct task *task)
{
	return custom_text(task, leaf->name);
}

static bool is_custom_decimal(const struct leaf *leaf, const struct task *task)
{
	const char *text = custom_text(task, leaf->name);
	double number = text ? strtod(text, NULL) : 0;
	struct leaf doubled;

	if (!text)
		return false;
	doubled = *leaf;
	doubled.first = (int64_t)(leaf->decimal * 2); /* halves are the smallest parts */
	doubled.last = doubled.first;
	return filter_model_is_ordered(&doubled, (int64_t)(number * 2));
}

static void make_any_number(struct leaf *leaf, unsigned *seed)
{
	char value[32];

	switch (below(seed, 3)) {
	case 0:
		leaf->name = "cost";
		leaf->holds = is_custom_decimal;
		leaf->decimal = (double)below(seed, 8) / 2 - 1;
		(void)snprintf(value, sizeof(value), "%.1f", leaf->decimal);
		break;
	case 1:
		leaf->name = "warranty";
		leaf->holds = is_custom_number;
		filter_model_pick_time(leaf, seed, value, sizeof(value));
		break;
	default:
		leaf->name = "length";
		leaf->holds = is_custom_number;
		leaf->first = 3600 * (int64_t)(1 + below(seed, 3));
		leaf->last = leaf->first;
		(void)snprintf(value, sizeof(value), "%dh", (int)(leaf->first / 3600));
		break;
	}
	filter_model_write_ordered(leaf, seed, leaf->name, value);
}

void filter_model_make_custom(struct leaf *leaf, unsigned *seed)
{
	static const char *const names[] = { "cost", "place", "size", "warranty", "length" };
	unsigned way = below(seed, 4);

	if (way == 0) {
		make_any_number(leaf, seed);
		return;
	}
	if (way == 1) {
		leaf->name = PICK(seed, names);
		leaf->holds = has_custom;
		leaf->is_negated = below(seed, 2);
		(void)snprintf(leaf->text, sizeof(leaf->text), "%s%s", leaf->name, leaf->is_negated ? ":" : ".any:");
		return;
	}
	leaf->name = way == 2 ? "place" : "size";
	leaf->holds = has_custom_text;
	filter_model_pick_words(leaf, seed);
	(void)snprintf(leaf->text, sizeof(leaf->text), "%s%s\"%s\"", leaf->name, leaf->sign, leaf->value);
}
