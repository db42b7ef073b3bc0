/* The forms that the commands beside those of tasks share. */
#include "report.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "details.h"
#include "doubtful_words.h"
#include "pager.h"
#include "relative_time.h"
#include "terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

void report_json(const json_t *value)
{
	AUTO_FREE char *text = memory_require(json_dumps(value, REPORT_JSON | JSON_ENCODE_ANY));

	(void)puts(text);
}

void report_say(const struct invocation *invocation, const char *format, ...)
{
	va_list arguments;

	if (invocation->arguments.is_quiet || invocation->arguments.is_json)
		return;
	(void)fflush(stdout);
	va_start(arguments, format);
	(void)vfprintf(stderr, format, arguments);
	va_end(arguments);
	(void)fputc('\n', stderr);
}

void report_undo(const struct invocation *invocation)
{
	report_say(invocation, "To take it back: taskctl undo");
}

void report_doubt(const struct invocation *invocation, const struct word *words, size_t count)
{
	struct buffer sentence;

	buffer_init(&sentence);
	if (doubtful_words_explain(words, count, &sentence))
		report_say(invocation, "%s", buffer_text(&sentence));
	buffer_deinit(&sentence);
}

void report_append_time(struct buffer *out, const char *text)
{
	int64_t seconds = 0;
	bool is_time = relative_time_parse(text, &seconds);
	time_t clock = seconds;
	struct tm local;
	char minute[32];

	if (!text)
		return;
	if (!is_time || !localtime_r(&clock, &local) || !strftime(minute, sizeof(minute), "%Y-%m-%d %H:%M", &local))
		terminal_clean(out, text, strlen(text));
	else
		buffer_append_text(out, minute);
}

static bool is_day(const struct tm *local, enum report_day kept_at)
{
	if (kept_at == REPORT_DAY_BEGIN)
		return local->tm_hour == 0 && local->tm_min == 0 && local->tm_sec == 0;
	return local->tm_hour == 23 && local->tm_min == 59 && local->tm_sec == 59;
}

void report_append_day(struct buffer *out, const char *text, enum report_day kept_at)
{
	int64_t seconds = 0;
	bool is_time = relative_time_parse(text, &seconds);
	time_t clock = seconds;
	struct tm local;
	char day[32];

	if (is_time && localtime_r(&clock, &local) && is_day(&local, kept_at) &&
		strftime(day, sizeof(day), "%Y-%m-%d", &local))
		buffer_append_text(out, day);
	else
		report_append_time(out, text);
}

static void append_value(struct buffer *out, const json_t *value)
{
	const json_t *item;
	size_t index;

	if (json_is_string(value))
		terminal_clean(out, json_string_value(value), json_string_length(value));
	else if (json_is_integer(value))
		buffer_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		buffer_printf(out, "%.10g", json_real_value(value));
	else if (json_is_boolean(value))
		buffer_append_text(out, json_is_true(value) ? "yes" : "no");
	json_array_foreach (value, index, item) {
		if (index)
			buffer_append_char(out, ' ');
		append_value(out, item);
	}
}

void report_append_member(struct buffer *out, const json_t *object, const char *name)
{
	append_value(out, json_object_get(object, name));
}

static void append_field(struct buffer *out, const json_t *object, const struct report_field *field)
{
	size_t start = out->length;

	if (field->is_time)
		report_append_time(out, json_string_value(json_object_get(object, field->name)));
	else
		report_append_member(out, object, field->name);
	if (field->most && out->length > start + field->most)
		buffer_truncate(out, start + field->most);
}

void report_find_frame(const struct invocation *invocation, struct view_frame *ret_frame)
{
	ret_frame->width = terminal_width(stdout);
	ret_frame->overflow = (enum view_overflow)invocation->preferences.overflow;
	invocation_find_theme(invocation, stdout, &ret_frame->theme);
}

void report_add_row(
	struct view_table *table, enum theme_role role, const struct report_field *fields, const json_t *object)
{
	view_table_begin_row(table, role);
	for (; fields->heading; fields++) {
		struct buffer cell;

		buffer_init(&cell);
		append_field(&cell, object, fields);
		view_table_add_cell(table, buffer_text(&cell));
		buffer_deinit(&cell);
	}
}

static void write_out(struct buffer *out)
{
	if (out->length)
		(void)fwrite(out->data, 1, out->length, stdout);
	buffer_deinit(out);
}

bool report_has_rows(const struct invocation *invocation)
{
	return invocation->arguments.is_plain || invocation->arguments.is_csv;
}

static enum rows_form form_of(const struct invocation *invocation)
{
	return invocation->arguments.is_csv ? ROWS_CSV : ROWS_PLAIN;
}

