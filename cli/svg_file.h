/* Where a picture goes that --svg asks for. */
#pragma once

#include "invocation.h"
#include "picture/bar_chart.h"

/*
 * Write the finished picture to the file that --svg names, in place of what is there, and say so on stderr; "-" is
 * stdout. ERROR_STORAGE, with the path.
 */
enum error svg_file_write(const struct invocation *invocation, const struct buffer *svg, struct trouble *trouble);

/* The same of a chart of bars that is not drawn yet. */
enum error svg_file_write_bars(
	const struct invocation *invocation, const struct bar_chart *chart, struct trouble *trouble);
