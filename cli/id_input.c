/* All that is read becomes one word, joined by commas, so that commands need not know where it came from. */
#include "id_input.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "terminal.h"

#include <errno.h>
#include <string.h>

#define SPACES "\t\n\v\f\r "

static bool is_dash(const struct word *word)
{
	return !word->is_literal && strcmp(word->text, "-") == 0;
}

/* The first dash that stands for IDS; NULL: there is none. */
static struct word *find_dash(struct arguments *arguments, enum command_words kind)
{
	struct word_list *words = &arguments->words;

	for (size_t i = 0; !arguments->filter && i < words->count; i++) {
		if (is_dash(&words->items[i]))
			return &words->items[i];
		if (kind == COMMAND_CHANGES && !quick_words_is_ids(&words->items[i]))
			return NULL;
	}
	return NULL;
}

static enum error refuse_word(const char *word, size_t line, struct trouble *trouble)
{
	struct buffer clean;

	buffer_init(&clean);
	terminal_clean(&clean, word, strlen(word));
	(void)trouble_usage(trouble,
		"line %zu of standard input: `%.80s` is no id: those are like 3, 3-7,9 or 6f1c2b9e", line,
		buffer_text(&clean));
	buffer_deinit(&clean);
	return ERROR_INVALID_PARAMS;
}

/* Destroys the line. */
static enum error append_line(struct buffer *ids, char *text, size_t line, struct trouble *trouble)
{
	char *rest = NULL;

	for (char *word = strtok_r(text, SPACES, &rest); word; word = strtok_r(NULL, SPACES, &rest)) {
		if (!quick_words_is_ids(&(struct word){ .text = word }))
			return refuse_word(word, line, trouble);
		if (ids->length)
			buffer_append_char(ids, ',');
		buffer_append_text(ids, word);
	}
	return ERROR_NONE;
}

static enum error read_lines(FILE *stream, struct buffer *ids, struct trouble *trouble)
{
	AUTO_FREE char *text = NULL;
	size_t size = 0;
	enum error error = ERROR_NONE;

	for (size_t line = 1; !error && getline(&text, &size, stream) >= 0; line++)
		error = append_line(ids, text, line, trouble);
	if (!error && ferror(stream))
		return trouble_set(trouble, ERROR_STORAGE, "cannot read standard input: %s", strerror(errno));
	if (!error && !ids->length)
		return trouble_set(trouble, ERROR_NOT_FOUND, "there are no ids on standard input");
	return error;
}

enum error id_input_read(struct arguments *arguments, enum command_words kind, FILE *stream, struct trouble *trouble)
{
	struct word *dash = find_dash(arguments, kind);
	struct buffer ids;
	enum error error;

	if (!dash)
		return ERROR_NONE;
	buffer_init(&ids);
	error = read_lines(stream, &ids, trouble);
	if (!error)
		arguments->read_ids = memory_strdup(buffer_text(&ids));
	buffer_deinit(&ids);
	if (error)
		return error;
	dash->text = arguments->read_ids;
	if (find_dash(arguments, kind))
		return trouble_usage(trouble, "standard input can be read once, and here are two dashes for it");
	return ERROR_NONE;
}
