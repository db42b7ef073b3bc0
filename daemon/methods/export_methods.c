/* Everything that the store knows of an account, page by page. */
#include "auth/secret.h"
#include "methods/audit.h"
#include "methods/export_cursor.h"
#include "methods/field_view.h"
#include "methods/history_view.h"
#include "methods/methods.h"
#include "methods/password_proof.h"
#include "methods/services.h"
#include "methods/task_view.h"
#include "methods/token_view.h"
#include "store/context_store.h"
#include "store/replay_store.h"
#include "store/report_store.h"
#include "store/session_store.h"
#include "store/task_query.h"
#include "store/time_store.h"
#include "store/urgency_store.h"

#include <stddef.h>
#include <string.h>

#define PAGE_ROWS  1000
#define PAGE_BYTES ((size_t)512 * 1024)

struct account_export_params {
	struct text_param password;
	struct text_param cursor;
};

static const struct param account_export_params[] = {
	{ .name = "password",
		.summary = "The password of the account, for the first page",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_export_params, password),
		.is_secret = true },
	{ .name = "cursor",
		.summary = "The next_cursor of the page before, for the others",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_export_params, cursor),
		.maximum = EXPORT_CURSOR_LIMIT },
	{ 0 },
};

/* A page that is being written. Rows that a query gives are counted, so that it is known where the next one begins. */
struct export_page {
	struct request *request;
	struct json_writer *result;
	struct task_view view;
	size_t start;     /* of the page in the reply */
	int64_t count;    /* rows of this page */
	int64_t position; /* behind the last row that was written */
	bool is_full;     /* there is more than fits */
};

/* Whether another row has its place on the page; after false the query is ended by ERROR_TOO_LARGE. */
static bool has_room(struct export_page *page)
{
	page->is_full = page->count >= PAGE_ROWS || page->result->out->length - page->start >= PAGE_BYTES;
	page->count += !page->is_full;
	return !page->is_full;
}

/* --- the sections --- */

static enum error export_account(struct export_page *page)
{
	struct account account;
	enum error error =
		account_store_find(page->request->db, page->request->who.account_id, page->request->arena, &account);

	if (error)
		return error;
	json_writer_begin_object(page->result);
	json_writer_member_integer(page->result, "id", account.id);
	json_writer_member_text(page->result, "email", account.email);
	json_writer_member_text(page->result, "state", account_state_name(account.state));
	json_writer_member_time(page->result, "created_at", account.created_at);
	json_writer_member_time(page->result, "password_changed_at", account.password_changed_at);
	json_writer_end_object(page->result);
	return ERROR_NONE;
}

static enum error write_session(void *context, const struct session *session)
{
	struct json_writer *result = ((struct export_page *)context)->result;

	json_writer_begin_object(result);
	json_writer_member_text(result, "id", session->id);
	if (session->client)
		json_writer_member_text(result, "client", session->client);
	json_writer_member_integer(result, "uid", session->peer_uid);
	json_writer_member_time(result, "created_at", session->created_at);
	json_writer_member_time(result, "last_used_at", session->last_used_at);
	json_writer_member_time(result, "idle_until", session->refresh_until);
	json_writer_member_time(result, "expires_at", session->absolute_until);
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error export_sessions(struct export_page *page)
{
	return session_store_each(page->request->db, page->request->who.account_id, write_session, page);
}

static enum error write_token(void *context, const struct personal_token *token)
{
	struct json_writer *result = ((struct export_page *)context)->result;

	json_writer_begin_object(result);
	token_view_write_members(result, token);
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error export_tokens(struct export_page *page)
{
	return token_store_each(page->request->db, page->request->who.account_id, write_token, page);
}

static enum error write_entry(void *context, const struct audit_entry *entry)
{
	struct export_page *page = context;

	if (!has_room(page))
		return ERROR_TOO_LARGE;
	page->position = entry->id;
	audit_write_entry(page->result, entry);
	return ERROR_NONE;
}

static enum error export_log(struct export_page *page)
{
	return audit_store_each(
		page->request->db, page->request->who.account_id, page->position, PAGE_ROWS + 1, write_entry, page);
}

static enum error write_task(void *context, const struct task *task)
{
	struct export_page *page = context;

