/* Commands of the user's own: words that stand for others. */
#pragma once

#include "common/arena.h"
#include "preferences.h"
#include "trouble.h"

#include <stdbool.h>

/* A command line. It ends with NULL, as main's does. */
struct command_line {
	int argc;
	char **argv;
};

/* Whether a command begins with this word. */
bool alias_is_taken(const char *name);

/*
 * Whether it can be an alias beside those that there are: its name is no command's, the first of its words is a command
 * or another alias, and following them comes to an end. ERROR_INVALID_PARAMS.
 */
enum error alias_check(
	const struct preferences *preferences, const char *name, const char *text, struct trouble *trouble);

/* Whether words are a command or come to one: as alias_check, of words without a name. */
enum error alias_check_words(const struct preferences *preferences, const char *text, struct trouble *trouble);

/*
 * While the word at `verb` is an alias and no command, put its words in its place. What is new lives in the arena.
 * ERROR_INVALID_PARAMS: it leads back to itself, or a quote is left open.
 */
enum error alias_expand(const struct preferences *preferences, struct arena *arena, int verb, struct command_line *line,
	struct trouble *trouble);

/* Put the words of `text` in the place of those from `verb` up to `behind`. They live in the arena. */
enum error alias_insert(const char *text, struct arena *arena, int verb, int behind, struct command_line *line,
	struct trouble *trouble);

/* The alias whose name is nearest to the word, for "did you mean"; NULL: none is near. */
const char *alias_nearest(const struct preferences *preferences, const char *word);
