/* Contexts: what one looks at and writes about for a while, by a name. */
#include "common/cleanup.h"
#include "methods/methods.h"
#include "methods/own_name.h"
#include "methods/task_context.h"
#include "methods/task_filter.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#define WRITE_BYTES 8192u /* of what is kept of `write` */

/* --- context.set --- */

struct context_set_params {
	struct text_param name;
	struct text_param read_filter;
	struct object_param write;
};

static const struct param context_set_params[] = {
	{ .name = "name",
		.summary = "Its name: letters, digits, _ and -, 32 at most",
		.type = PARAM_TEXT,
		.offset = offsetof(struct context_set_params, name),
		.need = PARAM_REQUIRED },
	{ .name = "read_filter",
		.summary = "Lists and counts in this context show only what it finds",
		.type = PARAM_TEXT,
		.offset = offsetof(struct context_set_params, read_filter),
		.maximum = FILTER_TEXT_LIMIT },
	{ .name = "write",
		.summary = "What a new task gets where nothing else is said: project, tags, priority, due, wait, "
			   "scheduled, until",
		.type = PARAM_OBJECT,
		.offset = offsetof(struct context_set_params, write) },
	{ 0 },
};

static enum error check_filter(struct request *request, const struct text_param *text)
{
	const struct filter *filter;
	enum error error;

	if (!text->length)
		return ERROR_NONE;
	error = task_filter_parse(request, text->text, text->length, request->now, &filter);
	if (error)
		(void)snprintf(request->refusal.field, sizeof(request->refusal.field), "read_filter");
	return error;
}

/* By the rules of task.add; the field is then named as "write.due". */
static enum error check_defaults(struct request *request, const struct object_param *write)
{
	struct task_fields fields = { 0 };
	struct task_patch patch;
	enum error error =
		params_bind(task_context_defaults, NULL, write->object, request->arena, &fields, &request->refusal);
	char field[REFUSAL_FIELD_SIZE];

	if (!error)
		error = task_patch_read(request, &fields, &patch);
	if (!error)
		return ERROR_NONE;
	(void)snprintf(field, sizeof(field), "write.%.50s", request->refusal.field);
	(void)snprintf(request->refusal.field, sizeof(request->refusal.field), "%s", field);
	return error;
}

static enum error write_defaults(struct request *request, const struct object_param *write, const char **ret_text)
{
	AUTO_FREE char *text = NULL;

	*ret_text = "{}";
	if (write->presence != PARAM_GIVEN)
		return ERROR_NONE;
	text = json_dumps(write->object, JSON_COMPACT | JSON_SORT_KEYS);
	*ret_text = arena_strdup(request->arena, text);
	if (strlen(text) > WRITE_BYTES)
		return request_refuse(
			request, ERROR_INVALID_PARAMS, "write", "write is longer than %u bytes", WRITE_BYTES);
	return ERROR_NONE;
}

static enum error check_count(struct request *request, const char *name)
{
	struct context found;
	int64_t count;
	enum error error = context_store_find(request->db, request->who.account_id, name, request->arena, &found);

	if (error != ERROR_NOT_FOUND)
		return error;
	error = context_store_count(request->db, request->who.account_id, &count);
	if (error)
		return error;
	if (count >= OWN_NAMES_MOST)
		return request_refuse(request, ERROR_CONFLICT, "name",
			"an account has at most %u contexts; delete one with context.delete", OWN_NAMES_MOST);
	return ERROR_NONE;
}

static void write_members(struct json_writer *result, const struct context *row)
{
	json_writer_member_text(result, "name", row->name);
	if (*row->read_filter)
		json_writer_member_text(result, "read_filter", row->read_filter);
	json_writer_key(result, "write");
	json_writer_raw(result, row->write_defaults, strlen(row->write_defaults));
}

static enum error context_set(struct request *request, const struct context_set_params *params)
{
	struct context row = { .name = params->name.text,
		.read_filter = params->read_filter.length ? params->read_filter.text : "" };
	enum error error = own_name_check(request, &params->name);

	if (!error)
		error = check_filter(request, &params->read_filter);
	if (!error)
		error = check_defaults(request, &params->write);
	if (!error)
		error = write_defaults(request, &params->write, &row.write_defaults);
	if (!error)
		error = check_count(request, params->name.text);
	if (!error)
		error = context_store_set(request->db, request->who.account_id, &row);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "context");
	json_writer_begin_object(&request->result);
	write_members(&request->result, &row);
	json_writer_end_object(&request->result);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

/* --- context.list --- */

static enum error write_row(void *context, const struct context *row)
{
	struct json_writer *result = context;

	json_writer_begin_object(result);
	write_members(result, row);
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error context_list_handler(struct request *request, const void *params)
{
	struct json_writer *result = &request->result;
	enum error error;

	(void)params; /* it takes none */
	json_writer_begin_object(result);
	json_writer_key(result, "contexts");
	json_writer_begin_array(result);
	error = context_store_each(request->db, request->who.account_id, write_row, result);
	json_writer_end_array(result);
	json_writer_end_object(result);
	return error;
}

/* --- context.delete --- */

struct context_delete_params {
	struct text_param name;
};

static const struct param context_delete_params[] = {
	{ .name = "name",
		.summary = "Its name",
		.type = PARAM_TEXT,
		.offset = offsetof(struct context_delete_params, name),
		.need = PARAM_REQUIRED,
		.minimum = 1,
		.maximum = 64 },
	{ 0 },
};

static enum error context_delete(struct request *request, const struct context_delete_params *params)
{
	struct context row;
	enum error error = task_context_find(request, params->name.text, "name", &row);

	if (!error)
		error = context_store_remove(request->db, request->who.account_id, row.name);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

METHOD_HANDLER(context_set, struct context_set_params)
METHOD_HANDLER(context_delete, struct context_delete_params)

const struct method context_methods[] = {
	{ .name = "context.list",
		.summary = "List the contexts",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.handle = context_list_handler },
	{ .name = "context.set",
		.summary = "Make a context, or put it in the place of the one that has its name",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = context_set_params,
		.params_size = sizeof(struct context_set_params),
		.handle = context_set_handler },
	{ .name = "context.delete",
		.summary = "Delete a context",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = context_delete_params,
		.params_size = sizeof(struct context_delete_params),
		.handle = context_delete_handler },
	{ 0 },
};
