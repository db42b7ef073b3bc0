/* The terms of urgency, and the lines that they are between two steps. */
#include "tasks/urgency.h"

#include <math.h>
#include <string.h>

#define DAY             INT64_C(86400)
#define DUE_AHEAD       (14 * DAY) /* from then on due counts more and more … */
#define DUE_OVER        (7 * DAY)  /* … until it is overdue for so long */
#define DUE_LEAST       0.2        /* its factor before */
#define PER_COEFFICIENT (URGENCY_BILLIONTHS / URGENCY_MILLIONTHS)

/* --- factors --- */

static double when(bool is_so)
{
	return is_so ? 1.0 : 0.0;
}

/* Taskwarrior's for one, two, and more. */
static double by_count(size_t count)
{
	static const double factors[] = { 0.0, 0.8, 0.9, 1.0 };

	return factors[count < 3 ? count : 3];
}

static double due_factor(const struct task *task, int64_t now)
{
	if (task->due == TASK_NO_TIME)
		return 0.0;
	if (now < task->due - DUE_AHEAD)
		return DUE_LEAST;
	if (now >= task->due + DUE_OVER)
		return 1.0;
	return DUE_LEAST + (1.0 - DUE_LEAST) * (double)(now - (task->due - DUE_AHEAD)) / (double)(DUE_AHEAD + DUE_OVER);
}

/* Seconds; 0: every task is as old as counts. */
static int64_t full_age(const struct urgency_coefficients *coefficients)
{
	return coefficients->terms[URGENCY_AGE_MAX] / URGENCY_MILLIONTHS * DAY;
}

static double age_factor(const struct task *task, const struct urgency_coefficients *coefficients, int64_t now)
{
	int64_t full = full_age(coefficients);

	if (now >= task->created + full)
		return 1.0;
	return now <= task->created ? 0.0 : (double)(now - task->created) / (double)full;
}

static double factor_of(
	const struct task *task, const struct urgency_coefficients *coefficients, int64_t now, enum urgency_term term)
{
	switch (term) {
	case URGENCY_PROJECT:
		return when(task->project != NULL);
	case URGENCY_PRIORITY_H:
		return when(task->priority == TASK_PRIORITY_HIGH);
	case URGENCY_PRIORITY_M:
		return when(task->priority == TASK_PRIORITY_MEDIUM);
	case URGENCY_PRIORITY_L:
		return when(task->priority == TASK_PRIORITY_LOW);
	case URGENCY_ACTIVE:
		return when(task_is_started(task));
	case URGENCY_SCHEDULED:
		return when(task->scheduled != TASK_NO_TIME && task->scheduled <= now);
	case URGENCY_WAITING:
		return when(task_is_waiting(task, now));
	case URGENCY_BLOCKED:
		return when(task_is_blocked(task));
	case URGENCY_ANNOTATIONS:
		return by_count(task->annotation_count);
	case URGENCY_TAGS:
		return by_count(task->tag_count);
	case URGENCY_DUE:
		return due_factor(task, now);
	case URGENCY_BLOCKING:
		return when(task_is_blocking(task));
	case URGENCY_AGE:
		return age_factor(task, coefficients, now);
	case URGENCY_AGE_MAX:
	case URGENCY_TERM_COUNT:
		return 0.0;
	}
	return 0.0;
}

/* --- rules --- */

/* The project itself, or one below it. */
static bool is_in_project(const struct task *task, const char *project)
{
	size_t length = strlen(project);

	return task->project && strncmp(task->project, project, length) == 0 &&
	       (task->project[length] == '\0' || task->project[length] == '.');
}

static bool has_value(const struct task *task, const struct urgency_rule *rule)
{
	for (size_t i = 0; i < task->custom_count; i++)
		if (strcmp(task->custom[i].name, rule->key) == 0)
			return !rule->value || strcmp(task->custom[i].value, rule->value) == 0;
	return false;
}

static bool rule_holds(const struct urgency_rule *rule, const struct task *task)
{
	switch (rule->subject) {
	case URGENCY_OF_PROJECT:
		return is_in_project(task, rule->key);
	case URGENCY_OF_TAG:
		return task_has_tag(task, rule->key);
	case URGENCY_OF_FIELD:
		return has_value(task, rule);
	}
	return false;
}

/* --- the sum --- */

static struct urgency_part make_part(const char *name, double factor, int64_t coefficient)
{
	double value = (double)coefficient / (double)URGENCY_MILLIONTHS;

	return (struct urgency_part){ .name = name, .factor = factor, .coefficient = value, .product = factor * value };
}

size_t urgency_explain(const struct task *task, const struct urgency_coefficients *coefficients, int64_t now,
	struct arena *arena, const struct urgency_part **ret_parts)
{
	struct urgency_part *parts = arena_array(arena, URGENCY_TERM_COUNT + coefficients->rule_count, sizeof(*parts));
	size_t count = 0;

	*ret_parts = parts;
	if (task->status != TASK_PENDING)
		return 0;
	for (unsigned term = 0; term < URGENCY_TERM_COUNT; term++) {
		double factor = factor_of(task, coefficients, now, term);

		if (factor != 0.0)
			parts[count++] = make_part(urgency_term_names[term], factor, coefficients->terms[term]);
	}
	for (size_t i = 0; i < coefficients->rule_count; i++)
		if (rule_holds(&coefficients->rules[i], task))
			parts[count++] =
				make_part(coefficients->rules[i].name, 1.0, coefficients->rules[i].coefficient);
	return count;
}

