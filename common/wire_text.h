/* The long text of a reply, without a parser: what the tasks of an export are. */
#pragma once

#include "common/buffer.h"

#include <stdbool.h>

/*
 * Append the string of JSON whose first byte, behind its quote, is at `at`. What comes back stands behind the quote
 * that ends it. NULL: it has none before `end`, or an escape that our json_writer does not write; what was appended
 * then is a part of it.
 */
const char *wire_text_read_string(const char *at, const char *end, struct buffer *text);

/*
 * Of a reply whose result begins with the member "text", append that text to ret_text, and the line with an empty one
 * in its place to ret_rest, which is then short enough to be parsed. False: it is no such reply, or has an escape that
 * our json_writer does not write; then nothing is appended.
 */
bool wire_text_take(const char *line, size_t length, struct buffer *ret_text, struct buffer *ret_rest);