	if (!has_room(page))
		return ERROR_TOO_LARGE;
	page->position = task->id;
	return task_view_write(&page->view, task);
}

static enum error export_tasks(struct export_page *page)
{
	static const struct filter every_status = { .kind = FILTER_ALL, .ends_scope = true };
	const struct request *request = page->request;

	return task_query_each(request->db,
		&(struct task_query){ .account_id = request->who.account_id,
			.now = request->now,
			.filter = &every_status,
			.after_id = page->position,
			.limit = PAGE_ROWS + 1 },
		request->arena, write_task, page);
}

static enum error export_fields(struct export_page *page)
{
	struct request *request = page->request;
	struct custom_field_list fields;
	enum error error = custom_field_store_load(request->db, request->who.account_id, request->arena, &fields);

	for (size_t i = 0; !error && i < fields.count; i++)
		field_view_write(page->result, &fields.fields[i]);
	return error;
}

static enum error write_change(void *context, const struct history_entry *entry)
{
	struct export_page *page = context;

	if (!has_room(page))
		return ERROR_TOO_LARGE;
	page->position = entry->revision;
	history_view_write(page->result, entry);
	return ERROR_NONE;
}

static enum error export_history(struct export_page *page)
{
	return history_store_each(
		page->request->db, page->request->who.account_id, 0, page->position, PAGE_ROWS + 1, write_change, page);
}

static enum error write_reply(void *context, const struct replay_entry *entry)
{
	struct export_page *page = context;
	struct json_writer *result = page->result;

	if (!has_room(page))
		return ERROR_TOO_LARGE;
	page->position++;
	json_writer_begin_object(result);
	json_writer_member_text(result, "method", entry->method);
	json_writer_member_text(result, "idempotency_key", entry->key);
	json_writer_member_time(result, "at", entry->created_at);
	json_writer_key(result, "result");
	json_writer_raw(result, entry->result, entry->result_length);
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error export_replies(struct export_page *page)
{
	return replay_store_each(
		page->request->db, page->request->who.account_id, page->position, PAGE_ROWS + 1, write_reply, page);
}

static enum error write_time(void *context, const struct time_span *span)
{
	struct export_page *page = context;
	struct json_writer *result = page->result;

	if (!has_room(page))
		return ERROR_TOO_LARGE;
	page->position++;
	json_writer_begin_object(result);
	json_writer_member_integer(result, "task_id", span->task_id);
	json_writer_member_time(result, "started", span->started);
	json_writer_member_time(result, "stopped", span->stopped);
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error export_times(struct export_page *page)
{
	return time_store_list(
		page->request->db, page->request->who.account_id, page->position, PAGE_ROWS + 1, write_time, page);
}

/* There are at most 100 of them, and none is long: a page. */
static enum error write_context(void *context, const struct context *row)
{
	struct json_writer *result = ((struct export_page *)context)->result;

	json_writer_begin_object(result);
	json_writer_member_text(result, "name", row->name);
	json_writer_member_text(result, "read_filter", row->read_filter);
	json_writer_key(result, "write");
	json_writer_raw(result, row->write_defaults, strlen(row->write_defaults));
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error export_contexts(struct export_page *page)
{
	return context_store_each(page->request->db, page->request->who.account_id, write_context, page);
}

static enum error write_report(void *context, const struct report_row *row)
{
	struct json_writer *result = ((struct export_page *)context)->result;

	json_writer_begin_object(result);
	json_writer_member_text(result, "name", row->name);
	json_writer_key(result, "definition");
	json_writer_raw(result, row->definition, strlen(row->definition));
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error export_reports(struct export_page *page)
{
	return report_store_each(page->request->db, page->request->who.account_id, write_report, page);
}

/* What the account has set by itself. */
static enum error export_urgency(struct export_page *page)
{
	struct request *request = page->request;
	const struct urgency_coefficient *own;
	size_t count = 0;
	enum error error = urgency_store_list(request->db, request->who.account_id, request->arena, &own, &count);

