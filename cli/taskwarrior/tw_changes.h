/* The modifications of a line as the wire has them. Pure. */
#pragma once

#include "quick_words.h"
#include "trouble.h"

#include <jansson.h>

/* What is to change. */
struct tw_changes {
	json_t *values; /* as change_words_set makes them, without the text; owned */
	char *text;     /* all that is no attribute, joined by spaces; owned; NULL: nothing */
	char *from;     /* /from/to/: what is to be replaced in the description; owned; NULL: nothing */
	char *to;       /* and by what; owned */
	bool is_global; /* /from/to/g: wherever it stands */
};

void tw_changes_init(struct tw_changes *changes);
void tw_changes_deinit(struct tw_changes *changes);

/*
 * Read words: proj:home, pri:, +tag, -tag, tags:a,b, depends:3,-4, NAME:VALUE for the names in `fields` (an array of
 * objects with `name`; NULL: none), /from/to/. What else has a colon in it is text, as every word behind "--" is.
 */
enum error tw_changes_read(const struct word *words, size_t count, const json_t *fields, struct tw_changes *changes,
	struct trouble *trouble);

/* Whether a word looks like NAME:VALUE with a name that may be one of `fields`. */
bool tw_changes_may_need_fields(const struct word *words, size_t count);

/* The title with what /from/to/ replaces. The caller frees. */
char *tw_changes_substitute(const struct tw_changes *changes, const char *title);
