/* The examples of a page of the manual: literal blocks of two columns, at least two spaces apart. */
#pragma once

#include <stddef.h>

typedef void (*page_example)(void *context, const char *text, const char *expected);

/* Call it with each; gives their number. A line without a second column fails the test. */
size_t page_examples_each(const char *path, page_example on_example, void *context);
