/* The daemon has the definitions, the built-in ones too; what a column looks like is ours. */
#include "task_report.h"

#include "active_context.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "doubts.h"
#include "task_pages.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

#define COLUMNS_MOST 64

enum error task_report_fetch(
	struct invocation *invocation, const char *name, json_t **ret_report, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s}", "name", name);
	json_auto_t *result = NULL;
	enum error error;

	if (!params)
		return trouble_usage(trouble, "the name of the report is not UTF-8");
	error = invocation_call(invocation, "report.get", params, &result, trouble);
	if (error == ERROR_NOT_FOUND)
		trouble_advise(trouble, "which there are: taskctl report list");
	if (!error)
		*ret_report = json_incref(json_object_get(result, "report"));
	return error;
}

static const char *text_of(const json_t *report, const char *name)
{
	const char *text = json_string_value(json_object_get(report, name));

	return text ? text : "";
}

/* Both must hold. The caller frees. */
static char *join_filters(const char *one, const char *other)
{
	struct buffer filter;
	char *text;

	buffer_init(&filter);
	if (one[0] && other[0])
		buffer_printf(&filter, "(%s) (%s)", one, other);
	else
		buffer_append_text(&filter, one[0] ? one : other);
	text = memory_strdup(buffer_text(&filter));
	buffer_deinit(&filter);
	return text;
}

/* What the person says. The caller frees. */
static char *read_filter(const struct arguments *arguments, size_t first)
{
	AUTO_FREE char *words = quick_words_read_filter(arguments->words.items + first, arguments->words.count - first);

	return join_filters(arguments->filter ? arguments->filter : "", words);
}

static enum error make_params(const json_t *report, const struct arguments *arguments, size_t first,
	json_t **ret_params, struct trouble *trouble)
{
	AUTO_FREE char *own = read_filter(arguments, first);
	AUTO_FREE char *filter = join_filters(text_of(report, "filter"), own);
	const char *sort = arguments->sort ? arguments->sort : text_of(report, "sort");

	*ret_params = json_pack("{s:s}", "filter", filter);
	if (!*ret_params)
		return trouble_usage(trouble, "the filter is not UTF-8");
	if (sort[0])
		(void)json_object_set_new(*ret_params, "sort", json_string(sort));
	return ERROR_NONE;
}

static void begin(struct task_list_printer *printer, const struct invocation *invocation, const json_t *report)
{
	const char *names[COLUMNS_MOST];
	const json_t *name;
	size_t count = 0;
	size_t index;

	json_array_foreach (json_object_get(report, "columns"), index, name)
		if (count < COLUMNS_MOST && json_is_string(name))
			names[count++] = json_string_value(name);
	if (count)
		task_list_print_begin_columns(printer, invocation, names, count);
	else
		task_list_print_begin(printer, invocation);
}

/* Headings of fields of one's own are theirs to choose. */
static enum error describe_customs(struct invocation *invocation, struct task_columns *columns, struct trouble *trouble)
{
	json_auto_t *fields = NULL;
	const json_t *field;
	size_t index;
	enum error error;

	if (!columns || !task_columns_have_customs(columns))
		return ERROR_NONE;
	error = invocation_collect(invocation, CALLER_ACCOUNT, "field.list", "fields", &fields, trouble);
	if (error)
		return error;
	json_array_foreach (fields, index, field)
		task_columns_describe(columns, text_of(field, "name"),
			json_string_value(json_object_get(field, "label")),
			strcmp(text_of(field, "type"), "number") == 0);
	return ERROR_NONE;
}

/* Above a table that somebody looks at. */
static void put_title(struct task_list_printer *printer, const json_t *report)
{
	const char *title = text_of(report, "title");
	struct buffer clean;

	if (!title[0] || !printer->table || !isatty(STDOUT_FILENO))
		return;
	buffer_init(&clean);
	terminal_clean(&clean, title, strlen(title));
	theme_append(&printer->out, &printer->frame.theme, ROLE_TITLE, buffer_text(&clean));
	buffer_append_char(&printer->out, '\n');
	buffer_deinit(&clean);
}

static int64_t find_limit(const struct arguments *arguments, const json_t *report)
{
	return arguments->limit ? arguments->limit : json_integer_value(json_object_get(report, "limit"));
}

static enum error print_report(
	struct invocation *invocation, const json_t *report, json_t *params, size_t *ret_count, struct trouble *trouble)
{
	struct task_list_printer printer;
	enum error error;

	begin(&printer, invocation, report);
	error = describe_customs(invocation, printer.columns, trouble);
	if (error) {
		task_list_print_abandon(&printer);
		return error;
	}
	put_title(&printer, report);
	error = task_pages_print_with(&printer, invocation, "task.list", params,
		find_limit(&invocation->arguments, report), ret_count, trouble);
	active_context_advise(error, params, trouble);
	return error;
}

static enum error prepare(
	struct invocation *invocation, const json_t *report, size_t first, json_t **ret_params, struct trouble *trouble)
{
	enum error error = make_params(report, &invocation->arguments, first, ret_params, trouble);

	return error ? error : active_context_apply(invocation, *ret_params, trouble);
}

enum error task_report_print(
	struct invocation *invocation, const json_t *report, size_t first, size_t *ret_count, struct trouble *trouble)
{
	json_auto_t *params = NULL;
	enum error error = prepare(invocation, report, first, &params, trouble);

	return error ? error : print_report(invocation, report, params, ret_count, trouble);
}

enum error task_report_run(struct invocation *invocation, const json_t *report, size_t first, struct trouble *trouble)
{
	json_auto_t *params = NULL;
	size_t count = 0;
	enum error error = prepare(invocation, report, first, &params, trouble);

	if (!error)
		error = print_report(invocation, report, params, &count, trouble);
	if (!error && !count)
		doubts_say_nothing_found(invocation, json_string_value(json_object_get(params, "filter")));
	return error;
}
