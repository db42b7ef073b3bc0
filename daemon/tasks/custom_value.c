/* Canonical texts of values. */
#include "tasks/custom_value.h"

#include "common/text.h"
#include "tasks/duration.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_SECONDS    INT64_C(86400)
#define MONTH_SECONDS  (30 * DAY_SECONDS)
#define EXPONENT_LIMIT 400 /* beyond what a double has */
#define NUMBER_DIGITS  (2 * CUSTOM_NUMBER_DIGITS)

/* --- numbers --- */

/* The digits of a decimal without zeros at either end, and how many of them stand before the point (also below 0). */
struct decimal {
	bool is_negative;
	char digits[NUMBER_DIGITS];
	int count;
	int point;
	bool is_too_long;
};

static bool is_digit(const char *at, const char *end)
{
	return at < end && *at >= '0' && *at <= '9';
}

/* Zeros wait until a digit follows them. */
static void add_digit(struct decimal *decimal, char digit, int *waiting)
{
	if (digit == '0') {
		*waiting += decimal->count > 0;
		return;
	}
	if (decimal->count + *waiting >= (int)NUMBER_DIGITS) {
		decimal->is_too_long = true;
		return;
	}
	while (*waiting > 0) {
		decimal->digits[decimal->count++] = '0';
		--*waiting;
	}
	decimal->digits[decimal->count++] = digit;
}

/* Digits with at most one point, and a digit on each side of it. */
static bool read_digits(const char **at, const char *end, struct decimal *decimal)
{
	int waiting = 0;

	if (!is_digit(*at, end))
		return false;
	for (; is_digit(*at, end); ++*at) {
		add_digit(decimal, **at, &waiting);
		decimal->point += decimal->count > 0;
	}
	if (*at == end || **at != '.')
		return true;
	++*at;
	if (!is_digit(*at, end))
		return false;
	for (; is_digit(*at, end); ++*at) {
		decimal->point -= !decimal->count && **at == '0';
		add_digit(decimal, **at, &waiting);
	}
	return true;
}

/* e20, E-7 */
static bool read_exponent(const char **at, const char *end, struct decimal *decimal)
{
	bool is_negative;
	int exponent = 0;

	if (*at == end || (**at != 'e' && **at != 'E'))
		return true;
	++*at;
	is_negative = *at < end && **at == '-';
	*at += *at < end && (**at == '-' || **at == '+');
	if (!is_digit(*at, end))
		return false;
	for (; is_digit(*at, end); ++*at)
		exponent = exponent < EXPONENT_LIMIT ? 10 * exponent + (**at - '0') : exponent;
	decimal->point += is_negative ? -exponent : exponent;
	return true;
}

static bool read_decimal(const char *text, size_t length, struct decimal *decimal)
{
	const char *at = text;
	const char *end = text + length;

	*decimal = (struct decimal){ .is_negative = at < end && *at == '-' };
	at += decimal->is_negative;
	return read_digits(&at, end, decimal) && read_exponent(&at, end, decimal) && at == end;
}

static bool is_within_limits(const struct decimal *decimal)
{
	const int limit = (int)CUSTOM_NUMBER_DIGITS;

	if (!decimal->count)
		return true; /* 0, wherever its point is */
	return !decimal->is_too_long && decimal->count <= limit && decimal->point <= limit &&
	       decimal->count - decimal->point <= limit;
}

#define NUMBER_SIZE (NUMBER_DIGITS + 4) /* a sign, a zero, a point and a NUL beside the digits */

/* Of one that is within the limits. */
static void write_decimal(const struct decimal *decimal, char text[NUMBER_SIZE])
{
	char *at = text;

	if (!decimal->count) {
		(void)snprintf(text, NUMBER_SIZE, "0");
		return;
	}
	if (decimal->is_negative)
		*at++ = '-';
	if (decimal->point <= 0)
		*at++ = '0';
	for (int i = 0; i < decimal->point; i++)
		*at++ = (char)(i < decimal->count ? decimal->digits[i] : '0');
	if (decimal->count > decimal->point)
		*at++ = '.';
	for (int i = decimal->point; i < decimal->count; i++)
		*at++ = (char)(i < 0 ? '0' : decimal->digits[i]);
	*at = '\0';
}

static enum error parse_number(const struct custom_input *input, const char *field, struct arena *arena,
	const char **ret_value, struct refusal *refusal)
{
	struct decimal decimal;
	char text[NUMBER_SIZE];

	if (!read_decimal(input->text, input->length, &decimal))
		return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s must be a number, such as 12 or -0.5", field);
	if (!is_within_limits(&decimal))
		return refuse(refusal, ERROR_INVALID_PARAMS, field,
			"%s must have at most %u digits, none of them further than that from the point", field,
			CUSTOM_NUMBER_DIGITS);
	write_decimal(&decimal, text);
	*ret_value = arena_strdup(arena, text);
	return ERROR_NONE;
}

