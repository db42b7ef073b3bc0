/* The table of formats, and what all of them need. */
#include "formats/formats.h"

#include "common/cleanup.h"
#include "common/memory.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

/* --- input --- */

void format_input_init(struct format_input *input)
{
	*input = (struct format_input){ .position = 1, .mistakes = json_array(), .notes = json_array() };
	buffer_init(&input->lines);
}

void format_input_deinit(struct format_input *input)
{
	buffer_deinit(&input->lines);
	json_decref(input->mistakes);
	json_decref(input->notes);
}

static int append(const char *bytes, size_t length, void *buffer)
{
	buffer_append(buffer, bytes, length);
	return 0;
}

void format_input_add(struct format_input *input, const json_t *task)
{
	if (task)
		(void)json_dump_callback(task, append, &input->lines, JSON_COMPACT);
	buffer_append_char(&input->lines, '\n');
	input->position++;
}

void format_input_add_text(struct format_input *input, const char *text, size_t length)
{
	size_t start = input->lines.length;

	buffer_append(&input->lines, text, length);
	for (size_t i = start; i < input->lines.length; i++)
		if (input->lines.data[i] == '\n')
			input->lines.data[i] = ' ';
	buffer_append_char(&input->lines, '\n');
	input->position++;
}

static void say(json_t *list, int64_t position, const char *message)
{
	(void)json_array_append_new(
		list, json_pack("{s:I, s:s}", "position", (json_int_t)position, "message", message));
}

void format_input_refuse(struct format_input *input, const char *message)
{
	say(input->mistakes, input->position, message);
	format_input_add(input, NULL);
}

void format_input_note(struct format_input *input, int64_t position, const char *message)
{
	say(input->notes, position, message);
}

/* --- output --- */

void format_output_init(struct format_output *output)
{
	*output = (struct format_output){ .tasks = json_array() };
	buffer_init(&output->text);
}

void format_output_deinit(struct format_output *output)
{
	buffer_deinit(&output->text);
	json_decref(output->fields);
	json_decref(output->tasks);
}

const char *format_text(const json_t *task, const char *name)
{
	return json_string_value(json_object_get(task, name));
}

void format_make_uuid(char ret_uuid[FORMAT_UUID_SIZE])
{
	unsigned char bytes[16];

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		abort();
	bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40);
	bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
	for (size_t i = 0, at = 0; i < sizeof(bytes); i++, at += 2) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			ret_uuid[at++] = '-';
		(void)snprintf(ret_uuid + at, 3, "%02x", bytes[i]);
	}
}

/* --- the table --- */

const struct format format_table[] = {
	{ .name = "jsonl",
		.summary = "taskctl's own, a line of JSON for each task: keeps everything",
		.daemon_name = "jsonl",
		.unit = "line" },
	{ .name = "json",
		.summary = "the same as an array",
		.daemon_name = "jsonl",
		.unit = "item",
		.read = json_items_read,
		.is_read_only = true },
	{ .name = "taskwarrior",
		.summary = "what `task export` writes and `task import` reads",
		.daemon_name = "taskwarrior",
		.unit = "item",
		.read = json_items_read },
	{ .name = "taskwarrior-data",
		.summary = "the *.data files of Taskwarrior 2",
		.daemon_name = "taskwarrior",
		.unit = "line",
		.read = taskwarrior_data_read,
		.is_read_only = true },
	{ .name = "ical",
		.summary = "iCalendar: the VTODO of calendars (RFC 5545)",
		.daemon_name = "ical",
		.unit = "line",
		.read = icalendar_read,
		.is_cut_anywhere = true },
	{ .name = "todotxt",
		.summary = "todo.txt",
		.daemon_name = "jsonl",
		.unit = "line",
		.read = todotxt_read,
		.write = todotxt_write },
	{ .name = "csv",
		.summary = "a table with a line of headings (RFC 4180)",
		.daemon_name = "jsonl",
		.unit = "line",
		.read = csv_read,
		.begin = csv_begin,
		.write = csv_write },
	{ .name = "markdown",
		.summary = "a check list: - [ ] and - [x]",
		.daemon_name = "jsonl",
		.unit = "line",
		.read = markdown_read,
		.write = markdown_write,
		.end = markdown_end },
	{ .name = NULL },
};

const struct format *format_find(const char *name)
{
	for (const struct format *format = format_table; format->name; format++)
		if (!strcmp(format->name, name))
			return format;
	return NULL;
}

/* --- guessing --- */

static const struct {
	const char *ending;
	const char *format;
} endings[] = {
	{ ".csv", "csv" },
	{ ".data", "taskwarrior-data" },
	{ ".ical", "ical" },
	{ ".ics", "ical" },
	{ ".jsonl", "jsonl" },
	{ ".markdown", "markdown" },
	{ ".md", "markdown" },
	{ ".txt", "todotxt" },
};

static bool ends_with(const char *name, const char *ending)
{
	size_t length = strlen(name);
	size_t ending_length = strlen(ending);

	return length > ending_length && !strcasecmp(name + length - ending_length, ending);
}

static bool holds(const char *text, size_t length, const char *part)
{
	return memmem(text, length, part, strlen(part)) != NULL;
}

#define HEAD_LENGTH ((size_t)4096)

/* JSON: Taskwarrior's tasks have a description, ours a title. */
static const char *guess_json(const char *text, size_t length)
{
	const char *end = text + (length < HEAD_LENGTH ? length : HEAD_LENGTH);
	size_t head = (size_t)(end - text);

	if (text[0] == '{' && (holds(text, head, "\"taskctl\"") || holds(text, head, "\"title\"")))
		return "jsonl";
	if (holds(text, head, "\"title\""))
		return "json";
	return "taskwarrior";
}

#define CALENDAR "BEGIN:VCALENDAR"

static const char *guess_name(const char *name, const char *text, size_t length)
{
	if (length >= strlen(CALENDAR) && !strncasecmp(text, CALENDAR, strlen(CALENDAR)))
		return "ical";
	if (length && text[0] == '[' && holds(text, length < HEAD_LENGTH ? length : HEAD_LENGTH, "description:\""))
		return "taskwarrior-data";
	if (length && (text[0] == '{' || text[0] == '['))
		return guess_json(text, length);
	for (size_t i = 0; name && i < COUNT_OF(endings); i++)
		if (ends_with(name, endings[i].ending))
			return endings[i].format;
	if (length > 3 && text[0] == '-' && text[1] == ' ' && text[2] == '[')
		return "markdown";
	return NULL;
}

const struct format *format_guess(const char *name, const char *text, size_t length)
{
	size_t blank = 0;
	const char *found;

	while (blank < length && strchr(" \t\r\n", text[blank]))
		blank++;
	found = guess_name(name, text + blank, length - blank);
	return found ? format_find(found) : NULL;
}
