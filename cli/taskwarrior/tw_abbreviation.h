/* Names that may be written shorter, as Taskwarrior has it (abbreviation.minimum). Pure. */
#pragma once

#include <stddef.h>

/*
 * Where in a list of names the one is that is meant: the whole name, or at least two of its first letters where no
 * other name begins with them. `name_at` gives the names, and NULL behind the last one. -1: none, or more than one.
 */
ptrdiff_t tw_abbreviation_find(const char *text, size_t length, const char *(*name_at)(size_t index));
