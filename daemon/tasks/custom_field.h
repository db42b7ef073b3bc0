/* A field that an account declares for its tasks, beside those that every task has. */
#pragma once

#include "common/error.h"
#include "tasks/task.h"

#define CUSTOM_FIELDS_LIMIT  TASK_CUSTOM_LIMIT /* of one account */
#define CUSTOM_LABEL_LIMIT   64u               /* bytes */
#define CUSTOM_CHOICES_LIMIT 64u               /* of one field */
#define CUSTOM_CHOICE_LIMIT  64u               /* bytes of one */

enum custom_type { CUSTOM_STRING, CUSTOM_NUMBER, CUSTOM_DATE, CUSTOM_DURATION };
extern const char *const custom_type_names[]; /* "string", … NULL */

struct custom_field {
	const char *name;
	enum custom_type type;
	const char *label; /* what a person reads above it; NULL: its name */
	size_t choice_count;
	const char *const *choices; /* of a string: nothing else may be its value; in the order that was given */
};

enum error custom_type_parse(const char *text, enum custom_type *ret_type, struct refusal *refusal);

/*
 * A name is a small letter and then up to 31 small letters, digits and underscores; none that tasks or filters give a
 * meaning to. ERROR_INVALID_PARAMS, field "name"; that of the whole may also name "label" or "choices".
 */
enum error custom_field_check_name(const char *name, struct refusal *refusal);
enum error custom_field_check(const struct custom_field *field, struct refusal *refusal);
