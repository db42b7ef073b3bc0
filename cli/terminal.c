/* Widths by utf8proc: no locale is needed, and loading one would cost more than a request does. */
#include "terminal.h"

#include "common/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#define WIDTH_MAXIMUM         10000
#define REPLACEMENT           "\xEF\xBF\xBD" /* U+FFFD */
#define VARIATION_SELECTOR_16 0xFE0F         /* asks for the emoji, which is wide (UTS #51) */
#define REGIONAL_INDICATOR_A  0x1F1E6        /* two of these are one flag, and wide */
#define REGIONAL_INDICATOR_Z  0x1F1FF

const char *const color_when_names[] = { "auto", "always", "never", NULL };

unsigned terminal_width(FILE *stream)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size = { 0 };
	int64_t width;

	if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	if (columns && text_parse_integer(columns, 1, WIDTH_MAXIMUM, &width))
		return (unsigned)width;
	return TERMINAL_UNLIMITED;
}

unsigned terminal_height(FILE *stream)
{
	struct winsize size = { 0 };

	return ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 ? size.ws_row : TERMINAL_UNLIMITED;
}

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && value[0];
}

bool terminal_is_dumb(void)
{
	const char *term = getenv("TERM");

	return !term || !term[0] || strcmp(term, "dumb") == 0;
}

bool terminal_has_colors(FILE *stream, enum color_when when)
{
	switch (when) {
	case COLOR_ALWAYS:
		return true;
	case COLOR_NEVER:
		return false;
	case COLOR_AUTO:
		break;
	}
	return !is_set("NO_COLOR") && !terminal_is_dumb() && isatty(fileno(stream));
}

bool terminal_can_redraw(FILE *stream)
{
	return !terminal_is_dumb() && isatty(fileno(stream));
}

static bool is_bidirectional_control(utf8proc_int32_t character)
{
	return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
}

static bool is_obeyed(utf8proc_int32_t character)
{
	return character < 0x20 || (character >= 0x7F && character < 0xA0) || is_bidirectional_control(character) ||
	       character == 0x2028 || character == 0x2029;
}

/* The character that the text begins with and its bytes; what is not UTF-8 is one byte of U+FFFD. */
static utf8proc_int32_t next_character(const char *text, size_t length, size_t *ret_size)
{
	size_t size = text_character_length(text, length);
	utf8proc_int32_t character = 0xFFFD;

	if (size)
		(void)utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, &character);
	*ret_size = size ? size : 1;
	return character;
}

static void clean(struct buffer *out, const char *text, size_t length, const char *allowed)
{
	for (size_t i = 0, size; i < length; i += size) {
		utf8proc_int32_t character = next_character(text + i, length - i, &size);
		bool is_broken = character == 0xFFFD;
		bool is_allowed = character > 0 && character < 0x20 && strchr(allowed, character);

		if (is_broken || (is_obeyed(character) && !is_allowed))
			buffer_append_text(out, REPLACEMENT);
		else
			buffer_append(out, text + i, size);
	}
}

void terminal_clean(struct buffer *out, const char *text, size_t length)
{
	clean(out, text, length, "");
}

void terminal_clean_lines(struct buffer *out, const char *text, size_t length)
{
	clean(out, text, length, "\n\t");
}

static void append_escape(struct buffer *out, utf8proc_int32_t character)
{
	static const char letters[] = { ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\' };

	if (character < (utf8proc_int32_t)sizeof(letters) && letters[character])
		buffer_printf(out, "\\%c", letters[character]);
	else
		buffer_printf(out, "\\u%04x", (unsigned)character);
}

void terminal_escape(struct buffer *out, const char *text, size_t length)
{
	for (size_t i = 0, size; i < length; i += size) {
		utf8proc_int32_t character = next_character(text + i, length - i, &size);

		if (character == '\\' || is_obeyed(character))
			append_escape(out, character);
		else if (character == 0xFFFD)
			buffer_append_text(out, REPLACEMENT);
		else
			buffer_append(out, text + i, size);
	}
}

bool terminal_is_bidirectional(const char *text, size_t length)
{
	for (size_t i = 0, size; i < length; i += size) {
		utf8proc_int32_t character = next_character(text + i, length - i, &size);
		utf8proc_propval_t class = character < 0x80 ? 0 : utf8proc_get_property(character)->bidi_class;

		if (class == UTF8PROC_BIDI_CLASS_R || class == UTF8PROC_BIDI_CLASS_AL ||
			class == UTF8PROC_BIDI_CLASS_AN)
			return true;
	}
	return false;
}

static size_t character_width(utf8proc_int32_t character)
{
	if (character == VARIATION_SELECTOR_16 ||
		(character >= REGIONAL_INDICATOR_A && character <= REGIONAL_INDICATOR_Z))
		return 2;
	return (size_t)utf8proc_charwidth(character);
}

/* The first grapheme cluster: its bytes, and its columns, which are those of its widest character. */
static size_t next_cluster(const char *text, size_t length, size_t *ret_width)
{
	utf8proc_int32_t state = 0;
	size_t size;
	utf8proc_int32_t before = next_character(text, length, &size);
	size_t width = character_width(before);
	size_t at = size;

	while (at < length) {
		utf8proc_int32_t character = next_character(text + at, length - at, &size);

		if (utf8proc_grapheme_break_stateful(before, character, &state))
			break;
		if (character_width(character) > width)
			width = character_width(character);
		before = character;
		at += size;
	}
	*ret_width = width;
	return at;
}

size_t terminal_fit(const char *text, size_t length, size_t width, size_t *ret_width)
{
	size_t used = 0;
	size_t at = 0;

	while (at < length) {
		size_t cluster_width;
		size_t size = next_cluster(text + at, length - at, &cluster_width);

		if (used + cluster_width > width)
			break;
		used += cluster_width;
		at += size;
	}
	*ret_width = used;
	return at;
}

size_t terminal_text_width(const char *text, size_t length)
{
	size_t width;

	(void)terminal_fit(text, length, SIZE_MAX / 2, &width);
	return width;
}
