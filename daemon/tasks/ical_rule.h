/* Rules of our series in the words of RFC 5545, for programs that know no others. */
#pragma once

#include "tasks/recurrence.h"
#include "tasks/task.h"

#include <stdbool.h>

/* The end that a template has beside its rule is as long as this. */
#define ICAL_RULE_SIZE (RECURRENCE_TEXT_SIZE + 64u)

/*
 * The RRULE of a template that is due by the calendar of `zone`, with its bounds; `is_date`: its due is written as a
 * date. A month without the day has its last. False: no rule says that, as with P1M3D.
 */
bool ical_rule_write(const struct task *template, const struct zone *zone, bool is_date, char ret_text[ICAL_RULE_SIZE]);
