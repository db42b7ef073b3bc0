/* A filter's tree as text, to be compared. */
#pragma once

#include "common/buffer.h"
#include "tasks/filter.h"

/* 2027-01-15T08:00:00Z, a Friday: from where times are shown, as n+3 (seconds), or t+1 for the first second of a day.
 */
#define FILTER_SHOW_NOW INT64_C(1800000000)

/* and(… …) and the like, or the kind and value of a term. */
void filter_show(const struct filter *filter, struct buffer *out);
