/* Handlers run by hand over a real database in a temporary folder. */
#include "fixture.h"

#include "auth/password.h"
#include "auth/secret.h"
#include "methods/methods.h"
#include "rpc/dispatch.h"
#include "store/account_store.h"
#include "store/db.h"
#include "store/migrations.h"

#include <dirent.h>
#include <unistd.h>

static void note_use(void *context, const char *session_id, int64_t now)
{
	struct fixture *fixture = context;

	assert_non_null(session_id);
	assert_int_equal(now, fixture->now);
	fixture->uses_noted++;
}

static void discover(void *context, struct json_writer *writer)
{
	(void)context;
	json_writer_begin_object(writer);
	json_writer_member_text(writer, "openrpc", "1.3.2");
	json_writer_end_object(writer);
}

static void open_store(struct fixture *fixture)
{
	struct refusal refusal;
	char uuid[37];
	bool is_new;

	secret_uuid(uuid);
	(void)snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/taskctl-methods-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	(void)snprintf(fixture->instance, sizeof(fixture->instance), "taskd:%s", uuid);
	assert_int_equal(db_open(&db_sqlite_driver, fixture->folder, DB_READ_WRITE, &fixture->db, &refusal), 0);
	assert_int_equal(migrations_apply(fixture->db, uuid, &is_new, &refusal), 0);
	assert_int_equal(
		key_ring_open(fixture->folder, NULL, true, KEY_HS256, FIXTURE_NOW, &fixture->keys, &refusal), 0);
}

static void offer_services(struct fixture *fixture)
{
	fixture->sessions = (struct session_policy){
		.token = { .issuer = fixture->instance, .lifetime_limit = 3600 },
		.access_seconds = 1800,
		.refresh_idle_seconds = INT64_C(14) * 86400,
		.refresh_absolute_seconds = INT64_C(90) * 86400,
		.binding = SESSION_BIND_STRICT,
	};
	assert_int_equal(password_dummy_hash(&password_cost_minimum, fixture->dummy_hash), 0);
	secret_random(fixture->cursor_key, sizeof(fixture->cursor_key));
	fixture->services = (struct services){
		.keys = fixture->keys,
		.sessions = &fixture->sessions,
		.password_cost = password_cost_minimum,
		.dummy_hash = fixture->dummy_hash,
		.signup = SIGNUP_OPEN,
		.instance = fixture->instance,
		.version = "0.1.0",
		.started_at = FIXTURE_NOW - 60,
		.daemon_uid = FIXTURE_UID,
		.discover = discover,
		.use_context = fixture,
		.note_use = note_use,
		.attempts = attempt_limits_new(),
		.failures = failure_notes_new(),
		.cursor_key = fixture->cursor_key,
		.data_folder = fixture->folder,
		.zones = zone_set_new("/usr/share/zoneinfo", "UTC", "/etc/localtime"),
		.audit_seconds = INT64_C(365) * 86400,
		.history_seconds = INT64_C(365) * 86400,
		.bin_seconds = INT64_C(30) * 86400,
	};
}

/* As many attempts as a test wants; what limits them has tests of its own. */
static void allow_attempts(struct fixture *fixture)
{
	struct attempt_limit_policy policy;

	for (size_t i = 0; i < ATTEMPT_BUCKET_COUNT; i++)
		policy.limits[i] = (struct attempt_limit){ ATTEMPT_LIMIT_MAXIMUM, ATTEMPT_LIMIT_MAXIMUM };
	attempt_limits_configure(fixture->services.attempts, &policy);
}

static void add_account(struct fixture *fixture, const char *email, int64_t expected_id)
{
	int64_t id;

	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(account_store_add(fixture->db, email, fixture->dummy_hash, FIXTURE_NOW, &id), 0);
	assert_int_equal(db_commit(fixture->db), 0);
	assert_int_equal(id, expected_id);
}

