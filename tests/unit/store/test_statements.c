/* Every statement of every store. */
#include "fixture.h"

#include "store/db_sqlite.h"
#include "store/statements.h"

static size_t prepare_all(struct db *db, const struct db_statement *statements)
{
	size_t count = 0;

	for (const struct db_statement *statement = statements; statement->name; statement++, count++) {
		struct db_prepared *prepared;

		if (db_sqlite_driver.prepare(db_connection_of(db), statement, &prepared))
			fail_msg("%s does not prepare", statement->name);
		db_sqlite_driver.finalize(prepared);
	}
	return count;
}

/* Columns are checked by name and parameters by number when a statement is prepared. */
static void every_statement_prepares_on_the_newest_schema(void **state)
{
	struct fixture *fixture = *state;
	size_t count = prepare_all(fixture->db, db_sqlite_search_statements);

	for (size_t table = 0; store_statements[table]; table++)
		count += prepare_all(fixture->db, store_statements[table]);
	assert_true(count > 25);
}

static void a_statement_with_other_columns_than_it_says_does_not_prepare(void **state)
{
	static const char *const id[] = { "id", NULL }, *const both[] = { "id", "email", NULL };
	static const struct db_statement wrong[] = {
		{ .name = "renamed", .sql = "SELECT id AS uid FROM account", .columns = id },
		{ .name = "more", .sql = "SELECT id, email FROM account", .columns = id },
		{ .name = "fewer", .sql = "SELECT id FROM account", .columns = both },
		{ .name = "exchanged", .sql = "SELECT email, id FROM account", .columns = both },
		{ .name = "unknown", .sql = "SELECT nothing AS id FROM account", .columns = id },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct db_query *query = db_query(fixture->db, &wrong[i]);
		bool has_row;

		assert_int_equal(db_step(query, &has_row), ERROR_INTERNAL);
		db_finish(query);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_statement_prepares_on_the_newest_schema, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(a_statement_with_other_columns_than_it_says_does_not_prepare,
			fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
