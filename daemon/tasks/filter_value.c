/* What is asked of fields that hold times, numbers and names of tasks. */
#include "common/text.h"
#include "tasks/duration.h"
#include "tasks/filter_parser.h"
#include "tasks/urgency.h"

#include <ctype.h>
#include <string.h>

#define DAY_SECONDS   INT64_C(86400)
#define MONTH_SECONDS (30 * DAY_SECONDS)
#define DECIMAL_LIMIT 32u /* characters of a number */

/* An urgency is compared as it is shown. */
#define URGENCY_DECIMALS 3u
#define URGENCY_DIGITS   7u /* in front of them */
#define URGENCY_SHOWN    (URGENCY_BILLIONTHS / 1000)

/* --- ranges --- */

/* The condition that is made of a test and what it compares with: one number, or all from `first` to `last`. */
static struct filter *compare(
	const struct filter_parser *parser, const struct filter_value *value, int64_t first, int64_t last)
{
	struct filter *filter = filter_range(parser, value->field, INT64_MIN, INT64_MAX);

	switch (value->test) {
	case FILTER_TEST_BEFORE:
		filter->last = first - 1;
		break;
	case FILTER_TEST_AFTER:
		filter->first = last + 1;
		break;
	case FILTER_TEST_BY:
		filter->last = last;
		break;
	case FILTER_TEST_FROM:
		filter->first = first;
		break;
	case FILTER_TEST_DEFAULT:
	case FILTER_TEST_EQUAL:
	case FILTER_TEST_IS:
	case FILTER_TEST_HAS:
	case FILTER_TEST_STARTS:
	case FILTER_TEST_ENDS:
	case FILTER_TEST_WORD:
	case FILTER_TEST_REGEX:
	case FILTER_TEST_LIKE:
	case FILTER_TEST_ANY:
		filter->first = first;
		filter->last = last;
		break;
	}
	filter->name = value->name;
	return filter;
}

enum error filter_value_time(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	struct date_span span;
	enum error error = filter_date_read(parser, value, &span);

	if (!error)
		*ret_filter = compare(parser, value, span.first, span.last);
	return error;
}

/* A month is taken for 30 days here, since there is no day that it could start from. */
enum error filter_value_duration(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	struct duration duration;
	struct refusal said = { 0 };
	int64_t seconds;

	if (duration_parse(value->text, value->length, value->name, &duration, &said))
		return filter_token_refuse_within(parser, value->from, &said);
	seconds = duration.months * MONTH_SECONDS + duration.days * DAY_SECONDS + duration.seconds;
	*ret_filter = compare(parser, value, seconds, seconds);
	return ERROR_NONE;
}

enum error filter_value_number(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	int64_t number;

	if (!text_parse_integer(value->text, 0, INT64_C(9007199254740991), &number))
		return filter_token_refuse(parser, "wants a whole number behind its sign, such as 3");
	*ret_filter = compare(parser, value, number, number);
	return ERROR_NONE;
}

/* --- decimal numbers --- */

static size_t count_digits(const char *text)
{
	size_t count = 0;

	while (isdigit((unsigned char)text[count]))
		count++;
	return count;
}

/* [-]DIGITS[.DIGITS] */
static bool is_decimal(const char *text, size_t length)
{
	size_t at = text[0] == '-';
	size_t whole = count_digits(text + at);
	size_t part;

	at += whole;
	if (text[at] == '.') {
		part = count_digits(text + at + 1);
		at += part ? 1 + part : 0;
	}
	return whole && at == length && length <= DECIMAL_LIMIT;
}

static enum filter_order order_of(enum filter_test test)
{
	switch (test) {
	case FILTER_TEST_BEFORE:
		return FILTER_LESS;
	case FILTER_TEST_BY:
		return FILTER_AT_MOST;
	case FILTER_TEST_FROM:
		return FILTER_AT_LEAST;
	case FILTER_TEST_AFTER:
		return FILTER_GREATER;
	case FILTER_TEST_DEFAULT:
	case FILTER_TEST_EQUAL:
	case FILTER_TEST_IS:
	case FILTER_TEST_HAS:
	case FILTER_TEST_STARTS:
	case FILTER_TEST_ENDS:
	case FILTER_TEST_WORD:
	case FILTER_TEST_REGEX:
	case FILTER_TEST_LIKE:
	case FILTER_TEST_ANY:
		return FILTER_EQUAL;
	}
	return FILTER_EQUAL;
}