int fixture_set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture || !secret_init())
		return -1;
	arena_init(&fixture->arena);
	open_store(fixture);
	offer_services(fixture);
	allow_attempts(fixture);
	fixture->methods = method_registry_new(method_tables);
	fixture->now = FIXTURE_NOW;
	fixture->uid = FIXTURE_UID;
	add_account(fixture, "ann@example.com", 1);
	add_account(fixture, "bob@example.com", 2);
	fixture_become(fixture, 1);
	*state = fixture;
	return 0;
}

static void remove_folder(const char *folder)
{
	DIR *directory = opendir(folder);
	const struct dirent *entry;
	char path[512];

	while (directory && (entry = readdir(directory))) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] != '.')
			(void)unlink(path);
	}
	if (directory)
		(void)closedir(directory);
	(void)rmdir(folder);
}

int fixture_tear_down(void **state)
{
	struct fixture *fixture = *state;

	method_registry_free(fixture->methods);
	attempt_limits_free(fixture->services.attempts);
	failure_notes_free(fixture->services.failures);
	zone_set_free(fixture->services.zones);
	key_ring_free(fixture->keys);
	db_close(fixture->db);
	arena_deinit(&fixture->arena);
	remove_folder(fixture->folder);
	free(fixture);
	return 0;
}

void fixture_become(struct fixture *fixture, int64_t account_id)
{
	fixture->who = (struct identity){
		.account_id = account_id,
		.email = account_id == 1 ? "ann@example.com" : "bob@example.com",
		.account_created_at = FIXTURE_NOW,
		.actor = account_id == 1 ? "annannannannannannanna" : "bobbobbobbobbobbobbobb",
		.session_id = account_id == 1 ? "annannannannannannanna" : "bobbobbobbobbobbobbobb",
		.expires_at = FIXTURE_NOW + 1800,
	};
}

/* --- calling --- */

static enum error run_in_transaction(
	struct fixture *fixture, struct request *request, method_handler handler, const void *params)
{
	enum error error;

	assert_int_equal(db_begin(fixture->db), 0);
	request->db = fixture->db;
	error = handler(request, params);
	request->db = NULL;
	if (request->is_rehearsed || (error && !request->is_kept))
		db_rollback(fixture->db);
	else
		assert_int_equal(db_commit(fixture->db), 0);
	return error;
}

static enum error run_phases(struct fixture *fixture, struct request *request, const void *params)
{
	const struct method *method = request->method;
	enum error error = ERROR_NONE;

	if (method->read)
		error = run_in_transaction(fixture, request, method->read, params);
	if (!error && method->work)
		error = method->work(request, params);
	if (!error && fixture->between)
		fixture->between(fixture);
	if (!error && method->store == STORE_NONE)
		return method->handle(request, params);
	return error ? error : run_in_transaction(fixture, request, method->handle, params);
}

static json_t *run(struct fixture *fixture, const struct method *method, const json_t *object)
{
	struct buffer out;
	struct request request = { .method = method,
		.services = &fixture->services,
		.arena = &fixture->arena,
		.now = fixture->now,
		.peer = { .uid = fixture->uid },
		.who = method->access == ACCESS_ACCOUNT ? fixture->who : (struct identity){ 0 },
		.is_operator = fixture->is_operator,
		.timezone = json_string_value(json_object_get(object, "timezone")),
		.week_start = json_string_value(json_object_get(object, "week_start")),
		.place = fixture->place };
	void *params = arena_alloc(&fixture->arena, method->params_size);
	json_t *result = NULL;
	enum error error;

	buffer_init(&out);
	json_writer_init(&request.result, &out);
	error = params_bind(method->params, dispatch_common_params, object, &fixture->arena, params, &request.refusal);
	if (!error)
		error = run_phases(fixture, &request, params);
	if (request.on_end)
		request.on_end(request.state);
	fixture->refusal = request.refusal;
	fixture->refusal.error = error;
	fixture->was_deferred = request.is_deferred;
	if (!error)
		result = json_loadb(out.data, out.length, JSON_REJECT_DUPLICATES, NULL);
	assert_true(error || result);
	buffer_deinit(&out);
	return result;
}

