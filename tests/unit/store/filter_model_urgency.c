/* How urgent tasks are, in thousandths, as it is shown. */
#include "filter_model_leaf.h"

#include <math.h>
#include <stdio.h>

const struct urgency_coefficient filter_model_coefficients[] = {
	{ "due", 9 * URGENCY_MILLIONTHS },
	{ "user.project.home", 2 * URGENCY_MILLIONTHS },
	{ "user.tag.b", -3 * URGENCY_MILLIONTHS },
	{ 0 },
};

/* As the account's are made of them. */
static struct urgency_coefficients coefficients(void)
{
	static const struct urgency_rule rules[] = {
		{ "user.project.home", URGENCY_OF_PROJECT, "home", NULL, 2 * URGENCY_MILLIONTHS },
		{ "user.tag.b", URGENCY_OF_TAG, "b", NULL, -3 * URGENCY_MILLIONTHS },
	};
	struct urgency_coefficients made = urgency_defaults;

	made.terms[URGENCY_DUE] = 9 * URGENCY_MILLIONTHS;
	made.rules = rules;
	made.rule_count = COUNT_OF(rules);
	return made;
}

static int64_t thousandths(const struct task *task)
{
	const struct urgency_coefficients own = coefficients();

	return llround(urgency_of(task, &own, MODEL_NOW) * 1000);
}

static bool is_as_urgent(const struct leaf *leaf, const struct task *task)
{
	return task->status == TASK_PENDING && filter_model_is_ordered(leaf, thousandths(task));
}

static bool is_urgent(const struct leaf *leaf, const struct task *task)
{
	(void)leaf;
	return task->status == TASK_PENDING;
}

/* Numbers that sums of terms are, and some between them. */
void filter_model_make_urgency(struct leaf *leaf, unsigned *seed)
{
	char value[32];

	if (below(seed, 5) == 0) {
		leaf->holds = is_urgent;
		leaf->is_negated = below(seed, 2);
		(void)snprintf(leaf->text, sizeof(leaf->text), "urgency%s",
			!leaf->is_negated ? ".any:"
			: below(seed, 2)  ? ".none:"
					  : ":");
		return;
	}
	leaf->holds = is_as_urgent;
	leaf->first = (int64_t)below(seed, 250) * 100 - 5000;
	if (below(seed, 4) == 0)
		leaf->first += below(seed, 100);
	leaf->last = leaf->first;
	(void)snprintf(value, sizeof(value), below(seed, 2) ? "%g" : "%.3f", (double)leaf->first / 1000);
	filter_model_write_ordered(leaf, seed, "urgency", value);
}

/* A part of them at a time that others have passed since. */
void filter_model_classify(struct task *task, unsigned *seed)
{
	const struct urgency_coefficients own = coefficients();
	int64_t days = below(seed, 2) ? 0 : below(seed, 40);

	urgency_classify(task, &own, MODEL_NOW - days * DAY);
}
