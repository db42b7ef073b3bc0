/*
 * The files of Taskwarrior 2: a line [name:"value" …] for each task. Quotes, backslashes and brackets in a value are
 * written \" \\ &open; &close; and &dquot;. Each line becomes what `task export` would have written.
 */
#include "formats/formats.h"

#include <ctype.h>
#include <string.h>

struct entity {
	const char *name;
	char byte;
};

static const struct entity entities[] = { { "&open;", '[' }, { "&close;", ']' }, { "&dquot;", '"' } };

static const struct entity *find_entity(const char *at, const char *end)
{
	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++) {
		size_t length = strlen(entities[i].name);

		if ((size_t)(end - at) >= length && !memcmp(at, entities[i].name, length))
			return &entities[i];
	}
	return NULL;
}

static char unescape(char letter)
{
	switch (letter) {
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	default:
		return letter;
	}
}

/* Up to the quote that ends it, which is passed over. False: it does not end. */
static bool read_value(const char **text, const char *end, struct buffer *value)
{
	const char *at = *text;

	buffer_truncate(value, 0);
	while (at < end && *at != '"') {
		const struct entity *entity = find_entity(at, end);

		if (entity) {
			buffer_append_char(value, entity->byte);
			at += strlen(entity->name);
		} else if (*at == '\\' && at + 1 < end) {
			buffer_append_char(value, unescape(at[1]));
			at += 2;
		} else {
			buffer_append_char(value, *at++);
		}
	}
	*text = at + 1;
	return at < end;
}

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* annotation_1700000000:"text" */
static void add_annotation(json_t *task, const char *name, const char *value)
{
	json_t *annotations = json_object_get(task, "annotations");

	if (!annotations) {
		annotations = json_array();
		(void)json_object_set_new(task, "annotations", annotations);
	}
	(void)json_array_append_new(
		annotations, json_pack("{s:s, s:s}", "entry", name + strlen("annotation_"), "description", value));
}

static bool is_own(const char *name)
{
	static const char *const names[] = { "depends", "description", "due", "end", "entry", "mask", "modified",
		"parent", "partof", "note", "priority", "project", "recur", "rtype", "scheduled", "start", "status",
		"tags", "until", "uuid", "wait" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

#define EPOCH_DIGITS 9u /* of a number that is rather a time */

/* A number is written without quotes: what all tasks have as numbers becomes a field of numbers. */
static json_t *value_of(const char *name, const char *value)
{
	size_t digits = strspn(value + (value[0] == '-'), "0123456789.");
	json_t *number = NULL;

	if (!is_own(name) && isdigit((unsigned char)value[value[0] == '-']) &&
		digits + (value[0] == '-') == strlen(value) && strlen(value) < EPOCH_DIGITS)
		number = json_loads(value, JSON_DECODE_ANY, NULL);
	return number ? number : json_string(value);
}

/* tags_shop:"x" and dep_UUID:"x" say again what tags and depends say. */
static void add_member(json_t *task, const char *name, const char *value)
{
	if (starts_with(name, "annotation_"))
		add_annotation(task, name, value);
	else if (!starts_with(name, "tags_") && !starts_with(name, "dep_"))
		(void)json_object_set_new(task, name, value_of(name, value));
}

static bool read_member(const char **text, const char *end, json_t *task, struct buffer *name, struct buffer *value)
{
	const char *at = *text;
	const char *colon = memchr(at, ':', (size_t)(end - at));

	if (!colon || colon == at || colon + 1 >= end || colon[1] != '"')
		return false;
	buffer_truncate(name, 0);
	buffer_append(name, at, (size_t)(colon - at));
	at = colon + 2;
	if (!read_value(&at, end, value))
		return false;
	add_member(task, buffer_text(name), buffer_text(value));
	*text = at;
	return true;
}

static void read_line(const char *line, const char *end, struct format_input *input)
{
	json_t *task = json_object();
	struct buffer name, value;
	bool is_good = end - line >= 2 && line[0] == '[' && end[-1] == ']';

	buffer_init(&name);
	buffer_init(&value);
	for (line++, end--; is_good;) {
		while (line < end && *line == ' ')
			line++;
		if (line >= end)
			break;
		is_good = read_member(&line, end, task, &name, &value);
	}
	if (is_good)
		format_input_add(input, task);
	else
		format_input_refuse(input, "no line of Taskwarrior's data: [name:\"value\"]");
	buffer_deinit(&name);
	buffer_deinit(&value);
	json_decref(task);
}

void taskwarrior_data_read(const char *text, size_t length, struct format_input *input)
{
	const char *end = text + length;

	while (text < end) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		const char *line_end = feed ? feed : end;

		if (line_end > text && line_end[-1] == '\r')
			line_end--;
		if (line_end == text)
			format_input_add(input, NULL);
		else
			read_line(text, line_end, input);
		text = feed ? feed + 1 : end;
	}
}
