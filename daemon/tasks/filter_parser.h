/* What the files of the filter's parser share. */
#pragma once

#include "tasks/date.h"
#include "tasks/filter.h"

/* A word as it was meant: quotes and backslashes are gone. The text is NULL behind the last one. */
struct filter_token {
	const char *text;
	size_t length;
	const uint16_t *places; /* where each byte, and the end, stands in the filter */
	size_t quoted_from;     /* where its first protected byte stands; signs from there on are plain text */
	size_t start;           /* in the filter */
	bool is_pattern;        /* it stood between slashes: the text is what is inside */
	bool is_regex;          /* … and was followed by the letter r, or all patterns are regular expressions */
};

#define FILTER_NOT_QUOTED SIZE_MAX

struct filter_parser {
	const char *text;
	size_t length;
	size_t at;
	char *words; /* room for all words without their protection, each with its NUL */
	uint16_t *places;
	struct filter_token token; /* the one to be looked at */
	size_t depth;              /* parentheses that are open */
	size_t term_count;
	size_t leaf_count;
	size_t ref_count; /* of the whole filter */
	const struct zone *zone;
	const struct filter_context *context;
	struct arena *arena;
	struct refusal *refusal;
};

/* --- filter_token.c: words, and what is said about them --- */

/* Look at the next token. */
enum error filter_token_advance(struct filter_parser *parser);
/* What separates words. */
bool filter_token_is_space(char byte);
/* Whether it is this word, without any protection. */
bool filter_token_is(const struct filter_token *token, const char *word);

/* In characters, from 1. */
size_t filter_token_column(const struct filter_parser *parser);
/* "REASON at column N" */
enum error filter_token_refuse_at(const struct filter_parser *parser, size_t offset, const char *reason);
/* "`WORD` at column N REASON" of the token, or of so many of its bytes. */
enum error filter_token_refuse(const struct filter_parser *parser, const char *reason);
/* The token is a word that stands for nothing, and how to look for it. */
enum error filter_token_refuse_word(const struct filter_parser *parser);
enum error filter_token_refuse_part(const struct filter_parser *parser, size_t length, const char *reason);
/* The same for what a rule for values said: "`WORD` at column N: …" */
enum error filter_token_refuse_value(const struct filter_parser *parser, const struct refusal *said);
/*
 * For what was said with a column of its own in the token's text from `from` on: that becomes one of the filter, and so
 * does a caret.
 */
enum error filter_token_refuse_within(const struct filter_parser *parser, size_t from, const struct refusal *said);

/* --- conditions --- */

/* A new one at the token's place. */
struct filter *filter_new(const struct filter_parser *parser, enum filter_kind kind);
struct filter *filter_join(const struct filter_parser *parser, enum filter_kind kind, const struct filter *left,
	const struct filter *right);
const struct filter *filter_negate(const struct filter_parser *parser, const struct filter *filter);
struct filter *filter_range(const struct filter_parser *parser, enum filter_field field, int64_t first, int64_t last);
struct filter *filter_any(const struct filter_parser *parser, enum filter_field field);
struct filter *filter_text(
	const struct filter_parser *parser, enum filter_field field, enum text_match match, const char *text);
/* The same, as one that names ids or a status. */
const struct filter *filter_naming_scope(const struct filter_parser *parser, const struct filter *filter);
struct filter *filter_status(const struct filter_parser *parser, enum task_status status);
/* Pending and not waiting; pending and waiting. */
struct filter *filter_pending(const struct filter_parser *parser);
struct filter *filter_waiting(const struct filter_parser *parser);

/* --- terms, each from the token --- */

/* filter_grammar.c: the whole. NULL: there is no term. */
enum error filter_grammar_parse(struct filter_parser *parser, const struct filter **ret_filter);

/* filter_tag.c: `+tag`, `-tag`, `+VIRTUAL`. */
enum error filter_tag_parse(struct filter_parser *parser, const struct filter **ret_filter);

/* filter_refs.c: `3-7,9`, in the token's text from `from` on. */
enum error filter_refs_parse(
	struct filter_parser *parser, size_t from, enum filter_field field, const struct filter **ret_filter);
bool filter_refs_looks_like(const struct filter_token *token);

/* filter_attribute.c: `name:value`, `name.modifier:value`, `name<value` and the like. */
bool filter_attribute_is(const struct filter_token *token);
enum error filter_attribute_parse(struct filter_parser *parser, const struct filter **ret_filter);

/* How an attribute is asked. */
enum filter_test {
	FILTER_TEST_DEFAULT, /* behind a colon */
	FILTER_TEST_EQUAL,   /* behind = */
	FILTER_TEST_IS,
	FILTER_TEST_HAS,
	FILTER_TEST_STARTS,
	FILTER_TEST_ENDS,
	FILTER_TEST_WORD,
	FILTER_TEST_REGEX,
	FILTER_TEST_LIKE, /* behind ~ */
	FILTER_TEST_BEFORE,
	FILTER_TEST_AFTER,
	FILTER_TEST_BY,
	FILTER_TEST_FROM,
	FILTER_TEST_ANY,
};

/* A test with its value: the token's text from `from` on, which is not empty. */
struct filter_value {
	enum filter_test test;
	enum filter_field field;
	const char *name; /* of the attribute */
	const char *text;
	size_t length;
	size_t from;
};

typedef enum error (*filter_value_parse)(
	struct filter_parser *parser, const struct filter_value *value, const struct filter **ret_filter);

/* filter_value.c: what is asked of fields that hold no text. */
enum error filter_value_time(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_value_duration(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_value_number(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_value_decimal(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_value_urgency(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_value_priority(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_value_status(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_value_refs(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_value_id(struct filter_parser *, const struct filter_value *, const struct filter **);

/* filter_words.c: what is asked of texts, projects and tags. */
enum error filter_words_text(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_words_search(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_words_project(struct filter_parser *, const struct filter_value *, const struct filter **);
enum error filter_words_tags(struct filter_parser *, const struct filter_value *, const struct filter **);
/* `/text/`: in the title, the note or an annotation. */
enum error filter_words_pattern(struct filter_parser *parser, const struct filter **ret_filter);

/* filter_date.c: a date in the context's zone, which is found when the first one is read. */
enum error filter_date_read(struct filter_parser *parser, const struct filter_value *value, struct date_span *ret_span);
/* From the first second of one date word of ours to the last of another, such as sow and eow. */
enum error filter_date_words(
	struct filter_parser *parser, const char *first, const char *last, struct date_span *ret_span);
