/* From every older schema to the newest, and from none newer. */
#include "fixture.h"

#include "store/meta_store.h"
#include "store/migrations.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define VERSIONS_LIMIT      32
#define VERSION_BEFORE_ACTS 10
#define LIMIT_STEP          ((rlim_t)8 * 1024)
#define LIMIT_END           ((rlim_t)4 * 1024 * 1024)

/* All that makes a schema, as one text. */
static char *dump_schema(struct fixture *fixture, struct db *db)
{
	static const char *const columns[] = { "text", NULL };
	struct db_query *query = db_query_text(db, "test",
		"SELECT coalesce(group_concat(text, '; '), '') AS text FROM (SELECT type || ' ' || name || ' ' || "
		"coalesce(sql, '') "
		"AS text FROM sqlite_master ORDER BY type, name)",
		columns);
	bool has_row;
	char *text;

	assert_done(db_step(query, &has_row));
	assert_true(has_row);
	text = arena_strdup(&fixture->arena, db_text(query, 0, NULL));
	db_finish(query);
	return text;
}

static struct db *open_at(struct fixture *fixture, int64_t version)
{
	struct db *db;

	(void)unlink(fixture_path(fixture, "taskd.db"));
	db = fixture_open(fixture, DB_READ_WRITE);
	assert_done(migrations_apply_until(db, version, FIXTURE_UUID, &fixture->refusal));
	return db;
}

static int64_t version_of(struct db *db)
{
	int64_t version;

	assert_done(migrations_current(db, &version));
	return version;
}

static void a_new_database_gets_the_newest_schema_and_its_uuid(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = fixture_open(fixture, DB_READ_WRITE);
	char uuid[37];
	bool is_new = false;

	assert_int_equal(version_of(db), 0);
	assert_done(migrations_apply(db, FIXTURE_UUID, &is_new, &fixture->refusal));
	assert_true(is_new);
	assert_int_equal(version_of(db), migrations_newest());
	assert_done(meta_store_uuid(db, uuid));
	assert_string_equal(uuid, FIXTURE_UUID);
	db_close(db);
}

static void every_older_schema_comes_to_be_the_same_as_a_new_one(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = open_at(fixture, migrations_newest());
	const char *newest = dump_schema(fixture, db);

	db_close(db);
	for (int64_t version = 0; version < migrations_newest(); version++) {
		bool is_new;
		char uuid[37];

		db = open_at(fixture, version);
		assert_int_equal(version_of(db), version);
		assert_done(migrations_apply(db, "ffffffff-0000-4000-8000-000000000000", &is_new, &fixture->refusal));
		assert_string_equal(dump_schema(fixture, db), newest);
		assert_done(meta_store_uuid(db, uuid));
		/* Given once, by whoever made the database. */
		assert_string_equal(uuid, version ? FIXTURE_UUID : "ffffffff-0000-4000-8000-000000000000");
		db_close(db);
	}
}

static void once_more_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = open_at(fixture, migrations_newest());
	const char *before = dump_schema(fixture, db);
	bool is_new;

	assert_done(migrations_apply(db, FIXTURE_UUID, &is_new, &fixture->refusal));
	assert_string_equal(dump_schema(fixture, db), before);
	assert_int_equal(version_of(db), migrations_newest());
	db_close(db);
}

static void a_database_with_accounts_is_not_new(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = open_at(fixture, 1);
	bool is_new = true;

	assert_done(db_run(db_query_text(db, "test",
				   "INSERT INTO account (email, password_hash, state, created_at, password_changed_at) "
				   "VALUES ('ann@example.com', '$hash', 'active', 0, 0)",
				   NULL),
		NULL));
	assert_done(migrations_apply(db, FIXTURE_UUID, &is_new, &fixture->refusal));
	assert_false(is_new);
	assert_int_equal(fixture_integer(db, "SELECT count(*) AS value FROM account"), 1);
	db_close(db);
}

