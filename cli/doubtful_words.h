/* Words that became part of a title, and look as if they were meant otherwise. Pure: no terminal, no daemon. */
#pragma once

#include "common/buffer.h"
#include "quick_words.h"

/*
 * The first such word, as a sentence for whoever wrote it, with what says the other thing: an attribute whose value has
 * white space in it (`due:fri 17:00`), one that has an option and no quick word (`note:…`), and a time of day behind a
 * day (`due:fri` `17:00`). Words behind -- are never doubtful. False: there is none, and `out` stays.
 */
bool doubtful_words_explain(const struct word *words, size_t count, struct buffer *out);
