/* The values of custom fields: what a client writes, and the one text that each is kept as (see struct task_value). */
#pragma once

#include "tasks/custom_field.h"
#include "tasks/date.h"

#define CUSTOM_NUMBER_DIGITS 15u /* what a double keeps of every decimal */

/* What a client wrote. */
struct custom_input {
	const char *text;
	size_t length;
	bool is_number; /* without quotes */
};

/*
 * A string as it is (one of the choices, if there are any); a number as the shortest decimal, at most 15 digits on
 * either side of the point and together; a date against `dates`, a day being its start; a duration. ret_value is in the
 * arena or borrowed from the input. ERROR_INVALID_PARAMS, field "fields.NAME".
 */
enum error custom_value_parse(const struct custom_field *field, const struct custom_input *input,
	const struct date_context *dates, struct arena *arena, const char **ret_value, struct refusal *refusal);

/*
 * The number that a value is compared by, as a decimal: of a date its seconds, of a duration about its seconds, a month
 * being 30 days. NULL: it has none.
 */
const char *custom_value_number(enum custom_type type, const char *value, struct arena *arena);

/* A date's seconds since the epoch. False: the text is not what custom_value_parse gives. */
bool custom_value_seconds(const char *value, int64_t *ret_seconds);
/* The same question about a number, which JSON (RFC 8259 §6) writes alike. */
bool custom_value_is_number(const char *value);
