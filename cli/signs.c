/* A table of both spellings. */
#include "signs.h"

#include "common/text.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *utf8;
	const char *ascii;
} signs[SIGN_COUNT] = {
	[SIGN_ELLIPSIS] = { "\xE2\x80\xA6", "..." }, /* U+2026 */
	[SIGN_BULLET] = { "\xE2\x80\xA2", "*" },     /* U+2022 */
	[SIGN_ARROW] = { "\xE2\x86\x92", "->" },     /* U+2192 */
	[SIGN_DASH] = { "\xE2\x80\x93", "-" },       /* U+2013 */
	[SIGN_TIMES] = { "\xC3\x97", "x" },          /* U+00D7 */
	[SIGN_CHECK] = { "\xE2\x9C\x93", "x" },      /* U+2713 */
	[SIGN_CROSS] = { "\xE2\x9C\x97", "-" },      /* U+2717 */
	[SIGN_BAR] = { "\xE2\x96\x88", "#" },        /* U+2588 */
	[SIGN_TRACK] = { "\xE2\x96\x91", "." },      /* U+2591 */
	[SIGN_RULE] = { "\xE2\x94\x80", "-" },       /* U+2500 */
	[SIGN_WALL] = { "\xE2\x94\x82", "|" },       /* U+2502 */
	[SIGN_CORNER] = { "\xE2\x94\x94", "`" },     /* U+2514 */
	[SIGN_BRANCH] = { "\xE2\x94\x9C", "|" },     /* U+251C */
};

/* --- the locale --- */

static const char *find_locale(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *value = getenv(variables[i]);

		if (value && value[0])
			return value;
	}
	return "C";
}

/* "UTF-8", "utf8", "Utf_8": letters and digits count. */
static bool is_utf8_name(const char *codeset, size_t length)
{
	static const char name[] = "utf8";
	size_t matched = 0;

	for (size_t i = 0; i < length; i++) {
		if (codeset[i] == '-' || codeset[i] == '_')
			continue;
		if (matched == strlen(name) || text_ascii_lower(codeset[i]) != name[matched])
			return false;
		matched++;
	}
	return matched == strlen(name);
}

bool signs_are_utf8(void)
{
	const char *locale = find_locale();
	const char *dot = strchr(locale, '.');
	const char *codeset = dot ? dot + 1 : locale; /* LC_CTYPE=UTF-8 is met where ssh comes from another system */

	return is_utf8_name(codeset, strcspn(codeset, "@"));
}

/* --- texts --- */

const char *sign_text(enum sign sign)
{
	return signs_are_utf8() ? signs[sign].utf8 : signs[sign].ascii;
}

const char *sign_utf8(enum sign sign)
{
	return signs[sign].utf8;
}

/* The sign that the text begins with; SIGN_COUNT: none. */
static enum sign find_sign(const char *text)
{
	enum sign sign = 0;

	while (sign < SIGN_COUNT && strncmp(text, signs[sign].utf8, strlen(signs[sign].utf8)) != 0)
		sign++;
	return sign;
}

void signs_append(struct buffer *out, const char *text)
{
	if (signs_are_utf8()) {
		buffer_append_text(out, text);
		return;
	}
	while (*text) {
		enum sign sign = (unsigned char)*text < 0x80 ? SIGN_COUNT : find_sign(text);

		if (sign == SIGN_COUNT) {
			buffer_append_char(out, *text++);
			continue;
		}
		buffer_append_text(out, signs[sign].ascii);
		text += strlen(signs[sign].utf8);
	}
}