enum error filter_value_decimal(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	struct filter *filter;

	if (!is_decimal(value->text, value->length))
		return filter_token_refuse(parser, "wants a number behind its sign, such as 3 or -2.5");
	filter = filter_new(parser, FILTER_NUMBER);
	filter->field = value->field;
	filter->name = value->name;
	filter->text = value->text;
	filter->order = order_of(value->test);
	*ret_filter = filter;
	return ERROR_NONE;
}

/* A decimal number in units of its last decimal that is shown; false: it has too many digits. */
static bool read_shown(const char *text, int64_t *ret_shown)
{
	const char *digits = text + (text[0] == '-');
	size_t whole = count_digits(digits);
	size_t part = digits[whole] ? count_digits(digits + whole + 1) : 0;
	int64_t shown = 0;

	if (whole > URGENCY_DIGITS || part > URGENCY_DECIMALS)
		return false;
	for (; *digits; digits++)
		if (*digits != '.')
			shown = shown * 10 + (*digits - '0');
	for (; part < URGENCY_DECIMALS; part++)
		shown *= 10;
	*ret_shown = text[0] == '-' ? -shown : shown;
	return true;
}

/* All that is rounded to the number: whoever sees 5.2 and asks for more than that does not mean 5.2003. */
enum error filter_value_urgency(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	int64_t shown;
	int64_t first;

	if (!is_decimal(value->text, value->length) || !read_shown(value->text, &shown))
		return filter_token_refuse(
			parser, "wants a number behind its sign, such as 10.5, with up to 7 digits and 3 decimals");
	first = shown * URGENCY_SHOWN - URGENCY_SHOWN / 2;
	*ret_filter = compare(parser, value, first, first + URGENCY_SHOWN - 1);
	return ERROR_NONE;
}

/* --- names --- */

enum error filter_value_priority(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	enum task_priority priority;
	struct refusal said;

	if (task_parse_priority(value->text, &priority, &said))
		return filter_token_refuse_value(parser, &said);
	*ret_filter = compare(parser, value, (int64_t)priority, (int64_t)priority);
	return ERROR_NONE;
}

static struct filter *all_tasks(const struct filter_parser *parser)
{
	return filter_new(parser, FILTER_ALL);
}

static struct filter *completed(const struct filter_parser *parser)
{
	return filter_status(parser, TASK_COMPLETED);
}

static struct filter *deleted(const struct filter_parser *parser)
{
	return filter_status(parser, TASK_DELETED);
}

static struct filter *recurring(const struct filter_parser *parser)
{
	return filter_status(parser, TASK_RECURRING);
}

enum error filter_value_status(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	static const struct {
		const char *name;
		struct filter *(*make)(const struct filter_parser *parser);
	} words[] = {
		{ "pending", filter_pending },
		{ "waiting", filter_waiting },
		{ "completed", completed },
		{ "deleted", deleted },
		{ "recurring", recurring },
		{ "all", all_tasks },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct filter *filter;

		if (strcmp(words[i].name, value->text) != 0)
			continue;
		filter = words[i].make(parser);
		filter->ends_scope = true;
		*ret_filter = filter;
		return ERROR_NONE;
	}
	return filter_token_refuse(
		parser, "names no status; use pending, waiting, completed, deleted, recurring or all");
}

enum error filter_value_refs(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	return filter_refs_parse(parser, value->from, value->field, ret_filter);
}

enum error filter_value_id(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	struct filter *filter;
	int64_t id;

	if (value->test == FILTER_TEST_DEFAULT || value->test == FILTER_TEST_EQUAL || value->test == FILTER_TEST_IS)
		return filter_refs_parse(parser, value->from, FILTER_ID, ret_filter);
	if (!text_parse_integer(value->text, 1, INT64_C(9007199254740991), &id))
		return filter_token_refuse(parser, "wants the number of a task behind its sign, such as 3");
	filter = compare(parser, value, id, id);
	filter->ends_scope = true;
	*ret_filter = filter;
	return ERROR_NONE;
}
