/* Tasks from another program: begun, brought part by part, and then made in one go. */
#include "auth/secret.h"
#include "common/cleanup.h"
#include "common/wire.h"
#include "methods/import_commit.h"
#include "methods/import_stage.h"
#include "methods/methods.h"
#include "methods/services.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#define OPEN_LIMIT  8
#define BYTES_LIMIT (INT64_C(1) << 30) /* of one import */
#define PARTS_LIMIT 1000000

struct task_import_params {
	struct text_param action;
	struct text_param import;
	struct text_param format;
	struct text_param unit;
	struct boolean_param partial;
	struct integer_param part;
	struct integer_param first;
	struct text_param text;
	struct text_param on_conflict;
	struct boolean_param dry_run;
};

static const struct param task_import_params[] = {
	{ .name = "action",
		.summary = "begin, append, commit or abort",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_import_params, action),
		.need = PARAM_REQUIRED,
		.maximum = 16 },
	{ .name = "import",
		.summary = "Which one: what begin has answered",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_import_params, import),
		.maximum = SECRET_ID_SIZE },
	{ .name = "format",
		.summary = "begin: of the text, jsonl unless said",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_import_params, format),
		.maximum = 32 },
	{ .name = "unit",
		.summary = "begin: what positions count, line or item",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_import_params, unit),
		.maximum = 16 },
	{ .name = "partial",
		.summary = "begin: leave out what cannot be taken, and take the rest",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct task_import_params, partial) },
	{ .name = "part",
		.summary = "append: the number of this part, from 1; one that was taken already is not taken again",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct task_import_params, part),
		.minimum = 1,
		.maximum = PARTS_LIMIT },
	{ .name = "first",
		.summary = "append: the position of its first line, 1 unless said",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct task_import_params, first),
		.minimum = 1,
		.maximum = WIRE_INTEGER_LIMIT },
	{ .name = "text",
		.summary = "append: a JSON object in each line",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_import_params, text),
		.maximum = WIRE_LINE_LIMIT },
	{ .name = "on_conflict",
		.summary = "commit: of a task that is there already, update (to the newer of both), skip or refuse",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_import_params, on_conflict),
		.maximum = 16 },
	{ .name = "dry_run",
		.summary = "commit: change nothing, and answer with what would be; the import stays begun",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct task_import_params, dry_run) },
	{ 0 },
};

static enum error require(
	struct request *request, const struct task_import_params *params, enum presence presence, const char *name)
{
	if (presence == PARAM_GIVEN)
		return ERROR_NONE;
	return request_refuse(
		request, ERROR_INVALID_PARAMS, name, "%s is missing: %s needs it", name, params->action.text);
}

static enum error find_import(
	struct request *request, const struct task_import_params *params, struct import_row *ret_row)
{
	enum error error = require(request, params, params->import.presence, "import");

	if (!error)
		error = import_store_find(
			request->db, request->who.account_id, params->import.text, request->arena, ret_row);
	if (error != ERROR_NOT_FOUND)
		return error;
	return request_refuse(request, error, "import",
		"there is no such import: it has been committed or aborted, or was left for longer than a day");
}

/* --- begin --- */

static enum error check_begin(struct request *request, const struct import_row *row)
{
	int64_t count;
	enum error error;

	if (!import_format_find(row->format))
		return request_refuse(
			request, ERROR_INVALID_PARAMS, "format", "format must be jsonl, taskwarrior or ical");
	if (strcmp(row->unit, "line") != 0 && strcmp(row->unit, "item") != 0)
		return request_refuse(request, ERROR_INVALID_PARAMS, "unit", "unit must be line or item");
	error = import_store_count(request->db, request->who.account_id, &count);
	if (!error && count >= OPEN_LIMIT)
		return request_refuse(request, ERROR_CONFLICT, "action",
			"%d imports are begun and not ended; commit or abort one", OPEN_LIMIT);
	return error;
}

static enum error begin_import(struct request *request, const struct task_import_params *params)
{
	char id[SECRET_ID_SIZE];
	const struct import_row row = { .id = id,
		.format = params->format.presence == PARAM_GIVEN ? params->format.text : "jsonl",
		.unit = params->unit.presence == PARAM_GIVEN ? params->unit.text : "line",
		.is_partial = params->partial.value };
	enum error error = check_begin(request, &row);

	secret_id(id);
	if (!error)
		error = import_store_begin(request->db, request->who.account_id, &row, request->now);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_member_text(&request->result, "import", id);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

/* --- append --- */

static void end_stage(void *state)
{
	import_stage_deinit(state);
}

/* Reading the lines takes longer than the loop has, and needs nothing of the store but how the import was begun. */
static enum error stage_part(struct request *request, const struct task_import_params *params)
{
	struct import_reader reader = {
		.zones = request->services->zones, .timezone = request->timezone, .now = request->now
	};
	struct import_stage *stage;
	struct import_row row = { .id = NULL };
	enum error error = find_import(request, params, &row);

