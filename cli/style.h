/* How text looks, in words such as `bold red on blue`, as the terminal takes it (ECMA-48, select graphic rendition). */
#pragma once

#include "common/buffer.h"

#include <stdbool.h>

#define STYLE_CODE_SIZE 48u /* of the longest sequence, with its NUL */
#define STYLE_END       "\033[0m"

/*
 * The words, in any order but for `on`, behind which the background's colour stands:
 *   bold faint italic underline inverse
 *   black red green yellow blue magenta cyan white, also as `bright red`
 *   color0 … color255, rgb000 … rgb555, gray0 … gray23 (of the 256 colours)
 *   none, alone: as text is anyway; the code is ""
 * Where they are not that it is false, and what is wrong is appended to `ret_reason` (NULL: nobody asks).
 */
bool style_parse(const char *words, char ret_code[STYLE_CODE_SIZE], struct buffer *ret_reason);
