/* A parser that goes down by precedence: a table of operators for each level, and primaries at the bottom. */
#include "tasks/calculation.h"

#include "common/cleanup.h"
#include "tasks/calendar.h"
#include "tasks/duration.h"
#include "tasks/scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FIELD         "expression"
#define EXAMPLE       "eom - now"
#define DEPTH_MOST    64u
#define NUMBER_DIGITS 32u /* characters of a number */
#define YEAR_MONTHS   12
#define YEAR_DAYS     365
#define MONTH_DAYS    30

struct parser {
	struct scan scan;
	const struct date_context *dates;
	unsigned depth;
};

struct sign {
	const char *text;
	enum calculation_operator operator;
};

/* From what binds least to what binds most; longer signs first. */
static const struct sign levels[][5] = {
	{ { "or", CALCULATION_OR }, { "xor", CALCULATION_XOR }, { "||", CALCULATION_OR } },
	{ { "and", CALCULATION_AND }, { "&&", CALCULATION_AND } },
	{ { "==", CALCULATION_EQUAL }, { "!==", CALCULATION_UNEQUAL }, { "!=", CALCULATION_UNEQUAL },
		{ "=", CALCULATION_EQUAL } },
	{ { "<=", CALCULATION_LESS_EQUAL }, { ">=", CALCULATION_GREATER_EQUAL }, { "<", CALCULATION_LESS },
		{ ">", CALCULATION_GREATER } },
	{ { "+", CALCULATION_ADD }, { "-", CALCULATION_SUBTRACT } },
	{ { "*", CALCULATION_MULTIPLY }, { "/", CALCULATION_DIVIDE }, { "%", CALCULATION_REMAINDER } },
};

static enum error parse_level(struct parser *parser, size_t level, struct calculation_value *ret_value);
static enum error parse_unary(struct parser *parser, struct calculation_value *ret_value);

/* --- signs --- */

static bool is_word(const char *sign)
{
	return sign[0] >= 'a' && sign[0] <= 'z';
}

static bool take_sign(struct scan *scan, const char *sign)
{
	size_t length = strlen(sign);

	if (is_word(sign))
		return scan_take_word(scan, sign);
	if (scan->length - scan->at < length || memcmp(scan->text + scan->at, sign, length) != 0)
		return false;
	scan->at += length;
	return true;
}

static bool take_operator(struct scan *scan, size_t level, enum calculation_operator *ret_operator)
{
	scan_skip_spaces(scan);
	for (size_t i = 0; i < COUNT_OF(levels[level]) && levels[level][i].text; i++)
		if (take_sign(scan, levels[level][i].text)) {
			*ret_operator = levels[level][i].operator;
			return true;
		}
	return false;
}

static enum error apply(const struct parser *parser, size_t at, enum calculation_operator operator,
	struct calculation_value * left, const struct calculation_value *right)
{
	if (calculation_apply(operator, left, right, left))
		return ERROR_NONE;
	return scan_refuse(&parser->scan, at, "these two do not go together");
}

/* --- primaries --- */

/* Bytes of a number: 12, 1.5, 1e3. */
static size_t number_length(const struct scan *scan)
{
	size_t length = scan_digits(scan, 0);

	if (!length)
		return 0;
	if (scan_peek(scan, length) == '.' && scan_is_digit(scan, length + 1))
		length += 1 + scan_digits(scan, length + 1);
	if ((scan_peek(scan, length) | 0x20) == 'e' && scan_is_digit(scan, length + 1))
		length += 1 + scan_digits(scan, length + 1);
	return length;
}

static enum error parse_number(struct parser *parser, struct calculation_value *ret_value)
{
	struct scan *scan = &parser->scan;
	size_t length = number_length(scan);
	char digits[NUMBER_DIGITS + 1];
	double number;

	if (!length || length > NUMBER_DIGITS || scan_is_letter(scan, length))
		return scan_refuse(scan, scan->at, "expected a number, a date or a length of time");
	memcpy(digits, scan->text + scan->at, length);
	digits[length] = '\0';
	number = strtod(digits, NULL);
	if (!isfinite(number))
		return scan_refuse(scan, scan->at, "this number is too large");
	scan->at += length;
	*ret_value = (struct calculation_value){ .kind = CALCULATION_NUMBER, .number = number };
	return ERROR_NONE;
}

/* 2015-01-01, 2015-01-01T12:00:00Z, 12:00, or letters and digits. */
static size_t date_length(const struct scan *scan)
{
	size_t length = 0;
	bool has_dashes = scan_digits(scan, 0) == 4 && scan_peek(scan, 4) == '-' && scan_is_digit(scan, 5);

	for (;; length++) {
		char byte = scan_peek(scan, length);

		if (!scan_is_digit(scan, length) && !scan_is_letter(scan, length) && byte != ':' &&
			!(byte == '-' && has_dashes && length < 8))
			return length;
	}
}

static bool parse_date(struct parser *parser, struct calculation_value *ret_value)
{
	struct scan *scan = &parser->scan;
	const char *text = scan->text + scan->at;
	size_t length = date_length(scan);
	struct date_context context = *parser->dates;
	int64_t seconds;

	if (!length || length == scan_digits(scan, 0))
		return false;
	context.edge = length > 2 && (text[0] | 0x20) == 'e' && (text[1] | 0x20) == 'o' ? DATE_DAY_END : DATE_DAY_START;
	if (date_parse(text, length, &context, FIELD, &seconds, NULL))
		return false;
	scan->at += length;
	*ret_value = (struct calculation_value){ .kind = CALCULATION_DATE, .number = (double)seconds };
	return true;
}

