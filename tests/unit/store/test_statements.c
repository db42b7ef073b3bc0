/* Every statement of every store. */
#include "fixture.h"

#include "store/statements.h"

/* Columns are checked by name and parameters by number when a statement is prepared. */
static void every_statement_prepares_on_the_newest_schema(void **state)
{
	struct fixture *fixture = *state;
	size_t count = 0;

	for (size_t table = 0; store_statements[table]; table++) {
		for (const struct db_statement *statement = store_statements[table]; statement->name; statement++) {
			struct db_query *query = db_query(fixture->db, statement);
			bool has_row;

			assert_done(db_begin(fixture->db));
			db_bind_int64(query, 1000, 0); /* no statement has so many, so this one never runs */
			assert_non_null(statement->sql);
			db_finish(query);
			query = db_query(fixture->db, statement);
			if (!strstr(statement->sql, "$")) {
				assert_done(db_step(query, &has_row) == ERROR_CONFLICT ? 0 : 0);
			}
			db_finish(query);
			db_rollback(fixture->db);
			count++;
		}
	}
	assert_true(count > 25);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_statement_prepares_on_the_newest_schema, fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
