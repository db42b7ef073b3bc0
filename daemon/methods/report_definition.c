/* A report as it is given, kept and shown. */
#include "methods/report_definition.h"

#include "common/cleanup.h"
#include "common/log.h"
#include "common/text.h"
#include "methods/task_filter.h"
#include "store/custom_field_store.h"

#include <string.h>

/* --- checking --- */

static bool is_listed(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (!strcmp(*names, name))
			return true;
	return false;
}

/* A name of the table, or one of the account's custom fields. */
static enum error check_column(struct request *request, const char *name)
{
	const char *nearest;
	enum custom_type type;
	enum error error;

	if (is_listed(report_column_names, name))
		return ERROR_NONE;
	error = custom_field_store_find_type(request->db, request->who.account_id, name, &type);
	if (error != ERROR_NOT_FOUND)
		return error;
	nearest = text_nearest(name, report_column_names);
	if (nearest)
		return request_refuse(request, ERROR_INVALID_PARAMS, "columns",
			"there is no column `%.64s`; did you mean `%s`?", name, nearest);
	return request_refuse(request, ERROR_INVALID_PARAMS, "columns", "there is no column `%.64s`", name);
}

static enum error check_columns(struct request *request, const struct text_list_param *columns)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < columns->count; i++)
		error = check_column(request, columns->texts[i]);
	return error;
}

static enum error check_sort(struct request *request, const struct text_param *text)
{
	struct task_sort sort;

	return text->length ? task_sort_parse(text->text, text->length, &sort, &request->refusal) : ERROR_NONE;
}

static enum error check_title(struct request *request, const struct text_param *title)
{
	if (title->length && text_has_control(title->text, title->length, ""))
		return request_refuse(request, ERROR_INVALID_PARAMS, "title", "title must not hold control characters");
	return ERROR_NONE;
}

static enum error check_filter(struct request *request, const struct text_param *text)
{
	const struct filter *filter;

	if (!text->length)
		return ERROR_NONE;
	return task_filter_parse(request, text->text, text->length, request->now, &filter);
}

enum error report_definition_check(struct request *request, const struct report_definition *definition)
{
	enum error error = check_title(request, &definition->title);

	if (!error)
		error = check_columns(request, &definition->columns);
	if (!error)
		error = check_sort(request, &definition->sort);
	return error ? error : check_filter(request, &definition->filter);
}

/* --- keeping --- */

static void write_given(struct json_writer *writer, const char *key, const struct text_param *text)
{
	if (text->length)
		json_writer_member_text(writer, key, text->text);
}

const char *report_definition_write(struct arena *arena, const struct report_definition *definition)
{
	struct buffer out;
	struct json_writer writer;
	const char *text;

	buffer_init(&out);
	json_writer_init(&writer, &out);
	json_writer_begin_object(&writer);
	write_given(&writer, "title", &definition->title);
	json_writer_key(&writer, "columns");
	json_writer_begin_array(&writer);
	for (size_t i = 0; i < definition->columns.count; i++)
		json_writer_text(&writer, definition->columns.texts[i]);
	json_writer_end_array(&writer);
	write_given(&writer, "sort", &definition->sort);
	write_given(&writer, "filter", &definition->filter);
	if (definition->limit.presence == PARAM_GIVEN)
		json_writer_member_integer(&writer, "limit", definition->limit.value);
	json_writer_end_object(&writer);
	text = arena_strndup(arena, out.data, out.length);
	buffer_deinit(&out);
	return text;
}

static bool read_columns(const json_t *list, struct arena *arena, struct report *report)
{
	size_t count = json_array_size(list);
	const char **columns = arena_array(arena, count + 1, sizeof(*columns));

	for (size_t i = 0; i < count; i++) {
		columns[i] = json_string_value(json_array_get(list, i));
		if (!columns[i])
			return false;
	}
	report->columns = columns;
	return json_is_array(list);
}

enum error report_definition_read(
	const char *name, const char *text, struct arena *arena, struct report *ret_report, json_t **ret_tree)
{
	json_auto_t *tree = json_loads(text, 0, NULL);
	struct report report = { .name = name, .title = name, .kind = REPORT_TASKS };
	const json_t *columns;
	json_int_t limit = 0;

	if (json_unpack(tree, "{s?s, s:o, s?s, s?s, s?I}", "title", &report.title, "columns", &columns, "sort",
		    &report.sort, "filter", &report.filter, "limit", &limit) ||
		!read_columns(columns, arena, &report)) {
		log_error("database: the report %s is damaged", name);
		return ERROR_STORAGE;
	}
	report.limit = limit;
	*ret_report = report;
	*ret_tree = TAKE(tree);
	return ERROR_NONE;
}

/* --- showing --- */

static void show_text(struct json_writer *result, const char *key, const char *text)
{
	if (text)
		json_writer_member_text(result, key, text);
}

void report_definition_show(struct json_writer *result, const struct report *report, bool is_own)
{
	json_writer_begin_object(result);
	json_writer_member_text(result, "name", report->name);
	json_writer_member_text(result, "title", report->title);
	json_writer_member_text(result, "kind", report_kind_names[report->kind]);
	if (report->columns) {
		json_writer_key(result, "columns");
		json_writer_begin_array(result);
		for (const char *const *column = report->columns; *column; column++)
			json_writer_text(result, *column);
		json_writer_end_array(result);
	}
	show_text(result, "sort", report->sort);
	show_text(result, "filter", report->filter);
	if (report->limit)
		json_writer_member_integer(result, "limit", report->limit);
	if (is_own)
		json_writer_member_boolean(result, "is_own", true);
	json_writer_end_object(result);
}
