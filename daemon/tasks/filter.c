/* The filter language: text to a tree of terms. */
#include "tasks/filter.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <ctype.h>
#include <string.h>

#define TERMS_HERE         "project:, +tag, -tag, status: or ids"
#define QUOTED_WORD_LENGTH 40u /* bytes of the client's text in a refusal */
#define NOT_QUOTED         SIZE_MAX

/* A word as it was meant: quotes and backslashes are gone. The text is NULL behind the last one. */
struct token {
	const char *text;
	size_t length;
	size_t quoted_from; /* where its first protected byte stands; signs from there on are plain text */
	size_t start;       /* in the filter */
};

struct parser {
	const char *text;
	size_t length;
	size_t at;
	char *words;        /* room for all words without their protection, each with its NUL */
	struct token token; /* the one to be looked at */
	size_t term_count;
	size_t ref_count;      /* of the whole filter */
	struct task_ref *refs; /* of the term that is being read */
	size_t ref_capacity;
	struct arena *arena;
	struct refusal *refusal;
};

/* --- refusals --- */

/* In characters, from 1. */
static size_t column_of(const struct parser *parser, size_t offset)
{
	size_t column = 1;

	for (size_t i = 0; i < offset; i++)
		column += ((unsigned char)parser->text[i] & 0xc0) != 0x80;
	return column;
}

/* As much of a text as a refusal repeats, cut between characters. */
static int excerpt_length(const char *text, size_t length)
{
	return (int)(length <= QUOTED_WORD_LENGTH ? length : text_whole_length(text, QUOTED_WORD_LENGTH));
}

/* "`WORD` at column N REASON" */
static enum error refuse_word(const struct parser *parser, const char *word, size_t length, const char *reason)
{
	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter", "`%.*s` at column %zu %s",
		excerpt_length(word, length), word, column_of(parser, parser->token.start), reason);
}

static enum error refuse_token(const struct parser *parser, const char *reason)
{
	return refuse_word(parser, parser->token.text, parser->token.length, reason);
}

static enum error refuse_at(const struct parser *parser, size_t offset, const char *reason)
{
	return refuse(
		parser->refusal, ERROR_INVALID_PARAMS, "filter", "%s at column %zu", reason, column_of(parser, offset));
}

/* What a rule for values said, with the place. */
static enum error refuse_value(const struct parser *parser, const struct refusal *said)
{
	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter", "`%.*s` at column %zu: %s",
		excerpt_length(parser->token.text, parser->token.length), parser->token.text,
		column_of(parser, parser->token.start), said->message);
}

/* --- tokens --- */

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_parenthesis(char byte)
{
	return byte == '(' || byte == ')';
}

static void add_byte(struct parser *parser, struct token *token, char byte)
{
	parser->words[token->length++] = byte;
}

/* The protected part of a word, from a quote to its end. In single quotes a backslash is an ordinary character. */
static enum error read_quoted(struct parser *parser, struct token *token)
{
	size_t start = parser->at;
	char quote = parser->text[parser->at++];

	while (parser->at < parser->length && parser->text[parser->at] != quote) {
		if (quote == '"' && parser->text[parser->at] == '\\' && parser->at + 1 < parser->length)
			parser->at++;
		add_byte(parser, token, parser->text[parser->at++]);
	}
	if (parser->at == parser->length)
		return refuse_at(parser, start, "there is no closing quote for the one");
	parser->at++;
	return ERROR_NONE;
}

static enum error read_escaped(struct parser *parser, struct token *token)
{
	if (parser->at + 1 == parser->length)
		return refuse_at(parser, parser->at, "nothing follows the backslash");
	add_byte(parser, token, parser->text[parser->at + 1]);
	parser->at += 2;
	return ERROR_NONE;
}

static enum error read_word(struct parser *parser, struct token *token)
{
	while (parser->at < parser->length) {
		char byte = parser->text[parser->at];
		bool is_protected = byte == '"' || byte == '\'' || byte == '\\';
		enum error error = ERROR_NONE;

		if (is_space(byte) || is_parenthesis(byte))
			break;
		if (is_protected && token->quoted_from == NOT_QUOTED)
			token->quoted_from = token->length;
		if (byte == '\\')
			error = read_escaped(parser, token);
		else if (is_protected)
			error = read_quoted(parser, token);
		else
			add_byte(parser, token, parser->text[parser->at++]);
		if (error)
			return error;
	}
	return ERROR_NONE;
}

