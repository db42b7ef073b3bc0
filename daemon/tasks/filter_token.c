/* The words of a filter, and refusals that name their place. */
#include "tasks/filter_parser.h"

#include "common/text.h"
#include "tasks/scan.h"

#include <stdlib.h>
#include <string.h>

#define QUOTED_WORD_LENGTH 40u /* bytes of the client's text in a refusal */

/* --- refusals --- */

/* In characters, from 1. */
static size_t column_of(const struct filter_parser *parser, size_t offset)
{
	size_t column = 1;

	for (size_t i = 0; i < offset; i++)
		column += ((unsigned char)parser->text[i] & 0xc0) != 0x80;
	return column;
}

size_t filter_token_column(const struct filter_parser *parser)
{
	return column_of(parser, parser->token.start);
}

/* As much of a text as a refusal repeats, cut between characters. */
static int excerpt_length(const char *text, size_t length)
{
	return (int)(length <= QUOTED_WORD_LENGTH ? length : text_whole_length(text, QUOTED_WORD_LENGTH));
}

enum error filter_token_refuse_part(const struct filter_parser *parser, size_t length, const char *reason)
{
	const char *word = parser->token.text;

	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter", "`%.*s` at column %zu %s",
		excerpt_length(word, length), word, filter_token_column(parser), reason);
}

enum error filter_token_refuse(const struct filter_parser *parser, const char *reason)
{
	return filter_token_refuse_part(parser, parser->token.length, reason);
}

enum error filter_token_refuse_word(const struct filter_parser *parser)
{
	const char *word = parser->token.text;
	int length = excerpt_length(word, parser->token.length);

	/* What a slash would end cannot be shown between slashes as it is. */
	if (memchr(word, '/', (size_t)length) || (size_t)length < parser->token.length)
		return filter_token_refuse(
			parser, "is no filter term; write `/text/` to look for words, and see taskctl-filter(7)");
	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter",
		"`%.*s` at column %zu is no filter term; write `/%.*s/` to look for it, and see taskctl-filter(7)",
		length, word, filter_token_column(parser), length, word);
}

enum error filter_token_refuse_at(const struct filter_parser *parser, size_t offset, const char *reason)
{
	return refuse(
		parser->refusal, ERROR_INVALID_PARAMS, "filter", "%s at column %zu", reason, column_of(parser, offset));
}

enum error filter_token_refuse_value(const struct filter_parser *parser, const struct refusal *said)
{
	const char *word = parser->token.text;

	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter", "`%.*s` at column %zu: %s",
		excerpt_length(word, parser->token.length), word, filter_token_column(parser), said->message);
}

/* Where the character with this number, from 1, of the token's text from `from` on stands in the filter. */
static size_t place_of(const struct filter_token *token, size_t from, size_t character)
{
	size_t at = from;

	while (character-- > 1 && at < token->length)
		at += text_character_length(token->text + at, token->length - at);
	return token->places[at];
}

enum error filter_token_refuse_within(const struct filter_parser *parser, size_t from, const struct refusal *said)
{
	static const char mark[] = " at column ";
	const char *found = strstr(said->message, mark);
	char lines[SCAN_PLACE_SIZE] = "";
	unsigned long column;
	size_t place;
	char *end;

	if (!found)
		return filter_token_refuse_value(parser, said);
	column = strtoul(found + sizeof(mark) - 1, &end, 10);
	place = place_of(&parser->token, from, column);
	if (strchr(end, '\n'))
		scan_show_place(parser->text, parser->length, place, lines);
	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter", "%.*s%s%zu%.*s%s", (int)(found - said->message),
		said->message, mark, column_of(parser, place), (int)strcspn(end, "\n"), end, lines);
}

/* --- words --- */

bool filter_token_is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_parenthesis(char byte)
{
	return byte == '(' || byte == ')';
}

static void add_byte(struct filter_parser *parser, struct filter_token *token)
{
	parser->words[token->length] = parser->text[parser->at];
	parser->places[token->length++] = (uint16_t)parser->at++;
}

/* The protected part of a word, from a quote to its end. In single quotes a backslash is an ordinary character. */
static enum error read_quoted(struct filter_parser *parser, struct filter_token *token)
{
	size_t start = parser->at;
	char quote = parser->text[parser->at++];

