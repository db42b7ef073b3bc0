/* Statements that must cost what they find, and not what there is: the indexes that they go by. */
#include "fixture.h"

#include "store/day_store.h"
#include "store/history_store.h"
#include "store/label_store.h"
#include "store/task_bin.h"
#include "store/task_ended.h"
#include "store/task_relation.h"
#include "store/time_store.h"

static const struct {
	const struct db_statement *table;
	const char *name;
	const char *plan;
} expected[] = {
	{ task_bin_statements, "task_find_old", "SEARCH task USING INDEX task_by_deleted (deleted>? AND deleted<?)" },
	{ task_bin_statements, "task_find_expired", "SEARCH task USING INDEX task_by_until (until<?)" },
	{ task_bin_statements, "task_find_referrers",
		"MERGE (UNION); LEFT; "
		"SEARCH task USING COVERING INDEX task_by_parent (account_id=? AND parent=? AND id>?); "
		"RIGHT; SEARCH task_dependency USING COVERING INDEX task_dependency_by_on "
		"(account_id=? AND on_id=? AND task_id>?)" },
	{ task_bin_statements, "task_remove_times",
		"SEARCH task_time USING COVERING INDEX task_time_by_task (account_id=? AND task_id=?)" },
	{ task_ended_statements, "task_ended",
		"SEARCH task USING INDEX task_by_urgency_change (account_id=? AND urgency_change<?); "
		"USE TEMP B-TREE FOR ORDER BY" },
	{ label_store_statements, "label_tally",
		"SEARCH task_label USING PRIMARY KEY (account_id=? AND label>? AND label<?)" },
	{ label_store_statements, "label_waiting",
		"SEARCH task USING INDEX task_by_status_with_wait (account_id=? AND status=?)" },
	{ label_store_statements, "label_ages", "SEARCH task USING INDEX task_by_status (account_id=? AND status=?)" },
	{ label_store_statements, "label_is_any",
		"CO-ROUTINE sample; SEARCH task_label USING PRIMARY KEY (account_id=? AND label=?); SCAN sample" },
	{ label_store_statements, "label_next",
		"SEARCH task_label USING PRIMARY KEY (account_id=? AND label>? AND label<?)" },
	{ day_store_statements, "day_due",
		"SEARCH task USING COVERING INDEX task_by_due (account_id=? AND status=? AND due>? AND due<?)" },
	{ day_store_statements, "day_scheduled",
		"SEARCH task USING COVERING INDEX task_day_scheduled "
		"(account_id=? AND status=? AND scheduled>? AND scheduled<?)" },
	{ day_store_statements, "day_waiting",
		"SEARCH task USING COVERING INDEX task_day_wait (account_id=? AND status=? AND wait>? AND wait<?)" },
	{ day_store_statements, "day_done",
		"SEARCH task USING COVERING INDEX task_day_completed "
		"(account_id=? AND status=? AND completed>? AND completed<?)" },
	{ task_relation_statements, "task_dependency_each", "SEARCH task_dependency USING PRIMARY KEY (account_id=?)" },
	{ time_store_statements, "time_each_by_task", "SEARCH task_time USING INDEX task_time_by_task (account_id=?)" },
	{ time_store_statements, "time_each", "SEARCH task_time USING PRIMARY KEY (account_id=? AND started<?)" },
	{ time_store_statements, "time_each_with_project",
		"SEARCH work USING PRIMARY KEY (account_id=? AND started<?); "
		"SEARCH task USING INDEX sqlite_autoindex_task_1 (account_id=? AND id=?)" },
	{ time_store_statements, "time_each_running",
		"SEARCH task USING INDEX task_by_started (account_id=? AND started<?)" },
	{ time_store_statements, "time_list", "SEARCH task_time USING PRIMARY KEY (account_id=?)" },
	{ history_store_statements, "history_strip",
		"SEARCH history USING COVERING INDEX history_by_task (account_id=? AND task_id=?)" },
};

static void each_goes_by_its_index(void **state)
{
	struct fixture *fixture = *state;
	bool is_same = true;

	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
		const char *plan = fixture_plan(fixture, fixture_statement(expected[i].table, expected[i].name));

		if (strcmp(plan, expected[i].plan) != 0)
			print_error("%s: %s\n", expected[i].name, plan);
		is_same = is_same && !strcmp(plan, expected[i].plan);
	}
	assert_true(is_same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_goes_by_its_index, fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