	for (size_t i = 0; !error && i < count; i++) {
		json_writer_begin_object(page->result);
		json_writer_member_text(page->result, "name", own[i].name);
		json_writer_key(page->result, "value");
		json_writer_real(page->result, (double)own[i].value / (double)URGENCY_MILLIONTHS);
		json_writer_end_object(page->result);
	}
	return error;
}

/* In the order in which they are given; a cursor holds the place in this table. */
static const struct {
	const char *name;
	enum error (*write)(struct export_page *page);
} sections[] = {
	{ "account", export_account },
	{ "sessions", export_sessions },
	{ "tokens", export_tokens },
	{ "log", export_log },
	{ "fields", export_fields },
	{ "tasks", export_tasks },
	{ "history", export_history },
	{ "times", export_times },
	{ "contexts", export_contexts },
	{ "reports", export_reports },
	{ "urgency", export_urgency },
	{ "replies", export_replies },
};

#define SECTION_COUNT (sizeof(sections) / sizeof(*sections))

/* --- a page --- */

/* Where the next page begins: further on in this section, or at the next one. False: this was the last. */
static bool find_next(const struct export_page *page, struct export_cursor *cursor)
{
	if (page->is_full) {
		cursor->position = page->position;
		return true;
	}
	cursor->position = 0;
	return (size_t)++cursor->section < SECTION_COUNT;
}

static enum error write_page(struct request *request, struct export_cursor cursor)
{
	struct export_page page = { .request = request, .result = &request->result, .position = cursor.position };
	enum error error;

	task_view_init(&page.view, request, request->now);
	page.view.leaves_urgency_out = true; /* it follows from the rest, and from when it is asked */
	json_writer_begin_object(page.result);
	json_writer_member_text(page.result, "section", sections[cursor.section].name);
	json_writer_key(page.result, "items");
	json_writer_begin_array(page.result);
	page.start = page.result->out->length;
	error = sections[cursor.section].write(&page);
	if (error && !page.is_full)
		return error;
	json_writer_end_array(page.result);
	if (find_next(&page, &cursor))
		json_writer_member_text(page.result, "next_cursor",
			export_cursor_write(
				&cursor, request->services->cursor_key, request->who.session_id, request->arena));
	json_writer_end_object(page.result);
	return ERROR_NONE;
}

/* --- the phases: a password opens it, a cursor goes on --- */

static enum error go_on(struct request *request, const struct text_param *text)
{
	struct export_cursor cursor;
	enum error error = export_cursor_parse(text->text, text->length, request->services->cursor_key,
		request->who.session_id, request->now, request->arena, &cursor, &request->refusal);

	if (error)
		return error;
	request->is_answered = true;
	return write_page(request, cursor);
}

static enum error read_export(struct request *request, const struct account_export_params *params)
{
	if ((params->password.presence == PARAM_GIVEN) == (params->cursor.presence == PARAM_GIVEN))
		return request_refuse(request, ERROR_INVALID_PARAMS, "password",
			"give the password for the first page, and the cursor alone for the others");
	if (params->cursor.presence == PARAM_GIVEN)
		return go_on(request, &params->cursor);
	return password_proof_read(request, &params->password);
}

static enum error account_export(struct request *request, const struct account_export_params *params)
{
	struct account account;
	enum error error = password_proof_demand(request, request->state, &account);

	(void)params;
	if (!error)
		error = audit_write_failures(request);
	if (!error)
		error = audit_record(request, account.id, AUDIT_ACCOUNT_EXPORTED, NULL);
	if (error)
		return error;
	return write_page(
		request, (struct export_cursor){ .section = 0, .expires_at = request->now + EXPORT_CURSOR_SECONDS });
}

METHOD_HANDLER(read_export, struct account_export_params)
METHOD_HANDLER(account_export, struct account_export_params)

const struct method export_methods[] = {
	{ .name = "account.export",
		.summary = "Give everything that is known of the account, a page of a section at a time",
		.access = ACCESS_ACCOUNT,
		.store = STORE_WRITE,
		.is_secret = true,
		.params = account_export_params,
		.params_size = sizeof(struct account_export_params),
		.read = read_export_handler,
		.work = password_proof_work_handler,
		.handle = account_export_handler },
	{ 0 },
};