/* Look at the next token. */
static enum error advance(struct parser *parser)
{
	struct token token = { .quoted_from = NOT_QUOTED };
	enum error error = ERROR_NONE;

	while (parser->at < parser->length && is_space(parser->text[parser->at]))
		parser->at++;
	token.start = parser->at;
	if (parser->at < parser->length) {
		token.text = parser->words;
		if (is_parenthesis(parser->text[parser->at]))
			add_byte(parser, &token, parser->text[parser->at++]);
		else
			error = read_word(parser, &token);
		parser->words += token.length + 1;
	}
	if (!error)
		parser->token = token;
	return error;
}

static bool is_plain_word(const struct token *token, const char *word)
{
	return token->text && token->quoted_from == NOT_QUOTED && !strcmp(token->text, word);
}

/* --- terms --- */

static struct filter *new_filter(const struct parser *parser, enum filter_kind kind)
{
	struct filter *filter = arena_alloc(parser->arena, sizeof(*filter));

	filter->kind = kind;
	filter->column = column_of(parser, parser->token.start);
	return filter;
}

static enum error parse_tag(struct parser *parser, const struct filter **ret_filter)
{
	const char *tag = parser->token.text + 1;
	struct refusal said;
	struct filter *filter;

	if (task_check_tag(tag, parser->token.length - 1, &said))
		return refuse_value(parser, &said);
	filter = new_filter(parser, parser->token.text[0] == '+' ? FILTER_TAG : FILTER_NO_TAG);
	filter->text = tag;
	*ret_filter = filter;
	return ERROR_NONE;
}

static enum error parse_project(struct parser *parser, const char *value, const struct filter **ret_filter)
{
	size_t length = parser->token.length - (size_t)(value - parser->token.text);
	struct refusal said;
	struct filter *filter;

	if (length && task_check_project(value, length, &said))
		return refuse_value(parser, &said);
	filter = new_filter(parser, FILTER_PROJECT);
	filter->text = value;
	*ret_filter = filter;
	return ERROR_NONE;
}

static enum error parse_status(struct parser *parser, const char *value, const struct filter **ret_filter)
{
	static const struct {
		const char *name;
		enum filter_kind kind;
		enum task_status status;
	} words[] = {
		{ "pending", FILTER_STATUS, TASK_PENDING },
		{ "completed", FILTER_STATUS, TASK_COMPLETED },
		{ "deleted", FILTER_STATUS, TASK_DELETED },
		{ "recurring", FILTER_STATUS, TASK_RECURRING },
		{ "waiting", FILTER_WAITING, TASK_PENDING },
		{ "all", FILTER_ALL, TASK_PENDING },
	};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		struct filter *filter;

		if (strcmp(words[i].name, value) != 0)
			continue;
		filter = new_filter(parser, words[i].kind);
		filter->status = words[i].status;
		filter->ends_scope = words[i].kind == FILTER_ALL;
		*ret_filter = filter;
		return ERROR_NONE;
	}
	return refuse_token(parser, "names no status; use pending, waiting, completed, deleted, recurring or all");
}

static const struct {
	const char *name;
	enum error (*parse)(struct parser *parser, const char *value, const struct filter **ret_filter);
} attributes[] = {
	{ "project", parse_project },
	{ "status", parse_status },
};

/* --- ids --- */

static bool is_number(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	return length > 0;
}

/* An item such as 3-7, both ends meant. A uuid can look like one that runs backwards. */
static bool read_range(const char *item, size_t length, int64_t *ret_first, int64_t *ret_last)
{
	const char *dash = memchr(item, '-', length);
	size_t first_length = dash ? (size_t)(dash - item) : 0;
	struct task_ref first, last;

	if (!dash || !is_number(item, first_length) || !is_number(dash + 1, length - first_length - 1))
		return false;
	if (task_ref_parse(item, first_length, &first, NULL) ||
		task_ref_parse(dash + 1, length - first_length - 1, &last, NULL))
		return false;
	if (!first.id || first.id > last.id)
		return false;
	*ret_first = first.id;
	*ret_last = last.id;
	return true;
}

