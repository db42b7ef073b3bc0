/* What is longer than the terminal goes to the person's pager. */
#pragma once

#include "common/buffer.h"

#define PAGER_NEVER "never" /* the setting that is no pager at all */

/*
 * Print the text on stdout: through the pager where stdout is a terminal on which it does not fit, else as it is.
 * `said` is the setting; where it is NULL, $PAGER, else less. A pager that is left before
 * the end is no trouble. One that cannot be started is told once, and the text is printed all the same.
 */
void pager_print(const char *said, const struct buffer *text);

/* What pager_print would start; NULL: nothing. */
const char *pager_find(const char *said);
