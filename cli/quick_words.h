/* Words of the command line that say which tasks, and what about them. Pure: no terminal, no daemon. */
#pragma once

#include "trouble.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct word {
	const char *text; /* borrowed from argv */
	bool is_literal;  /* stood behind "--": text, whatever it looks like */
};

struct word_list {
	struct word *items;
	size_t count;
};

void word_list_add(struct word_list *list, const char *text, bool is_literal);
void word_list_deinit(struct word_list *list);

/* An argument such as -work, which takes a tag off: no option, for those are single letters or begin with two dashes.
 */
bool quick_words_is_untag(const char *argument);

/* Whether the word is IDS: 3, 3-7,9, or at least 8 hex digits of a uuid, joined by commas. */
bool quick_words_is_ids(const struct word *word);

/* How many words from the first on are IDS. */
size_t quick_words_count_ids(const struct word *words, size_t count);

/*
 * Words that are all IDS into a selection of the wire: `id` for one, `ids` for several, which must all be there; with a
 * range among them `filter`, which takes what there is in it.
 */
void quick_words_read_selection(const struct word *words, size_t count, json_t *params);

/*
 * Words as a filter: those that are IDS become one term, any of them; the others must all hold. Where words such as
 * `or` join terms, everything stays in its place. The caller frees.
 */
char *quick_words_read_filter(const struct word *words, size_t count);

/* The bytes up to the next comma of IDS; each item is a number, a range or a uuid. */
bool quick_words_is_item(const char *item, size_t length);
bool quick_words_is_range(const char *item, size_t length);

/* One item that is no range, as the wire wants it: a number, or text where it can be a uuid. A new reference. */
json_t *quick_words_item(const char *item, size_t length);