/* What people did before acts could be taken back can be taken back as well. */
static void acts_from_before_hang_together(void **state)
{
	static const char *const old[] = {
		"INSERT INTO account (email, password_hash, state, created_at, password_changed_at) "
		"VALUES ('ann@example.com', '$hash', 'active', 0, 0), ('bob@example.com', '$hash', 'active', 0, 0)",
		"INSERT INTO account_counter (account_id, last_task_id, last_revision) VALUES (1, 2, 5), (2, 0, 0)",
		"INSERT INTO history (account_id, revision, step, at, actor, action, task_id) VALUES "
		"(1, 1, 1, 0, 'a', 'add', 1), (1, 2, 2, 0, 'a', 'add', 2), (1, 3, 3, 0, 'a', 'start', 1), "
		"(1, 4, 3, 0, 'a', 'start', 2), (1, 5, 5, 0, 'a', 'stop', 1)",
	};
	struct fixture *fixture = *state;
	struct db *db = open_at(fixture, VERSION_BEFORE_ACTS);

	for (size_t i = 0; i < sizeof(old) / sizeof(*old); i++)
		assert_done(db_run(db_query_text(db, "test", old[i], NULL), NULL));
	assert_done(migrations_apply_until(db, migrations_newest(), FIXTURE_UUID, &fixture->refusal));
	assert_int_equal(fixture_integer(db, "SELECT done_act AS value FROM account_counter WHERE account_id = 1"), 5);
	assert_int_equal(
		fixture_integer(db, "SELECT newest_act AS value FROM account_counter WHERE account_id = 1"), 5);
	assert_int_equal(fixture_integer(db, "SELECT done_act AS value FROM account_counter WHERE account_id = 2"), 0);
	assert_int_equal(fixture_integer(db, "SELECT previous AS value FROM history WHERE revision = 5"), 3);
	assert_int_equal(fixture_integer(db, "SELECT previous IS NULL AS value FROM history WHERE revision = 4"), 1);
	assert_int_equal(fixture_integer(db, "SELECT previous AS value FROM history WHERE revision = 3"), 2);
	assert_int_equal(fixture_integer(db, "SELECT previous AS value FROM history WHERE revision = 1"), 0);
	db_close(db);
}

static void a_newer_schema_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = open_at(fixture, migrations_newest());
	bool is_new;

	assert_done(db_run(db_query_text(db, "test", "PRAGMA user_version = 1000", NULL), NULL));
	assert_int_equal(migrations_apply(db, FIXTURE_UUID, &is_new, &fixture->refusal), ERROR_STORAGE);
	assert_non_null(strstr(fixture->refusal.message, "version 1000"));
	assert_int_equal(version_of(db), 1000);
	db_close(db);
}

/* A step that fails in the middle leaves the schema before it, whole. */
static void a_step_that_fails_leaves_nothing_of_itself(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = open_at(fixture, 2);
	const char *before;

	/* In the way of what the third step makes last. */
	assert_done(db_run(db_query_text(db, "test", "CREATE TABLE task_label (x TEXT)", NULL), NULL));
	before = dump_schema(fixture, db);
	assert_true(migrations_apply_until(db, 3, FIXTURE_UUID, &fixture->refusal) != ERROR_NONE);
	assert_false(db_is_in_transaction(db));
	assert_string_equal(dump_schema(fixture, db), before);
	assert_int_equal(version_of(db), 2);
	db_close(db);
}

/* --- files --- */

struct bytes {
	char *bytes;
	size_t length;
};

static struct bytes read_file(struct fixture *fixture, const char *name)
{
	FILE *file = fopen(fixture_path(fixture, name), "re");
	struct bytes bytes = { .bytes = NULL };
	struct stat found;

	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &found), 0);
	bytes.length = (size_t)found.st_size;
	bytes.bytes = arena_alloc(&fixture->arena, bytes.length);
	assert_int_equal(fread(bytes.bytes, 1, bytes.length, file), bytes.length);
	assert_int_equal(fclose(file), 0);
	return bytes;
}

