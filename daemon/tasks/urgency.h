/*
 * How urgent a task is, by Taskwarrior 2.6's terms: a sum of factors, most from 0 to 1, each times its coefficient. But
 * age grows by the second, not by the day. Only a pending task is urgent; of any other it is 0.
 *
 * Between two moments at which something steps or bends (due in 14 days, overdue for 7, scheduled, no longer waiting,
 * as old as counts) urgency is a line. All tasks of an account whose lines have the same slope are a class: their order
 * is that of their intercepts, at whatever time, so an index can hold it.
 */
#pragma once

#include "tasks/urgency_coefficient.h"

#include "tasks/task.h"

/* A part of the sum. */
struct urgency_part {
	const char *name; /* of its coefficient */
	double factor;
	double coefficient;
	double product;
};

/* Exactly the sum of what urgency_explain tells. */
double urgency_of(const struct task *task, const struct urgency_coefficients *coefficients, int64_t now);

/* The parts whose factor is not 0, in the order of enum urgency_term, rules behind. In the arena. */
size_t urgency_explain(const struct task *task, const struct urgency_coefficients *coefficients, int64_t now,
	struct arena *arena, const struct urgency_part **ret_parts);

#define URGENCY_BILLIONTHS INT64_C(1000000000) /* the unit of intercepts */

/* A class is a set of these: what moves with time. */
enum urgency_motion { URGENCY_DUE_MOVES = 1, URGENCY_AGE_MOVES = 2 };
#define URGENCY_CLASS_COUNT 4

struct urgency_phase {
	int64_t class;
	int64_t intercept; /* billionths, at the epoch */
	int64_t change;    /* the first moment at which they are others; TASK_NO_TIME: while the task stays as it is */
};

struct urgency_phase urgency_phase_of(
	const struct task *task, const struct urgency_coefficients *coefficients, int64_t now);

/* What a class adds to the intercepts of its tasks at a time, in billionths. */
int64_t urgency_rise(int64_t class, const struct urgency_coefficients *coefficients, int64_t now);

/* What lists go by, in billionths: the phase's line at `now`. The row's phase is used as long as it holds. */
int64_t urgency_rank(const struct task *task, const struct urgency_coefficients *coefficients, int64_t now);

/* Write the phase into the task. */
void urgency_classify(struct task *task, const struct urgency_coefficients *coefficients, int64_t now);
