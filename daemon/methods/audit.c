/* The audit table as methods see it. */
#include "methods/audit.h"

#include "methods/page.h"
#include "methods/services.h"
#include "store/meta_store.h"

#define BATCH_NAME "failures_batch"

enum error audit_record(struct request *request, int64_t account_id, enum audit_event event, const char *detail)
{
	return audit_store_add(request->db, account_id, event, (int64_t)request->peer.uid, detail, request->now);
}

/* Each is counted once, whatever becomes of the transaction: the batch's number is stored with it. */
enum error audit_write_failures(struct request *request)
{
	struct failure_note *notes = arena_array(request->arena, FAILURE_NOTES_LIMIT, sizeof(*notes));
	int64_t batch = 0;
	size_t count;
	enum error error;

	if (!failure_notes_may_take(request->services->failures, request->now))
		return ERROR_NONE;
	error = meta_store_integer(request->db, BATCH_NAME, &batch);
	if (error)
		return error;
	count = failure_notes_take(request->services->failures, batch, notes, FAILURE_NOTES_LIMIT, &batch);
	for (size_t i = 0; !error && i < count; i++)
		error = audit_store_add_failures(
			request->db, notes[i].account_id, (int64_t)notes[i].uid, notes[i].hour, notes[i].count);
	if (!error && count)
		error = meta_store_set_integer(request->db, BATCH_NAME, batch);
	return error;
}

void audit_write_entry(struct json_writer *writer, const struct audit_entry *entry)
{
	json_writer_begin_object(writer);
	json_writer_member_integer(writer, "id", entry->id);
	json_writer_member_time(writer, "at", entry->at);
	json_writer_member_text(writer, "event", entry->event);
	json_writer_member_integer(writer, "uid", entry->uid);
	if (entry->count != 1)
		json_writer_member_integer(writer, "count", entry->count);
	if (entry->detail)
		json_writer_member_text(writer, "detail", entry->detail);
	json_writer_end_object(writer);
}

struct page_writing {
	struct json_writer *result;
	int64_t limit, count;
	int64_t last_id;
};

static enum error write_entry(void *context, const struct audit_entry *entry)
{
	struct page_writing *page = context;

	/* One more than wanted was asked for: whether there is another page. */
	if (++page->count > page->limit)
		return ERROR_NONE;
	page->last_id = entry->id;
	audit_write_entry(page->result, entry);
	return ERROR_NONE;
}

enum error audit_write_page(struct request *request, int64_t account_id, int64_t before_id, int64_t limit)
{
	struct page_writing page = { .result = &request->result, .limit = limit };
	enum error error;

	json_writer_begin_object(page.result);
	json_writer_key(page.result, "entries");
	json_writer_begin_array(page.result);
	error = audit_store_each(request->db, account_id, before_id, limit + 1, write_entry, &page);
	json_writer_end_array(page.result);
	if (page.count > limit)
		page_write_next(page.result, page.last_id);
	json_writer_end_object(page.result);
	return error;
}
