/* A part of an import: its lines read, held against the rules, and written out as they wait in the store. */
#pragma once

#include "methods/import_fields.h"
#include "methods/import_item.h"
#include "methods/import_notes.h"

struct import_format {
	const char *name;
	enum error (*read)(struct import_reader *reader, const json_t *object, struct import_item *ret_item);
	bool has_header; /* a line of its own may say so much about the whole */
};
/* NULL: there is no such format. */
const struct import_format *import_format_find(const char *name);

struct import_stage {
	struct buffer text; /* what import_pack writes, for each line that came; empty where it is no task */
	int64_t taken;
	struct import_notes refused, warnings;
	struct import_fields fields;
};

void import_stage_init(struct import_stage *stage);
void import_stage_deinit(struct import_stage *stage);

/*
 * Read all lines of the text, the first at `first`. `reader` needs no arena. Empty lines are nothing. What is wrong
 * with single ones stands in the notes.
 */
void import_stage_read(struct import_stage *stage, const struct import_format *format,
	const struct import_reader *of_request, const char *text, size_t length, int64_t first);
