/* Words and options that say what a task is to have, as parameters of the wire. Pure: no terminal, no daemon. */
#pragma once

#include "quick_words.h"
#include "trouble.h"

#include <jansson.h>

/*
 * Put one attribute into the object of changes, by its option's or quick word's name: title, note, project, priority
 * (also pri), due, wait, scheduled (sched), until, recur, recur-from, recur-count, parent, depends (dep), tag, untag,
 * set. An empty value stands as null, which clears. `depends` takes IDS, those behind a dash are taken off; `set` takes
 * NAME=VALUE. ERROR_INVALID_PARAMS for one that is there already, text that is not UTF-8, an empty tag, and what is no
 * id.
 */
enum error change_words_set(json_t *changes, const char *attribute, const char *value, struct trouble *trouble);

/*
 * Read words as changes: project:home, pri:H, due:…, depends:3,-5, +tag, -tag; all else, and every argument with white
 * space in it, is title, joined by spaces. What looks like a slip in an attribute's name (deu:…, proj:…) is refused
 * with the right one. `depends:` together with ids puts those in the place of all others.
 */
enum error change_words_read(const struct word *words, size_t count, json_t *changes, struct trouble *trouble);

/*
 * Make the changes those of a new task: what clears a field has nothing to clear, and what is put on is all that there
 * will be. ERROR_INVALID_PARAMS for what a new task cannot lose.
 */
enum error change_words_make_new(json_t *changes, struct trouble *trouble);
