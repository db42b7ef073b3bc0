/* Opening, transactions and statements, on SQLite. */
#include "fixture.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void run(struct db *db, const char *sql)
{
	assert_done(db_run(db_query_text(db, "test", sql, NULL), NULL));
}

static void add_account(struct db *db, const char *email)
{
	assert_done(fixture_insert_account(db, email, "$h"));
}

/* --- opening --- */

static void expect_refused(struct fixture *fixture, enum db_mode mode)
{
	struct db *db = NULL;

	assert_int_equal(db_open(&db_sqlite_driver, fixture->folder, mode, &db, &fixture->refusal), ERROR_STORAGE);
	assert_non_null(strstr(fixture->refusal.message, fixture->folder));
}

static void a_file_that_is_no_database_is_refused(void **state)
{
	struct fixture *fixture = *state;

	fixture_write_file(fixture, "taskd.db", "dear diary, today I made no database of you\n", 44);
	expect_refused(fixture, DB_READ_WRITE);
}

static void another_programs_database_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = fixture_open(fixture, DB_READ_WRITE);

	run(db, "PRAGMA application_id = 7");
	db_close(db);
	expect_refused(fixture, DB_READ_WRITE);
	assert_int_equal(unlink(fixture_path(fixture, "taskd.db")), 0);
}

static void what_is_no_file_is_refused(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(mkdir(fixture_path(fixture, "taskd.db"), 0700), 0);
	expect_refused(fixture, DB_READ_WRITE);
	assert_int_equal(rmdir(fixture_path(fixture, "taskd.db")), 0);
}

static void only_a_writer_makes_a_database(void **state)
{
	struct fixture *fixture = *state;
	struct stat found;

	expect_refused(fixture, DB_READ_ONLY);
	db_close(fixture_open(fixture, DB_READ_WRITE));
	assert_int_equal(stat(fixture_path(fixture, "taskd.db"), &found), 0);
	assert_int_equal(found.st_mode & 0777, 0600);
	db_close(fixture_open(fixture, DB_READ_ONLY));
}

static void a_database_that_others_may_read_is_closed_to_them(void **state)
{
	struct fixture *fixture = *state;
	struct stat found;

	db_close(fixture_open(fixture, DB_READ_WRITE));
	assert_int_equal(chmod(fixture_path(fixture, "taskd.db"), 0644), 0);
	db_close(fixture_open(fixture, DB_READ_WRITE));
	assert_int_equal(stat(fixture_path(fixture, "taskd.db"), &found), 0);
	assert_int_equal(found.st_mode & 0777, 0600);
}

/* --- what every connection promises --- */

static void a_connection_is_durable_strict_about_references_and_knows_its_file(void **state)
{
	struct fixture *fixture = *state;
	static const struct {
		const char *sql;
		int64_t value;
	} promises[] = {
		{ "SELECT synchronous AS value FROM pragma_synchronous", 2 },
		{ "SELECT foreign_keys AS value FROM pragma_foreign_keys", 1 },
		{ "SELECT journal_mode = 'wal' AS value FROM pragma_journal_mode", 1 },
		{ "SELECT count(*) AS value FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%' "
		  "AND type = 'table' AND strict = 0",
			0 },
	};

	for (size_t i = 0; i < sizeof(promises) / sizeof(*promises); i++)
		assert_int_equal(fixture_integer(fixture->db, promises[i].sql), promises[i].value);
}

static void a_reader_writes_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct db *reader = fixture_open(fixture, DB_READ_ONLY);

	assert_true(db_run(db_query_text(reader, "test", "DELETE FROM account", NULL), NULL) != ERROR_NONE);
	assert_int_equal(fixture_count_accounts(reader), 2);
	db_close(reader);
}

/* --- transactions --- */

static void what_is_rolled_back_never_was(void **state)
{
	struct fixture *fixture = *state;

	assert_done(db_begin(fixture->db));
	add_account(fixture->db, "eve@example.com");
	assert_int_equal(fixture_count_accounts(fixture->db), 3);
	db_rollback(fixture->db);
	assert_false(db_is_in_transaction(fixture->db));
	assert_int_equal(fixture_count_accounts(fixture->db), 2);
}

static void a_savepoint_takes_back_its_own_part_only(void **state)
{
	struct fixture *fixture = *state;

	assert_done(db_begin(fixture->db));
	assert_done(db_savepoint(fixture->db));
	add_account(fixture->db, "kept@example.com");
	assert_done(db_release(fixture->db));
	assert_done(db_savepoint(fixture->db));
	add_account(fixture->db, "dropped@example.com");
	assert_done(db_rollback_to_savepoint(fixture->db));
	assert_true(db_is_in_transaction(fixture->db));
	assert_done(db_commit(fixture->db));
	assert_int_equal(fixture_count_accounts(fixture->db), 3);
	assert_int_equal(
		fixture_integer(fixture->db, "SELECT count(*) AS value FROM account WHERE email LIKE 'dropped%'"), 0);
}

static void a_reader_sees_what_was_committed_before_its_snapshot(void **state)
{
	struct fixture *fixture = *state;
	struct db *reader = fixture_open(fixture, DB_READ_ONLY);

	assert_done(db_begin(reader));
	assert_int_equal(fixture_count_accounts(reader), 2);
	assert_done(db_begin(fixture->db));
	add_account(fixture->db, "eve@example.com");
	assert_done(db_commit(fixture->db));
	assert_int_equal(fixture_count_accounts(reader), 2);
	assert_done(db_commit(reader));
	assert_int_equal(fixture_count_accounts(reader), 3);
	db_close(reader);
}

