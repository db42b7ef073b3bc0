/* Dates in a filter: all of a day where only a day is given, as in taskctl-dates(7). */
#include "tasks/filter_parser.h"

#include <string.h>

static enum error find_zone(struct filter_parser *parser)
{
	const struct filter_context *context = parser->context;

	if (parser->zone)
		return ERROR_NONE;
	if (context->find_zone)
		return context->find_zone(context->context, &parser->zone, parser->refusal);
	parser->zone = &zone_utc;
	return ERROR_NONE;
}

enum error filter_date_read(struct filter_parser *parser, const struct filter_value *value, struct date_span *ret_span)
{
	struct date_context context = { .now = parser->context->now, .week_start = parser->context->week_start };
	struct refusal said = { 0 };
	enum error error = find_zone(parser);

	if (error)
		return error;
	context.zone = parser->zone;
	error = date_parse_span(value->text, value->length, &context, value->name, ret_span, &said);
	return error ? filter_token_refuse_within(parser, value->from, &said) : ERROR_NONE;
}

enum error filter_date_words(
	struct filter_parser *parser, const char *first, const char *last, struct date_span *ret_span)
{
	const struct filter_value from = { .name = "date", .text = first, .length = strlen(first) };
	const struct filter_value to = { .name = "date", .text = last, .length = strlen(last) };
	struct date_span end = { 0 };
	enum error error = filter_date_read(parser, &from, ret_span);

	if (!error)
		error = filter_date_read(parser, &to, &end);
	ret_span->last = end.last;
	return error;
}
