/*
 * Tasks as VTODO of iCalendar (RFC 5545 §3.6.2, RFC 7986, RFC 9253); taskctl-formats(7) has the table of what becomes
 * what. What iCalendar has no property for travels in X-TASKCTL-NAME, NAME being the field's; what we have no field for
 * in custom fields, whose names ical_field.h knows.
 */
#pragma once

#include "common/ical_writer.h"
#include "methods/import_item.h"
#include "store/custom_field_store.h"

/*
 * An item of an import: {"calendar":TEXT}, where TEXT is one VTODO with the VTIMEZONEs that it names, in a VCALENDAR or
 * without one.
 */
enum error ical_read(struct import_reader *reader, const json_t *object, struct import_item *ret_item);

/* What is written of a task beside itself. */
struct ical_context {
	const struct task_relatives *relatives;
	const char *parent;         /* UIDs, where they are others than the uuids in `relatives` */
	const char *const *depends; /* as many as the task's depend_count */
	const struct custom_field_list *fields;
	const struct zone *zone;        /* of the request: whose days are written as dates */
	const struct zone *series_zone; /* of a template: by whose calendar it goes */
	struct arena *arena;
};

void ical_write(struct ical_writer *writer, const struct task *task, const struct ical_context *context);

/* Whether the time of day of a template's due matters, and so a VTIMEZONE is needed. */
bool ical_needs_zone(const struct task *task, const struct zone *series_zone);
