/* The option that was perhaps meant by one that there is not. Pure. */
#pragma once

#include "command.h"

/*
 * Of the words up to "--", the first that begins as an option and is none of the command's or the global ones: the
 * nearest that is, without its dashes. NULL: there is no such word, or nothing is near. `command` may be NULL.
 */
const char *option_near_find(const struct command *command, int argc, char *const *argv);
