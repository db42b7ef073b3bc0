/* What a person reads of tasks. Times are the daemon's UTC on scripts' paths, and local ones in tables. */
#include "task_print.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "relative_time.h"
#include "report.h"
#include "task_details.h"
#include "task_fields.h"
#include "template.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define FLUSH_SIZE ((size_t)64 * 1024)

enum error task_print_check(const struct arguments *arguments, struct trouble *trouble)
{
	if (arguments->is_json + arguments->is_plain + arguments->is_csv + (arguments->format != NULL) > 1)
		return trouble_usage(trouble, "--json, --format, --plain and --csv exclude each other");
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
	if (arguments->is_plain || arguments->is_csv)
		return arguments->is_csv ? TASK_PRINT_CSV : TASK_PRINT_PLAIN;
	return arguments->is_quiet ? TASK_PRINT_IDS : TASK_PRINT_TABLE;
}

static void flush(struct buffer *out)
{
	if (out->length)
		(void)fwrite(out->data, 1, out->length, stdout);
	buffer_truncate(out, 0);
}

/* --- times --- */

static bool is_past(const char *text, int64_t now)
{
	int64_t seconds;

	return relative_time_parse(text, &seconds) && seconds < now;
}

/* --- the table --- */

static const char *const usual_columns[] = { "id", "status", "priority", "due", "project", "tags", "title" };

static const char *member(const json_t *task, const char *name)
{
	return json_string_value(json_object_get(task, name));
}

static bool has_status(const json_t *task, const char *status)
{
	const char *text = member(task, "status");

	return text && strcmp(text, status) == 0;
}

static enum view_style style_of(const json_t *task, int64_t now)
{
	if (!has_status(task, "pending"))
		return VIEW_FAINT;
	if (is_past(member(task, "due"), now))
		return VIEW_ALERT;
	return member(task, "started") ? VIEW_ACTIVE : VIEW_PLAIN;
}

/* --- the forms of a list --- */

static void append_object(struct buffer *out, const struct arguments *arguments, const json_t *task)
{
	json_auto_t *picked = arguments->json_fields ? task_fields_pick(task, arguments->json_fields) : NULL;
	AUTO_FREE char *text = memory_require(json_dumps(picked ? picked : task, REPORT_JSON));

	buffer_append_text(out, text);
}

void task_list_print_begin_columns(
	struct task_list_printer *printer, const struct invocation *invocation, const char *const *names, size_t count)
{
	enum task_print_form form;

	*printer = (struct task_list_printer){ .invocation = invocation, .now = time(NULL) };
	buffer_init(&printer->out);
	form = task_print_form(&invocation->arguments);
	if (form == TASK_PRINT_TABLE || form == TASK_PRINT_PLAIN || form == TASK_PRINT_CSV)
		printer->columns = task_columns_new(names, count, (enum task_dates)invocation->preferences.dates);
	if (form == TASK_PRINT_TABLE)
		printer->table = view_table_new(task_columns_view(printer->columns));
	if (form == TASK_PRINT_CSV)
		task_columns_add_headings(printer->columns, &(struct rows){ .out = &printer->out, .form = ROWS_CSV });
}

void task_list_print_begin(struct task_list_printer *printer, const struct invocation *invocation)
{
	task_list_print_begin_columns(printer, invocation, usual_columns, COUNT_OF(usual_columns));
}

static void print_one(struct task_list_printer *printer, const json_t *task)
{
	const struct arguments *arguments = &printer->invocation->arguments;

	switch (task_print_form(arguments)) {
	case TASK_PRINT_TABLE:
		task_columns_add_row(
			printer->columns, printer->table, style_of(task, printer->now), task, printer->now);
		break;
	case TASK_PRINT_JSON:
		buffer_append_text(&printer->out, printer->count ? ",\n" : "[");
		append_object(&printer->out, arguments, task);
		break;
	case TASK_PRINT_TEMPLATE:
		template_append(&printer->out, arguments->format, task);
		buffer_append_char(&printer->out, '\n');
		break;
	case TASK_PRINT_PLAIN:
		task_columns_add_cells(
			printer->columns, &(struct rows){ .out = &printer->out, .form = ROWS_PLAIN }, task);
		break;
	case TASK_PRINT_CSV:
		task_columns_add_cells(
			printer->columns, &(struct rows){ .out = &printer->out, .form = ROWS_CSV }, task);
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
	task_columns_free(printer->columns);
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
	text = memory_require(json_dumps(shown, REPORT_JSON));
	(void)puts(text);
}

static void print_details_table(const struct invocation *invocation, const json_t *task)
{
	struct buffer out;

	buffer_init(&out);
	task_details_append(&out, task, time(NULL), invocation_has_colors(invocation, stdout));
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
	case TASK_PRINT_PLAIN:
	case TASK_PRINT_CSV:
	case TASK_PRINT_IDS:
		print_as_list(invocation, task);
		break;
	}
}