	while (parser->at < parser->length && parser->text[parser->at] != quote) {
		if (quote == '"' && parser->text[parser->at] == '\\' && parser->at + 1 < parser->length)
			parser->at++;
		add_byte(parser, token);
	}
	if (parser->at == parser->length)
		return filter_token_refuse_at(parser, start, "there is no closing quote for the one");
	parser->at++;
	return ERROR_NONE;
}

static enum error read_escaped(struct filter_parser *parser, struct filter_token *token)
{
	if (parser->at + 1 == parser->length)
		return filter_token_refuse_at(parser, parser->at, "nothing follows the backslash");
	parser->at++;
	add_byte(parser, token);
	return ERROR_NONE;
}

static enum error read_word(struct filter_parser *parser, struct filter_token *token)
{
	while (parser->at < parser->length) {
		char byte = parser->text[parser->at];
		bool is_protected = byte == '"' || byte == '\'' || byte == '\\';
		enum error error = ERROR_NONE;

		if (filter_token_is_space(byte) || is_parenthesis(byte))
			break;
		if (is_protected && token->quoted_from == FILTER_NOT_QUOTED)
			token->quoted_from = token->length;
		if (byte == '\\')
			error = read_escaped(parser, token);
		else if (is_protected)
			error = read_quoted(parser, token);
		else
			add_byte(parser, token);
		if (error)
			return error;
	}
	return ERROR_NONE;
}

/* What may follow the closing slash. */
static enum error read_pattern_end(struct filter_parser *parser, struct filter_token *token)
{
	parser->at++;
	token->is_regex = parser->context->uses_regex;
	if (parser->at < parser->length && parser->text[parser->at] == 'r') {
		token->is_regex = true;
		parser->at++;
	}
	if (parser->at == parser->length || filter_token_is_space(parser->text[parser->at]) ||
		is_parenthesis(parser->text[parser->at]))
		return ERROR_NONE;
	return filter_token_refuse_at(parser, parser->at,
		"something other than `r` follows the closing slash (a slash in the text is written `\\/`)");
}

/* What stands between slashes. Only a backslash before a slash is not an ordinary character. */
static enum error read_pattern(struct filter_parser *parser, struct filter_token *token)
{
	size_t start = parser->at++;

	token->is_pattern = true;
	while (parser->at < parser->length && parser->text[parser->at] != '/') {
		if (parser->text[parser->at] == '\\' && parser->at + 1 < parser->length &&
			parser->text[parser->at + 1] == '/')
			parser->at++;
		add_byte(parser, token);
	}
	if (parser->at == parser->length)
		return filter_token_refuse_at(parser, start, "there is no closing slash for the one");
	if (!token->length)
		return filter_token_refuse_at(parser, start, "nothing stands between the slashes");
	parser->places[token->length] = (uint16_t)parser->at;
	return read_pattern_end(parser, token);
}

static enum error read_token(struct filter_parser *parser, struct filter_token *token)
{
	char byte = parser->text[parser->at];
	enum error error = ERROR_NONE;

	token->text = parser->words;
	token->places = parser->places;
	if (is_parenthesis(byte) || byte == '!')
		add_byte(parser, token);
	else if (byte == '/')
		error = read_pattern(parser, token);
	else
		error = read_word(parser, token);
	if (!token->is_pattern)
		parser->places[token->length] = (uint16_t)parser->at;
	parser->words += token->length + 1;
	parser->places += token->length + 1;
	return error;
}

enum error filter_token_advance(struct filter_parser *parser)
{
	struct filter_token token = { .quoted_from = FILTER_NOT_QUOTED };
	enum error error = ERROR_NONE;

	while (parser->at < parser->length && filter_token_is_space(parser->text[parser->at]))
		parser->at++;
	token.start = parser->at;
	if (parser->at < parser->length)
		error = read_token(parser, &token);
	if (!error)
		parser->token = token;
	return error;
}

bool filter_token_is(const struct filter_token *token, const char *word)
{
	return token->text && token->quoted_from == FILTER_NOT_QUOTED && !token->is_pattern &&
	       strcmp(token->text, word) == 0;
}
