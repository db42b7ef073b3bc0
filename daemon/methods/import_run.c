/* What waits, item by item, and what cannot be taken. */
#include "methods/import_run.h"

#include "methods/import_pack.h"

#include <inttypes.h>
#include <string.h>

struct item_walk {
	struct import_run *run;
	import_visitor visit;
};

static enum error walk_part(void *context, const struct import_part *part)
{
	const struct item_walk *walk = context;
	const char *item = part->text;
	const char *end = item + part->length;
	int64_t position = part->first;
	enum error error = ERROR_NONE;

	for (; !error && item < end; position++) {
		const char *last = memchr(item, IMPORT_PACK_END, (size_t)(end - item));
		size_t length = (size_t)((last ? last : end) - item);

		if (length)
			error = walk->visit(walk->run, item, length, position);
		item += length + 1;
	}
	return error;
}

enum error import_run_walk(struct import_run *run, import_visitor visit)
{
	struct item_walk walk = { run, visit };
	struct request *request = run->request;

	return import_store_each_part(request->db, request->who.account_id, run->row->id, walk_part, &walk);
}

enum error import_run_refuse(
	struct import_run *run, enum error error, int64_t position, const char *field, const char *message)
{
	if (!run->row->is_partial)
		return request_refuse(
			run->request, error, field, "%s %" PRId64 ": %s", run->row->unit, position, message);
	import_notes_add(&run->refused, position, field, message);
	return ERROR_NONE;
}