static void a_refused_database_stays_as_it_is_byte_for_byte(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = open_at(fixture, migrations_newest());
	struct bytes before, after;
	char version[64];
	bool is_new;

	(void)snprintf(version, sizeof(version), "PRAGMA user_version = %d", (int)migrations_newest() + 1);
	assert_done(db_run(db_query_text(db, "test", version, NULL), NULL));
	db_close(db);
	before = read_file(fixture, "taskd.db");

	db = fixture_open(fixture, DB_READ_WRITE);
	assert_int_equal(migrations_apply(db, FIXTURE_UUID, &is_new, &fixture->refusal), ERROR_STORAGE);
	assert_int_equal(migrations_apply_until(db, 1, FIXTURE_UUID, &fixture->refusal), ERROR_STORAGE);
	assert_int_equal(db_wal_bytes(db), 0);
	db_close(db);
	after = read_file(fixture, "taskd.db");
	assert_int_equal(after.length, before.length);
	assert_memory_equal(after.bytes, before.bytes, before.length);
}

/* --- starts that are cut short --- */

/* Killed by SIGXFSZ, in the middle of the write that would make a file longer than this. */
static bool is_killed_at(struct fixture *fixture, rlim_t file_size)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (!child) {
		const struct rlimit no_core = { 0, 0 }, files = { file_size, file_size };
		struct db *db;
		bool is_new;

		if (setrlimit(RLIMIT_CORE, &no_core) || setrlimit(RLIMIT_FSIZE, &files) ||
			db_open(&db_sqlite_driver, fixture->folder, DB_READ_WRITE, &db, &fixture->refusal) ||
			migrations_apply(db, FIXTURE_UUID, &is_new, &fixture->refusal))
			_exit(1);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGXFSZ : status == 0);
	return WIFSIGNALED(status);
}

static void remove_database(const struct fixture *fixture)
{
	static const char *const names[] = { "taskd.db", "taskd.db-wal", "taskd.db-shm" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		(void)unlink(fixture_path(fixture, names[i]));
}

/* What was left is one of the schemas, whole; the next start makes the newest of it. Gives its version. */
static int64_t expect_recovery(struct fixture *fixture, char *const *schemas)
{
	struct db *db = fixture_open(fixture, DB_READ_WRITE);
	int64_t version = version_of(db);
	char uuid[37];
	bool is_new = false;

	assert_string_equal(dump_schema(fixture, db), schemas[version]);
	assert_done(migrations_apply(db, FIXTURE_UUID, &is_new, &fixture->refusal));
	assert_true(is_new);
	assert_string_equal(dump_schema(fixture, db), schemas[migrations_newest()]);
	assert_done(meta_store_uuid(db, uuid));
	assert_string_equal(uuid, FIXTURE_UUID);
	assert_int_equal(fixture_findings(db), 0);
	db_close(db);
	return version;
}

static void a_start_that_is_killed_anywhere_is_taken_up_by_the_next(void **state)
{
	struct fixture *fixture = *state;
	char *schemas[VERSIONS_LIMIT];
	bool was_left_at[VERSIONS_LIMIT] = { false };
	int64_t newest = migrations_newest();

	assert_true(newest < VERSIONS_LIMIT);
	for (int64_t version = 0; version <= newest; version++) {
		struct db *db = open_at(fixture, version);

		schemas[version] = dump_schema(fixture, db);
		db_close(db);
	}
	remove_database(fixture);
	for (rlim_t size = LIMIT_STEP; size < LIMIT_END && is_killed_at(fixture, size); size += LIMIT_STEP) {
		was_left_at[expect_recovery(fixture, schemas)] = true;
		remove_database(fixture);
	}
	for (int64_t version = 0; version < newest; version++)
		assert_true(was_left_at[version]);
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	fixture->db = fixture_open(fixture, DB_READ_WRITE);
	return fixture_tear_down(state);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_make_folder, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_database_gets_the_newest_schema_and_its_uuid),
		TEST(every_older_schema_comes_to_be_the_same_as_a_new_one),
		TEST(once_more_changes_nothing),
		TEST(a_database_with_accounts_is_not_new),
		TEST(acts_from_before_hang_together),
		TEST(a_newer_schema_is_refused),
		TEST(a_step_that_fails_leaves_nothing_of_itself),
		TEST(a_refused_database_stays_as_it_is_byte_for_byte),
		TEST(a_start_that_is_killed_anywhere_is_taken_up_by_the_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
