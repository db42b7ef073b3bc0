/* What the store says and keeps when its file, its disk or its neighbours fail it. */
#include "fixture.h"

#include "store/db_sqlite.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE_SIZE 4096
#define NOBODY    65534

static void execute(struct db *db, const char *script)
{
	assert_done(db_driver_of(db)->execute(db_connection_of(db), "test", script));
}

static void expect_words(const struct fixture *fixture, const char *words)
{
	if (!strstr(fixture->refusal.message, words))
		fail_msg("\"%s\" does not say \"%s\"", fixture->refusal.message, words);
}

static void expect_refused(struct fixture *fixture, const char *words)
{
	struct db *db = NULL;

	assert_int_equal(
		db_open(&db_sqlite_driver, fixture->folder, DB_READ_WRITE, &db, &fixture->refusal), ERROR_STORAGE);
	assert_null(db);
	expect_words(fixture, fixture->folder);
	expect_words(fixture, words);
}

/* --- errors --- */

static void every_code_of_sqlite_is_an_error_of_ours(void **state)
{
	static const struct {
		int code;
		enum error error;
	} rows[] = {
		{ SQLITE_OK, ERROR_NONE },
		{ SQLITE_ROW, ERROR_NONE },
		{ SQLITE_DONE, ERROR_NONE },
		{ SQLITE_BUSY, ERROR_UNAVAILABLE },
		{ SQLITE_BUSY_SNAPSHOT, ERROR_UNAVAILABLE },
		{ SQLITE_LOCKED, ERROR_UNAVAILABLE },
		{ SQLITE_INTERRUPT, ERROR_UNAVAILABLE },
		{ SQLITE_TOOBIG, ERROR_TOO_LARGE },
		{ SQLITE_CONSTRAINT_UNIQUE, ERROR_CONFLICT },
		{ SQLITE_CONSTRAINT_PRIMARYKEY, ERROR_CONFLICT },
		{ SQLITE_CONSTRAINT_ROWID, ERROR_CONFLICT },
		{ SQLITE_CONSTRAINT_FOREIGNKEY, ERROR_INTERNAL },
		{ SQLITE_CONSTRAINT_CHECK, ERROR_INTERNAL },
		{ SQLITE_CONSTRAINT_NOTNULL, ERROR_INTERNAL },
		{ SQLITE_FULL, ERROR_STORAGE },
		{ SQLITE_IOERR_FSYNC, ERROR_STORAGE },
		{ SQLITE_READONLY, ERROR_STORAGE },
		{ SQLITE_READONLY_DBMOVED, ERROR_STORAGE },
		{ SQLITE_CORRUPT, ERROR_STORAGE },
		{ SQLITE_CORRUPT_INDEX, ERROR_STORAGE },
		{ SQLITE_CANTOPEN_SYMLINK, ERROR_STORAGE },
		{ SQLITE_NOTADB, ERROR_STORAGE },
		{ SQLITE_MISUSE, ERROR_INTERNAL },
		{ SQLITE_RANGE, ERROR_INTERNAL },
		{ SQLITE_ERROR, ERROR_INTERNAL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (db_sqlite_error(rows[i].code) != rows[i].error)
			fail_msg("code %d is error %d", rows[i].code, (int)db_sqlite_error(rows[i].code));
}

/* --- opening --- */

static void a_database_that_another_program_holds_is_refused(void **state)
{
	struct fixture *fixture = *state;

	execute(fixture->db, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
	expect_refused(fixture, "another program is using it");
	execute(fixture->db, "ROLLBACK");
	db_close(fixture_open(fixture, DB_READ_WRITE));
}

static void a_symbolic_link_is_not_followed(void **state)
{
	struct fixture *fixture = *state;

	db_close(fixture->db);
	fixture->db = NULL;
	fixture_write_file(fixture, "elsewhere", "", 0);
	assert_int_equal(unlink(fixture_path(fixture, "taskd.db")), 0);
	assert_int_equal(symlink("elsewhere", fixture_path(fixture, "taskd.db")), 0);
	expect_refused(fixture, "not a regular file");
}

static void a_folder_that_is_not_there_is_refused_by_its_name(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = NULL;

	assert_int_equal(db_open(&db_sqlite_driver, "/nonexistent/folder", DB_READ_WRITE, &db, &fixture->refusal),
		ERROR_STORAGE);
	expect_words(fixture, "/nonexistent/folder");
	assert_string_equal(fixture->refusal.field, "data");
}

/* Root may write everywhere, so it is somebody else who tries, in a process that can be thrown away. */
static void try_as_nobody(struct fixture *fixture)
{
	struct db *db;
	enum error error;

	if (geteuid() == 0 && seteuid(NOBODY))
		_exit(2);
	error = db_open(&db_sqlite_driver, fixture->folder, DB_READ_WRITE, &db, &fixture->refusal);
	_exit(error == ERROR_STORAGE && strstr(fixture->refusal.message, fixture->folder) ? 0 : 1);
}

static void a_folder_that_cannot_be_written_is_refused(void **state)
{
	struct fixture *fixture = *state;
	int status;
	pid_t child;

	db_close(fixture->db);
	fixture->db = NULL;
	for (int has_file = 1; has_file >= 0; has_file--) {
		assert_int_equal(chmod(fixture->folder, 0555), 0);
		child = fork();
		assert_true(child >= 0);
		if (!child)
			try_as_nobody(fixture);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
		assert_int_equal(chmod(fixture->folder, 0700), 0);
		(void)unlink(fixture_path(fixture, "taskd.db"));
	}
}

/* --- transactions that fail --- */

/* The store may end a transaction under us; the calls that follow in the group must not be stored on their own. */
static void nothing_is_stored_after_the_store_has_ended_the_transaction(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = fixture->db;

	assert_done(db_begin(db));
	assert_done(fixture_insert_account(db, "before@example.com", "$h"));
	assert_int_equal(db_run(db_query_text(db, "test",
					"INSERT OR ROLLBACK INTO account (email, password_hash, state, created_at, "
					"password_changed_at) VALUES ('ann@example.com', '', 'active', 0, 0)",
					NULL),
				 NULL),
		ERROR_CONFLICT);
	assert_false(db_is_in_transaction(db));
	assert_int_equal(fixture_insert_account(db, "behind@example.com", "$h"), ERROR_STORAGE);
	assert_int_equal(db_savepoint(db), ERROR_STORAGE);
	assert_int_equal(db_commit(db), ERROR_STORAGE);
	assert_false(db_commit_is_unknown(db));
	db_rollback(db);
	assert_int_equal(fixture_count_accounts(db), 2);
	assert_done(fixture_insert_account(db, "anew@example.com", "$h"));
	assert_int_equal(fixture_count_accounts(db), 3);
}

static void a_full_disk_refuses_the_write_and_nothing_is_in_doubt(void **state)
{
	static char large[64 * PAGE_SIZE];
	struct fixture *fixture = *state;
	struct db *db = fixture->db;

	memset(large, 'x', sizeof(large) - 1);
	execute(db, "PRAGMA max_page_count = 1"); /* that is: no more than there are */
	assert_done(db_begin(db));
	assert_int_equal(fixture_insert_account(db, "large@example.com", large), ERROR_STORAGE);
	db_rollback(db);
	assert_false(db_commit_is_unknown(db));
	assert_int_equal(fixture_count_accounts(db), 2);
	execute(db, "PRAGMA max_page_count = 100000");
	assert_done(fixture_insert_account(db, "large@example.com", large));
	assert_int_equal(fixture_findings(db), 0);
}

static void limit_files_to(int64_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes ? (rlim_t)bytes : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_commit_that_fails_on_the_disk_is_in_doubt_until_it_is_overwritten(void **state)
{
	struct fixture *fixture = *state;
	struct db *db = fixture->db;
	enum error error;

	(void)signal(SIGXFSZ, SIG_IGN);
	assert_done(db_begin(db));
	assert_done(fixture_insert_account(db, "doubtful@example.com", "$h"));
	limit_files_to(db_wal_bytes(db));
	error = db_commit(db);
	limit_files_to(0);
	assert_int_equal(error, ERROR_STORAGE);
	assert_true(db_commit_is_unknown(db));
	db_rollback(db);
	assert_done(db_overwrite(db));
	assert_false(db_commit_is_unknown(db));
	assert_int_equal(fixture_integer(db, "SELECT count AS value FROM commit_probe"), 1);
	assert_int_equal(fixture_count_accounts(db), 2);
}

/* --- upkeep --- */

static void copy_file(const struct fixture *fixture, const char *name, const char *folder)
{
	static char bytes[1024 * 1024];
	FILE *file = fopen(fixture_path(fixture, name), "re");
	char path[512];
	size_t length;

	assert_non_null(file);
	length = fread(bytes, 1, sizeof(bytes), file);
	assert_int_equal(fclose(file), 0);
	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static void a_checkpoint_brings_the_writes_into_the_file(void **state)
{
	struct fixture *fixture = *state;
	void *other_state;
	struct fixture *other;
	int64_t wal_bytes = -1;

	assert_done(fixture_insert_account(fixture->db, "eve@example.com", "$h"));
	assert_true(db_wal_bytes(fixture->db) > 0);
	assert_done(db_checkpoint(fixture->db, &wal_bytes));
	assert_int_equal(wal_bytes, db_wal_bytes(fixture->db));
	assert_int_equal(fixture_make_folder(&other_state), 0);
	other = other_state;
	copy_file(fixture, "taskd.db", other->folder);
	other->db = fixture_open(other, DB_READ_WRITE);
	assert_int_equal(fixture_count_accounts(other->db), 3);
	(void)fixture_tear_down(&other_state);
}

struct wanted {
	const char *words;
	bool is_found;
};

static void look_for(void *context, const char *finding)
{
	struct wanted *wanted = context;

	wanted->is_found = wanted->is_found || strstr(finding, wanted->words);
}

static void expect_finding(struct fixture *fixture, const char *words)
{
	struct wanted wanted = { .words = words };
	int64_t count = 0;

	assert_done(db_check_each(fixture->db, look_for, &wanted, &count));
	assert_true(count > 0);
	assert_true(wanted.is_found);
}

static void a_reference_into_nothing_is_found(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(fixture_findings(fixture->db), 0);
	execute(fixture->db, "PRAGMA foreign_keys = OFF; INSERT INTO account_counter (account_id, last_task_id, "
			     "last_revision) VALUES (99, 0, 0)");
	expect_finding(fixture, "a row of account_counter refers to a row of account that is not there");
}

static void a_damaged_page_is_found(void **state)
{
	unsigned char damage[64];
	struct fixture *fixture = *state;
	int64_t page = fixture_integer(
		fixture->db, "SELECT rootpage AS value FROM sqlite_schema WHERE name = 'account_counter'");
	FILE *file;

	memset(damage, 0xff, sizeof(damage));
	db_close(fixture->db);
	file = fopen(fixture_path(fixture, "taskd.db"), "r+e");
	assert_non_null(file);
	assert_int_equal(fseek(file, (long)((page - 1) * PAGE_SIZE), SEEK_SET), 0);
	assert_int_equal(fwrite(damage, 1, sizeof(damage), file), sizeof(damage));
	assert_int_equal(fclose(file), 0);
	fixture->db = fixture_open(fixture, DB_READ_WRITE);
	expect_finding(fixture, "btreeInitPage");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_of_sqlite_is_an_error_of_ours),
		TEST(a_database_that_another_program_holds_is_refused),
		TEST(a_symbolic_link_is_not_followed),
		TEST(a_folder_that_is_not_there_is_refused_by_its_name),
		TEST(a_folder_that_cannot_be_written_is_refused),
		TEST(nothing_is_stored_after_the_store_has_ended_the_transaction),
		TEST(a_full_disk_refuses_the_write_and_nothing_is_in_doubt),
		TEST(a_commit_that_fails_on_the_disk_is_in_doubt_until_it_is_overwritten),
		TEST(a_checkpoint_brings_the_writes_into_the_file),
		TEST(a_reference_into_nothing_is_found),
		TEST(a_damaged_page_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
