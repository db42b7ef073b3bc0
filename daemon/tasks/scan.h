/* Text that is read from left to right by the rules for dates and durations, and what they say about a place in it. */
#pragma once

#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scan {
	const char *text; /* not NUL-terminated */
	size_t length;
	size_t at;
	const char *field; /* named in a refusal */
	const char *example;
	struct refusal *refusal; /* NULL: nobody reads it */
};

/*
 * ERROR_INVALID_PARAMS: "FIELD: REASON at column N; write for example EXAMPLE", and the text in a line of its own with
 * a caret line under the place. Columns are characters from 1, as in a filter's refusals.
 */
enum error scan_refuse(const struct scan *scan, size_t at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#define SCAN_PLACE_SIZE 256u

/*
 * "\nTEXT\n   ^": lines to stand behind a refusal, with a caret under the byte `at`. Nothing where the text is not fit
 * to be shown, or the place is too far behind its start.
 */
void scan_show_place(const char *text, size_t length, size_t at, char ret_lines[SCAN_PLACE_SIZE]);

/* The byte that stands `ahead` of the place; NUL behind the end. A NUL in the text is like no other byte either. */
char scan_peek(const struct scan *scan, size_t ahead);
bool scan_is_digit(const struct scan *scan, size_t ahead);
bool scan_is_letter(const struct scan *scan, size_t ahead);
bool scan_is_end(const struct scan *scan);
bool scan_is_space(const struct scan *scan);

/* How many digits, or ASCII letters, stand at `ahead`. */
size_t scan_digits(const struct scan *scan, size_t ahead);
size_t scan_letters(const struct scan *scan, size_t ahead);

void scan_skip_spaces(struct scan *scan);
/* Take this character, in either case, if it is there. */
bool scan_take(struct scan *scan, char character);
/* Take this word, in either case, if it is there and no letter follows. */
bool scan_take_word(struct scan *scan, const char *word);
/* Whether the letters at `start` are the word, in either case. */
bool scan_is_word(const struct scan *scan, size_t start, size_t length, const char *word);

/* Exactly that many digits within bounds. ERROR_INVALID_PARAMS naming what they are. */
enum error scan_number(struct scan *scan, const char *name, unsigned digits, int minimum, int maximum, int *ret_value);