static void a_second_writer_is_told_to_wait(void **state)
{
	struct fixture *fixture = *state;
	struct db *second = fixture_open(fixture, DB_READ_WRITE);

	assert_done(db_begin(fixture->db));
	assert_int_equal(db_begin(second), ERROR_UNAVAILABLE);
	db_rollback(fixture->db);
	assert_done(db_begin(second));
	db_rollback(second);
	db_close(second);
}

/* --- statements --- */

static void a_row_that_is_not_unique_is_a_conflict_and_others_stay(void **state)
{
	struct fixture *fixture = *state;
	struct db_query *query = db_query_text(fixture->db, "test",
		"INSERT INTO account (email, password_hash, state, created_at, password_changed_at) "
		"VALUES ('ann@example.com', '$h', 'active', 0, 0)",
		NULL);

	assert_int_equal(db_run(query, NULL), ERROR_CONFLICT);
	assert_int_equal(fixture_count_accounts(fixture->db), 2);
}

static void values_come_back_byte_for_byte(void **state)
{
	static const char *const columns[] = { "integer", "text", "blob", "missing", "empty", NULL };
	static const char text[] = "h\xC3\xA4nd\0le", blob[] = { 0, -1, 127, 0 };
	struct fixture *fixture = *state;
	struct db_query *query = db_query_text(fixture->db, "test",
		"SELECT $1 AS integer, $2 AS text, $3 AS blob, $4 AS missing, $5 AS empty", columns);
	size_t length;

	db_bind_int64(query, 1, INT64_MIN);
	db_bind_text_length(query, 2, text, sizeof(text) - 1);
	db_bind_blob(query, 3, blob, sizeof(blob));
	db_bind_null(query, 4);
	db_bind_text(query, 5, "");
	assert_done(db_step_one(query));
	assert_true(db_int64(query, 0) == INT64_MIN);
	assert_memory_equal(db_text(query, 1, &length), text, sizeof(text) - 1);
	assert_int_equal(length, sizeof(text) - 1);
	assert_memory_equal(db_blob(query, 2, &length), blob, sizeof(blob));
	assert_int_equal(length, sizeof(blob));
	assert_true(db_is_null(query, 3));
	assert_null(db_text(query, 3, &length));
	assert_int_equal(length, 0);
	assert_false(db_is_null(query, 4));
	assert_string_equal(db_text(query, 4, NULL), "");
	db_finish(query);
}

static void a_statement_forgets_what_was_bound_before(void **state)
{
	static const char *const columns[] = { "value", NULL };
	static const struct db_statement statement = {
		.name = "test_value", .sql = "SELECT $1 AS value", .columns = columns
	};
	struct fixture *fixture = *state;
	struct db_query *query = db_query(fixture->db, &statement);

	db_bind_int64(query, 1, 5);
	assert_done(db_step_one(query));
	db_finish(query);
	query = db_query(fixture->db, &statement);
	assert_done(db_step_one(query));
	assert_true(db_is_null(query, 0));
	db_finish(query);
}

static void no_row_where_one_is_wanted_is_not_found(void **state)
{
	static const char *const columns[] = { "id", NULL };
	struct fixture *fixture = *state;
	struct db_query *query = db_query_text(fixture->db, "test", "SELECT id FROM account WHERE id = 99", columns);

	assert_int_equal(db_step_one(query), ERROR_NOT_FOUND);
	db_finish(query);
}

static void a_read_over_its_budget_is_interrupted(void **state)
{
	static const char endless[] = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
				      "SELECT count(*) AS value FROM c";
	static const char *const columns[] = { "value", NULL };
	struct fixture *fixture = *state;
	struct db_query *query;
	bool has_row;

	db_set_budget(fixture->db, 1000000);
	query = db_query_text(fixture->db, "test", endless, columns);
	assert_int_equal(db_step(query, &has_row), ERROR_UNAVAILABLE);
	db_finish(query);
	assert_true(db_was_interrupted(fixture->db));
	db_set_budget(fixture->db, 0);
	assert_int_equal(fixture_count_accounts(fixture->db), 2);
}

#define EMPTY(function) cmocka_unit_test_setup_teardown(function, fixture_make_folder, tear_down)
#define TEST(function)  cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	(void)unlink(fixture_path(fixture, "taskd.db"));
	fixture->db = fixture_open(fixture, DB_READ_WRITE);
	return fixture_tear_down(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EMPTY(a_file_that_is_no_database_is_refused),
		EMPTY(another_programs_database_is_refused),
		EMPTY(what_is_no_file_is_refused),
		EMPTY(only_a_writer_makes_a_database),
		EMPTY(a_database_that_others_may_read_is_closed_to_them),
		TEST(a_connection_is_durable_strict_about_references_and_knows_its_file),
		TEST(a_reader_writes_nothing),
		TEST(what_is_rolled_back_never_was),
		TEST(a_savepoint_takes_back_its_own_part_only),
		TEST(a_reader_sees_what_was_committed_before_its_snapshot),
		TEST(a_second_writer_is_told_to_wait),
		TEST(a_row_that_is_not_unique_is_a_conflict_and_others_stay),
		TEST(values_come_back_byte_for_byte),
		TEST(a_statement_forgets_what_was_bound_before),
		TEST(no_row_where_one_is_wanted_is_not_found),
		TEST(a_read_over_its_budget_is_interrupted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
