/* Eighths are U+258F to U+2588; in ASCII a column is full or not. */
#include "picture/bar.h"

#include "signs.h"

#define EIGHTHS 8

static const char *const eighths[EIGHTHS] = { "", "\xE2\x96\x8F", "\xE2\x96\x8E", "\xE2\x96\x8D", "\xE2\x96\x8C",
	"\xE2\x96\x8B", "\xE2\x96\x8A", "\xE2\x96\x89" };

static void append_signs(struct buffer *out, enum sign sign, int64_t count)
{
	for (int64_t i = 0; i < count; i++)
		buffer_append_text(out, sign_text(sign));
}

/* In the smallest steps that there are; what is more than nothing has one of them. */
static int64_t measure(int64_t part, int64_t whole, int64_t steps)
{
	int64_t length;

	if (whole <= 0 || part <= 0)
		return 0;
	if (part >= whole)
		return steps;
	length = (int64_t)((double)part * (double)steps / (double)whole);
	return length ? length : 1;
}

void bar_append(struct buffer *out, int64_t part, int64_t whole, unsigned width, enum bar_rest rest)
{
	int64_t steps_of_column = signs_are_utf8() ? EIGHTHS : 1;
	int64_t length = measure(part, whole, (int64_t)width * steps_of_column);
	int64_t used = length / steps_of_column;

	append_signs(out, SIGN_BAR, used);
	if (length % steps_of_column) {
		buffer_append_text(out, eighths[length % steps_of_column]);
		used++;
	}
	if (rest == BAR_TRACK)
		append_signs(out, SIGN_TRACK, (int64_t)width - used);
}
