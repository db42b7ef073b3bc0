/* The long text of a reply, without a parser: what the tasks of an export are. */
#pragma once

#include "common/buffer.h"

#include <stdbool.h>

/*
 * Of a reply whose result begins with the member "text", append that text to ret_text, and the line with an empty one
 * in its place to ret_rest, which is then short enough to be parsed. False: it is no such reply, or has an escape that
 * our json_writer does not write; then nothing is appended.
 */
bool wire_text_take(const char *line, size_t length, struct buffer *ret_text, struct buffer *ret_rest);
