/*
 * A slow second opinion on filters: random filters as text, each with what it means, worked out task by task from the
 * language's manual. It shares nothing with the parser or with SQL but struct task, and how urgent a task is.
 */
#pragma once

#include "common/buffer.h"
#include "tasks/urgency.h"

/* 2027-01-15T08:00:00Z, a Friday. The model knows no other time, and no zone but UTC. */
#define MODEL_NOW INT64_C(1800000000)

struct model_node;

/* A filter of up to `leaves` terms; in the arena. */
const struct model_node *filter_model_random(unsigned *seed, size_t leaves, struct arena *arena);

/* As it may be written: with few parentheses, or with some that need not be there. */
void filter_model_write(const struct model_node *node, unsigned *seed, struct buffer *text);

/* Whether it finds the task; `latest` is the account's greatest id. */
bool filter_model_finds(const struct model_node *node, const struct task *task, int64_t latest);

/*
 * A task that the filters above tell from others. Ids of other tasks are from 1 to `count`. Its phase of urgency was
 * found out some time ago, by filter_model_coefficients, and may have ended.
 */
struct task filter_model_task(unsigned *seed, int64_t id, size_t count, struct arena *arena);

/* How urgent tasks are, in part as nobody else's. */
extern const struct urgency_coefficient filter_model_coefficients[]; /* ends with a row that has no name */

/* The custom fields that those tasks have. */
extern const struct model_custom {
	const char *name, *type;
} filter_model_custom[]; /* ends with a row that has no name */

unsigned filter_model_random_below(unsigned *seed, unsigned limit);