json_t *fixture_call(struct fixture *fixture, const char *method, const char *format, ...)
{
	const struct method *found = method_find(fixture->methods, method);
	va_list arguments;
	json_t *object;
	json_t *result;
	char *text;

	assert_non_null(found);
	va_start(arguments, format);
	assert_true(vasprintf(&text, format, arguments) >= 0);
	va_end(arguments);
	object = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	if (!object)
		fail_msg("the test's own params are no JSON: %s", text);
	free(text);
	result = run(fixture, found, object);
	json_decref(object);
	return result;
}

bool fixture_run_job(struct fixture *fixture, const struct method *job)
{
	struct request request = { .method = job,
		.services = &fixture->services,
		.arena = &fixture->arena,
		.now = fixture->now,
		.place = REQUEST_IN_POOL };

	assert_int_equal(run_in_transaction(fixture, &request, job->handle, NULL), ERROR_NONE);
	return request.wants_again;
}

json_t *check_done(struct fixture *fixture, const char *method, json_t *result, const char *file, int line)
{
	if (!result) {
		print_error("%s: %s (field %s)\n", method, fixture->refusal.message, fixture->refusal.field);
		_fail(file, line);
	}
	return result;
}

void check_refused(
	struct fixture *fixture, enum error error, const char *field, json_t *result, const char *file, int line)
{
	if (!result && fixture->refusal.error == error && !strcmp(fixture->refusal.field, field ? field : ""))
		return;
	print_error("error %d, field \"%s\": %s\n", (int)fixture->refusal.error, fixture->refusal.field,
		result ? "it was done" : fixture->refusal.message);
	json_decref(result);
	_fail(file, line);
}

void fixture_clear_arena(struct fixture *fixture)
{
	arena_deinit(&fixture->arena);
	arena_init(&fixture->arena);
}

/* Reads the first block as a whole, also what AddressSanitizer guards in it. */
__attribute__((no_sanitize("address"))) bool fixture_arena_holds(
	const struct fixture *fixture, const char *bytes, size_t length)
{
	const char *memory = (const char *)fixture->arena.block;

	assert_non_null(memory);
	for (size_t i = 0; i + length <= fixture->arena.total; i++) {
		size_t same = 0;

		while (same < length && memory[i + same] == bytes[same])
			same++;
		if (same == length)
			return true;
	}
	return false;
}

/* --- results --- */

static const json_t *member_at(const json_t *json, const char *path)
{
	char name[64];

	while (json && *path) {
		size_t length = strcspn(path, ".");

		(void)snprintf(name, sizeof(name), "%.*s", (int)length, path);
		json = json_is_array(json) ? json_array_get(json, strtoul(name, NULL, 10))
					   : json_object_get(json, name);
		path += length + (path[length] == '.');
	}
	return json;
}

int64_t integer_at(const json_t *json, const char *path)
{
	const json_t *member = member_at(json, path);

	if (!json_is_integer(member))
		fail_msg("there is no integer at %s", path);
	return json_integer_value(member);
}

const char *text_at(const json_t *json, const char *path)
{
	const json_t *member = member_at(json, path);

	if (!json_is_string(member))
		fail_msg("there is no text at %s", path);
	return json_string_value(member);
}

bool has_member(const json_t *json, const char *path)
{
	return member_at(json, path) != NULL;
}

int64_t fixture_query(struct fixture *fixture, const char *sql)
{
	static const char *const columns[] = { "value", NULL };
	struct db_query *query;
	int64_t value = 0;
	bool has_row;

	assert_int_equal(db_begin(fixture->db), 0);
	query = db_query_text(fixture->db, "test", sql, strncmp(sql, "SELECT", 6) ? NULL : columns);
	assert_int_equal(db_step(query, &has_row), 0);
	if (has_row)
		value = db_int64(query, 0);
	db_finish(query);
	assert_int_equal(db_commit(fixture->db), 0);
	return value;
}
