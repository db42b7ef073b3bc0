/* Shrinking comes first; what is too wide even then loses a column, and the others are measured again. */
#include "view_fit.h"

#include "common/memory.h"

#include <string.h>

/* The columns by their content; 0: left out, as are those whose turn is `dropped` or before. */
static void measure(
	const struct view_column *columns, size_t count, unsigned dropped, const size_t *contents, size_t *widths)
{
	for (size_t i = 0; i < count; i++) {
		size_t heading = strlen(columns[i].heading);
		bool is_dropped = columns[i].shrinks && columns[i].shrinks <= dropped;

		if (!columns[i].is_kept && (!contents[i] || is_dropped))
			widths[i] = 0;
		else
			widths[i] = contents[i] > heading ? contents[i] : heading;
	}
}

static size_t total_width(const size_t *widths, size_t count)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		if (widths[i])
			total += widths[i] + (total ? VIEW_GAP : 0);
	return total;
}

/* Take what is too much from the columns whose turn it is. */
static void shrink(const struct view_column *columns, size_t count, unsigned turn, size_t limit, size_t *widths)
{
	for (size_t i = 0; i < count; i++) {
		size_t heading = strlen(columns[i].heading);
		size_t least = columns[i].least > heading ? columns[i].least : heading;
		size_t total = total_width(widths, count);
		size_t excess = total > limit ? total - limit : 0;

		if (columns[i].shrinks != turn || !columns[i].least || widths[i] <= least)
			continue;
		widths[i] = widths[i] - least > excess ? widths[i] - excess : least;
	}
}

static unsigned last_turn(const struct view_column *columns, size_t count)
{
	unsigned last = 0;

	for (size_t i = 0; i < count; i++)
		if (columns[i].shrinks > last)
			last = columns[i].shrinks;
	return last;
}

void view_fit(const struct view_column *columns, size_t count, size_t limit, size_t *widths)
{
	size_t *contents = memory_array(count, sizeof(*contents));
	unsigned last = last_turn(columns, count);

	memcpy(contents, widths, count * sizeof(*contents));
	for (unsigned dropped = 0; dropped <= last; dropped++) {
		measure(columns, count, dropped, contents, widths);
		for (unsigned turn = 1; limit && turn <= last; turn++)
			shrink(columns, count, turn, limit, widths);
		if (!limit || total_width(widths, count) <= limit)
			break;
	}
	free(contents);
}
