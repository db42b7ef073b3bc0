/* The names of coefficients, their defaults and their bounds. */
#include "tasks/urgency_coefficient.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/task.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const urgency_term_names[URGENCY_TERM_COUNT + 1] = {
	[URGENCY_PROJECT] = "project",
	[URGENCY_PRIORITY_H] = "priority.H",
	[URGENCY_PRIORITY_M] = "priority.M",
	[URGENCY_PRIORITY_L] = "priority.L",
	[URGENCY_ACTIVE] = "active",
	[URGENCY_SCHEDULED] = "scheduled",
	[URGENCY_WAITING] = "waiting",
	[URGENCY_BLOCKED] = "blocked",
	[URGENCY_ANNOTATIONS] = "annotations",
	[URGENCY_TAGS] = "tags",
	[URGENCY_DUE] = "due",
	[URGENCY_BLOCKING] = "blocking",
	[URGENCY_AGE] = "age",
	[URGENCY_AGE_MAX] = "age.max",
	NULL,
};

static const struct urgency_rule default_rules[] = {
	{ .name = "user.tag.next", .subject = URGENCY_OF_TAG, .key = "next", .coefficient = 15 * URGENCY_MILLIONTHS },
};

const struct urgency_coefficients urgency_defaults = {
	.terms = {
		[URGENCY_PROJECT] = 1 * URGENCY_MILLIONTHS,
		[URGENCY_PRIORITY_H] = 6 * URGENCY_MILLIONTHS,
		[URGENCY_PRIORITY_M] = 39 * URGENCY_MILLIONTHS / 10,
		[URGENCY_PRIORITY_L] = 18 * URGENCY_MILLIONTHS / 10,
		[URGENCY_ACTIVE] = 4 * URGENCY_MILLIONTHS,
		[URGENCY_SCHEDULED] = 5 * URGENCY_MILLIONTHS,
		[URGENCY_WAITING] = -3 * URGENCY_MILLIONTHS,
		[URGENCY_BLOCKED] = -5 * URGENCY_MILLIONTHS,
		[URGENCY_ANNOTATIONS] = 1 * URGENCY_MILLIONTHS,
		[URGENCY_TAGS] = 1 * URGENCY_MILLIONTHS,
		[URGENCY_DUE] = 12 * URGENCY_MILLIONTHS,
		[URGENCY_BLOCKING] = 8 * URGENCY_MILLIONTHS,
		[URGENCY_AGE] = 2 * URGENCY_MILLIONTHS,
		[URGENCY_AGE_MAX] = 365 * URGENCY_MILLIONTHS,
	},
	.rule_count = COUNT_OF(default_rules),
	.rules = default_rules,
};

static enum urgency_term find_term(const char *name)
{
	size_t term = 0;

	while (urgency_term_names[term] && strcmp(urgency_term_names[term], name) != 0)
		term++;
	return (enum urgency_term)term;
}

/* --- rules --- */

static enum error check_project(const char *text, struct refusal *refusal)
{
	return task_check_project(text, strlen(text), refusal);
}

static enum error check_tag(const char *text, struct refusal *refusal)
{
	return task_check_tag(text, strlen(text), refusal);
}

static bool is_field_name(const char *text, size_t length)
{
	if (length < 1 || length > TASK_CUSTOM_NAME_LIMIT || text[0] < 'a' || text[0] > 'z')
		return false;
	return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") >= length;
}

static enum error check_field(const char *text, struct refusal *refusal)
{
	const char *dot = strchr(text, '.');
	size_t length = dot ? (size_t)(dot - text) : strlen(text);

	if (is_field_name(text, length) && (!dot || dot[1]))
		return ERROR_NONE;
	return refuse(refusal, ERROR_INVALID_PARAMS, "name",
		"user.field. goes before the name of a custom field, or its name, a dot and a value");
}

static const struct {
	const char *prefix;
	enum urgency_subject subject;
	enum error (*check)(const char *text, struct refusal *refusal); /* what follows the prefix */
} families[] = {
	{ "user.project.", URGENCY_OF_PROJECT, check_project },
	{ "user.tag.", URGENCY_OF_TAG, check_tag },
	{ "user.field.", URGENCY_OF_FIELD, check_field },
};

/* COUNT_OF(families): none. */
static size_t find_family(const char *name)
{
	size_t i = 0;

	while (i < COUNT_OF(families) && strncmp(name, families[i].prefix, strlen(families[i].prefix)) != 0)
		i++;
	return i;
}

static struct urgency_rule make_rule(const struct urgency_coefficient *coefficient, size_t family, struct arena *arena)
{
	const char *rest = coefficient->name + strlen(families[family].prefix);
	const char *dot = families[family].subject == URGENCY_OF_FIELD ? strchr(rest, '.') : NULL;

