/*
 * todo.txt (https://github.com/todotxt/todo.txt): a line for each task. (A) is H, (B) is M and all others are L;
 * @context is a tag and +project the project; due: and t: (the time until it waits) are known, as are the day it was
 * completed and the day it was created. Other key:value words stay in the title.
 */
#include "formats/formats.h"

#include "common/text.h"

#include <ctype.h>
#include <string.h>

struct line {
	const char *at, *end;
	json_t *task;
	json_t *tags;
	struct buffer title;
};

static bool is_day(const char *at, const char *end)
{
	static const char form[] = "0000-00-00";

	if ((size_t)(end - at) < sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i]; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)at[i]) : at[i] != form[i])
			return false;
	return end == at + 10 || at[10] == ' ';
}

static void skip_spaces(struct line *line)
{
	while (line->at < line->end && *line->at == ' ')
		line->at++;
}

static bool take_done(struct line *line)
{
	if (line->end - line->at < 2 || line->at[0] != 'x' || line->at[1] != ' ')
		return false;
	line->at += 2;
	skip_spaces(line);
	return true;
}

static void take_priority(struct line *line)
{
	const char *at = line->at;

	if (line->end - at < 4 || at[0] != '(' || at[1] < 'A' || at[1] > 'Z' || at[2] != ')' || at[3] != ' ')
		return;
	(void)json_object_set_new(line->task, "priority", json_string(at[1] == 'A' ? "H" : at[1] == 'B' ? "M" : "L"));
	line->at += 4;
	skip_spaces(line);
}

static bool take_day(struct line *line, const char *name)
{
	if (!is_day(line->at, line->end))
		return false;
	(void)json_object_set_new(line->task, name, json_stringn(line->at, 10));
	line->at += 10;
	skip_spaces(line);
	return true;
}

/* A completed task has the day of its completion first, and may have none of its creation. */
static void take_days(struct line *line, bool is_done)
{
	if (is_done && !take_day(line, "completed"))
		return;
	(void)take_day(line, "created");
}

static void add_to_title(struct line *line, const char *word, size_t length)
{
	if (line->title.length)
		buffer_append_char(&line->title, ' ');
	buffer_append(&line->title, word, length);
}

/* Signs that a tag or a project of ours cannot have leave the word in the title. */
static bool is_plain(const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (strchr("\"'\\(),", word[i]) || (unsigned char)word[i] <= ' ')
			return false;
	return length > 0 && length <= 64;
}

static bool is_project(const char *word, size_t length)
{
	return is_plain(word, length) && word[0] != '.' && word[length - 1] != '.' && !memmem(word, length, "..", 2);
}

static bool take_pair(struct line *line, const char *word, size_t length, const char *key, const char *name)
{
	size_t key_length = strlen(key);

	if (length != key_length + 10 || memcmp(word, key, key_length) != 0 ||
		!is_day(word + key_length, word + length))
		return false;
	return !json_object_set_new(line->task, name, json_stringn(word + key_length, 10));
}

static void take_word(struct line *line, const char *word, size_t length)
{
	bool is_tag = word[0] == '@' && is_plain(word + 1, length - 1) && word[1] != '+' && word[1] != '-';
	bool is_first_project = word[0] == '+' && !json_object_get(line->task, "project");

	if (is_tag)
		(void)json_array_append_new(line->tags, json_stringn(word + 1, length - 1));
	else if (is_first_project && length > 1 && is_project(word + 1, length - 1))
		(void)json_object_set_new(line->task, "project", json_stringn(word + 1, length - 1));
	else if (!take_pair(line, word, length, "due:", "due") && !take_pair(line, word, length, "t:", "wait"))
		add_to_title(line, word, length);
}

static void take_words(struct line *line)
{
	while (line->at < line->end) {
		const char *space = memchr(line->at, ' ', (size_t)(line->end - line->at));
		const char *word_end = space ? space : line->end;

		if (word_end > line->at)
			take_word(line, line->at, (size_t)(word_end - line->at));
		line->at = space ? space + 1 : line->end;
	}
}

static void read_line(struct line *line, struct format_input *input)
{
	const char *start = line->at;
	bool is_done = take_done(line);

	if (is_done)
		(void)json_object_set_new(line->task, "status", json_string("completed"));
	take_priority(line);
	take_days(line, is_done);
	take_words(line);
	if (!line->title.length) /* nothing but marks: then they are what is to be done */
		buffer_append(&line->title, start, (size_t)(line->end - start));
	(void)json_object_set_new(line->task, "title", json_stringn(line->title.data, line->title.length));
	if (json_array_size(line->tags))
		(void)json_object_set(line->task, "tags", line->tags);
	if (json_object_get(line->task, "title"))
		format_input_add(input, line->task);
	else
		format_input_refuse(input, "the line is not UTF-8");
}

static bool is_blank(const char *at, const char *end)
{
	while (at < end && isspace((unsigned char)*at))
		at++;
	return at == end;
}

void todotxt_read(const char *text, size_t length, struct format_input *input)
{
	const char *end = text + length;

	while (text < end) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		struct line line = { .at = text, .end = feed ? feed : end };

		if (line.end > text && line.end[-1] == '\r')
			line.end--;
		if (is_blank(line.at, line.end)) {
			format_input_add(input, NULL);
		} else {
			line.task = json_object();
			line.tags = json_array();
			buffer_init(&line.title);
			skip_spaces(&line);
			read_line(&line, input);
			buffer_deinit(&line.title);
			json_decref(line.tags);
			json_decref(line.task);
		}
		text = feed ? feed + 1 : end;
	}
}

/* --- writing --- */

static void write_day(struct buffer *out, const json_t *task, const char *name, const char *before)
{
	const char *time = format_text(task, name);

	if (time)
		buffer_printf(out, "%s%.10s", before, time);
}

static void write_priority(struct buffer *out, const json_t *task)
{
	const char *priority = format_text(task, "priority");

	if (priority)
		buffer_printf(out, "(%c) ", priority[0] == 'H' ? 'A' : priority[0] == 'M' ? 'B' : 'C');
}

void todotxt_write(struct format_output *output, const json_t *task)
{
	const char *status = format_text(task, "status");
	const char *project = format_text(task, "project");
	bool is_done = status && !strcmp(status, "completed");
	struct buffer *out = &output->text;
	const json_t *tag;
	size_t index;

	if (!status || (!is_done && strcmp(status, "pending") != 0))
		return; /* there is no word for the others */
	if (is_done)
		buffer_append_text(out, "x ");
	write_priority(out, task);
	if (is_done)
		write_day(out, task, "completed", "");
	write_day(out, task, "created", is_done ? " " : "");
	buffer_printf(out, " %s", format_text(task, "title"));
	if (project)
		buffer_printf(out, " +%s", project);
	json_array_foreach (json_object_get(task, "tags"), index, tag)
		buffer_printf(out, " @%s", json_string_value(tag));
	write_day(out, task, "due", " due:");
	write_day(out, task, "wait", " t:");
	buffer_append_char(out, '\n');
}