void report_append_table(const struct invocation *invocation, const struct view_table *table, struct buffer *out)
{
	struct view_frame frame;

	report_find_frame(invocation, &frame);
	if (report_has_rows(invocation))
		view_table_write_rows(table, form_of(invocation), out);
	else
		view_table_write(table, &frame, out);
}

void report_page(const struct invocation *invocation, const struct buffer *text)
{
	bool is_for_people = !report_has_rows(invocation) && !invocation->arguments.has_no_pager;

	pager_print(is_for_people ? invocation->preferences.pager : PAGER_NEVER, text);
}

void report_table(const struct invocation *invocation, const struct view_table *table)
{
	struct buffer out;

	buffer_init(&out);
	report_append_table(invocation, table, &out);
	report_page(invocation, &out);
	buffer_deinit(&out);
}

static bool is_marked(const struct report_list *list, const json_t *object)
{
	return list->mark && json_is_true(json_object_get(object, list->mark));
}

static void mark_objects(const struct report_list *list, json_t *objects)
{
	json_t *object;
	size_t index;

	json_array_foreach (objects, index, object)
		(void)json_object_set_new(object, "mark", json_string(is_marked(list, object) ? "*" : ""));
}

static void add_value_cell(struct rows *rows, const json_t *value)
{
	struct buffer cell;

	if (json_is_string(value)) {
		rows_add(rows, json_string_value(value), json_string_length(value));
		return;
	}
	buffer_init(&cell);
	append_value(&cell, value);
	rows_add(rows, cell.data, cell.length);
	buffer_deinit(&cell);
}

void report_rows(const struct invocation *invocation, const struct report_field *fields, const json_t *objects)
{
	struct buffer out;
	struct rows rows = { .out = &out, .form = form_of(invocation) };
	const json_t *object;
	size_t index;

	buffer_init(&out);
	for (const struct report_field *field = fields; field->heading; field++)
		rows_add_heading(&rows, field->name);
	rows_end(&rows);
	json_array_foreach (objects, index, object) {
		for (const struct report_field *field = fields; field->heading; field++)
			add_value_cell(&rows, json_object_get(object, field->name));
		rows_end(&rows);
	}
	write_out(&out);
}

static void print_objects_table(
	const struct invocation *invocation, const struct report_list *list, const json_t *objects)
{
	AUTO_TABLE struct view_table *table = view_table_new(list->columns);
	const json_t *object;
	size_t index;

	json_array_foreach (objects, index, object)
		report_add_row(table, is_marked(list, object) ? ROLE_ACTIVE : ROLE_PLAIN, list->fields, object);
	if (json_array_size(objects))
		report_table(invocation, table);
	else
		report_say(invocation, "%s", list->nothing);
}

static void print_objects(const struct invocation *invocation, const struct report_list *list, json_t *objects)
{
	if (list->mark)
		mark_objects(list, objects);
	if (report_has_rows(invocation))
		report_rows(invocation, list->fields, objects);
	else
		print_objects_table(invocation, list, objects);
}

static void print_ids(const json_t *objects, const char *name)
{
	const json_t *object;
	size_t index;

	json_array_foreach (objects, index, object) {
		struct buffer line;

		buffer_init(&line);
		report_append_member(&line, object, name);
		(void)puts(buffer_text(&line));
		buffer_deinit(&line);
	}
}

void report_objects(const struct invocation *invocation, const struct report_list *list, json_t *objects)
{
	if (invocation->arguments.is_json)
		report_json(objects);
	else if (invocation->arguments.is_quiet && !report_has_rows(invocation))
		print_ids(objects, list->id);
	else
		print_objects(invocation, list, objects);
}

static size_t widest_heading(const struct report_field *fields)
{
	size_t width = 0;

	for (; fields->heading; fields++)
		if (strlen(fields->heading) > width)
			width = strlen(fields->heading);
	return width;
}

void report_append_details(const struct invocation *invocation, const struct report_field *fields, const json_t *object,
	struct buffer *out)
{
	size_t indent = widest_heading(fields) + 2;
	struct view_frame frame;

	report_find_frame(invocation, &frame);
	for (; fields->heading; fields++) {
		struct buffer content;

		if (!json_object_get(object, fields->name))
			continue;
		buffer_init(&content);
		append_field(&content, object, fields);
		details_append(out, &frame, indent, fields->heading, buffer_text(&content));
		buffer_deinit(&content);
	}
}

static void print_details(const struct invocation *invocation, const struct report_field *fields, const json_t *object)
{
	struct buffer out;

	buffer_init(&out);
	report_append_details(invocation, fields, object, &out);
	report_page(invocation, &out);
	buffer_deinit(&out);
}

void report_details(const struct invocation *invocation, const struct report_field *fields, const json_t *object)
{
	json_auto_t *objects = NULL;

	if (!report_has_rows(invocation)) {
		print_details(invocation, fields, object);
		return;
	}
	objects = json_pack("[O]", object);
	report_rows(invocation, fields, objects);
}
