/* What a person reads of tasks. Times are the daemon's UTC on scripts' paths, and local ones in tables. */
#include "task_print.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "report.h"
#include "task_fields.h"
#include "template.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define FLUSH_SIZE ((size_t)64 * 1024)

enum error task_print_check(const struct arguments *arguments, struct trouble *trouble)
{
	if (arguments->is_json && arguments->format)
		return trouble_usage(trouble, "--json and --format exclude each other");
	if (arguments->format)
		return template_check(arguments->format, trouble);
	return arguments->json_fields ? task_fields_check(arguments->json_fields, trouble) : ERROR_NONE;
}

enum task_print_form task_print_form(const struct arguments *arguments)
{
	if (arguments->is_json)
		return TASK_PRINT_JSON;
	if (arguments->format)
		return TASK_PRINT_TEMPLATE;
	return arguments->is_quiet ? TASK_PRINT_IDS : TASK_PRINT_TABLE;
}

static void flush(struct buffer *out)
{
	if (out->length)
		(void)fwrite(out->data, 1, out->length, stdout);
	buffer_truncate(out, 0);
}

/* --- times --- */

static bool is_past(const char *text)
{
	char now[32];
	time_t seconds = time(NULL);
	struct tm utc;

	if (!text || !gmtime_r(&seconds, &utc) || !strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", &utc))
		return false;
	return strcmp(text, now) < 0;
}

/* --- the table --- */

enum { COLUMN_ID, COLUMN_STATUS, COLUMN_PRIORITY, COLUMN_DUE, COLUMN_PROJECT, COLUMN_TAGS, COLUMN_TITLE };

static const struct view_column columns[] = {
	[COLUMN_ID] = { .heading = "ID", .align = VIEW_RIGHT, .is_kept = true },
	[COLUMN_STATUS] = { .heading = "Status", .least = 9, .shrinks = 4 },
	[COLUMN_PRIORITY] = { .heading = "Pri", .least = 3, .shrinks = 5 },
	[COLUMN_DUE] = { .heading = "Due", .least = 16, .shrinks = 3 },
	[COLUMN_PROJECT] = { .heading = "Project", .least = 8, .shrinks = 2 },
	[COLUMN_TAGS] = { .heading = "Tags", .least = 6, .shrinks = 1 },
	[COLUMN_TITLE] = { .heading = "Title", .is_kept = true, .least = 16, .shrinks = 6 },
	{ .heading = NULL },
};

static const char *member(const json_t *task, const char *name)
{
	return json_string_value(json_object_get(task, name));
}

static bool has_status(const json_t *task, const char *status)
{
	const char *text = member(task, "status");

	return text && strcmp(text, status) == 0;
}

/* What a person wants to know beyond "pending". */
static const char *status_cell(const json_t *task)
{
	const char *status = member(task, "status");

	if (json_is_true(json_object_get(task, "waiting")))
		return "waiting";
	if (member(task, "started"))
		return "started";
	return status && strcmp(status, "pending") != 0 ? status : "";
}

static enum view_style style_of(const json_t *task)
{
	if (!has_status(task, "pending"))
		return VIEW_FAINT;
	if (is_past(member(task, "due")))
		return VIEW_ALERT;
	return member(task, "started") ? VIEW_ACTIVE : VIEW_PLAIN;
}

static void add_field_cell(struct view_table *table, const json_t *task, const char *name)
{
	struct buffer cell;

	buffer_init(&cell);
	task_field_append(&cell, task, name);
	view_table_add_cell(table, buffer_text(&cell));
	buffer_deinit(&cell);
}

static void add_time_cell(struct view_table *table, const json_t *task, const char *name)
{
	struct buffer cell;

	buffer_init(&cell);
	report_append_time(&cell, member(task, name));
	view_table_add_cell(table, buffer_text(&cell));
	buffer_deinit(&cell);
}

static void add_row(struct view_table *table, const json_t *task)
{
	view_table_begin_row(table, style_of(task));
	add_field_cell(table, task, "id");
	view_table_add_cell(table, status_cell(task));
	add_field_cell(table, task, "priority");
	add_time_cell(table, task, "due");
	add_field_cell(table, task, "project");
	add_field_cell(table, task, "tags");
	add_field_cell(table, task, "title");
}

/* --- the forms of a list --- */

static void append_object(struct buffer *out, const struct arguments *arguments, const json_t *task)
{
	json_auto_t *picked = arguments->json_fields ? task_fields_pick(task, arguments->json_fields) : NULL;
	AUTO_FREE char *text = memory_require(json_dumps(picked ? picked : task, JSON_COMPACT));

	buffer_append_text(out, text);
}

void task_list_print_begin(struct task_list_printer *printer, const struct invocation *invocation)
{
	*printer = (struct task_list_printer){ .invocation = invocation };
	buffer_init(&printer->out);
	if (task_print_form(&invocation->arguments) == TASK_PRINT_TABLE)
		printer->table = view_table_new(columns);
}

static void print_one(struct task_list_printer *printer, const json_t *task)
{
	const struct arguments *arguments = &printer->invocation->arguments;

	switch (task_print_form(arguments)) {
	case TASK_PRINT_TABLE:
		add_row(printer->table, task);
		break;
	case TASK_PRINT_JSON:
		buffer_append_text(&printer->out, printer->count ? ",\n" : "[");
		append_object(&printer->out, arguments, task);
		break;
	case TASK_PRINT_TEMPLATE:
		template_append(&printer->out, arguments->format, task);
		buffer_append_char(&printer->out, '\n');
		break;
	case TASK_PRINT_IDS:
		task_field_append(&printer->out, task, "id");
		buffer_append_char(&printer->out, '\n');
		break;
	}
	printer->count++;
}

void task_list_print_page(struct task_list_printer *printer, const json_t *tasks)
{
	for (size_t i = 0; i < json_array_size(tasks); i++) {
		print_one(printer, json_array_get(tasks, i));
		if (printer->out.length >= FLUSH_SIZE)
			flush(&printer->out);
	}
}

void task_list_print_abandon(struct task_list_printer *printer)
{
	view_table_free(printer->table);
	buffer_deinit(&printer->out);
}

size_t task_list_print_end(struct task_list_printer *printer)
{
	if (task_print_form(&printer->invocation->arguments) == TASK_PRINT_JSON)
		buffer_append_text(&printer->out, printer->count ? "]\n" : "[]\n");
	if (printer->table && printer->count)
		view_table_write(printer->table, terminal_width(stdout),
			invocation_has_colors(printer->invocation, stdout), &printer->out);
	flush(&printer->out);
	task_list_print_abandon(printer);
	return printer->count;
}

/* --- one task --- */

void task_print_object(const struct arguments *arguments, const json_t *task)
{
	struct buffer out;

	buffer_init(&out);
	append_object(&out, arguments, task);
	buffer_append_char(&out, '\n');
	flush(&out);
	buffer_deinit(&out);
}

static json_t *pick_each(const json_t *tasks, const char *fields)
{
	json_t *picked = json_array();

	for (size_t i = 0; i < json_array_size(tasks); i++)
		(void)json_array_append_new(picked, task_fields_pick(json_array_get(tasks, i), fields));
	return picked;
}

void task_print_result(const struct arguments *arguments, const json_t *result)
{
	json_auto_t *shown = json_copy((json_t *)(uintptr_t)result);
	AUTO_FREE char *text = NULL;

	if (arguments->json_fields)
		(void)json_object_set_new(
			shown, "tasks", pick_each(json_object_get(result, "tasks"), arguments->json_fields));
	text = memory_require(json_dumps(shown, JSON_COMPACT));
	(void)puts(text);
}

static const struct {
	const char *name, *heading;
	bool is_time;
} details[] = {
	{ "id", "Id", false },
	{ "title", "Title", false },
	{ "status", "Status", false },
	{ "project", "Project", false },
	{ "tags", "Tags", false },
	{ "priority", "Priority", false },
	{ "due", "Due", true },
	{ "wait", "Wait until", true },
	{ "started", "Started", true },
	{ "completed", "Completed", true },
	{ "deleted", "Deleted", true },
	{ "created", "Created", true },
	{ "modified", "Modified", true },
	{ "version", "Version", false },
	{ "uuid", "Uuid", false },
};

static bool has_content(const json_t *value)
{
	return value && !(json_is_array(value) && json_array_size(value) == 0);
}

static void append_detail(struct buffer *out, const json_t *task, size_t index)
{
	if (details[index].is_time)
		report_append_time(out, member(task, details[index].name));
	else
		task_field_append(out, task, details[index].name);
	if (strcmp(details[index].name, "status") == 0 && json_is_true(json_object_get(task, "waiting")))
		buffer_append_text(out, ", waiting");
}

static void append_note(struct buffer *out, const json_t *task)
{
	if (!member(task, "note"))
		return;
	buffer_append_char(out, '\n');
	task_field_append(out, task, "note");
	if (out->data[out->length - 1] != '\n')
		buffer_append_char(out, '\n');
}

static void print_details_table(const struct invocation *invocation, const json_t *task)
{
	bool has_colors = invocation_has_colors(invocation, stdout);
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < COUNT_OF(details); i++) {
		char heading[16];

		if (!has_content(json_object_get(task, details[i].name)))
			continue;
		(void)snprintf(heading, sizeof(heading), "%-12s", details[i].heading);
		view_append_styled(&out, VIEW_HEADING, has_colors, heading);
		append_detail(&out, task, i);
		buffer_append_char(&out, '\n');
	}
	append_note(&out, task);
	flush(&out);
	buffer_deinit(&out);
}

static void print_as_list(const struct invocation *invocation, const json_t *task)
{
	json_auto_t *tasks = json_array();
	struct task_list_printer printer;

	(void)json_array_append(tasks, (json_t *)(uintptr_t)task);
	task_list_print_begin(&printer, invocation);
	task_list_print_page(&printer, tasks);
	(void)task_list_print_end(&printer);
}

void task_print_details(const struct invocation *invocation, const json_t *task)
{
	switch (task_print_form(&invocation->arguments)) {
	case TASK_PRINT_TABLE:
		print_details_table(invocation, task);
		break;
	case TASK_PRINT_JSON:
		task_print_object(&invocation->arguments, task);
		break;
	case TASK_PRINT_TEMPLATE:
	case TASK_PRINT_IDS:
		print_as_list(invocation, task);
		break;
	}
}
