/* A task that comes from outside: read out of one line, held against the rules, and not yet one of an account's. */
#pragma once

#include "common/arena.h"
#include "common/error.h"
#include "methods/task_line.h"
#include "methods/zone_set.h"
#include "tasks/task.h"

#include <jansson.h>

#define IMPORT_WARNINGS_LIMIT 8u /* of one item that are kept */

struct import_fields;

struct import_item {
	struct task task; /* without id; what it refers to are uuids */
	struct task_relatives relatives;
	size_t warning_count;
	const char *warnings[IMPORT_WARNINGS_LIMIT]; /* what was changed so that it could be taken */
};

/* What lines are read against. */
struct import_reader {
	struct arena *arena; /* everything of the item */
	struct zone_set *zones;
	const char *timezone; /* of the request; NULL: the daemon's */
	const struct zone *zone;
	int64_t now;
	struct import_fields *fields; /* sees what there are values for; NULL: nobody wants to know */
	struct refusal *refusal;
};

/* Fill in what is not there, and hold the whole against the rules of tasks. ERROR_INVALID_PARAMS naming the member. */
enum error import_item_settle(struct import_reader *reader, struct import_item *item);

/* Cut off what is too many. */
void import_item_warn(struct import_reader *reader, struct import_item *item, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* An item of each format, from the object that its line holds. */
enum error import_line_read(struct import_reader *reader, const json_t *object, struct import_item *ret_item);
/* See taskwarrior.h. */
enum error taskwarrior_read(struct import_reader *reader, const json_t *object, struct import_item *ret_item);
