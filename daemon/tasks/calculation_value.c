/* One function for each operator, and one for each kind that is written. */
#include "tasks/calculation_value.h"

#include "common/text.h"
#include "tasks/calendar.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define EXACT_LIMIT 9007199254740992.0 /* 2^53: integers below it are what they seem */

const char *const calculation_kind_names[] = { [CALCULATION_NUMBER] = "number",
	[CALCULATION_DURATION] = "duration",
	[CALCULATION_DATE] = "date",
	[CALCULATION_TRUTH] = "boolean",
	NULL };

bool calculation_is_true(const struct calculation_value *value)
{
	return fabs(value->number) > 0;
}

/* --- kinds --- */

static bool is_time(const struct calculation_value *value)
{
	return value->kind == CALCULATION_DATE || value->kind == CALCULATION_DURATION;
}

static bool kind_of_sum(
	const struct calculation_value *left, const struct calculation_value *right, enum calculation_kind *ret_kind)
{
	if (left->kind == CALCULATION_DATE && right->kind == CALCULATION_DATE)
		return false;
	*ret_kind = CALCULATION_NUMBER;
	if (is_time(left) || is_time(right))
		*ret_kind = left->kind == CALCULATION_DATE || right->kind == CALCULATION_DATE ? CALCULATION_DATE
											      : CALCULATION_DURATION;
	return true;
}

static bool kind_of_difference(
	const struct calculation_value *left, const struct calculation_value *right, enum calculation_kind *ret_kind)
{
	if (right->kind != CALCULATION_DATE)
		return kind_of_sum(left, right, ret_kind);
	*ret_kind = CALCULATION_DURATION;
	return left->kind == CALCULATION_DATE;
}

/* Of a product, one may be a length of time. */
static bool kind_of_product(
	const struct calculation_value *left, const struct calculation_value *right, enum calculation_kind *ret_kind)
{
	if (left->kind == CALCULATION_DATE || right->kind == CALCULATION_DATE || (is_time(left) && is_time(right)))
		return false;
	*ret_kind = is_time(left) || is_time(right) ? CALCULATION_DURATION : CALCULATION_NUMBER;
	return true;
}

static bool kind_of_quotient(
	const struct calculation_value *left, const struct calculation_value *right, enum calculation_kind *ret_kind)
{
	bool is_share = left->kind == CALCULATION_DURATION && right->kind == CALCULATION_DURATION;

	if (left->kind == CALCULATION_DATE || (is_time(right) && !is_share))
		return false;
	*ret_kind = is_time(left) && !is_share ? CALCULATION_DURATION : CALCULATION_NUMBER;
	return true;
}

static bool kind_of_power(
	const struct calculation_value *left, const struct calculation_value *right, enum calculation_kind *ret_kind)
{
	*ret_kind = CALCULATION_NUMBER;
	return !is_time(left) && !is_time(right);
}

static bool kind_of_comparison(
	const struct calculation_value *left, const struct calculation_value *right, enum calculation_kind *ret_kind)
{
	*ret_kind = CALCULATION_TRUTH;
	return (left->kind == CALCULATION_DATE) == (right->kind == CALCULATION_DATE);
}

static bool kind_of_truths(
	const struct calculation_value *left, const struct calculation_value *right, enum calculation_kind *ret_kind)
{
	(void)left;
	(void)right;
	*ret_kind = CALCULATION_TRUTH;
	return true;
}

/* --- operators --- */

static double add(double left, double right)
{
	return left + right;
}

static double subtract(double left, double right)
{
	return left - right;
}

static double multiply(double left, double right)
{
	return left * right;
}

static double divide(double left, double right)
{
	return fabs(right) > 0 ? left / right : NAN;
}

static double less(double left, double right)
{
	return left < right;
}

static double less_equal(double left, double right)
{
	return left <= right;
}

static double greater(double left, double right)
{
	return left > right;
}

static double greater_equal(double left, double right)
{
	return left >= right;
}

static double equal(double left, double right)
{
	return !(left < right) && !(left > right);
}

static double unequal(double left, double right)
{
	return left < right || left > right;
}

static double both(double left, double right)
{
	return fabs(left) > 0 && fabs(right) > 0;
}

static double either(double left, double right)
{
	return fabs(left) > 0 || fabs(right) > 0;
}

static double one_of_both(double left, double right)
{
	return (fabs(left) > 0) != (fabs(right) > 0);
}

