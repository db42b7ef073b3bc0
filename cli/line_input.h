/* Lines of a stream, and whether more of them are there already. Pure of what they mean. */
#pragma once

#include "common/buffer.h"
#include "trouble.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINE_INPUT_LIMIT ((size_t)64 * 1024) /* bytes of a line */

struct line_input {
	int fd; /* borrowed */
	struct buffer buffer;
	size_t at;        /* what lies before has been taken */
	int64_t number;   /* of the line that was taken last, from 1 */
	bool is_over;     /* nothing more comes */
	bool is_too_long; /* the line that is coming; what came of it is gone */
};

void line_input_init(struct line_input *input, int fd);
void line_input_deinit(struct line_input *input);

/*
 * Whether a line, or the end, can be had within so many milliseconds. What comes meanwhile is read. A stream that
 * cannot be read is ERROR_STORAGE.
 */
enum error line_input_wait(struct line_input *input, int milliseconds, bool *ret_is_there, struct trouble *trouble);

/*
 * The next line without its end (LF or CR LF), valid until the next call; false: there is none any more. It waits for
 * one. `*ret_reason` says what is wrong with a line that is no text: it holds a NUL byte, is not UTF-8, or is longer
 * than the limit; NULL: nothing.
 */
enum error line_input_take(struct line_input *input, bool *ret_is_there, const char **ret_line, size_t *ret_length,
	const char **ret_reason, struct trouble *trouble);
