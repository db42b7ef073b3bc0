/* Tasks as a calendar: its lines in front, and each task with the time zone that it needs. */
#include "methods/export_formats.h"

#include "methods/field_view.h"
#include "methods/ical.h"
#include "methods/ical_field.h"
#include "methods/services.h"
#include "methods/task_relatives.h"
#include "methods/zone_set.h"
#include "store/task_store.h"
#include "tasks/ical_zone.h"

#include <string.h>

/* Which fields the account has declared, as a line of our own format says it. */
static void write_fields(struct ical_writer *writer, const struct custom_field_list *fields)
{
	struct json_writer json;
	struct buffer text;

	if (!fields->count)
		return;
	buffer_init(&text);
	json_writer_init(&json, &text);
	json_writer_begin_array(&json);
	for (size_t i = 0; i < fields->count; i++)
		field_view_write(&json, &fields->fields[i]);
	json_writer_end_array(&json);
	ical_writer_text(writer, ICAL_OWN_PREFIX "FIELDS", buffer_text(&text));
	buffer_deinit(&text);
}

void export_ical_begin(struct export_writer *export)
{
	struct ical_writer writer;

	ical_writer_init(&writer, export->writer.out);
	ical_writer_value(&writer, "BEGIN", "VCALENDAR");
	ical_writer_value(&writer, "VERSION", "2.0");
	ical_writer_value(&writer, "PRODID", "-//taskctl//taskctl//EN");
	write_fields(&writer, &export->fields);
}

/* --- zones --- */

static bool is_described(const struct export_writer *export, const char *name)
{
	for (size_t i = 0; i < export->zone_count; i++)
		if (!strcmp(export->zones[i], name))
			return true;
	return false;
}

/* Once in a page. */
static void describe_zone(struct export_writer *export, struct ical_writer *writer, const struct zone *zone)
{
	if (is_described(export, zone_name(zone)))
		return;
	if (export->zone_count < EXPORT_ZONES_LIMIT)
		export->zones[export->zone_count++] = arena_strdup(export->request->arena, zone_name(zone));
	ical_zone_write(writer, zone);
}

static enum error find_zones(struct export_writer *export, const struct task *task, struct ical_context *context)
{
	struct request *request = export->request;
	struct zone_set *zones = request->services->zones;
	enum error error = zone_set_find(zones, request->timezone, request->arena, &context->zone, &request->refusal);

	context->series_zone = context->zone;
	if (!error && task->recur_zone &&
		zone_set_find(zones, task->recur_zone, &export->arena, &context->series_zone, NULL))
		context->series_zone = context->zone; /* zoneinfo has it no more */
	return error;
}

/* --- UIDs of others --- */

static enum error find_uid(struct export_writer *export, int64_t id, const char *uuid, const char **ret_uid)
{
	struct request *request = export->request;
	const struct task_ref ref = { .id = id };
	struct task task;
	enum error error;

	*ret_uid = uuid;
	if (!custom_field_find(&export->fields, ICAL_UID_FIELD))
		return ERROR_NONE;
	error = task_store_find(request->db, request->who.account_id, &ref, &export->arena, &task, NULL);
	if (!error)
		*ret_uid = arena_strdup(&export->arena, ical_uid(&task));
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

static enum error find_uids(struct export_writer *export, const struct task *task, struct ical_context *context)
{
	const char **depends = arena_array(&export->arena, task->depend_count, sizeof(*depends));
	enum error error = ERROR_NONE;

	context->depends = depends;
	if (context->relatives->parent)
		error = find_uid(export, task->parent, context->relatives->parent, &context->parent);
	for (size_t i = 0; !error && i < task->depend_count; i++)
		error = find_uid(export, task->depends[i], context->relatives->depends[i], &depends[i]);
	return error;
}

enum error export_ical_write(struct export_writer *export, struct task *task, bool *ret_is_written)
{
	struct request *request = export->request;
	struct task_relatives relatives;
	struct ical_context context = { .relatives = &relatives, .fields = &export->fields, .arena = &export->arena };
	struct ical_writer writer;
	enum error error = task_relatives_find(request->db, request->who.account_id, &export->arena, task, &relatives);

	if (!error)
		error = find_zones(export, task, &context);
	if (!error)
		error = find_uids(export, task, &context);
	*ret_is_written = !error;
	if (error)
		return error;
	ical_writer_init(&writer, export->writer.out);
	if (ical_needs_zone(task, context.series_zone))
		describe_zone(export, &writer, context.series_zone);
	ical_write(&writer, task, &context);
	return ERROR_NONE;
}
