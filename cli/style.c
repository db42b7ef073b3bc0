/* A word is an attribute, a named colour, or one of the 256; two tables and a few numbers. */
#include "style.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define WORD_SIZE     32u
#define CUBE_FIRST    16 /* the colours of the 6 x 6 x 6 cube begin here, those of gray behind it */
#define GRAY_FIRST    232
#define NO_COLOR      (-1)
#define BRIGHT_FIRST  8
#define NAMED_COLORS  8
#define FOREGROUND    30
#define BACKGROUND    40
#define BRIGHT_OFFSET 60

static const struct {
	const char *word;
	int code;
} attributes[] = {
	{ "bold", 1 },
	{ "faint", 2 },
	{ "italic", 3 },
	{ "underline", 4 },
	{ "inverse", 7 },
};

/* In the order of their numbers. */
static const char *const color_words[NAMED_COLORS] = {
	"black",
	"red",
	"green",
	"yellow",
	"blue",
	"magenta",
	"cyan",
	"white",
};

struct style {
	unsigned attributes; /* a bit for each row of the table */
	int foreground;      /* 0 to 255, or NO_COLOR */
	int background;
};

/* What has been read so far. */
struct reading {
	struct style style;
	bool is_background; /* `on` was said */
	bool is_bright;     /* and the colour is awaited */
};

static bool find_attribute(const char *word, unsigned *ret_bit)
{
	for (unsigned i = 0; i < COUNT_OF(attributes); i++) {
		if (strcmp(word, attributes[i].word) != 0)
			continue;
		*ret_bit = 1U << i;
		return true;
	}
	return false;
}

static bool find_named(const char *word, int *ret_color)
{
	for (int i = 0; i < NAMED_COLORS; i++) {
		if (strcmp(word, color_words[i]) != 0)
			continue;
		*ret_color = i;
		return true;
	}
	return false;
}

static bool read_number(const char *word, const char *prefix, int64_t maximum, int64_t *ret_number)
{
	size_t length = strlen(prefix);

	return strncmp(word, prefix, length) == 0 && text_parse_integer(word + length, 0, maximum, ret_number);
}

/* rgb000 to rgb555. */
static bool read_cube(const char *word, int *ret_color)
{
	if (strncmp(word, "rgb", 3) != 0 || strlen(word) != 6 || strspn(word + 3, "012345") != 3)
		return false;
	*ret_color = CUBE_FIRST + 36 * (word[3] - '0') + 6 * (word[4] - '0') + (word[5] - '0');
	return true;
}

static bool find_color(const char *word, int *ret_color)
{
	int64_t number;

	if (find_named(word, ret_color) || read_cube(word, ret_color))
		return true;
	if (read_number(word, "gray", 23, &number) || read_number(word, "grey", 23, &number))
		number += GRAY_FIRST;
	else if (!read_number(word, "color", 255, &number))
		return false;
	*ret_color = (int)number;
	return true;
}

/* The word in quotes, and what is wrong with it. */
static bool refuse(struct buffer *reason, const char *word, const char *why)
{
	if (reason)
		buffer_printf(reason, "`%s` %s", word, why);
	return false;
}

static bool refuse_word(struct buffer *reason, const char *word)
{
	static const char *const words[] = { "bold", "faint", "italic", "underline", "inverse", "on", "bright", "black",
		"red", "green", "yellow", "blue", "magenta", "cyan", "white", "none", NULL };
	const char *nearest = text_nearest(word, words);

	if (nearest && reason)
		buffer_printf(reason, "`%s` is no colour; did you mean `%s`?", word, nearest);
	if (nearest)
		return false;
	return refuse(reason, word, "is no colour; one is red, bright red, color208, rgb035 or gray12");
}

static bool take_color(struct reading *reading, const char *word, int color, struct buffer *reason)
{
	int *place = reading->is_background ? &reading->style.background : &reading->style.foreground;

	if (*place != NO_COLOR)
		return refuse(reason, word, "is a second colour; a background stands behind `on`");
	if (reading->is_bright && color >= NAMED_COLORS)
		return refuse(reason, word, "cannot be bright; one of the eight names can");
	*place = color + (reading->is_bright ? BRIGHT_FIRST : 0);
	reading->is_bright = false;
	return true;
}

/* A word that changes what the next ones mean; false: it is none, or said already. */
static bool take_prefix(struct reading *reading, const char *word)
{
	bool *place = strcmp(word, "bright") == 0 ? &reading->is_bright
		      : strcmp(word, "on") == 0   ? &reading->is_background
						  : NULL;

	if (!place || *place)
		return false;
	*place = true;
	return true;
}

static bool take_word(struct reading *reading, const char *word, struct buffer *reason)
{
	unsigned bit;
	int color;

	if (find_color(word, &color))
		return take_color(reading, word, color, reason);
	if (take_prefix(reading, word))
		return true;
	if (!find_attribute(word, &bit))
		return refuse_word(reason, word);
	reading->style.attributes |= bit;
	return true;
}

/* --- the sequence --- */

static void append_number(char *code, int number)
{
	size_t used = strlen(code);

	(void)snprintf(code + used, STYLE_CODE_SIZE - used, "%s%d", used > 2 ? ";" : "", number);
}

static void append_color(char *code, int color, int base)
{
	if (color == NO_COLOR)
		return;
	if (color < 2 * NAMED_COLORS) {
		append_number(code, base + color % NAMED_COLORS + (color < NAMED_COLORS ? 0 : BRIGHT_OFFSET));
		return;
	}
	append_number(code, base + 8);
	append_number(code, 5);
	append_number(code, color);
}

static void write_code(const struct style *style, char *ret_code)
{
	(void)snprintf(ret_code, STYLE_CODE_SIZE, "\033[");
	for (unsigned i = 0; i < COUNT_OF(attributes); i++)
		if (style->attributes & 1U << i)
			append_number(ret_code, attributes[i].code);
	append_color(ret_code, style->foreground, FOREGROUND);
	append_color(ret_code, style->background, BACKGROUND);
	(void)snprintf(ret_code + strlen(ret_code), STYLE_CODE_SIZE - strlen(ret_code), "m");
}

/* --- words --- */

/* The next word, or false at the end. One that is too long is cut, and then is none of ours. */
static bool next_word(const char **text, char ret_word[WORD_SIZE])
{
	const char *start = *text + strspn(*text, " \t");
	size_t length = strcspn(start, " \t");

	(void)snprintf(ret_word, WORD_SIZE, "%.*s", (int)length, start);
	*text = start + length;
	return length > 0;
}

/* Whether the words end where they may. */
static bool is_whole(const struct reading *reading, size_t count, struct buffer *reason)
{
	if (!count && reason)
		buffer_append_text(reason, "there is no colour in it");
	if (!count)
		return false;
	if (reading->is_bright)
		return refuse(reason, "bright", "wants a colour behind it");
	if (reading->is_background && reading->style.background == NO_COLOR)
		return refuse(reason, "on", "wants a colour behind it");
	return true;
}

bool style_parse(const char *words, char ret_code[STYLE_CODE_SIZE], struct buffer *ret_reason)
{
	struct reading reading = { .style = { .foreground = NO_COLOR, .background = NO_COLOR } };
	char word[WORD_SIZE];
	size_t count = 0;

	if (strcmp(words, "none") == 0) {
		ret_code[0] = '\0';
		return true;
	}
	for (; next_word(&words, word); count++)
		if (!take_word(&reading, word, ret_reason))
			return false;
	if (!is_whole(&reading, count, ret_reason))
		return false;
	write_code(&reading.style, ret_code);
	return true;
}
