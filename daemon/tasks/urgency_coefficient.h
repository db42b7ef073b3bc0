/* What each term of urgency weighs: Taskwarrior 2.6's names and values, and what an account says instead. */
#pragma once

#include "common/arena.h"
#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define URGENCY_NAME_LIMIT        288u                        /* bytes: the longest is of a project */
#define URGENCY_OWN_LIMIT         256u                        /* coefficients that an account sets */
#define URGENCY_MILLIONTHS        INT64_C(1000000)            /* the unit of coefficients */
#define URGENCY_COEFFICIENT_LIMIT (1000 * URGENCY_MILLIONTHS) /* and its negative */
#define URGENCY_AGE_LIMIT         36500                       /* days of age.max */

/* The terms in the order in which they are explained; AGE_MAX is none, but a number of days. */
enum urgency_term {
	URGENCY_PROJECT,
	URGENCY_PRIORITY_H,
	URGENCY_PRIORITY_M,
	URGENCY_PRIORITY_L,
	URGENCY_ACTIVE,
	URGENCY_SCHEDULED,
	URGENCY_WAITING,
	URGENCY_BLOCKED,
	URGENCY_ANNOTATIONS,
	URGENCY_TAGS,
	URGENCY_DUE,
	URGENCY_BLOCKING,
	URGENCY_AGE,
	URGENCY_AGE_MAX,
	URGENCY_TERM_COUNT,
};

/* A coefficient as an account sets it. */
struct urgency_coefficient {
	const char *name;
	int64_t value; /* millionths */
};

enum urgency_subject { URGENCY_OF_PROJECT, URGENCY_OF_TAG, URGENCY_OF_FIELD };

/* `user.project.NAME`, `user.tag.NAME`, `user.field.NAME`, `user.field.NAME.VALUE`. */
struct urgency_rule {
	const char *name; /* the whole */
	enum urgency_subject subject;
	const char *key;   /* the project, tag or field */
	const char *value; /* of a field; NULL: any */
	int64_t coefficient;
};

struct urgency_coefficients {
	int64_t terms[URGENCY_TERM_COUNT]; /* millionths */
	size_t rule_count;
	const struct urgency_rule *rules; /* sorted by name */
};

/* Taskwarrior's. */
extern const struct urgency_coefficients urgency_defaults;
extern const char *const urgency_term_names[URGENCY_TERM_COUNT + 1]; /* "project", … NULL */

/* The defaults with what the account says instead, in the arena; names are borrowed. Those not well named are left out.
 */
void urgency_coefficients_make(const struct urgency_coefficient *own, size_t count, struct arena *arena,
	struct urgency_coefficients *ret_coefficients);

/* ERROR_INVALID_PARAMS, field "name": no term and no rule is called so. */
enum error urgency_check_name(const char *name, size_t length, struct refusal *refusal);
/* In millionths; `name` has been checked. ERROR_INVALID_PARAMS, field "value": out of bounds, or too many decimals. */
enum error urgency_read_value(const char *name, double value, int64_t *ret_value, struct refusal *refusal);

/* The default of a name: 0 of most rules. */
int64_t urgency_default_of(const char *name);
