/* Ways for a text to match another, without regard to case, and regular expressions that cannot run away. */
#pragma once

#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>

enum text_match {
	TEXT_IS,     /* the same bytes; every other way goes by Unicode's case folding (C) of the normal form NFC */
	TEXT_HAS,    /* somewhere in it */
	TEXT_STARTS, /* with it */
	TEXT_ENDS,
	TEXT_WORD,  /* somewhere, with no letter or digit right before or behind it */
	TEXT_REGEX, /* PCRE2, without regard to case */
	TEXT_MATCH_COUNT
};

/* What is looked for, made ready once. */
struct text_pattern;

#define TEXT_REGEX_LIMIT 256u /* bytes of a regular expression */

/*
 * The caller frees it. ERROR_INVALID_PARAMS, only of a regular expression: it is none, or too large; the message says
 * why and where, in characters from 1, as "REASON at column N". `refusal` may be NULL.
 */
enum error text_pattern_new(enum text_match match, const char *text, size_t length, struct text_pattern **ret_pattern,
	struct refusal *refusal);
void text_pattern_free(struct text_pattern *pattern);

/* ERROR_DEADLINE: a regular expression wanted more steps or memory than one text may cost. */
enum error text_pattern_matches(struct text_pattern *pattern, const char *text, size_t length, bool *ret_matches);
