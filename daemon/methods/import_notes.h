/* What an import has to say about single items, for its answer. */
#pragma once

#include "common/json_writer.h"

#include <stdint.h>

struct import_notes {
	struct buffer text;
	struct json_writer writer; /* of the elements of an array */
	int64_t count;             /* those that are not kept too */
	int64_t most;              /* that are kept: a hundred, unless the owner says otherwise */
};

void import_notes_init(struct import_notes *notes);
void import_notes_deinit(struct import_notes *notes);

/* The first ones are kept. `field` may be empty. */
void import_notes_add(struct import_notes *notes, int64_t position, const char *field, const char *message);

/* The members NAME and NAME_count of an object; nothing when there are none. */
void import_notes_write(
	const struct import_notes *notes, struct json_writer *result, const char *name, const char *count_name);
