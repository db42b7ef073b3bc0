/* Tasks on stdout, in the form that was asked for: a table, objects, a template, rows, or ids alone. */
#pragma once

#include "common/buffer.h"
#include "invocation.h"
#include "task_columns.h"
#include "view.h"

enum task_print_form {
	TASK_PRINT_TABLE,
	TASK_PRINT_JSON,
	TASK_PRINT_TEMPLATE,
	TASK_PRINT_PLAIN,
	TASK_PRINT_CSV,
	TASK_PRINT_IDS,
};

/* Checks --json=FIELDS, --format, and that one form was asked for, before anything is done. */
enum error task_print_check(const struct arguments *arguments, struct trouble *trouble);

enum task_print_form task_print_form(const struct arguments *arguments);

/* A list, whose tasks may come in pages. */
struct task_list_printer {
	const struct invocation *invocation;
	struct buffer out;            /* what stands in it before the first task stands above a table */
	struct task_columns *columns; /* NULL where there are neither a table nor rows */
	struct view_table *table;     /* NULL in the other forms */
	struct view_frame frame;
	int64_t now;
	size_t count;
};

void task_list_print_begin(struct task_list_printer *printer, const struct invocation *invocation);
/* The same with these columns, see task_columns.h. */
void task_list_print_begin_columns(
	struct task_list_printer *printer, const struct invocation *invocation, const char *const *names, size_t count);
/* The tasks of a page. */
void task_list_print_page(struct task_list_printer *printer, const json_t *tasks);
/* What has been printed so far goes out, for whoever waits for it; a table waits for its end. */
void task_list_print_flush(struct task_list_printer *printer);
/* How many tasks it was. */
size_t task_list_print_end(struct task_list_printer *printer);
/* Instead of the end, on trouble: a table is not shown by half. */
void task_list_print_abandon(struct task_list_printer *printer);

/* Append one task with all that it has, for people. */
void task_print_append_details(const struct invocation *invocation, const json_t *task, struct buffer *out);

/* The same on stdout; in the other forms as a list of one, its object not in an array. */
void task_print_details(const struct invocation *invocation, const json_t *task);

/* One task as an object, its fields picked. */
void task_print_object(const struct arguments *arguments, const json_t *task);

/* What a changing method answered, as an object; the fields of its tasks picked. */
void task_print_result(const struct arguments *arguments, const json_t *result);

/* The sentence for a task that was added, or with --dry-run would be. */
void task_print_added(const struct invocation *invocation, const json_t *task);