static bool parse_duration(struct parser *parser, struct calculation_value *ret_value)
{
	struct scan scan = parser->scan;
	struct duration duration;
	int64_t days;

	scan.refusal = NULL;
	if (duration_scan(&scan, &duration))
		return false;
	days = duration.months % YEAR_MONTHS ? duration.months * MONTH_DAYS : duration.months / YEAR_MONTHS * YEAR_DAYS;
	days += duration.days;
	parser->scan.at = scan.at;
	*ret_value = (struct calculation_value){ .kind = CALCULATION_DURATION,
		.number = (double)(days * CALENDAR_DAY_SECONDS + duration.seconds) };
	return true;
}

static bool parse_truth(struct parser *parser, struct calculation_value *ret_value)
{
	bool is_true = scan_take_word(&parser->scan, "true");

	if (!is_true && !scan_take_word(&parser->scan, "false"))
		return false;
	*ret_value = (struct calculation_value){ .kind = CALCULATION_TRUTH, .number = is_true };
	return true;
}

static enum error parse_parentheses(struct parser *parser, struct calculation_value *ret_value)
{
	enum error error = parse_level(parser, 0, ret_value);

	if (error)
		return error;
	scan_skip_spaces(&parser->scan);
	if (scan_take(&parser->scan, ')'))
		return ERROR_NONE;
	return scan_refuse(&parser->scan, parser->scan.at, "expected `)`");
}

/* 3d could be a date as well, three days from now; here it is a length of time. */
static bool is_duration_likely(const struct scan *scan)
{
	return scan_is_digit(scan, 0) || duration_is_iso_here(scan);
}

static enum error parse_primary(struct parser *parser, struct calculation_value *ret_value)
{
	scan_skip_spaces(&parser->scan);
	if (scan_take(&parser->scan, '('))
		return parse_parentheses(parser, ret_value);
	if (is_duration_likely(&parser->scan) && parse_duration(parser, ret_value))
		return ERROR_NONE;
	if (parse_truth(parser, ret_value) || parse_date(parser, ret_value) || parse_duration(parser, ret_value))
		return ERROR_NONE;
	return parse_number(parser, ret_value);
}

/* --- levels --- */

/* The only one that goes from right to left: 2^3^2 is 2^9. */
static enum error parse_power(struct parser *parser, struct calculation_value *ret_value)
{
	struct calculation_value right;
	enum error error = parse_primary(parser, ret_value);
	size_t at;

	if (error)
		return error;
	scan_skip_spaces(&parser->scan);
	at = parser->scan.at;
	if (!scan_take(&parser->scan, '^'))
		return ERROR_NONE;
	error = parse_unary(parser, &right);
	return error ? error : apply(parser, at, CALCULATION_POWER, ret_value, &right);
}

static enum error parse_negated(struct parser *parser, bool is_minus, size_t at, struct calculation_value *ret_value)
{
	struct calculation_value value = { .kind = CALCULATION_NUMBER };
	enum error error = parse_unary(parser, &value);

	if (error)
		return error;
	if (is_minus && value.kind == CALCULATION_DATE)
		return scan_refuse(&parser->scan, at, "there is no negative date");
	if (is_minus)
		value.number = -value.number;
	else
		value = (struct calculation_value){ .kind = CALCULATION_TRUTH, .number = !calculation_is_true(&value) };
	*ret_value = value;
	return ERROR_NONE;
}

static enum error parse_unary(struct parser *parser, struct calculation_value *ret_value)
{
	size_t at;
	bool is_minus;
	enum error error;

	scan_skip_spaces(&parser->scan);
	at = parser->scan.at;
	if (++parser->depth > DEPTH_MOST)
		return scan_refuse(&parser->scan, at, "this is nested too deeply");
	is_minus = scan_take(&parser->scan, '-');
	if (is_minus || scan_take(&parser->scan, '!') || scan_take_word(&parser->scan, "not"))
		error = parse_negated(parser, is_minus, at, ret_value);
	else
		error = parse_power(parser, ret_value);
	parser->depth--;
	return error;
}

static enum error parse_operand(struct parser *parser, size_t level, struct calculation_value *ret_value)
{
	return level < COUNT_OF(levels) ? parse_level(parser, level, ret_value) : parse_unary(parser, ret_value);
}

static enum error parse_level(struct parser *parser, size_t level, struct calculation_value *ret_value)
{
	enum calculation_operator operator;
	enum error error = parse_operand(parser, level + 1, ret_value);
	size_t at = parser->scan.at;

	while (!error && take_operator(&parser->scan, level, &operator)) {
		struct calculation_value right;

		error = parse_operand(parser, level + 1, &right);
		if (!error)
			error = apply(parser, at, operator, ret_value, &right);
		at = parser->scan.at;
	}
	return error;
}

enum error calculation_evaluate(const char *text, size_t length, const struct date_context *context,
	struct calculation_value *ret_value, struct refusal *refusal)
{
	struct parser parser = {
		.scan = { .text = text, .length = length, .field = FIELD, .example = EXAMPLE, .refusal = refusal },
		.dates = context,
	};
	enum error error = parse_level(&parser, 0, ret_value);

	if (error)
		return error;
	scan_skip_spaces(&parser.scan);
	if (!scan_is_end(&parser.scan))
		return scan_refuse(&parser.scan, parser.scan.at, "expected an operator");
	return ERROR_NONE;
}
