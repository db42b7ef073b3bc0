/* One pass, a word at a time (POSIX.1-2017, XCU 2.2). */
#include "shell_words.h"

#include <stdbool.h>
#include <string.h>

#define WHITE " \t\n"

/* Up to the closing quote; `text` stands behind the opening one. NULL: there is none. */
static const char *take_single_quoted(const char *text, struct buffer *word)
{
	size_t length = strcspn(text, "'");

	buffer_append(word, text, length);
	return text[length] ? text + length + 1 : NULL;
}

static const char *take_double_quoted(const char *text, struct buffer *word)
{
	for (; *text && *text != '"'; text++) {
		if (text[0] == '\\' && (text[1] == '"' || text[1] == '\\'))
			text++;
		buffer_append_char(word, *text);
	}
	return *text ? text + 1 : NULL;
}

static const char *take_escaped(const char *text, struct buffer *word)
{
	if (!*text)
		return NULL;
	buffer_append_char(word, *text);
	return text + 1;
}

static const char *take_word(const char *text, struct buffer *word)
{
	while (text && *text && !strchr(WHITE, *text)) {
		if (*text == '\'')
			text = take_single_quoted(text + 1, word);
		else if (*text == '"')
			text = take_double_quoted(text + 1, word);
		else if (*text == '\\')
			text = take_escaped(text + 1, word);
		else
			buffer_append_char(word, *text++);
	}
	return text;
}

enum error shell_words_split(
	const char *text, struct arena *arena, char ***ret_words, size_t *ret_count, struct trouble *trouble)
{
	char **words = arena_array(arena, strlen(text) / 2 + 2, sizeof(*words));
	const char *rest = text + strspn(text, WHITE);
	size_t count = 0;

	while (*rest) {
		struct buffer word;

		buffer_init(&word);
		rest = take_word(rest, &word);
		words[count++] = arena_strdup(arena, buffer_text(&word));
		buffer_deinit(&word);
		if (!rest)
			return trouble_usage(trouble, "a quote or a backslash is left open in `%s`", text);
		rest += strspn(rest, WHITE);
	}
	*ret_words = words;
	*ret_count = count;
	return ERROR_NONE;
}

void shell_words_quote(struct buffer *out, const char *text)
{
	buffer_append_char(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buffer_append_text(out, "'\\'");
		buffer_append_char(out, *text);
	}
	buffer_append_char(out, '\'');
}
