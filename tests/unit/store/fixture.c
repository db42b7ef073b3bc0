/* A real database in a temporary folder, with two accounts. */
#include "fixture.h"

#include "common/log.h"
#include "store/account_store.h"
#include "store/migrations.h"
#include "store/task_store.h"

#include <dirent.h>
#include <inttypes.h>
#include <unistd.h>

int fixture_make_folder(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture)
		return -1;
	log_init("test", LOG_LEVEL_ERROR);
	arena_init(&fixture->arena);
	(void)snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/taskctl-store-XXXXXX");
	*state = fixture;
	return mkdtemp(fixture->folder) ? 0 : -1;
}

struct db *fixture_open(struct fixture *fixture, enum db_mode mode)
{
	struct db *db;

	if (db_open(&db_sqlite_driver, fixture->folder, mode, &db, &fixture->refusal))
		fail_msg("%s", fixture->refusal.message);
	return db;
}

int fixture_set_up(void **state)
{
	static const char *const emails[] = { "ann@example.com", "bob@example.com" };
	struct fixture *fixture;
	bool is_new;
	int64_t id;

	if (fixture_make_folder(state))
		return -1;
	fixture = *state;
	fixture->db = fixture_open(fixture, DB_READ_WRITE);
	assert_done(migrations_apply(fixture->db, FIXTURE_UUID, &is_new, &fixture->refusal));
	assert_done(db_begin(fixture->db));
	for (int64_t i = 0; i < 2; i++) {
		assert_done(account_store_add(fixture->db, emails[i], "$hash", FIXTURE_NOW, &id));
		assert_int_equal(id, i + 1);
	}
	assert_done(db_commit(fixture->db));
	return 0;
}

static void remove_folder(const char *folder)
{
	DIR *directory = opendir(folder);
	const struct dirent *entry;
	char path[512];

	while (directory && (entry = readdir(directory))) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && unlink(path))
			(void)rmdir(path);
	}
	if (directory)
		(void)closedir(directory);
	(void)rmdir(folder);
}

int fixture_tear_down(void **state)
{
	struct fixture *fixture = *state;

	db_close(fixture->db);
	arena_deinit(&fixture->arena);
	remove_folder(fixture->folder);
	free(fixture);
	return 0;
}

const char *fixture_path(const struct fixture *fixture, const char *name)
{
	static char path[512];

	(void)snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	return path;
}

void fixture_write_file(const struct fixture *fixture, const char *name, const void *bytes, size_t length)
{
	FILE *file = fopen(fixture_path(fixture, name), "we");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

struct task fixture_add_task(struct fixture *fixture, int64_t account_id, const struct task *like)
{
	struct task task = *like;
	int64_t revision;

	assert_done(task_store_count_up(fixture->db, account_id, 1, 1, &task.id, &revision));
	if (!task.uuid[0])
		(void)snprintf(task.uuid, sizeof(task.uuid), "%08" PRIx64 "-0000-4000-8000-%012" PRIx64,
			(uint64_t)task.id * 2654435761U % 0xffffffffU, (uint64_t)task.id);
	if (!task.title)
		task.title = "a task";
	task.created = FIXTURE_NOW;
	task.modified = FIXTURE_NOW;
	task.version = 1;
	assert_done(task_store_insert(fixture->db, account_id, &task));
	return task;
}

int64_t fixture_integer(struct db *db, const char *sql)
{
	static const char *const columns[] = { "value", NULL };
	struct db_query *query = db_query_text(db, "test", sql, columns);
	bool has_row;
	int64_t value;

	assert_done(db_step(query, &has_row));
	value = has_row ? db_int64(query, 0) : -1;
	db_finish(query);
	return value;
}

const char *fixture_plan(struct fixture *fixture, const struct db_statement *statement)
{
	static const char *const columns[] = { "id", "parent", "notused", "detail", NULL };
	const char *sql = arena_printf(&fixture->arena, "EXPLAIN QUERY PLAN %s", statement->sql);
	struct db_query *query = db_query_text(fixture->db, "test_plan", sql, columns);
	const char *plan = "";
	enum error error = ERROR_NONE;

	while (db_next(query, &error))
		plan = arena_printf(&fixture->arena, "%s%s%s", plan, *plan ? "; " : "", db_text(query, 3, NULL));
	db_finish(query);
	assert_done(error);
	return plan;
}

const struct db_statement *fixture_statement(const struct db_statement *table, const char *name)
{
	for (; table->name; table++)
		if (!strcmp(table->name, name))
			return table;
	fail_msg("there is no statement %s", name);
	return NULL;
}

enum error fixture_insert_account(struct db *db, const char *email, const char *password_hash)
{
	static const struct db_statement insert = {
		.name = "test_insert",
		.sql = "INSERT INTO account (email, password_hash, state, created_at, password_changed_at) VALUES ($1, "
		       "$2, 'active', 0, 0)",
	};
	struct db_query *query = db_query(db, &insert);

	db_bind_text(query, 1, email);
	db_bind_text(query, 2, password_hash);
	return db_run(query, NULL);
}

int64_t fixture_count_accounts(struct db *db)
{
	return fixture_integer(db, "SELECT count(*) AS value FROM account");
}

static void print_finding(void *context, const char *finding)
{
	(void)context;
	print_error("%s\n", finding);
}

int64_t fixture_findings(struct db *db)
{
	int64_t count = 0;

	assert_done(db_check_each(db, print_finding, NULL, &count));
	return count;
}
