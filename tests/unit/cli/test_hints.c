/* Hints: which one is told, and that what they name is there. */
#include "testing.h"

#include "command.h"
#include "common/cleanup.h"
#include "hints.h"

static void the_first_that_was_not_told_is_found(void **state)
{
	(void)state;
	assert_string_equal(hints_find("add", "")->name, "one-line");
	assert_string_equal(hints_find("add", "first-task\none-line\n")->name, "dates");
	assert_null(hints_find("add", "dates\none-line\n"));
	assert_null(hints_find("daemon status", ""));
}

static void the_beginning_of_a_name_is_another_name(void **state)
{
	(void)state;
	assert_string_equal(hints_find("add", "one\nline\none-lines\n")->name, "one-line");
}

/* The longest name of a command that begins at `text`, "help" with a topic too. */
static bool begins_with_command(const char *text)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++)
		if (strncmp(text, command->name, strlen(command->name)) == 0)
			return true;
	return false;
}

static void every_hint_is_of_a_command_and_names_one(void **state)
{
	(void)state;
	for (const struct hint *hint = hints_table; hint->name; hint++) {
		const char *named = strstr(hint->text, "taskctl ");

		assert_non_null(command_find(hint->command));
		assert_non_null(named);
		for (; named; named = strstr(named + 1, "taskctl "))
			assert_true(begins_with_command(named + strlen("taskctl ")));
	}
}

static void no_name_is_given_twice(void **state)
{
	(void)state;
	for (const struct hint *hint = hints_table; hint->name; hint++)
		for (const struct hint *other = hint + 1; other->name; other++)
			assert_string_not_equal(hint->name, other->name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_that_was_not_told_is_found),
		cmocka_unit_test(the_beginning_of_a_name_is_another_name),
		cmocka_unit_test(every_hint_is_of_a_command_and_names_one),
		cmocka_unit_test(no_name_is_given_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
