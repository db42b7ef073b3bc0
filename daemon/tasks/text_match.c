/* Folding of case, and PCRE2 within its limits. */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "tasks/text_match.h"

#include "common/memory.h"
#include "common/text.h"

#include <pcre2.h>
#include <string.h>
#include <utf8proc.h>

/* What one text may cost a regular expression. An ordinary one takes a few steps for each byte. */
#define REGEX_STEP_LIMIT     200000u
#define REGEX_DEPTH_LIMIT    1000u
#define REGEX_HEAP_LIMIT_KIB 1024u
#define REGEX_NEST_LIMIT     32u

struct text_pattern {
	enum text_match match;
	char *text; /* folded, but for TEXT_IS and TEXT_REGEX */
	size_t length;
	bool is_ascii;
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

/* --- folding --- */

static bool is_ascii(const char *text, size_t length)
{
	unsigned char bits = 0;

	for (size_t i = 0; i < length; i++)
		bits |= (unsigned char)text[i];
	return bits < 0x80;
}

/* A copy that is the same for texts that differ in case only; the caller frees it. What has no normal form stays. */
static char *fold(const char *text, size_t length, size_t *ret_length)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
	utf8proc_ssize_t count = utf8proc_decompose(bytes, (utf8proc_ssize_t)length, NULL, 0, options);
	utf8proc_ssize_t folded_length = -1;
	utf8proc_int32_t *points = NULL;

	if (count >= 0) {
		/* They become bytes in place, with a NUL behind them. */
		points = memory_array((size_t)count + 1, sizeof(*points));
		(void)utf8proc_decompose(bytes, (utf8proc_ssize_t)length, points, count, options);
		folded_length = utf8proc_reencode(points, count, options);
	}
	if (folded_length < 0) {
		free(points);
		*ret_length = length;
		return memory_strndup(text, length);
	}
	*ret_length = (size_t)folded_length;
	return (char *)points;
}

/* --- comparing: the pattern is folded, and the text is folded or ASCII --- */

static bool is_same(const char *text, const char *folded, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text_ascii_lower(text[i]) != folded[i])
			return false;
	return true;
}

static bool is_letter_or_digit(const char *text, size_t length)
{
	utf8proc_int32_t point;
	utf8proc_category_t category;

	if (utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &point) <= 0)
		return false;
	category = utf8proc_category(point);
	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO; /* letters, marks, numbers */
}

/* Whether what stands from `start` to `end` stands alone. */
static bool is_word(const char *text, size_t length, size_t start, size_t end)
{
	size_t before = start;

	while (before > 0 && ((unsigned char)text[--before] & 0xc0) == 0x80)
		;
	if (start > 0 && is_letter_or_digit(text + before, length - before))
		return false;
	return end == length || !is_letter_or_digit(text + end, length - end);
}

static bool is_within(const struct text_pattern *pattern, const char *text, size_t length)
{
	for (size_t at = 0; at + pattern->length <= length; at++) {
		if (!is_same(text + at, pattern->text, pattern->length))
			continue;
		if (pattern->match == TEXT_HAS || is_word(text, length, at, at + pattern->length))
			return true;
	}
	return false;
}

static bool holds(const struct text_pattern *pattern, const char *text, size_t length)
{
	if (length < pattern->length)
		return false;
	switch (pattern->match) {
	case TEXT_IS:
		return length == pattern->length && memcmp(text, pattern->text, length) == 0;
	case TEXT_STARTS:
		return is_same(text, pattern->text, pattern->length);
	case TEXT_ENDS:
		return is_same(text + length - pattern->length, pattern->text, pattern->length);
	case TEXT_HAS:
	case TEXT_WORD:
		return is_within(pattern, text, length);
	case TEXT_REGEX:
	case TEXT_MATCH_COUNT:
		break;
	}
	return false;
}

static bool holds_folded(const struct text_pattern *pattern, const char *text, size_t length)
{
	size_t folded_length;
	char *folded;
	bool is_held;

	if (pattern->match == TEXT_IS)
		return holds(pattern, text, length);
	if (is_ascii(text, length))
		return pattern->is_ascii && holds(pattern, text, length);
	folded = fold(text, length, &folded_length);
	is_held = holds(pattern, folded, folded_length);
	free(folded);
	return is_held;
}