double urgency_of(const struct task *task, const struct urgency_coefficients *coefficients, int64_t now)
{
	double sum = 0.0;

	if (task->status != TASK_PENDING)
		return 0.0;
	for (unsigned term = 0; term < URGENCY_TERM_COUNT; term++)
		sum += make_part(NULL, factor_of(task, coefficients, now, term), coefficients->terms[term]).product;
	for (size_t i = 0; i < coefficients->rule_count; i++)
		if (rule_holds(&coefficients->rules[i], task))
			sum += make_part(NULL, 1.0, coefficients->rules[i].coefficient).product;
	return sum;
}

/* --- lines --- */

static int64_t billionths(double factor, int64_t coefficient)
{
	return llround(factor * (double)(coefficient * PER_COEFFICIENT));
}

/* By how much due has risen in so many seconds, were it always on its way. */
static int64_t due_rise(const struct urgency_coefficients *coefficients, int64_t seconds)
{
	return billionths(
		(1.0 - DUE_LEAST) * (double)seconds / (double)(DUE_AHEAD + DUE_OVER), coefficients->terms[URGENCY_DUE]);
}

static int64_t age_rise(const struct urgency_coefficients *coefficients, int64_t seconds)
{
	return billionths((double)seconds / (double)full_age(coefficients), coefficients->terms[URGENCY_AGE]);
}

int64_t urgency_rise(int64_t class, const struct urgency_coefficients *coefficients, int64_t now)
{
	int64_t rise = 0;

	if (class & URGENCY_DUE_MOVES)
		rise += due_rise(coefficients, now);
	if ((class & URGENCY_AGE_MOVES) && full_age(coefficients))
		rise += age_rise(coefficients, now);
	return rise;
}

static void change_at(struct urgency_phase *phase, int64_t at, int64_t now)
{
	if (at > now && (phase->change == TASK_NO_TIME || at < phase->change))
		phase->change = at;
}

/* Not of the time at which it is asked: tasks that are alike have the same intercept, to the last digit. */
static void add_due(struct urgency_phase *phase, const struct task *task,
	const struct urgency_coefficients *coefficients, int64_t now)
{
	int64_t coefficient = coefficients->terms[URGENCY_DUE];

	if (task->due == TASK_NO_TIME)
		return;
	change_at(phase, task->due - DUE_AHEAD, now);
	change_at(phase, task->due + DUE_OVER, now);
	if (now < task->due - DUE_AHEAD || now >= task->due + DUE_OVER) {
		phase->intercept += billionths(due_factor(task, now), coefficient);
		return;
	}
	phase->class |= URGENCY_DUE_MOVES;
	phase->intercept += billionths(DUE_LEAST, coefficient) - due_rise(coefficients, task->due - DUE_AHEAD);
}

static void add_age(struct urgency_phase *phase, const struct task *task,
	const struct urgency_coefficients *coefficients, int64_t now)
{
	int64_t full = full_age(coefficients);

	change_at(phase, task->created, now);
	change_at(phase, task->created + full, now);
	if (now < task->created || now >= task->created + full) {
		phase->intercept += billionths(age_factor(task, coefficients, now), coefficients->terms[URGENCY_AGE]);
		return;
	}
	phase->class |= URGENCY_AGE_MOVES;
	phase->intercept -= age_rise(coefficients, task->created);
}

static void add_steps(struct urgency_phase *phase, const struct task *task,
	const struct urgency_coefficients *coefficients, int64_t now)
{
	if (task->scheduled != TASK_NO_TIME)
		change_at(phase, task->scheduled, now);
	if (task->wait != TASK_NO_TIME)
		change_at(phase, task->wait, now);
	for (unsigned term = 0; term < URGENCY_TERM_COUNT; term++)
		if (term != URGENCY_DUE && term != URGENCY_AGE)
			phase->intercept +=
				billionths(factor_of(task, coefficients, now, term), coefficients->terms[term]);
	for (size_t i = 0; i < coefficients->rule_count; i++)
		if (rule_holds(&coefficients->rules[i], task))
			phase->intercept += billionths(1.0, coefficients->rules[i].coefficient);
}

struct urgency_phase urgency_phase_of(
	const struct task *task, const struct urgency_coefficients *coefficients, int64_t now)
{
	struct urgency_phase phase = { .change = TASK_NO_TIME };

	if (task->status != TASK_PENDING)
		return phase;
	add_steps(&phase, task, coefficients, now);
	add_due(&phase, task, coefficients, now);
	add_age(&phase, task, coefficients, now);
	return phase;
}

int64_t urgency_rank(const struct task *task, const struct urgency_coefficients *coefficients, int64_t now)
{
	struct urgency_phase phase = { .class = task->urgency_class, .intercept = task->urgency_intercept };

	if (task->urgency_change != TASK_NO_TIME && task->urgency_change <= now)
		phase = urgency_phase_of(task, coefficients, now);
	return phase.intercept + urgency_rise(phase.class, coefficients, now);
}

void urgency_classify(struct task *task, const struct urgency_coefficients *coefficients, int64_t now)
{
	struct urgency_phase phase = urgency_phase_of(task, coefficients, now);

	task->urgency_class = phase.class;
	task->urgency_intercept = phase.intercept;
	task->urgency_change = phase.change;
}
