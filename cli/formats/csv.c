/*
 * Tables (RFC 4180) whose first line names the columns: those of a task, in any order. Tags stand in one cell with
 * spaces or commas between them. A column that no task has is kept as a custom field; an empty cell is nothing.
 */
#include "formats/formats.h"

#include "common/text.h"

#include <ctype.h>
#include <string.h>

static const char *const columns[] = { "uuid", "title", "status", "project", "tags", "priority", "due", "wait",
	"scheduled", "until", "started", "completed", "deleted", "created", "modified", "parent", "depends", "series",
	"occurrence", "recur", "recur_from", "recur_count", "recur_zone", "note" };

#define COLUMN_COUNT (sizeof(columns) / sizeof(*columns))

/* Others' words for the same. */
static const struct {
	const char *word;
	const char *name;
} other_names[] = {
	{ "description", "title" },
	{ "task", "title" },
	{ "name", "title" },
	{ "due date", "due" },
	{ "notes", "note" },
	{ "entry", "created" },
	{ "end", "completed" },
};

/* --- records --- */

struct reader {
	const char *at, *end;
	struct buffer cell;
	int64_t lines; /* that the record has taken, without its own end */
	bool is_torn;  /* a quote that does not end, or text behind one */
};

static bool take_quoted(struct reader *reader)
{
	for (reader->at++; reader->at < reader->end; reader->at++) {
		if (*reader->at == '"' && (reader->at + 1 == reader->end || reader->at[1] != '"')) {
			reader->at++;
			return true;
		}
		reader->at += *reader->at == '"';
		reader->lines += *reader->at == '\n';
		buffer_append_char(&reader->cell, *reader->at);
	}
	return false;
}

static bool is_cell_end(const struct reader *reader)
{
	return reader->at == reader->end || *reader->at == ',' || *reader->at == '\n' || *reader->at == '\r';
}

static void take_cell(struct reader *reader)
{
	buffer_truncate(&reader->cell, 0);
	if (reader->at < reader->end && *reader->at == '"') {
		if (!take_quoted(reader) || !is_cell_end(reader))
			reader->is_torn = true;
	}
	while (!is_cell_end(reader))
		buffer_append_char(&reader->cell, *reader->at++);
}

/* The cells of a record, and its end. */
static json_t *take_record(struct reader *reader)
{
	json_t *cells = json_array();

	reader->lines = 0;
	reader->is_torn = false;
	for (;;) {
		take_cell(reader);
		(void)json_array_append_new(
			cells, json_stringn(reader->cell.data ? reader->cell.data : "", reader->cell.length));
		if (reader->at == reader->end || *reader->at != ',')
			break;
		reader->at++;
	}
	if (reader->at < reader->end && *reader->at == '\r')
		reader->at++;
	if (reader->at < reader->end && *reader->at == '\n')
		reader->at++;
	return cells;
}

/* --- headings --- */

static bool is_column(const char *word)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (!strcmp(columns[i], word))
			return true;
	return false;
}

static const char *find_other_name(const char *word)
{
	for (size_t i = 0; i < sizeof(other_names) / sizeof(*other_names); i++)
		if (!strcmp(other_names[i].word, word))
			return other_names[i].name;
	return NULL;
}

static bool has_name(const json_t *names, const char *wanted)
{
	for (size_t i = 0; i < json_array_size(names); i++)
		if (!strcmp(json_string_value(json_array_get(names, i)), wanted))
			return true;
	return false;
}

/* Another word for a column means it where that column itself is not there. */
static void replace_other_names(json_t *names)
{
	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *name = find_other_name(json_string_value(json_array_get(names, i)));

		if (name && !has_name(names, name))
			(void)json_array_set_new(names, i, json_string(name));
	}
}

/* In small letters, without the byte order mark that some programs put in front. */
static json_t *read_headings(const json_t *cells)
{
	json_t *names = json_array();
	const json_t *cell;
	size_t index;

	json_array_foreach (cells, index, cell) {
		const char *text = json_string_value(cell) ? json_string_value(cell) : "";
		struct buffer word;

		buffer_init(&word);
		if (index == 0 && !strncmp(text, "\xef\xbb\xbf", 3))
			text += 3;
		for (; *text; text++)
			buffer_append_char(&word, (char)tolower((unsigned char)*text));
		(void)json_array_append_new(names, json_string(buffer_text(&word)));
		buffer_deinit(&word);
	}
	replace_other_names(names);
	return names;
}

/* --- tasks --- */

static json_t *split_words(const char *text)
{
	json_t *words = json_array();

	for (;;) {
		size_t length;

		text += strspn(text, " ,;\t");
		length = strcspn(text, " ,;\t");
		if (!length)
			return words;
		(void)json_array_append_new(words, json_stringn(text, length));
		text += length;
	}
}

