/* Expressions such as `eom - now`, `2h * 3` and `due < today or 1 + 1 = 2`: what `calc` of Taskwarrior takes. */
#pragma once

#include "tasks/calculation_value.h"
#include "tasks/date.h"

#define CALCULATION_TEXT_LIMIT 1024u /* bytes of an expression */

/*
 * Numbers, lengths of time (taskctl-dates(7); a month is 30 days, twelve of them are a year of 365), dates of a word or
 * in ISO 8601, true and false; in this order: ( ), ^, - and !, * / %, + -, < <= > >=, = == != , and, or xor. A date
 * that is a day is its first second, but for those that begin with `eo`, which are its last. ERROR_INVALID_PARAMS with
 * the column.
 */
enum error calculation_evaluate(const char *text, size_t length, const struct date_context *context,
	struct calculation_value *ret_value, struct refusal *refusal);