bool custom_value_is_number(const char *value)
{
	struct decimal decimal;
	char text[NUMBER_SIZE];

	if (!read_decimal(value, strlen(value), &decimal) || !is_within_limits(&decimal))
		return false;
	write_decimal(&decimal, text);
	return !strcmp(value, text);
}

/* --- the other types --- */

static enum error refuse_choice(const struct custom_field *custom, const char *field, struct refusal *refusal)
{
	char list[REFUSAL_MESSAGE_SIZE] = "";
	size_t length = 0;

	for (size_t i = 0; i < custom->choice_count && length < sizeof(list); i++)
		length += (size_t)snprintf(
			list + length, sizeof(list) - length, "%s%s", i ? ", " : "", custom->choices[i]);
	return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s must be one of: %s", field, list);
}

static bool is_choice(const struct custom_field *custom, const char *text)
{
	for (size_t i = 0; i < custom->choice_count; i++)
		if (!strcmp(custom->choices[i], text))
			return true;
	return !custom->choice_count;
}

static enum error parse_string(const struct custom_field *custom, const struct custom_input *input, const char *field,
	const char **ret_value, struct refusal *refusal)
{
	if (input->is_number)
		return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s is a string: write \"%s\"", field, input->text);
	if (text_has_control(input->text, input->length, ""))
		return refuse(
			refusal, ERROR_INVALID_PARAMS, field, "%s must be one line without control characters", field);
	if (input->length > TASK_CUSTOM_TEXT_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s is longer than %u bytes", field,
			TASK_CUSTOM_TEXT_LIMIT);
	if (!is_choice(custom, input->text))
		return refuse_choice(custom, field, refusal);
	*ret_value = input->text;
	return ERROR_NONE;
}

static enum error parse_date(const struct custom_input *input, const char *field, const struct date_context *dates,
	struct arena *arena, const char **ret_value, struct refusal *refusal)
{
	struct date_context context = *dates;
	int64_t seconds;
	enum error error;

	context.edge = DATE_DAY_START;
	context.attributes = NULL;
	error = date_parse(input->text, input->length, &context, field, &seconds, refusal);
	if (!error)
		*ret_value = arena_printf(arena, "%" PRId64, seconds);
	return error;
}

static enum error parse_duration(const struct custom_input *input, const char *field, struct arena *arena,
	const char **ret_value, struct refusal *refusal)
{
	struct duration duration;
	char text[DURATION_TEXT_SIZE];
	enum error error = duration_parse(input->text, input->length, field, &duration, refusal);

	if (error)
		return error;
	duration_format(&duration, text);
	*ret_value = arena_strdup(arena, text);
	return ERROR_NONE;
}

enum error custom_value_parse(const struct custom_field *field, const struct custom_input *input,
	const struct date_context *dates, struct arena *arena, const char **ret_value, struct refusal *refusal)
{
	char name[REFUSAL_FIELD_SIZE];

	(void)snprintf(name, sizeof(name), "fields.%s", field->name);
	switch (field->type) {
	case CUSTOM_STRING:
		return parse_string(field, input, name, ret_value, refusal);
	case CUSTOM_NUMBER:
		return parse_number(input, name, arena, ret_value, refusal);
	case CUSTOM_DATE:
		return parse_date(input, name, dates, arena, ret_value, refusal);
	case CUSTOM_DURATION:
		return parse_duration(input, name, arena, ret_value, refusal);
	}
	return ERROR_INTERNAL;
}

/* --- what values are compared by --- */

bool custom_value_seconds(const char *value, int64_t *ret_seconds)
{
	return text_parse_integer(value, INT64_MIN + 1, INT64_MAX, ret_seconds);
}

static const char *number_of_date(const char *value)
{
	int64_t seconds;

	return custom_value_seconds(value, &seconds) ? value : NULL;
}

static const char *number_of_duration(const char *value, struct arena *arena)
{
	struct duration duration;

	if (duration_parse(value, strlen(value), "value", &duration, NULL))
		return NULL;
	return arena_printf(
		arena, "%" PRId64, duration.months * MONTH_SECONDS + duration.days * DAY_SECONDS + duration.seconds);
}

const char *custom_value_number(enum custom_type type, const char *value, struct arena *arena)
{
	switch (type) {
	case CUSTOM_STRING:
		return NULL;
	case CUSTOM_NUMBER:
		return custom_value_is_number(value) ? value : NULL;
	case CUSTOM_DATE:
		return number_of_date(value);
	case CUSTOM_DURATION:
		return number_of_duration(value, arena);
	}
	return NULL;
}
