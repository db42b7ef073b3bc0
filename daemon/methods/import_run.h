/* The commit of an import while it runs: what its passes share. */
#pragma once

#include "methods/import_commit.h"
#include "methods/import_item.h"
#include "methods/import_notes.h"
#include "methods/task_edit.h"
#include "methods/uuid_table.h"
#include "tasks/id_table.h"

#define IMPORT_BATCH 200u

struct import_run {
	struct request *request;
	const struct import_row *row;
	enum import_conflict conflict;
	struct uuid_table table;
	struct task_edit edit;
	struct arena arena; /* of a batch */
	struct custom_field_list fields;
	const struct zone *zone;
	struct id_list recounted; /* tasks that were named before they were there */
	struct task_change changes[IMPORT_BATCH];
	int64_t positions[IMPORT_BATCH];
	size_t change_count;
	int64_t new_count; /* tasks that the account does not have */
	int64_t next_id;
	int64_t added, updated, unchanged;
	struct import_notes refused, warnings;
};

/* Each item that waits, in the order in which they came. Not ERROR_NONE stops. */
typedef enum error (*import_visitor)(struct import_run *run, const char *packed, size_t length, int64_t position);
enum error import_run_walk(struct import_run *run, import_visitor visit);

/* All or nothing, or all but this: where the import is partial a note is made, and it is no error. */
enum error import_run_refuse(
	struct import_run *run, enum error error, int64_t position, const char *field, const char *message);
