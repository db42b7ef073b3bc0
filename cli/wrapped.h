/* Text that is read, in lines that fit: for help. */
#pragma once

#include <stddef.h>
#include <stdio.h>

/* How wide lines may be there. */
size_t wrapped_columns(FILE *stream);

/*
 * Words, with spaces or line feeds between them, and a line feed. The stream is at column `indent` already,
 * and so are the lines that follow.
 */
void wrapped_print(FILE *stream, size_t indent, const char *text);

/* A name in `width` columns, and what it is: beside it, or below it where the name is longer or the terminal
 * narrow. */
void wrapped_print_entry(FILE *stream, const char *name, int width, const char *text);
