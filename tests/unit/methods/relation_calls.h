/* Tasks that need each other or are parts of each other, and what their rows say of it. */
#pragma once

#include "history_calls.h"

/* That many tasks with `more`, which is empty or begins with a comma, as members of their parameters. */
void add_with(struct fixture *fixture, int number, const char *more);

/* Many at once, as parts of task 1 or depending on it, as far as a test looks at them. */
void add_many(struct fixture *fixture, int first, int number, bool are_parts);

/* The member of the task is this JSON text; NULL: it is not there. */
void expect_member(struct fixture *fixture, int id, const char *key, const char *text);

/* The counts in all rows are those of a recount. */
void expect_right_counts(struct fixture *fixture);
