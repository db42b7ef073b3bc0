/* The values that a completion offers, from the table of commands, the logins of this machine, and the daemon. */
#pragma once

#include "completion.h"
#include "invocation.h"

/*
 * Print each value that goes on with the current word, one a line, behind a tab what it is. A daemon that does not run
 * is not started, nobody is asked anything, and what cannot be found out is left out without a word.
 */
void completion_values_print(struct invocation *invocation, const struct completion *completion);
