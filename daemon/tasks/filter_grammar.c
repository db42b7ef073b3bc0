/* How terms are joined: not, and, xor, or, and parentheses. */
#include "tasks/filter_parser.h"

/* The loosest first. What each joins binds closer. */
enum level { LEVEL_OR, LEVEL_XOR, LEVEL_AND, LEVEL_COUNT };

static const struct {
	const char *word;
	enum filter_kind kind;
} levels[LEVEL_COUNT] = {
	[LEVEL_OR] = { "or", FILTER_OR },
	[LEVEL_XOR] = { "xor", FILTER_XOR },
	[LEVEL_AND] = { "and", FILTER_AND },
};

/* `behind`: the operator or parenthesis that wants a term, NULL at the start. */
static enum error parse_level(
	struct filter_parser *parser, enum level level, const char *behind, const struct filter **ret_filter);

/* --- terms --- */

static bool is_joint(const struct filter_token *token)
{
	for (enum level level = 0; level < LEVEL_COUNT; level++)
		if (filter_token_is(token, levels[level].word))
			return true;
	return false;
}

static bool starts_term(const struct filter_token *token)
{
	return token->text && !is_joint(token) && !filter_token_is(token, ")");
}

static enum error refuse_missing(const struct filter_parser *parser, const char *behind)
{
	if (behind)
		return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter",
			"expected a term behind `%s` at column %zu", behind, filter_token_column(parser));
	if (filter_token_is(&parser->token, ")"))
		return filter_token_refuse(parser, "closes nothing");
	return filter_token_refuse(parser, "has no term before it");
}

static enum error parse_any_term(struct filter_parser *parser, const struct filter **ret_filter)
{
	const struct filter_token *token = &parser->token;
	bool has_sign = token->quoted_from > 0 && (token->text[0] == '+' || token->text[0] == '-');

	if (token->is_pattern)
		return filter_words_pattern(parser, ret_filter);
	if (has_sign)
		return filter_tag_parse(parser, ret_filter);
	if (filter_attribute_is(token))
		return filter_attribute_parse(parser, ret_filter);
	if (filter_refs_looks_like(token))
		return filter_refs_parse(parser, 0, FILTER_ID, ret_filter);
	return filter_token_refuse_word(parser);
}

static size_t count_leaves(const struct filter *filter)
{
	if (!filter->left)
		return 1;
	return count_leaves(filter->left) + (filter->right ? count_leaves(filter->right) : 0);
}

static enum error parse_term(struct filter_parser *parser, const struct filter **ret_filter)
{
	enum error error = parse_any_term(parser, ret_filter);

	if (error)
		return error;
	parser->leaf_count += count_leaves(*ret_filter);
	if (++parser->term_count <= FILTER_TERM_LIMIT && parser->leaf_count <= FILTER_LEAF_LIMIT)
		return ERROR_NONE;
	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter",
		"the filter has too many terms, from column %zu on", filter_token_column(parser));
}

static enum error parse_group(struct filter_parser *parser, const struct filter **ret_filter)
{
	size_t start = parser->token.start;
	enum error error;

	if (++parser->depth > FILTER_DEPTH_LIMIT)
		return filter_token_refuse_at(parser, start, "there are too many parentheses within each other");
	error = filter_token_advance(parser);
	if (!error)
		error = parse_level(parser, LEVEL_OR, "(", ret_filter);
	if (error)
		return error;
	if (!filter_token_is(&parser->token, ")"))
		return filter_token_refuse_at(parser, start, "there is no closing parenthesis for the one");
	parser->depth--;
	return filter_token_advance(parser);
}

/* { "not" } ( "(" … ")" | term ) */
static enum error parse_unit(struct filter_parser *parser, const char *behind, const struct filter **ret_filter)
{
	bool is_negated = false;
	enum error error = ERROR_NONE;

	while (!error && (filter_token_is(&parser->token, "not") || filter_token_is(&parser->token, "!"))) {
		behind = parser->token.text;
		is_negated = !is_negated;
		error = filter_token_advance(parser);
	}
	if (error)
		return error;
	if (!starts_term(&parser->token))
		return refuse_missing(parser, behind);
	if (filter_token_is(&parser->token, "("))
		error = parse_group(parser, ret_filter);
	else if (!(error = parse_term(parser, ret_filter)))
		error = filter_token_advance(parser);
	if (!error && is_negated)
		*ret_filter = filter_negate(parser, *ret_filter);
	return error;
}

/* --- joints --- */

/* Pass over the level's word; two terms without any are joined by `and`. ret_behind stays where there is no joint. */
static enum error take_joint(struct filter_parser *parser, enum level level, const char **ret_behind)
{
	*ret_behind = NULL;
	if (filter_token_is(&parser->token, levels[level].word)) {
		*ret_behind = levels[level].word;
		return filter_token_advance(parser);
	}
	if (level == LEVEL_AND && starts_term(&parser->token))
		*ret_behind = "and";
	return ERROR_NONE;
}

static enum error parse_operand(
	struct filter_parser *parser, enum level level, const char *behind, const struct filter **ret_filter)
{
	if (level == LEVEL_AND)
		return parse_unit(parser, behind, ret_filter);
	return parse_level(parser, level + 1, behind, ret_filter);
}

static enum error parse_level(
	struct filter_parser *parser, enum level level, const char *behind, const struct filter **ret_filter)
{
	const struct filter *filter = NULL;
	enum error error = parse_operand(parser, level, behind, &filter);

	while (!error) {
		const struct filter *right = NULL;

		error = take_joint(parser, level, &behind);
		if (error || !behind)
			break;
		error = parse_operand(parser, level, behind, &right);
		if (!error)
			filter = filter_join(parser, levels[level].kind, filter, right);
	}
	if (!error)
		*ret_filter = filter;
	return error;
}

enum error filter_grammar_parse(struct filter_parser *parser, const struct filter **ret_filter)
{
	enum error error = filter_token_advance(parser);

	*ret_filter = NULL;
	if (error || !parser->token.text)
		return error;
	error = parse_level(parser, LEVEL_OR, NULL, ret_filter);
	if (!error && parser->token.text)
		error = filter_token_refuse(parser, "closes nothing");
	return error;
}
