/*
 * What is searched for: `milk "whole grain" -soy bre*`. Words all of which must occur; words in quotes, one behind the
 * other; behind a minus, what must not occur. A word with an asterisk, and the last one (it may be half typed), also
 * stands for words that begin with it. Signs mean nothing else: `e-mail` is the words e and mail, one behind the other.
 */
#pragma once

#include "common/arena.h"
#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>

#define SEARCH_TEXT_LIMIT 1024u /* bytes */
#define SEARCH_WORDS_MOST 64u   /* of a query, as search_words.h cuts them */

struct search_word {
	const char *text; /* as search_words_append writes it, with a NUL behind it */
	size_t length;
};

/* Words that stand one behind the other. */
struct search_phrase {
	const struct search_word *words;
	size_t count;     /* at least 1 */
	bool is_prefix;   /* the last word is the beginning of one */
	bool is_excluded; /* what has it is not found */
};

/* The wanted phrases come first. */
struct search_query {
	const struct search_phrase *phrases;
	size_t count;
	size_t wanted; /* at least 1 */
};

/*
 * ERROR_INVALID_PARAMS, field "query": it is not UTF-8, has too many words, or none that is wanted. Lives in the arena.
 */
enum error search_query_parse(
	const char *text, size_t length, struct arena *arena, struct search_query *ret_query, struct refusal *refusal);