/* Status words of other programs as well. */
static json_t *read_status(const char *text)
{
	static const struct {
		const char *word;
		const char *status;
	} words[] = {
		{ "done", "completed" },
		{ "x", "completed" },
		{ "true", "completed" },
		{ "open", "pending" },
		{ "todo", "pending" },
		{ "false", "pending" },
		{ "waiting", "pending" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcasecmp(words[i].word, text))
			return json_string(words[i].status);
	return json_string(text);
}

static bool is_whole_number(const char *name)
{
	return !strcmp(name, "occurrence") || !strcmp(name, "recur_count");
}

/* What is none stays text, so that the daemon says what is wrong with it. */
static json_t *read_number(const char *text)
{
	int64_t value;

	return text_parse_integer(text, INT64_MIN, INT64_MAX, &value) ? json_integer(value) : json_string(text);
}

static void set_cell(json_t *task, json_t *fields, const char *name, const char *text)
{
	if (!strcmp(name, "tags") || !strcmp(name, "depends"))
		(void)json_object_set_new(task, name, split_words(text));
	else if (!strcmp(name, "status"))
		(void)json_object_set_new(task, name, read_status(text));
	else if (is_whole_number(name))
		(void)json_object_set_new(task, name, read_number(text));
	else if (is_column(name))
		(void)json_object_set_new(task, name, json_string(text));
	else
		(void)json_object_set_new(fields, name, json_string(text));
}

static json_t *make_task(const json_t *names, const json_t *cells)
{
	json_t *task = json_object();
	json_t *fields = json_object();

	for (size_t i = 0; i < json_array_size(cells) && i < json_array_size(names); i++) {
		const char *text = json_string_value(json_array_get(cells, i));

		if (text && text[0])
			set_cell(task, fields, json_string_value(json_array_get(names, i)), text);
	}
	if (json_object_size(fields))
		(void)json_object_set(task, "fields", fields);
	json_decref(fields);
	return task;
}

static bool is_empty(const json_t *cells)
{
	return json_array_size(cells) == 1 && !json_string_length(json_array_get(cells, 0));
}

static void add_record(
	struct format_input *input, const struct reader *reader, const json_t *names, const json_t *cells)
{
	json_t *task = NULL;

	if (!is_empty(cells) && json_array_size(cells) <= json_array_size(names) && !reader->is_torn)
		task = make_task(names, cells);
	if (task || is_empty(cells))
		format_input_add(input, task);
	else
		format_input_refuse(input, reader->is_torn ? "a quote in this record has no other one"
							   : "this record has more cells than there are headings");
	for (int64_t i = 0; i < reader->lines; i++)
		format_input_add(input, NULL); /* so that positions stay those of lines */
	json_decref(task);
}

void csv_read(const char *text, size_t length, struct format_input *input)
{
	struct reader reader = { .at = text, .end = text + length };
	json_t *cells;
	json_t *names;

	buffer_init(&reader.cell);
	cells = take_record(&reader);
	names = read_headings(cells);
	json_decref(cells);
	if (!has_name(names, "title")) {
		format_input_refuse(input, "the first line must name the columns, and one of them title");
		reader.at = reader.end;
	} else {
		for (int64_t i = 0; i <= reader.lines; i++)
			format_input_add(input, NULL);
	}
	while (reader.at < reader.end) {
		cells = take_record(&reader);
		add_record(input, &reader, names, cells);
		json_decref(cells);
	}
	json_decref(names);
	buffer_deinit(&reader.cell);
}

/* --- writing --- */

static void write_cell(struct buffer *out, const char *text)
{
	if (!strpbrk(text, ",\"\r\n")) {
		buffer_append_text(out, text);
		return;
	}
	buffer_append_char(out, '"');
	for (; *text; text++) {
		if (*text == '"')
			buffer_append_char(out, '"');
		buffer_append_char(out, *text);
	}
	buffer_append_char(out, '"');
}

static void write_list(struct buffer *out, const json_t *list)
{
	const json_t *item;
	size_t index;

	json_array_foreach (list, index, item)
		buffer_printf(out, "%s%s", index ? " " : "", json_string_value(item));
}

void csv_begin(struct format_output *output)
{
	const json_t *field;
	size_t index;

	for (size_t i = 0; i < COLUMN_COUNT; i++)
		buffer_printf(&output->text, "%s%s", i ? "," : "", columns[i]);
	json_array_foreach (output->fields, index, field) {
		buffer_append_char(&output->text, ',');
		write_cell(&output->text, format_text(field, "name"));
	}
	buffer_append_text(&output->text, "\r\n");
}

static void write_value(struct buffer *out, const json_t *value)
{
	if (json_is_array(value))
		write_list(out, value);
	else if (json_is_string(value))
		write_cell(out, json_string_value(value));
	else if (json_is_integer(value))
		buffer_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		buffer_printf(out, "%.15g", json_real_value(value));
}

void csv_write(struct format_output *output, const json_t *task)
{
	const json_t *customs = json_object_get(task, "fields");
	const json_t *field;
	size_t index;

	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		if (i)
			buffer_append_char(&output->text, ',');
		write_value(&output->text, json_object_get(task, columns[i]));
	}
	json_array_foreach (output->fields, index, field) {
		buffer_append_char(&output->text, ',');
		write_value(&output->text, json_object_get(customs, format_text(field, "name")));
	}
	buffer_append_text(&output->text, "\r\n");
}