static const struct {
	bool (*kind)(const struct calculation_value *left, const struct calculation_value *right,
		enum calculation_kind *ret_kind);
	double (*apply)(double left, double right);
} operators[] = {
	[CALCULATION_ADD] = { kind_of_sum, add },
	[CALCULATION_SUBTRACT] = { kind_of_difference, subtract },
	[CALCULATION_MULTIPLY] = { kind_of_product, multiply },
	[CALCULATION_DIVIDE] = { kind_of_quotient, divide },
	[CALCULATION_REMAINDER] = { kind_of_power, fmod },
	[CALCULATION_POWER] = { kind_of_power, pow },
	[CALCULATION_LESS] = { kind_of_comparison, less },
	[CALCULATION_LESS_EQUAL] = { kind_of_comparison, less_equal },
	[CALCULATION_GREATER] = { kind_of_comparison, greater },
	[CALCULATION_GREATER_EQUAL] = { kind_of_comparison, greater_equal },
	[CALCULATION_EQUAL] = { kind_of_comparison, equal },
	[CALCULATION_UNEQUAL] = { kind_of_comparison, unequal },
	[CALCULATION_AND] = { kind_of_truths, both },
	[CALCULATION_OR] = { kind_of_truths, either },
	[CALCULATION_XOR] = { kind_of_truths, one_of_both },
};

/* Lengths of time end at the exact integers, so that what is written of them is true. */
static bool is_within(const struct calculation_value *value)
{
	if (value->kind == CALCULATION_DATE)
		return value->number >= (double)CALENDAR_TIME_MINIMUM && value->number <= (double)CALENDAR_TIME_MAXIMUM;
	return isfinite(value->number) && (value->kind != CALCULATION_DURATION || fabs(value->number) < EXACT_LIMIT);
}

bool calculation_apply(enum calculation_operator operator, const struct calculation_value * left,
	const struct calculation_value *right, struct calculation_value *ret_value)
{
	struct calculation_value value;

	if (!operators[operator].kind(left, right, &value.kind))
		return false;
	value.number = operators[operator].apply(left->number, right->number);
	if (!is_within(&value))
		return false;
	*ret_value = value;
	return true;
}

/* --- writing --- */

static void write_number(double number, char ret_text[CALCULATION_TEXT_SIZE])
{
	bool is_whole = fabs(number) < EXACT_LIMIT && !(floor(number) < number);

	if (is_whole)
		(void)snprintf(ret_text, CALCULATION_TEXT_SIZE, "%" PRId64, (int64_t)number);
	else
		(void)snprintf(ret_text, CALCULATION_TEXT_SIZE, "%g", number);
}

static size_t append_part(char *text, size_t length, int64_t count, char unit)
{
	if (!count)
		return length;
	return length + (size_t)snprintf(text + length, CALCULATION_TEXT_SIZE - length, "%" PRId64 "%c", count, unit);
}

static void write_duration(int64_t seconds, char ret_text[CALCULATION_TEXT_SIZE])
{
	int64_t rest = seconds < 0 ? -seconds : seconds;
	size_t length = (size_t)snprintf(ret_text, CALCULATION_TEXT_SIZE, "%sP", seconds < 0 ? "-" : "");

	length = append_part(ret_text, length, rest / CALENDAR_DAY_SECONDS, 'D');
	rest %= CALENDAR_DAY_SECONDS;
	if (rest || !seconds)
		ret_text[length++] = 'T';
	length = append_part(ret_text, length, rest / 3600, 'H');
	length = append_part(ret_text, length, rest / 60 % 60, 'M');
	length = append_part(ret_text, length, rest % 60, 'S');
	if (!seconds)
		length += (size_t)snprintf(ret_text + length, CALCULATION_TEXT_SIZE - length, "0S");
	ret_text[length] = '\0';
}

/* What the clock shows, so without the letter for UTC. */
static void write_date(int64_t seconds, const struct zone *zone, char ret_text[CALCULATION_TEXT_SIZE])
{
	char text[TEXT_TIME_SIZE];

	text_format_time(seconds + zone_offset(zone, seconds), text);
	text[strcspn(text, "Z")] = '\0';
	(void)snprintf(ret_text, CALCULATION_TEXT_SIZE, "%s", text);
}

void calculation_format(
	const struct calculation_value *value, const struct zone *zone, char ret_text[CALCULATION_TEXT_SIZE])
{
	switch (value->kind) {
	case CALCULATION_NUMBER:
		write_number(value->number, ret_text);
		break;
	case CALCULATION_DURATION:
		write_duration(llround(value->number), ret_text);
		break;
	case CALCULATION_DATE:
		write_date(llround(value->number), zone, ret_text);
		break;
	case CALCULATION_TRUTH:
		(void)snprintf(ret_text, CALCULATION_TEXT_SIZE, "%s", calculation_is_true(value) ? "true" : "false");
		break;
	}
}
