/* What a task looks like: what hurries goes before what is merely so. */
#include "testing.h"

#include "cli/task_style.h"

#include <stdlib.h>

#define NOW 1000000000 /* 2001-09-09T01:46:40Z */

static enum theme_role style_of(const char *text, const char *member)
{
	json_auto_t *task = json_loads(text, 0, NULL);

	assert_non_null(task);
	return member ? task_style_cell(task, member, NOW) : task_style_row(task, NOW);
}

static void rows_are_styled_by_what_matters_most(void **state)
{
	static const struct {
		const char *task;
		enum theme_role role;
	} rows[] = {
		{ "{\"status\":\"pending\"}", ROLE_PLAIN },
		{ "{\"status\":\"completed\",\"due\":\"2001-09-09T01:46:39Z\"}", ROLE_ENDED },
		{ "{\"status\":\"deleted\",\"started\":\"2001-09-09T01:00:00Z\"}", ROLE_ENDED },
		{ "{\"due\":\"2001-09-09T01:46:39Z\",\"started\":\"2001-09-09T01:00:00Z\"}", ROLE_OVERDUE },
		{ "{\"due\":\"2001-09-09T01:46:40Z\",\"started\":\"2001-09-09T01:00:00Z\",\"waiting\":true}",
			ROLE_ACTIVE },
		{ "{\"waiting\":true,\"blocked\":true}", ROLE_WAITING },
		{ "{\"blocked\":true,\"blocking\":true}", ROLE_BLOCKED },
		{ "{\"blocking\":true,\"scheduled\":\"2001-09-09T01:46:41Z\"}", ROLE_BLOCKING },
		{ "{\"scheduled\":\"2001-09-09T01:46:41Z\",\"series\":3}", ROLE_SCHEDULED },
		{ "{\"scheduled\":\"2001-09-09T01:46:40Z\",\"series\":3}", ROLE_RECURRING },
		{ "{\"waiting\":false,\"due\":\"nonsense\"}", ROLE_PLAIN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(style_of(rows[i].task, NULL), rows[i].role);
}

static void cells_are_styled_by_their_content(void **state)
{
	static const struct {
		const char *task;
		const char *member;
		enum theme_role role;
	} rows[] = {
		{ "{\"due\":\"2001-09-09T01:46:39Z\"}", "due", ROLE_OVERDUE },
		{ "{\"due\":\"2001-09-09T01:46:40Z\"}", "due", ROLE_DUE_TODAY },
		{ "{\"due\":\"2001-09-09T23:59:59Z\"}", "due", ROLE_DUE_TODAY },
		{ "{\"due\":\"2001-09-10T00:00:00Z\"}", "due", ROLE_DUE_SOON },
		{ "{\"due\":\"2001-09-16T01:46:39Z\"}", "due", ROLE_DUE_SOON },
		{ "{\"due\":\"2001-09-16T01:46:40Z\"}", "due", ROLE_PLAIN },
		{ "{\"due\":\"2001-09-09T01:46:39Z\"}", "wait", ROLE_PLAIN },
		{ "{\"due\":\"2001-09-09T01:46:39Z\",\"status\":\"completed\"}", "due", ROLE_PLAIN },
		{ "{\"priority\":\"H\"}", "priority", ROLE_PRIORITY_HIGH },
		{ "{\"priority\":\"M\"}", "priority", ROLE_PRIORITY_MEDIUM },
		{ "{\"priority\":\"L\"}", "priority", ROLE_PRIORITY_LOW },
		{ "{}", "priority", ROLE_PLAIN },
		{ "{\"urgency\":10}", "urgency", ROLE_URGENT },
		{ "{\"urgency\":9.99}", "urgency", ROLE_PLAIN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(style_of(rows[i].task, rows[i].member), rows[i].role);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_styled_by_what_matters_most),
		cmocka_unit_test(cells_are_styled_by_their_content),
	};

	(void)setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