/* Make room for more refs; false when that would be too many. */
static bool grow_refs(struct parser *parser, struct filter *filter, size_t more, struct task_ref **ret_refs)
{
	struct task_ref *refs = parser->refs;
	size_t count = filter->ref_count + more;

	if (more > FILTER_REFS_LIMIT - parser->ref_count)
		return false;
	if (count > parser->ref_capacity) {
		parser->ref_capacity = 2 * count;
		refs = arena_array(parser->arena, parser->ref_capacity, sizeof(*refs));
		if (filter->ref_count)
			memcpy(refs, filter->refs, filter->ref_count * sizeof(*refs));
	}
	*ret_refs = refs + filter->ref_count;
	parser->refs = refs;
	parser->ref_count += more;
	filter->refs = refs;
	filter->ref_count = count;
	return true;
}

static enum error refuse_refs(const struct parser *parser)
{
	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter", "the filter names more than %u ids",
		FILTER_REFS_LIMIT);
}

static enum error add_range(struct parser *parser, struct filter *filter, int64_t first, int64_t last)
{
	struct task_ref *refs;

	if (last - first >= (int64_t)FILTER_REFS_LIMIT || !grow_refs(parser, filter, (size_t)(last - first + 1), &refs))
		return refuse_refs(parser);
	for (int64_t id = first; id <= last; id++)
		refs++->id = id;
	return ERROR_NONE;
}

static enum error add_ref(struct parser *parser, struct filter *filter, const char *item, size_t length)
{
	struct task_ref ref;
	struct task_ref *refs;
	bool is_either;

	if (task_ref_parse(item, length, &ref, NULL))
		return refuse_token(parser, "is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid");
	is_either = ref.id && ref.uuid[0];
	if (!grow_refs(parser, filter, is_either ? 2 : 1, &refs))
		return refuse_refs(parser);
	refs[0] = ref;
	if (is_either) {
		refs[0].uuid[0] = '\0';
		refs[1] = ref;
		refs[1].id = 0;
	}
	return ERROR_NONE;
}

static enum error parse_ids(struct parser *parser, const struct filter **ret_filter)
{
	struct filter *filter = new_filter(parser, FILTER_IDS);
	const char *item = parser->token.text;

	parser->refs = NULL;
	parser->ref_capacity = 0;
	for (;;) {
		size_t length = strcspn(item, ",");
		int64_t first, last;
		enum error error = read_range(item, length, &first, &last) ? add_range(parser, filter, first, last)
									   : add_ref(parser, filter, item, length);

		if (error)
			return error;
		if (!item[length])
			break;
		item += length + 1;
	}
	*ret_filter = filter;
	return ERROR_NONE;
}

static bool looks_like_ids(const struct token *token)
{
	if (token->quoted_from != NOT_QUOTED || strspn(token->text, "0123456789abcdefABCDEF,-") < token->length)
		return false;
	return isdigit((unsigned char)token->text[0]) || strcspn(token->text, ",-") >= 8;
}

/* --- the grammar --- */

/* Bytes of the attribute's name in front of an unprotected colon; 0: the word is no attribute. */
static size_t attribute_length(const struct token *token)
{
	const char *colon = memchr(token->text, ':', token->length);
	size_t length = colon ? (size_t)(colon - token->text) : 0;

	return length < token->quoted_from ? length : 0;
}

static enum error refuse_attribute(const struct parser *parser, size_t name_length)
{
	const char *names[COUNT_OF(attributes) + 1] = { NULL };
	const char *name = arena_strndup(parser->arena, parser->token.text, name_length);
	const char *nearest;

	for (size_t i = 0; i < COUNT_OF(attributes); i++)
		names[i] = attributes[i].name;
	nearest = text_nearest(name, names);
	if (!nearest)
		return refuse_word(
			parser, parser->token.text, name_length + 1, "is not a filter term here; use " TERMS_HERE);
	return refuse_word(parser, parser->token.text, name_length + 1,
		arena_printf(parser->arena, "is not a filter term here; did you mean `%s:`?", nearest));
}

static enum error parse_attribute(struct parser *parser, size_t name_length, const struct filter **ret_filter)
{
	const char *word = parser->token.text;