	return (struct urgency_rule){ .name = coefficient->name,
		.subject = families[family].subject,
		.key = dot ? arena_strndup(arena, rest, (size_t)(dot - rest)) : rest,
		.value = dot ? dot + 1 : NULL,
		.coefficient = coefficient->value };
}

static int compare_rules(const void *left, const void *right)
{
	const struct urgency_rule *a = left;
	const struct urgency_rule *b = right;

	return strcmp(a->name, b->name);
}

/* In the place of the one with the same name, or behind all others. */
static void put_rule(struct urgency_rule *rules, size_t *count, struct urgency_rule rule)
{
	size_t i = 0;

	while (i < *count && strcmp(rules[i].name, rule.name) != 0)
		i++;
	rules[i] = rule;
	*count += i == *count;
}

void urgency_coefficients_make(const struct urgency_coefficient *own, size_t count, struct arena *arena,
	struct urgency_coefficients *ret_coefficients)
{
	struct urgency_rule *rules = arena_array(arena, urgency_defaults.rule_count + count, sizeof(*rules));

	*ret_coefficients = urgency_defaults;
	memcpy(rules, default_rules, sizeof(default_rules));
	for (size_t i = 0; i < count; i++) {
		enum urgency_term term = find_term(own[i].name);
		size_t family = find_family(own[i].name);

		if (term < URGENCY_TERM_COUNT)
			ret_coefficients->terms[term] = own[i].value;
		else if (family < COUNT_OF(families))
			put_rule(rules, &ret_coefficients->rule_count, make_rule(&own[i], family, arena));
	}
	qsort(rules, ret_coefficients->rule_count, sizeof(*rules), compare_rules);
	ret_coefficients->rules = rules;
}

/* --- what may be said --- */

/* What is wrong with a project is said of the name that it stands in. */
static enum error check_rule(size_t family, const char *name, struct refusal *refusal)
{
	struct refusal said = { 0 };
	enum error error = families[family].check(name + strlen(families[family].prefix), &said);

	return error ? refuse(refusal, error, "name", "%s", said.message) : ERROR_NONE;
}

enum error urgency_check_name(const char *name, size_t length, struct refusal *refusal)
{
	const char *nearest;

	if (length > URGENCY_NAME_LIMIT)
		return refuse(
			refusal, ERROR_INVALID_PARAMS, "name", "name is longer than %u bytes", URGENCY_NAME_LIMIT);
	if (find_family(name) < COUNT_OF(families))
		return check_rule(find_family(name), name, refusal);
	if (find_term(name) < URGENCY_TERM_COUNT)
		return ERROR_NONE;
	nearest = text_nearest(name, urgency_term_names);
	if (nearest)
		return refuse(refusal, ERROR_INVALID_PARAMS, "name", "there is no such coefficient; did you mean %s?",
			nearest);
	return refuse(refusal, ERROR_INVALID_PARAMS, "name",
		"there is no such coefficient; it is a term such as due or age, or user.project.NAME, user.tag.NAME, "
		"user.field.NAME or user.field.NAME.VALUE");
}

static enum error read_age_limit(double value, int64_t *ret_value, struct refusal *refusal)
{
	if (!(value >= 0 && value <= URGENCY_AGE_LIMIT) || floor(value) != value)
		return refuse(refusal, ERROR_INVALID_PARAMS, "value", "age.max is a whole number of days from 0 to %d",
			URGENCY_AGE_LIMIT);
	*ret_value = (int64_t)value * URGENCY_MILLIONTHS;
	return ERROR_NONE;
}

enum error urgency_read_value(const char *name, double value, int64_t *ret_value, struct refusal *refusal)
{
	double millionths = value * (double)URGENCY_MILLIONTHS;

	if (find_term(name) == URGENCY_AGE_MAX)
		return read_age_limit(value, ret_value, refusal);
	/* What a double cannot hold of six decimals is far below what a seventh would be. */
	if (!(fabs(millionths) <= (double)URGENCY_COEFFICIENT_LIMIT) || fabs(millionths - round(millionths)) > 1e-3)
		return refuse(refusal, ERROR_INVALID_PARAMS, "value",
			"a coefficient is a number from -1000 to 1000 with at most 6 decimals");
	*ret_value = (int64_t)round(millionths);
	return ERROR_NONE;
}

int64_t urgency_default_of(const char *name)
{
	enum urgency_term term = find_term(name);

	if (term < URGENCY_TERM_COUNT)
		return urgency_defaults.terms[term];
	for (size_t i = 0; i < COUNT_OF(default_rules); i++)
		if (strcmp(default_rules[i].name, name) == 0)
			return default_rules[i].coefficient;
	return 0;
}
