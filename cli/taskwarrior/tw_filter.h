/* The words of a filter as Taskwarrior takes them, as the daemon's language has them, which is nearly the same. Pure.
 */
#pragma once

#include "quick_words.h"
#include "trouble.h"

#include <stdint.h>

/*
 * Names are written out (proj.is:x as project.is:x) and changed where the daemon has others, values are quoted where
 * they must be, a word that is no term is one of the description, /…/ with a sign of a regular expression is one.
 * `limit:N` is no term of the filter: ret_limit (0: none, -1: as many as fit the screen). The caller frees ret_filter.
 */
enum error tw_filter_read(
	const struct word *words, size_t count, char **ret_filter, int64_t *ret_limit, struct trouble *trouble);

/* The same of a filter that is one text, such as that of a report. */
enum error tw_filter_read_text(const char *text, char **ret_filter, int64_t *ret_limit, struct trouble *trouble);

/* What a list is sorted by: start-,due+,project+/ as started-,due+,project+. The caller frees. */
char *tw_filter_sort(const char *text);
