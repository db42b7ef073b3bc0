/* Text that is read from left to right, and the caret under a mistake. */
#include "tasks/scan.h"

#include "common/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define SHOWN_LIMIT 100u /* bytes of the text above the caret */

/* --- refusals --- */

static size_t characters_before(const char *text, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

/* The text as one line: what would break it shows as a question mark. */
static void show_text(const char *text, size_t whole, char shown[SHOWN_LIMIT + 1])
{
	size_t length = whole < SHOWN_LIMIT ? whole : text_whole_length(text, SHOWN_LIMIT);

	if (length)
		memcpy(shown, text, length);
	shown[length] = '\0';
	for (size_t i = 0; i < length; i++)
		if (iscntrl((unsigned char)shown[i]))
			shown[i] = '?';
	if (!text_is_utf8(shown, length) || text_has_control(shown, length, ""))
		shown[0] = '\0';
}

void scan_show_place(const char *text, size_t length, size_t at, char ret_lines[SCAN_PLACE_SIZE])
{
	char shown[SHOWN_LIMIT + 1];

	show_text(text, length, shown);
	ret_lines[0] = '\0';
	if (shown[0] && at <= SHOWN_LIMIT)
		(void)snprintf(ret_lines, SCAN_PLACE_SIZE, "\n%s\n%*s^", shown, (int)characters_before(text, at), "");
}

enum error scan_refuse(const struct scan *scan, size_t at, const char *format, ...)
{
	char reason[160], lines[SCAN_PLACE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	scan_show_place(scan->text, scan->length, at, lines);
	return refuse(scan->refusal, ERROR_INVALID_PARAMS, scan->field, "%s: %s at column %zu; write for example %s%s",
		scan->field, reason, characters_before(scan->text, at) + 1, scan->example, lines);
}

/* --- looking --- */

char scan_peek(const struct scan *scan, size_t ahead)
{
	if (scan->at + ahead >= scan->length)
		return '\0';
	return scan->text[scan->at + ahead];
}

bool scan_is_digit(const struct scan *scan, size_t ahead)
{
	char byte = scan_peek(scan, ahead);

	return byte >= '0' && byte <= '9';
}

bool scan_is_letter(const struct scan *scan, size_t ahead)
{
	char byte = scan_peek(scan, ahead);

	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool scan_is_end(const struct scan *scan)
{
	return scan->at == scan->length;
}

bool scan_is_space(const struct scan *scan)
{
	return scan_peek(scan, 0) == ' ' || scan_peek(scan, 0) == '\t';
}

size_t scan_digits(const struct scan *scan, size_t ahead)
{
	size_t count = 0;

	while (scan_is_digit(scan, ahead + count))
		count++;
	return count;
}

size_t scan_letters(const struct scan *scan, size_t ahead)
{
	size_t count = 0;

	while (scan_is_letter(scan, ahead + count))
		count++;
	return count;
}

bool scan_is_word(const struct scan *scan, size_t start, size_t length, const char *word)
{
	return strlen(word) == length && strncasecmp(scan->text + start, word, length) == 0;
}

/* --- taking --- */

void scan_skip_spaces(struct scan *scan)
{
	while (scan_is_space(scan))
		scan->at++;
}

bool scan_take(struct scan *scan, char character)
{
	if (scan_is_end(scan) || tolower((unsigned char)scan->text[scan->at]) != tolower((unsigned char)character))
		return false;
	scan->at++;
	return true;
}

bool scan_take_word(struct scan *scan, const char *word)
{
	size_t length = scan_letters(scan, 0);

	if (!scan_is_word(scan, scan->at, length, word))
		return false;
	scan->at += length;
	return true;
}

enum error scan_number(struct scan *scan, const char *name, unsigned digits, int minimum, int maximum, int *ret_value)
{
	int value = 0;

	for (unsigned i = 0; i < digits; i++) {
		if (!scan_is_digit(scan, i))
			return scan_refuse(scan, scan->at + i, "expected the %s (%u digits)", name, digits);
		value = value * 10 + (scan_peek(scan, i) - '0');
	}
	if (value < minimum || value > maximum)
		return scan_refuse(scan, scan->at, "the %s must be between %d and %d", name, minimum, maximum);
	scan->at += digits;
	*ret_value = value;
	return ERROR_NONE;
}
