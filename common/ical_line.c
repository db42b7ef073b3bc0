/* Content lines of iCalendar as they are read. */
#include "common/ical_line.h"

#include "common/text.h"

#include <string.h>
#include <strings.h>

/* --- folds --- */

static bool is_fold(const struct ical_source *source)
{
	return source->at < source->end && (*source->at == ' ' || *source->at == '\t');
}

/* A line of the file without its end. */
static void take_line(struct ical_source *source, const char **ret_text, size_t *ret_length)
{
	const char *feed = memchr(source->at, '\n', (size_t)(source->end - source->at));
	const char *end = feed ? feed : source->end;

	*ret_text = source->at;
	*ret_length = (size_t)(end - source->at);
	if (*ret_length && end[-1] == '\r')
		--*ret_length;
	source->at = feed ? feed + 1 : source->end;
	source->number++;
}

bool ical_source_next(struct ical_source *source, struct buffer *line, int64_t *ret_number)
{
	const char *text;
	size_t length;

	buffer_truncate(line, 0);
	while (source->at < source->end && !line->length) {
		*ret_number = source->number;
		take_line(source, &text, &length);
		buffer_append(line, text, length);
		while (is_fold(source)) {
			take_line(source, &text, &length);
			buffer_append(line, text + 1, length ? length - 1 : 0);
		}
	}
	return line->length > 0;
}

/* --- parameters --- */

/* What is left of a line. It ends in a NUL, and holds no other. */
struct cursor {
	const char *at;
	struct arena *arena;
	const char *field; /* NULL: the name is not read yet */
	struct refusal *refusal;
};

static enum error refuse_line(const struct cursor *cursor, const char *reason)
{
	return refuse(cursor->refusal, ERROR_INVALID_PARAMS, cursor->field, "%s: %s",
		cursor->field ? cursor->field : "a line", reason);
}

static bool is_name_byte(char byte)
{
	byte = text_ascii_lower(byte);
	return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

/* NULL: none stands here. */
static const char *take_name(struct cursor *cursor)
{
	size_t length = 0;
	char *name;

	while (is_name_byte(cursor->at[length]))
		length++;
	if (!length)
		return NULL;
	name = arena_strndup(cursor->arena, cursor->at, length);
	for (size_t i = 0; i < length; i++)
		name[i] = text_ascii_upper(name[i]);
	cursor->at += length;
	return name;
}

/* RFC 6868: ^n, ^^ and ^' ; any other ^ is itself. */
static char decode_caret(const char **at)
{
	static const char codes[] = "n^'";
	static const char meanings[] = "\n^\"";
	const char *code = (*at)[1] ? strchr(codes, (*at)[1]) : NULL;

	if (!code)
		return '^';
	++*at;
	return meanings[code - codes];
}

/* With its quotes taken off, up to the ; or : behind it. */
static enum error take_value(struct cursor *cursor, const char **ret_value)
{
	char *value = arena_alloc(cursor->arena, strlen(cursor->at) + 1);
	size_t length = 0;
	bool is_quoted = false;
	const char *at = cursor->at;

	for (; *at && (is_quoted || !strchr(";:", *at)); at++)
		if (*at == '"')
			is_quoted = !is_quoted;
		else if (*at == '^')
			value[length++] = decode_caret(&at);
		else
			value[length++] = *at;
	cursor->at = at;
	*ret_value = value;
	return is_quoted ? refuse_line(cursor, "a quote in it has no end") : ERROR_NONE;
}

static enum error take_param(struct cursor *cursor, struct ical_line *line)
{
	struct ical_param *param = &line->params[line->param_count];

	cursor->at++;
	if (line->param_count == ICAL_PARAMS_LIMIT)
		return refuse_line(cursor, "it has too many parameters");
	param->name = take_name(cursor);
	if (!param->name || *cursor->at != '=')
		return refuse_line(cursor, "behind a semicolon stands NAME=value, and no such thing is there");
	cursor->at++;
	line->param_count++;
	return take_value(cursor, &param->value);
}

/* --- a line --- */

static enum error check_bytes(const struct cursor *cursor, size_t length)
{
	if (length > ICAL_LINE_LIMIT)
		return refuse_line(cursor, "it is longer than 1 MiB");
	if (!text_is_utf8(cursor->at, length))
		return refuse_line(cursor, "it is not UTF-8");
	if (strlen(cursor->at) != length)
		return refuse_line(cursor, "it holds a NUL");
	return ERROR_NONE;
}

enum error ical_line_parse(
	const char *text, size_t length, struct arena *arena, struct ical_line *ret_line, struct refusal *refusal)
{
	struct cursor cursor = { .at = arena_strndup(arena, text, length), .arena = arena, .refusal = refusal };
	enum error error = check_bytes(&cursor, length);

	*ret_line = (struct ical_line){ .param_count = 0 };
	if (error)
		return error;
	ret_line->name = take_name(&cursor);
	if (!ret_line->name || (*cursor.at != ';' && *cursor.at != ':'))
		return refuse_line(&cursor, "it is not of the form NAME:value");
	cursor.field = ret_line->name;
	ret_line->rest = cursor.at;
	while (!error && *cursor.at == ';')
		error = take_param(&cursor, ret_line);
	if (!error && *cursor.at != ':')
		return refuse_line(&cursor, "it has no value");
	ret_line->value = cursor.at + 1;
	return error;
}

const char *ical_line_param(const struct ical_line *line, const char *name)
{
	for (size_t i = 0; i < line->param_count; i++)
		if (!strcmp(line->params[i].name, name))
			return line->params[i].value;
	return NULL;
}

bool ical_line_is(const struct ical_line *line, const char *name, const char *value)
{
	return !strcmp(line->name, name) && !strcasecmp(line->value, value);
}

/* --- texts --- */

/* Whatever else stands behind a backslash stands for itself. */
static char decode_backslash(const char **at)
{
	++*at;
	if (**at == 'n' || **at == 'N')
		return '\n';
	return **at;
}

static char *take_text(const char **at, const char *ends, struct arena *arena)
{
	char *text = arena_alloc(arena, strlen(*at) + 1);
	size_t length = 0;

	for (; **at && !strchr(ends, **at); ++*at)
		if (**at == '\\' && (*at)[1])
			text[length++] = decode_backslash(at);
		else
			text[length++] = **at;
	return text;
}

char *ical_line_text(const char *value, struct arena *arena)
{
	return take_text(&value, "", arena);
}

char *ical_line_next_text(const char **at, struct arena *arena)
{
	char *text;

	if (!**at)
		return NULL;
	text = take_text(at, ",", arena);
	*at += **at == ',';
	return text;
}
