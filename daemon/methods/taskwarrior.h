/*
 * Tasks as Taskwarrior 2 exports and imports them (https://taskwarrior.org/docs/design/task/). What it has no attribute
 * for travels in attributes of its user's own, which it keeps: `note`, and `partof` for the uuid of the task that one
 * is a part of. Numbers and texts that it does not know are custom fields here, by their name where that is one.
 *
 * A series: there the template has `mask`, a sign for each instance, and each instance has `imask`, its place in it,
 * and the rule again; here the template knows its newest instance, and an instance its number.
 */
#pragma once

#include "methods/import_item.h"
#include "store/custom_field_store.h"
#include "tasks/urgency.h"

/* What is written of a task beside itself. */
struct taskwarrior_context {
	const struct task_relatives *relatives;
	const struct custom_field_list *fields;
	const char *recur; /* of an instance: its series' rule, as Taskwarrior has it; NULL: none */
	const char *mask;  /* of a template: of its instances, from the first; NULL: none */
	const struct urgency_coefficients *coefficients;
	int64_t now;
};

void taskwarrior_write(struct json_writer *writer, const struct task *task, const struct taskwarrior_context *context);

/* Whether Taskwarrior knows such a rule: a word or a length of time, and no rule of RFC 5545. */
bool taskwarrior_has_rule(const char *recur);
