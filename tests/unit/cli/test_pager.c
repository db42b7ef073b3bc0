/* Which pager it is, before anything is started. */
#include "testing.h"

#include "cli/foreground.h"
#include "cli/pager.h"

#include <stdlib.h>

static void the_setting_goes_before_the_variable(void **state)
{
	static const struct {
		const char *said, *variable, *found; /* NULL: not said; nothing is started */
	} rows[] = {
		{ NULL, NULL, "less" },
		{ NULL, "most", "most" },
		{ NULL, "", NULL },
		{ NULL, "cat", NULL },
		{ NULL, "never", NULL },
		{ "less -S", "most", "less -S" },
		{ "never", "most", NULL },
		{ "cat", "most", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *found;

		if (rows[i].variable)
			(void)setenv("PAGER", rows[i].variable, 1);
		else
			(void)unsetenv("PAGER");
		found = pager_find(rows[i].said);
		assert_int_equal(!found, !rows[i].found);
		if (found)
			assert_string_equal(found, rows[i].found);
	}
}

static void only_the_name_of_a_program_goes_without_a_shell(void **state)
{
	(void)state;
	assert_false(foreground_wants_shell("less"));
	assert_false(foreground_wants_shell("/usr/bin/less"));
	assert_true(foreground_wants_shell("less -S"));
	assert_true(foreground_wants_shell("a|b"));
	assert_true(foreground_wants_shell("$HOME/bin/page"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_setting_goes_before_the_variable),
		cmocka_unit_test(only_the_name_of_a_program_goes_without_a_shell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
