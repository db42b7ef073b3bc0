/* A line most of which is one text: a part of an import. */
#pragma once

#include "common/buffer.h"

#include <jansson.h>
#include <stdbool.h>

/* What took the text's place in the rest of the line. */
#define LONG_TEXT_STAND_IN "\x7f"

/*
 * Of a line that is long and has a member "text", append the text to ret_text, and the line with the stand-in in its
 * place to ret_rest. True: the rest is JSON of the strict kind if and only if the line is. False: nothing is known of
 * the line, and neither is of use.
 */
bool long_text_cut(const char *line, size_t length, struct buffer *ret_text, struct buffer *ret_rest);

/* Put it back into what the rest was parsed to. False: it stood elsewhere than in the parameters, and the tree is of no
 * use. */
bool long_text_restore(json_t *root, const struct buffer *text);
