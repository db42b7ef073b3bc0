/* Small questions about text that both programs ask. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* RFC 3339 UTC with seconds: "2026-11-23T14:00:00Z" and a NUL. Years 0 to 9999; others are clamped. */
#define TEXT_TIME_SIZE 21
void text_format_time(int64_t seconds, char ret_text[TEXT_TIME_SIZE]);

/* Whether the bytes are UTF-8 without surrogates or overlong forms (RFC 3629). */
bool text_is_utf8(const char *text, size_t length);

/* Nothing but white space. */
bool text_is_blank(const char *text, size_t length);

/* C0, DEL, and C1 as UTF-8 writes it (Unicode §23.1). `allowed` names those that are welcome all the same. */
bool text_has_control(const char *text, size_t length, const char *allowed);
/* ASCII letters in one case, whatever the locale; any other byte as it is. */
char text_ascii_lower(char letter);
char text_ascii_upper(char letter);
/* Bytes of the UTF-8 character that `text` begins with; 0 when it is not well-formed or `length` is 0. */
size_t text_character_length(const char *text, size_t length);

/* The bytes of `text` that are left when a UTF-8 character cut off at the end is dropped. */
size_t text_whole_length(const char *text, size_t length);

/* Levenshtein distance with transpositions, for "did you mean"; at most `limit` + 1. Words over 63 bytes are near to
 * nothing. */
unsigned text_distance(const char *a, const char *b, unsigned limit);

/* The candidate nearest to `word` within a distance that a typo makes, else NULL. `candidates` is NULL-terminated. */
const char *text_nearest(const char *word, const char *const *candidates);

/* A whole decimal integer within [minimum, maximum]: no spaces, no plus sign, nothing behind it. */
bool text_parse_integer(const char *text, int64_t minimum, int64_t maximum, int64_t *ret_value);

/* base64url without padding (RFC 4648 §5). Encode writes a NUL; ret_text holds 4 * ceil(length / 3) + 1 bytes. */
size_t text_base64url_encode(const void *bytes, size_t length, char *ret_text);
/* Strict: canonical (unused bits zero), no padding, only the alphabet. ret_bytes holds length * 3 / 4 bytes. */
bool text_base64url_decode(const char *text, size_t length, void *ret_bytes, size_t *ret_length);