	if (!error)
		error = require(request, params, params->text.presence, "text");
	if (!error)
		error = require(request, params, params->part.presence, "part");
	if (!error)
		error = zone_set_find(reader.zones, reader.timezone, request->arena, &reader.zone, &request->refusal);
	if (error)
		return error;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	stage = arena_alloc(request->arena, sizeof(*stage));
	import_stage_init(stage);
	request->state = stage;
	request->on_end = end_stage;
	import_stage_read(stage, import_format_find(row.format), &reader, params->text.text, params->text.length,
		params->first.presence == PARAM_GIVEN ? params->first.value : 1);
	return ERROR_NONE;
}

static enum error check_size(struct request *request, const struct import_row *row, const struct import_stage *stage)
{
	struct import_totals totals;
	enum error error = import_store_totals(request->db, request->who.account_id, row->id, &totals);

	if (!error && totals.bytes + (int64_t)stage->text.length > BYTES_LIMIT)
		return request_refuse(request, ERROR_TOO_LARGE, "text",
			"an import has at most %" PRId64 " MiB; commit what there is, and begin another one",
			BYTES_LIMIT >> 20);
	return error;
}

/* A part that is there is one whose answer was lost. */
static enum error append_part(struct request *request, const struct task_import_params *params)
{
	struct import_stage *stage = request->state;
	struct import_row row = { .id = NULL };
	const struct import_part part = { .number = params->part.value,
		.first = params->first.presence == PARAM_GIVEN ? params->first.value : 1,
		.text = stage->text.data ? stage->text.data : "",
		.length = stage->text.length,
		.taken = stage->taken,
		.refused = stage->refused.count,
		.declarations = import_fields_write(&stage->fields, request->arena) };
	enum error error = find_import(request, params, &row);

	if (!error)
		error = check_size(request, &row, stage);
	if (!error)
		error = import_store_add_part(request->db, request->who.account_id, row.id, &part, request->now);
	if (error && error != ERROR_CONFLICT)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_member_integer(&request->result, "taken", stage->taken);
	import_notes_write(&stage->refused, &request->result, "refused", "refused_count");
	import_notes_write(&stage->warnings, &request->result, "warnings", "warning_count");
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

/* --- commit, abort --- */

static enum error read_conflict(
	struct request *request, const struct text_param *name, enum import_conflict *ret_conflict)
{
	*ret_conflict = IMPORT_UPDATE;
	if (name->presence != PARAM_GIVEN)
		return ERROR_NONE;
	for (enum import_conflict conflict = 0; import_conflict_names[conflict]; conflict++)
		if (!strcmp(import_conflict_names[conflict], name->text)) {
			*ret_conflict = conflict;
			return ERROR_NONE;
		}
	return request_refuse(
		request, ERROR_INVALID_PARAMS, "on_conflict", "on_conflict must be update, skip or refuse");
}

static enum error commit_import(struct request *request, const struct task_import_params *params)
{
	enum import_conflict conflict;
	struct import_row row = { .id = NULL };
	enum error error = find_import(request, params, &row);

	if (!error)
		error = read_conflict(request, &params->on_conflict, &conflict);
	if (error)
		return error;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	request->is_rehearsed = params->dry_run.value;
	return import_commit(request, &row, conflict);
}

static enum error abort_import(struct request *request, const struct task_import_params *params)
{
	struct import_row row = { .id = NULL };
	enum error error = find_import(request, params, &row);

	if (!error)
		error = import_store_end(request->db, request->who.account_id, row.id);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

/* --- the method --- */

static const struct {
	const char *name;
	enum error (*read)(struct request *request, const struct task_import_params *params); /* NULL: nothing to */
	enum error (*write)(struct request *request, const struct task_import_params *params);
} actions[] = {
	{ "begin", NULL, begin_import },
	{ "append", stage_part, append_part },
	{ "commit", NULL, commit_import },
	{ "abort", NULL, abort_import },
};

static enum error find_action(struct request *request, const struct task_import_params *params, size_t *ret_action)
{
	for (size_t i = 0; i < COUNT_OF(actions); i++)
		if (!strcmp(actions[i].name, params->action.text)) {
			*ret_action = i;
			return ERROR_NONE;
		}
	return request_refuse(request, ERROR_INVALID_PARAMS, "action", "action must be begin, append, commit or abort");
}

static enum error read_import(struct request *request, const struct task_import_params *params)
{
	size_t action;
	enum error error = find_action(request, params, &action);

	return error || !actions[action].read ? error : actions[action].read(request, params);
}

static enum error task_import(struct request *request, const struct task_import_params *params)
{
	size_t action;
	enum error error = find_action(request, params, &action);

	return error ? error : actions[action].write(request, params);
}

METHOD_HANDLER(read_import, struct task_import_params)
METHOD_HANDLER(task_import, struct task_import_params)

const struct method import_methods[] = {
	{ .name = "task.import",
		.summary = "Make tasks of another program's, all in one step",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = task_import_params,
		.params_size = sizeof(struct task_import_params),
		.read = read_import_handler,
		.handle = task_import_handler },
	{ 0 },
};
