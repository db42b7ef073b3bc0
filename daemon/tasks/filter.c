/* The filter language as a whole: its limits, and the conditions that terms are made of. */
#include "tasks/filter.h"

#include "tasks/filter_parser.h"

#include <ctype.h>

/* --- conditions --- */

struct filter *filter_new(const struct filter_parser *parser, enum filter_kind kind)
{
	struct filter *filter = arena_alloc(parser->arena, sizeof(*filter));

	filter->kind = kind;
	filter->column = filter_token_column(parser);
	return filter;
}

struct filter *filter_join(const struct filter_parser *parser, enum filter_kind kind, const struct filter *left,
	const struct filter *right)
{
	struct filter *filter = filter_new(parser, kind);

	filter->left = left;
	filter->right = right;
	filter->column = left->column;
	return filter;
}

const struct filter *filter_negate(const struct filter_parser *parser, const struct filter *filter)
{
	struct filter *negated;

	if (filter->kind == FILTER_NOT)
		return filter->left;
	negated = filter_new(parser, FILTER_NOT);
	negated->left = filter;
	negated->column = filter->column;
	return negated;
}

struct filter *filter_range(const struct filter_parser *parser, enum filter_field field, int64_t first, int64_t last)
{
	struct filter *filter = filter_new(parser, FILTER_RANGE);

	filter->field = field;
	filter->first = first;
	filter->last = last;
	return filter;
}

struct filter *filter_any(const struct filter_parser *parser, enum filter_field field)
{
	struct filter *filter = filter_new(parser, FILTER_ANY);

	filter->field = field;
	return filter;
}

struct filter *filter_text(
	const struct filter_parser *parser, enum filter_field field, enum text_match match, const char *text)
{
	struct filter *filter = filter_new(parser, FILTER_TEXT);

	filter->field = field;
	filter->match = match;
	filter->text = text;
	return filter;
}

struct filter *filter_status(const struct filter_parser *parser, enum task_status status)
{
	struct filter *filter = filter_new(parser, FILTER_STATUS);

	filter->status = status;
	return filter;
}

struct filter *filter_waiting(const struct filter_parser *parser)
{
	return filter_join(parser, FILTER_AND, filter_status(parser, TASK_PENDING),
		filter_range(parser, FILTER_WAIT, parser->context->now + 1, INT64_MAX));
}

struct filter *filter_pending(const struct filter_parser *parser)
{
	const struct filter *waits = filter_range(parser, FILTER_WAIT, parser->context->now + 1, INT64_MAX);

	return filter_join(parser, FILTER_AND, filter_status(parser, TASK_PENDING), filter_negate(parser, waits));
}

const struct filter *filter_default_scope(int64_t now, struct arena *arena)
{
	const struct filter_context context = { .now = now };
	const struct filter_parser parser = { .context = &context, .arena = arena };

	return filter_pending(&parser);
}

const struct filter *filter_naming_scope(const struct filter_parser *parser, const struct filter *filter)
{
	struct filter *named = filter_new(parser, filter->kind);

	*named = *filter;
	named->ends_scope = true;
	return named;
}

/* --- the whole --- */

static enum error check_text(const struct filter_parser *parser)
{
	if (parser->length > FILTER_TEXT_LIMIT)
		return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter", "the filter is longer than %u bytes",
			FILTER_TEXT_LIMIT);
	for (size_t i = 0; i < parser->length; i++)
		if (iscntrl((unsigned char)parser->text[i]) && !filter_token_is_space(parser->text[i]))
			return filter_token_refuse_at(parser, i, "there is a control character");
	return ERROR_NONE;
}

enum error filter_parse(const char *text, size_t length, const struct filter_context *context, struct arena *arena,
	const struct filter **ret_filter, struct refusal *refusal)
{
	static const struct filter all = { .kind = FILTER_ALL };
	struct filter_parser parser = { .text = text,
		.length = length,
		.zone = context->zone,
		.context = context,
		.arena = arena,
		.refusal = refusal };
	const struct filter *filter;
	enum error error = check_text(&parser);

	if (error)
		return error;
	parser.words = arena_alloc(arena, 2 * length + 1);
	parser.places = arena_array(arena, 2 * length + 1, sizeof(*parser.places));
	error = filter_grammar_parse(&parser, &filter);
	if (!error)
		*ret_filter = filter ? filter : &all;
	return error;
}

bool filter_names_scope(const struct filter *filter)
{
	if (filter->ends_scope)
		return true;
	return (filter->left && filter_names_scope(filter->left)) ||
	       (filter->right && filter_names_scope(filter->right));
}
