/* Horizontal bars of blocks, in eighths of a column where the terminal has them. Pure. */
#pragma once

#include "common/buffer.h"

#include <stdint.h>

/* What stands where the bar does not reach: a track in its whole width, or nothing. */
enum bar_rest { BAR_TRACK, BAR_NOTHING };

/* Append so much of the whole as a bar in `width` columns; what is more than nothing is seen. A whole of 0 is empty. */
void bar_append(struct buffer *out, int64_t part, int64_t whole, unsigned width, enum bar_rest rest);
