/* Tasks from standard input, one a line. */
#pragma once

#include "invocation.h"

/* Whether the first word is a dash, which stands for the lines of standard input. */
bool add_lines_are_wanted(const struct arguments *arguments);

/*
 * Add a task for each line, read as the words of `add`; what the command line says behind the dash holds for each that
 * does not say otherwise. A thousand at a time are one step. Where some of them cannot be, none of that thousand is
 * added and no more is read, unless --partial is given: then they are left out, and it is still an error in the end.
 * What has come is added as well when nothing more comes for a moment.
 */
enum error add_lines_run(struct invocation *invocation, struct trouble *trouble);
