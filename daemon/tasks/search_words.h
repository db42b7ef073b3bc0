/*
 * The words of a text, as they are searched: in one case, without diacritics, in the compatible form (NFKC, Unicode
 * Annex 15). A word is a run of letters and digits. In scripts that are written without spaces between the words
 * (Chinese, Japanese, Korean, Thai, …) each character is one with its neighbour, so that a word of two characters is
 * found inside of a run: 買牛奶 gives 買牛, 牛奶, 奶. An emoji is a word of its own.
 */
#pragma once

#include "common/buffer.h"

#include <stdbool.h>
#include <stddef.h>

#define SEARCH_WORD_LIMIT 96u /* bytes; what goes on behind them is not looked at */

/* Stands between two texts that follow each other, and in no text: a phrase never reaches from one into the other. */
#define SEARCH_WORDS_BREAK "\u00b7"

/*
 * Append the words of UTF-8 text (what is none has no words), separated by spaces; also from what `words` holds
 * already. A word has lower case ASCII letters, ASCII digits, and any characters above ASCII.
 */
void search_words_append(struct buffer *words, const char *text, size_t length);

/* Append SEARCH_WORDS_BREAK as a word. */
void search_words_append_break(struct buffer *words);

/* Whether the word is one character of a script without spaces: the last one of a run. */
bool search_words_is_single(const char *word, size_t length);
