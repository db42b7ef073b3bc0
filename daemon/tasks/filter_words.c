/* What is asked of texts, projects and tags. */
#include "tasks/filter_parser.h"

#include <string.h>

/* --- ways to match --- */

static enum text_match match_of(const struct filter_parser *parser, enum filter_test test, enum text_match otherwise)
{
	switch (test) {
	case FILTER_TEST_EQUAL:
	case FILTER_TEST_IS:
		return TEXT_IS;
	case FILTER_TEST_HAS:
		return TEXT_HAS;
	case FILTER_TEST_STARTS:
		return TEXT_STARTS;
	case FILTER_TEST_ENDS:
		return TEXT_ENDS;
	case FILTER_TEST_WORD:
		return TEXT_WORD;
	case FILTER_TEST_REGEX:
		return TEXT_REGEX;
	case FILTER_TEST_LIKE:
		return parser->context->uses_regex ? TEXT_REGEX : TEXT_HAS;
	case FILTER_TEST_DEFAULT:
	case FILTER_TEST_BEFORE:
	case FILTER_TEST_AFTER:
	case FILTER_TEST_BY:
	case FILTER_TEST_FROM:
	case FILTER_TEST_ANY:
		return otherwise;
	}
	return otherwise;
}

static enum error check_regex(const struct filter_parser *parser, size_t from)
{
	const struct filter_token *token = &parser->token;
	struct text_pattern *pattern = NULL;
	struct refusal said = { 0 };
	enum error error = text_pattern_new(TEXT_REGEX, token->text + from, token->length - from, &pattern, &said);

	text_pattern_free(pattern);
	return error ? filter_token_refuse_within(parser, from, &said) : ERROR_NONE;
}

static enum error make_text(struct filter_parser *parser, const struct filter_value *value, enum text_match match,
	const struct filter **ret_filter)
{
	enum error error = match == TEXT_REGEX ? check_regex(parser, value->from) : ERROR_NONE;
	struct filter *filter;

	if (error)
		return error;
	filter = filter_text(parser, value->field, match, value->text);
	filter->name = value->name;
	*ret_filter = filter;
	return ERROR_NONE;
}

enum error filter_words_text(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	return make_text(parser, value, match_of(parser, value->test, TEXT_IS), ret_filter);
}

enum error filter_words_search(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	return make_text(parser, value, match_of(parser, value->test, TEXT_HAS), ret_filter);
}

/* --- projects and tags --- */

/* Behind `:` or `=` the project and all below it. */
enum error filter_words_project(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	struct refusal said;
	struct filter *filter;

	if (value->test != FILTER_TEST_DEFAULT && value->test != FILTER_TEST_EQUAL)
		return filter_words_text(parser, value, ret_filter);
	if (task_check_project(value->text, value->length, &said))
		return filter_token_refuse_value(parser, &said);
	filter = filter_new(parser, FILTER_PROJECT);
	filter->text = value->text;
	*ret_filter = filter;
	return ERROR_NONE;
}

enum error filter_words_tags(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter)
{
	enum text_match match = match_of(parser, value->test, TEXT_IS);
	struct refusal said;
	struct filter *filter;

	if (match != TEXT_IS)
		return make_text(parser, value, match, ret_filter);
	if (task_check_tag(value->text, value->length, &said))
		return filter_token_refuse_value(parser, &said);
	filter = filter_new(parser, FILTER_TAG);
	filter->text = value->text;
	*ret_filter = filter;
	return ERROR_NONE;
}

/* --- between slashes --- */

enum error filter_words_pattern(struct filter_parser *parser, const struct filter **ret_filter)
{
	static const enum filter_field fields[] = { FILTER_NOTE, FILTER_ANNOTATIONS };
	const struct filter_token *token = &parser->token;
	enum text_match match = token->is_regex ? TEXT_REGEX : TEXT_HAS;
	const struct filter *filter = filter_text(parser, FILTER_TITLE, match, token->text);

	if (match == TEXT_REGEX && check_regex(parser, 0))
		return ERROR_INVALID_PARAMS;
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		filter = filter_join(parser, FILTER_OR, filter, filter_text(parser, fields[i], match, token->text));
	*ret_filter = filter;
	return ERROR_NONE;
}
