/* What a person reads of tasks. Times are the daemon's UTC on scripts' paths, and local ones in tables. */
#include "task_print.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "report.h"
#include "task_details.h"
#include "task_fields.h"
#include "template.h"

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

/* --- the table --- */

static const char *const usual_columns[] = { "id", "status", "priority", "due", "project", "tags", "title" };

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
	report_find_frame(invocation, &printer->frame);
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
		task_columns_add_row(printer->columns, printer->table, task, printer->now, &printer->frame.theme);
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
		if (!printer->table && printer->out.length >= FLUSH_SIZE)
			flush(&printer->out);
	}
}

void task_list_print_flush(struct task_list_printer *printer)
{
	flush(&printer->out);
	(void)fflush(stdout);
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
		view_table_write(printer->table, &printer->frame, &printer->out);
	if (printer->table)
		report_page(printer->invocation, &printer->out);
	else
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

void task_print_append_details(const struct invocation *invocation, const json_t *task, struct buffer *out)
{
	struct view_frame frame;

	report_find_frame(invocation, &frame);
	task_details_append(out, task, time(NULL), &frame);
}

static void print_details_table(const struct invocation *invocation, const json_t *task)
{
	struct buffer out;

	buffer_init(&out);
	task_print_append_details(invocation, task, &out);
	report_page(invocation, &out);
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

/* Without the control characters that a title cannot have anyway, but a message may. */
void task_print_added(const struct invocation *invocation, const json_t *task)
{
	const json_t *title = json_object_get(task, "title");
	struct buffer line;

	buffer_init(&line);
	if (invocation->arguments.is_dry_run)
		buffer_append_text(&line, "Would add: ");
	else
		buffer_printf(&line, "Added task %" JSON_INTEGER_FORMAT ": ",
			json_integer_value(json_object_get(task, "id")));
	terminal_clean(&line, json_string_value(title), json_string_length(title));
	if (json_is_integer(json_object_get(task, "series")))
		buffer_printf(&line, " (the first of series %" JSON_INTEGER_FORMAT ")",
			json_integer_value(json_object_get(task, "series")));
	(void)puts(buffer_text(&line));
	buffer_deinit(&line);
}
