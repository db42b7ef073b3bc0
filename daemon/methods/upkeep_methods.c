/* For the operator: the keys, copies of the store, and whether it is sound. */
#include "auth/secret.h"
#include "methods/audit.h"
#include "methods/methods.h"
#include "methods/services.h"
#include "store/backup_store.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

struct system_rotate_keys_params {
	struct boolean_param revoke_old;
};

static const struct param system_rotate_keys_params[] = {
	{ .name = "revoke_old",
		.summary = "Accept no token any more that an older key signed",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct system_rotate_keys_params, revoke_old) },
	{ 0 },
};

/* --- keys --- */

static void write_keys(struct request *request)
{
	struct json_writer *result = &request->result;
	struct key_ring_facts facts;

	key_ring_describe(request->services->keys, &facts);
	json_writer_begin_object(result);
	json_writer_member_text(result, "kid", facts.active_id);
	json_writer_member_text(result, "algorithm", key_algorithm_names[facts.algorithm]);
	json_writer_member_integer(result, "keys", (int64_t)facts.count);
	if (facts.old_valid_until)
		json_writer_member_time(result, "old_valid_until", facts.old_valid_until);
	json_writer_end_object(result);
}

/* What is asked and who asks, for the record. */
struct rotating {
	struct request *request;
	const char *detail;
	bool is_recorded;
};

/*
 * The record is committed before the keys change: were it the other way round, a disk that is full by then would make
 * the answer a failure, although every token had ended.
 */
static enum error commit_record(void *context)
{
	struct rotating *rotating = context;
	struct db *db = rotating->request->db;
	enum error error = audit_record(rotating->request, AUDIT_STORE_WIDE, AUDIT_KEYS_ROTATED, rotating->detail);

	if (!error)
		error = db_commit(db);
	rotating->is_recorded = !error;
	/* A refusal outside of a transaction: whoever runs it then looks at what became of the commit. */
	if (error && db_is_in_transaction(db))
		db_rollback(db);
	return error;
}

/* Files are written, so it waits for the pool. */
static enum error system_rotate_keys(struct request *request, const struct system_rotate_keys_params *params)
{
	const struct services *services = request->services;
	struct rotating rotating = { .request = request,
		.detail = params->revoke_old.value ? "older keys revoked" : NULL };
	const struct key_rotation rotation = { .algorithm = services->token_algorithm,
		.now = request->now,
		.verify_seconds = services->sessions->token.lifetime_limit,
		.revoke_old = params->revoke_old.value,
		.confirm = commit_record,
		.context = &rotating };
	enum error error;

	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	error = key_ring_rotate(services->keys, &rotation, &request->refusal);
	/* The call was begun in a transaction, and ends in one. */
	if (rotating.is_recorded && db_begin(request->db))
		return ERROR_STORAGE;
	if (!error)
		write_keys(request);
	return error;
}

/* --- copies --- */

/* What one phase leaves for the next. */
struct backup {
	const char *path;
	int64_t bytes;
	bool is_given; /* whoever asked has it */
};

static void remove_unless_given(void *state)
{
	const struct backup *backup = state;

	if (!backup->is_given)
		(void)unlink(backup->path);
}

/*
 * From a reading connection, so that writes go on. The daemon may write in its own folder only: whoever asked takes the
 * copy from there.
 */
static enum error read_backup_handler(struct request *request, const void *params)
{
	struct backup *backup;
	char id[SECRET_ID_SIZE];

	(void)params; /* it takes none */
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	secret_id(id);
	backup = arena_alloc(request->arena, sizeof(*backup));
	backup->path = arena_printf(request->arena, "%s/" BACKUP_PREFIX "%s.db", request->services->data_folder, id);
	request->state = backup;
	request->on_end = remove_unless_given;
	return backup_store_make(request->db, backup->path, request->now, &backup->bytes);
}

static enum error system_backup_handler(struct request *request, const void *params)
{
	struct backup *backup = request->state;
	struct json_writer *result = &request->result;
	enum error error = audit_record(request, AUDIT_STORE_WIDE, AUDIT_BACKUP_MADE, NULL);

	(void)params; /* it takes none */
	if (error)
		return error;
	backup->is_given = true;
	json_writer_begin_object(result);
	json_writer_member_text(result, "path", backup->path);
	json_writer_member_integer(result, "bytes", backup->bytes);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* --- soundness --- */

static void write_finding(void *context, const char *finding)
{
	json_writer_text(context, finding);
}

static enum error system_check_handler(struct request *request, const void *params)
{
	struct json_writer *result = &request->result;
	int64_t findings = 0;
	enum error error;

	(void)params; /* it takes none */
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	json_writer_begin_object(result);
	json_writer_key(result, "findings");
	json_writer_begin_array(result);
	error = db_check_each(request->db, write_finding, result, &findings);
	json_writer_end_array(result);
	json_writer_member_boolean(result, "ok", findings == 0);
	json_writer_end_object(result);
	return error;
}

METHOD_HANDLER(system_rotate_keys, struct system_rotate_keys_params)

const struct method upkeep_methods[] = {
	{ .name = "system.rotate_keys",
		.summary = "Sign with a new key, and accept the old one until its last token has expired",
		.access = ACCESS_OPERATOR,
		.store = STORE_WRITE,
		.params = system_rotate_keys_params,
		.params_size = sizeof(struct system_rotate_keys_params),
		.handle = system_rotate_keys_handler },
	{ .name = "system.backup",
		.summary = "Copy the store, without its secrets, to a file in the data folder",
		.access = ACCESS_OPERATOR,
		.store = STORE_WRITE,
		.read = read_backup_handler,
		.handle = system_backup_handler },
	{ .name = "system.check",
		.summary = "Look whether the database is sound",
		.access = ACCESS_OPERATOR,
		.store = STORE_READ,
		.handle = system_check_handler },
	{ 0 },
};