	for (size_t i = 0; i < COUNT_OF(attributes); i++)
		if (strlen(attributes[i].name) == name_length && !memcmp(attributes[i].name, word, name_length))
			return attributes[i].parse(parser, word + name_length + 1, ret_filter);
	return refuse_attribute(parser, name_length);
}

static bool is_operator(const struct token *token)
{
	static const char *const operators[] = { "or", "xor", "not", "!", "(", ")" };

	for (size_t i = 0; i < COUNT_OF(operators); i++)
		if (is_plain_word(token, operators[i]))
			return true;
	return false;
}

static enum error parse_term(struct parser *parser, const struct filter **ret_filter)
{
	const struct token *token = &parser->token;
	bool has_sign = token->quoted_from > 0 && (token->text[0] == '+' || token->text[0] == '-');
	size_t name_length = attribute_length(token);

	if (++parser->term_count > FILTER_TERM_LIMIT)
		return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter", "the filter has more than %u terms",
			FILTER_TERM_LIMIT);
	if (is_operator(token))
		return refuse_token(parser, "is not understood yet; terms are joined by `and`");
	if (has_sign)
		return parse_tag(parser, ret_filter);
	if (name_length)
		return parse_attribute(parser, name_length, ret_filter);
	if (looks_like_ids(token))
		return parse_ids(parser, ret_filter);
	return refuse_token(parser, "is not a filter term here; use " TERMS_HERE);
}

static const struct filter *join(const struct parser *parser, const struct filter *left, const struct filter *right)
{
	struct filter *both;

	if (!left)
		return right;
	both = new_filter(parser, FILTER_AND);
	both->left = left;
	both->right = right;
	return both;
}

/* Pass over an `and` between two terms. */
static enum error skip_and(struct parser *parser, bool has_left)
{
	enum error error;

	if (!is_plain_word(&parser->token, "and"))
		return ERROR_NONE;
	if (!has_left)
		return refuse_token(parser, "has no term before it");
	error = advance(parser);
	if (!error && (!parser->token.text || is_plain_word(&parser->token, "and")))
		error = refuse_at(parser, parser->token.start, "expected a term behind `and`");
	return error;
}

/* term { ["and"] term } */
static enum error parse_conjunction(struct parser *parser, const struct filter **ret_filter)
{
	const struct filter *filter = NULL;

	while (parser->token.text) {
		const struct filter *term = NULL;
		enum error error = skip_and(parser, filter != NULL);

		if (!error)
			error = parse_term(parser, &term);
		if (error)
			return error;
		filter = join(parser, filter, term);
		error = advance(parser);
		if (error)
			return error;
	}
	*ret_filter = filter;
	return ERROR_NONE;
}

static enum error check_text(const struct parser *parser)
{
	if (parser->length > FILTER_TEXT_LIMIT)
		return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter", "the filter is longer than %u bytes",
			FILTER_TEXT_LIMIT);
	for (size_t i = 0; i < parser->length; i++)
		if (iscntrl((unsigned char)parser->text[i]) && !is_space(parser->text[i]))
			return refuse_at(parser, i, "there is a control character");
	return ERROR_NONE;
}

enum error filter_parse(
	const char *text, size_t length, struct arena *arena, const struct filter **ret_filter, struct refusal *refusal)
{
	static const struct filter all = { .kind = FILTER_ALL };
	struct parser parser = { .text = text, .length = length, .arena = arena, .refusal = refusal };
	const struct filter *filter = NULL;
	enum error error = check_text(&parser);

	if (error)
		return error;
	parser.words = arena_alloc(arena, 2 * length + 1);
	error = advance(&parser);
	if (!error)
		error = parse_conjunction(&parser, &filter);
	if (error)
		return error;
	*ret_filter = filter ? filter : &all;
	return ERROR_NONE;
}

bool filter_names_scope(const struct filter *filter)
{
	switch (filter->kind) {
	case FILTER_AND:
		return filter_names_scope(filter->left) || filter_names_scope(filter->right);
	case FILTER_STATUS:
	case FILTER_WAITING:
	case FILTER_IDS:
		return true;
	case FILTER_ALL:
		return filter->ends_scope;
	case FILTER_PROJECT:
	case FILTER_TAG:
	case FILTER_NO_TAG:
		return false;
	}
	return false;
}
