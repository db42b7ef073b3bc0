/* Words for periods: daily, weekdays, monthly; and periods as lengths of time. */
#pragma once

#include "tasks/recurrence.h"

/* Read the whole text as a word or a length of time in whole days. ERROR_INVALID_PARAMS with a caret. */
enum error recurrence_words_parse(struct scan *scan, struct recurrence *ret_recurrence);

/* Of a period or of weekdays. */
void recurrence_words_format(const struct recurrence *recurrence, char ret_text[RECURRENCE_TEXT_SIZE]);