/* --- regular expressions --- */

static size_t column_at(const char *text, size_t length, size_t offset)
{
	size_t column = 1;

	for (size_t i = 0; i < offset && i < length; i++)
		column += ((unsigned char)text[i] & 0xc0) != 0x80;
	return column;
}

static pcre2_code *compile(const char *text, size_t length, int *ret_code, size_t *ret_offset)
{
	pcre2_compile_context *context = memory_require(pcre2_compile_context_create(NULL));
	pcre2_code *code;

	(void)pcre2_set_parens_nest_limit(context, REGEX_NEST_LIMIT);
	code = pcre2_compile((PCRE2_SPTR)text, length, PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C,
		ret_code, ret_offset, context);
	pcre2_compile_context_free(context);
	return code;
}

static enum error refuse_regex(int code, const struct text_pattern *pattern, size_t offset, struct refusal *refusal)
{
	PCRE2_UCHAR reason[128];

	if (pcre2_get_error_message(code, reason, sizeof(reason)) < 0)
		reason[0] = '\0';
	return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "no regular expression: %s at column %zu",
		(const char *)reason, column_at(pattern->text, pattern->length, offset));
}

static enum error make_regex(struct text_pattern *pattern, struct refusal *refusal)
{
	int code = 0;
	size_t offset = 0;

	if (pattern->length > TEXT_REGEX_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, NULL,
			"no regular expression: longer than %u bytes, from column 1", TEXT_REGEX_LIMIT);
	pattern->code = compile(pattern->text, pattern->length, &code, &offset);
	if (!pattern->code)
		return refuse_regex(code, pattern, offset, refusal);
	pattern->data = memory_require(pcre2_match_data_create(1, NULL));
	pattern->limits = memory_require(pcre2_match_context_create(NULL));
	(void)pcre2_set_match_limit(pattern->limits, REGEX_STEP_LIMIT);
	(void)pcre2_set_depth_limit(pattern->limits, REGEX_DEPTH_LIMIT);
	(void)pcre2_set_heap_limit(pattern->limits, REGEX_HEAP_LIMIT_KIB);
	return ERROR_NONE;
}

static enum error match_regex(struct text_pattern *pattern, const char *text, size_t length, bool *ret_matches)
{
	int code = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, 0, 0, pattern->data, pattern->limits);

	if (code < 0 && code != PCRE2_ERROR_NOMATCH)
		return ERROR_DEADLINE;
	*ret_matches = code >= 0;
	return ERROR_NONE;
}

/* --- patterns --- */

enum error text_pattern_new(enum text_match match, const char *text, size_t length, struct text_pattern **ret_pattern,
	struct refusal *refusal)
{
	struct text_pattern *pattern = memory_array(1, sizeof(*pattern));
	enum error error = ERROR_NONE;

	pattern->match = match;
	pattern->length = length;
	if (match == TEXT_IS || match == TEXT_REGEX)
		pattern->text = memory_strndup(text, length);
	else
		pattern->text = fold(text, length, &pattern->length);
	pattern->is_ascii = is_ascii(pattern->text, pattern->length);
	if (match == TEXT_REGEX)
		error = make_regex(pattern, refusal);
	if (error) {
		text_pattern_free(pattern);
		return error;
	}
	*ret_pattern = pattern;
	return ERROR_NONE;
}

void text_pattern_free(struct text_pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_match_context_free(pattern->limits);
	pcre2_match_data_free(pattern->data);
	pcre2_code_free(pattern->code);
	free(pattern->text);
	free(pattern);
}

enum error text_pattern_matches(struct text_pattern *pattern, const char *text, size_t length, bool *ret_matches)
{
	if (pattern->match == TEXT_REGEX)
		return match_regex(pattern, text, length, ret_matches);
	*ret_matches = holds_folded(pattern, text, length);
	return ERROR_NONE;
}
