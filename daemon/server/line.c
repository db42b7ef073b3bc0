/*
 * What is replaced is the content of one JSON string by that of another, in the same quotes, so the line stays what it
 * was for the parser: valid or not.
 */
#include "server/line.h"

#include "server/long_text.h"

#include <string.h>

#define MEMBER   "\"access_token\":\""
#define STAND_IN "~"      /* in no token */
#define ESCAPED  "\\u007" /* how else a string can come to hold it */

/*
 * The known token in the line, or NULL. Behind { or , a quote begins a key in every valid line: inside of a string it
 * would end that string, and no colon or comma follows.
 */
static const char *find_token(const char *line, size_t length, const struct known_token *token)
{
	const char *member = memmem(line, length, MEMBER, strlen(MEMBER));
	const char *text = member ? member + strlen(MEMBER) : NULL;

	if (!member || member == line || (member[-1] != '{' && member[-1] != ','))
		return NULL;
	/* So that a stand-in in the parameters can only be ours. */
	if (memchr(line, STAND_IN[0], length) || memmem(line, length, ESCAPED, strlen(ESCAPED)))
		return NULL;
	if ((size_t)(line + length - text) <= token->length || text[token->length] != '"')
		return NULL;
	return memcmp(text, token->text, token->length) == 0 ? text : NULL;
}

static void shorten(const char *line, size_t length, const char *token, size_t token_length, struct buffer *out)
{
	const char *rest = token + token_length;

	buffer_append(out, line, (size_t)(token - line));
	buffer_append_text(out, STAND_IN);
	buffer_append(out, rest, (size_t)(line + length - rest));
}

/* Put it back. False where it stood elsewhere than in the parameters. */
static bool restore(const struct wire_message *message, const struct known_token *token)
{
	json_t *value = json_object_get(json_object_get(message->root, "params"), "access_token");
	const char *text = json_string_value(value);

	return text && strcmp(text, STAND_IN) == 0 && json_string_setn_nocheck(value, token->text, token->length) == 0;
}

static bool parse_shortened(const char *line, size_t length, const struct known_token *token, struct buffer *scratch,
	struct wire_message *ret_message)
{
	const char *found = token->length ? find_token(line, length, token) : NULL;
	struct wire_message message;
	struct refusal ignored;
	bool is_parsed;

	if (!found)
		return false;
	shorten(line, length, found, token->length, scratch);
	is_parsed = wire_parse(scratch->data, scratch->length, &message, &ignored) == ERROR_NONE;
	buffer_wipe(scratch);
	if (!is_parsed)
		return false;
	if (!restore(&message, token)) {
		wire_message_deinit(&message);
		return false;
	}
	*ret_message = message;
	return true;
}

static enum error parse_known(const char *line, size_t length, const struct known_token *token, struct buffer *scratch,
	struct wire_message *ret_message, struct refusal *refusal)
{
	if (parse_shortened(line, length, token, scratch, ret_message))
		return ERROR_NONE;
	return wire_parse(line, length, ret_message, refusal);
}

static bool parse_rest(const struct buffer *text, const struct buffer *rest, const struct known_token *token,
	struct buffer *scratch, struct wire_message *ret_message)
{
	struct wire_message message;
	struct refusal ignored;

	if (parse_known(rest->data, rest->length, token, scratch, &message, &ignored))
		return false;
	if (!long_text_restore(message.root, text)) {
		wire_message_deinit(&message);
		return false;
	}
	*ret_message = message;
	return true;
}

static bool parse_without_text(const char *line, size_t length, const struct known_token *token, struct buffer *scratch,
	struct wire_message *ret_message)
{
	struct buffer text;
	struct buffer rest;
	bool is_parsed;

	buffer_init(&text);
	buffer_init(&rest);
	is_parsed = long_text_cut(line, length, &text, &rest) && parse_rest(&text, &rest, token, scratch, ret_message);
	buffer_wipe(&rest);
	buffer_deinit(&rest);
	buffer_deinit(&text);
	return is_parsed;
}

/* Whatever is unusual is parsed as it stands, so that a refusal names the right column. */
enum error line_parse(const char *line, size_t length, const struct known_token *token, struct buffer *scratch,
	struct wire_message *ret_message, struct refusal *refusal)
{
	if (parse_without_text(line, length, token, scratch, ret_message))
		return ERROR_NONE;
	return parse_known(line, length, token, scratch, ret_message, refusal);
}
