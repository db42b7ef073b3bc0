/* One walk over the template serves both checking and writing. */
#include "template.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "task_fields.h"

#include <string.h>

/* A piece of a template, and how long it is there. */
struct piece {
	enum { PIECE_CHARACTER, PIECE_FIELD, PIECE_UNCLOSED, PIECE_UNOPENED } kind;
	char character;
	const char *name;
	size_t name_length;
	size_t length;
};

static struct piece read_escape(const char *text)
{
	static const struct {
		char letter, meaning;
	} escapes[] = { { 't', '\t' }, { 'n', '\n' }, { '\\', '\\' } };

	for (size_t i = 0; i < COUNT_OF(escapes); i++)
		if (text[1] == escapes[i].letter)
			return (struct piece){ .character = escapes[i].meaning, .length = 2 };
	return (struct piece){ .character = '\\', .length = 1 };
}

static struct piece read_brace(const char *text)
{
	const char *end = strchr(text, '}');

	if (text[1] == text[0])
		return (struct piece){ .character = text[0], .length = 2 };
	if (text[0] == '}')
		return (struct piece){ .kind = PIECE_UNOPENED };
	if (!end)
		return (struct piece){ .kind = PIECE_UNCLOSED };
	return (struct piece){ .kind = PIECE_FIELD,
		.name = text + 1,
		.name_length = (size_t)(end - text - 1),
		.length = (size_t)(end - text + 1) };
}

static struct piece read_piece(const char *text)
{
	if (*text == '\\')
		return read_escape(text);
	if (*text == '{' || *text == '}')
		return read_brace(text);
	return (struct piece){ .character = *text, .length = 1 };
}

static enum error check_piece(const struct piece *piece, struct trouble *trouble)
{
	switch (piece->kind) {
	case PIECE_CHARACTER:
		return ERROR_NONE;
	case PIECE_FIELD:
		return task_field_check(piece->name, piece->name_length, trouble);
	case PIECE_UNCLOSED:
		return trouble_usage(trouble, "--format: a { is not closed; write {{ for a brace");
	case PIECE_UNOPENED:
		return trouble_usage(trouble, "--format: a } closes nothing; write }} for a brace");
	}
	return ERROR_NONE;
}

enum error template_check(const char *format, struct trouble *trouble)
{
	enum error error = ERROR_NONE;
	struct piece piece;

	for (const char *next = format; !error && *next; next += piece.length) {
		piece = read_piece(next);
		error = check_piece(&piece, trouble);
	}
	return error;
}

void template_append(struct buffer *out, const char *format, const json_t *task)
{
	struct piece piece;

	for (const char *next = format; *next; next += piece.length) {
		AUTO_FREE char *name = NULL;

		piece = read_piece(next);
		if (piece.kind == PIECE_CHARACTER) {
			buffer_append_char(out, piece.character);
			continue;
		}
		name = memory_strndup(piece.name, piece.name_length);
		task_field_append(out, task, name);
	}
}
