/* Reports: the built-in ones, and those that the account has put beside them or in their place. */
#include "common/cleanup.h"
#include "methods/methods.h"
#include "methods/own_name.h"
#include "methods/report_definition.h"
#include "store/report_store.h"
#include "tasks/filter.h"

#include <stddef.h>
#include <string.h>

/* --- finding --- */

static enum error add_own_name(void *context, const struct report_row *row)
{
	own_names_add(context, row->name);
	return ERROR_NONE;
}

static enum error refuse_unknown(struct request *request, const char *name)
{
	struct own_names names = { .arena = request->arena };
	enum error error;

	for (const struct report *report = report_builtin; report->name; report++)
		own_names_add(&names, report->name);
	error = report_store_each(request->db, request->who.account_id, add_own_name, &names);
	return error ? error : own_name_refuse_unknown(request, "name", "report", name, &names);
}

static enum error show_row(struct json_writer *result, struct arena *arena, const struct report_row *row)
{
	json_auto_t *tree = NULL;
	struct report report;
	enum error error = report_definition_read(row->name, row->definition, arena, &report, &tree);

	if (!error)
		report_definition_show(result, &report, true);
	return error;
}

/* --- report.list --- */

/* Both are in the order of names. */
struct merge {
	struct request *request;
	const struct report *builtin; /* the next one */
};

static void show_builtin_before(struct merge *merge, const char *name)
{
	for (; merge->builtin->name && (!name || strcmp(merge->builtin->name, name) < 0); merge->builtin++)
		report_definition_show(&merge->request->result, merge->builtin, false);
}

static enum error show_own(void *context, const struct report_row *row)
{
	struct merge *merge = context;

	show_builtin_before(merge, row->name);
	if (merge->builtin->name && !strcmp(merge->builtin->name, row->name))
		merge->builtin++;
	return show_row(&merge->request->result, merge->request->arena, row);
}

static enum error report_list_handler(struct request *request, const void *params)
{
	struct merge merge = { .request = request, .builtin = report_builtin };
	enum error error;

	(void)params; /* it takes none */
	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "reports");
	json_writer_begin_array(&request->result);
	error = report_store_each(request->db, request->who.account_id, show_own, &merge);
	show_builtin_before(&merge, NULL);
	json_writer_end_array(&request->result);
	json_writer_end_object(&request->result);
	return error;
}

/* --- report.get --- */

struct report_name_params {
	struct text_param name;
};

static const struct param report_name_params[] = {
	{ .name = "name",
		.summary = "Its name",
		.type = PARAM_TEXT,
		.offset = offsetof(struct report_name_params, name),
		.need = PARAM_REQUIRED,
		.minimum = 1,
		.maximum = 64 },
	{ 0 },
};

static enum error report_get(struct request *request, const struct report_name_params *params)
{
	const struct report *builtin = report_find_builtin(params->name.text);
	struct report_row row;
	enum error error =
		report_store_find(request->db, request->who.account_id, params->name.text, request->arena, &row);

	if (error == ERROR_NOT_FOUND && !builtin)
		return refuse_unknown(request, params->name.text);
	if (error && error != ERROR_NOT_FOUND)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "report");
	if (error)
		report_definition_show(&request->result, builtin, false);
	else
		error = show_row(&request->result, request->arena, &row);
	json_writer_end_object(&request->result);
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

/* --- report.set --- */

struct report_set_params {
	struct text_param name;
	struct report_definition definition;
};

static const struct param report_set_params[] = {
	{ .name = "name",
		.summary = "Its name: letters, digits, _ and -, 32 at most; a built-in one's is then this one's",
		.type = PARAM_TEXT,
		.offset = offsetof(struct report_set_params, name),
		.need = PARAM_REQUIRED },
	REPORT_DEFINITION_PARAMS(struct report_set_params, definition),
	{ 0 },
};

static enum error check_count(struct request *request, const char *name)
{
	struct report_row found;
	int64_t count;
	enum error error = report_store_find(request->db, request->who.account_id, name, request->arena, &found);

	if (error != ERROR_NOT_FOUND)
		return error;
	error = report_store_count(request->db, request->who.account_id, &count);
	if (error)
		return error;
	if (count >= OWN_NAMES_MOST)
		return request_refuse(request, ERROR_CONFLICT, "name",
			"an account has at most %u reports of its own; delete one with report.delete", OWN_NAMES_MOST);
	return ERROR_NONE;
}

static enum error report_set(struct request *request, const struct report_set_params *params)
{
	struct report_row row = { .name = params->name.text };
	enum error error = own_name_check(request, &params->name);

	if (!error)
		error = report_definition_check(request, &params->definition);
	if (!error)
		error = check_count(request, row.name);
	if (error)
		return error;
	row.definition = report_definition_write(request->arena, &params->definition);
	error = report_store_set(request->db, request->who.account_id, &row);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "report");
	error = show_row(&request->result, request->arena, &row);
	json_writer_end_object(&request->result);
	return error;
}

/* --- report.delete --- */

static enum error report_delete(struct request *request, const struct report_name_params *params)
{
	enum error error = report_store_remove(request->db, request->who.account_id, params->name.text);

	if (error == ERROR_NOT_FOUND && report_find_builtin(params->name.text))
		return request_refuse(
			request, ERROR_CONFLICT, "name", "the report %s is built in and stays", params->name.text);
	if (error == ERROR_NOT_FOUND)
		return refuse_unknown(request, params->name.text);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

METHOD_HANDLER(report_get, struct report_name_params)
METHOD_HANDLER(report_set, struct report_set_params)
METHOD_HANDLER(report_delete, struct report_name_params)

const struct method report_methods[] = {
	{ .name = "report.list",
		.summary = "List the reports",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.handle = report_list_handler },
	{ .name = "report.get",
		.summary = "Show how a report is defined",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.params = report_name_params,
		.params_size = sizeof(struct report_name_params),
		.handle = report_get_handler },
	{ .name = "report.set",
		.summary = "Define a report, or put it in the place of the one that has its name",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = report_set_params,
		.params_size = sizeof(struct report_set_params),
		.handle = report_set_handler },
	{ .name = "report.delete",
		.summary = "Delete a report of the account's own",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = report_name_params,
		.params_size = sizeof(struct report_name_params),
		.handle = report_delete_handler },
	{ 0 },
};
