/* The next command of an error that has none. */
#include "testing.h"

#include "common/cleanup.h"
#include "next_command.h"

static const struct {
	const char *command; /* NULL: none was found */
	enum error error;
	const char *field;
	const char *message;
	const char *next;
} cases[] = {
	{ "add", ERROR_INVALID_PARAMS, "priority", "priority must be H, M or L", "how it goes: taskctl help add" },
	{ "add", ERROR_INVALID_PARAMS, "due", "it is no date", "what a date may be: taskctl help dates" },
	{ "list", ERROR_INVALID_PARAMS, "filter", "it is no term", "what a filter may be: taskctl help filters" },
	{ NULL, ERROR_INVALID_PARAMS, "", "there is no command `x`", "all commands: taskctl help" },
	{ "help", ERROR_INVALID_PARAMS, "", "there is no command `x`", "all commands: taskctl help" },
	{ "done", ERROR_NOT_FOUND, "id", "there is no task 9", "which there are: taskctl list --all" },
	{ "history", ERROR_NOT_FOUND, "id", "there is no task 9", "which there are: taskctl list --all" },
	{ "token revoke", ERROR_NOT_FOUND, "id", "there is no token x", "which there are: taskctl token list" },
	{ "tag rename", ERROR_NOT_FOUND, "from", "no task has it", "which there are: taskctl tags --all" },
	{ "stop", ERROR_CONFLICT, "id", "task 1 is not started", "what has happened: taskctl history" },
	{ "list", ERROR_UNAUTHENTICATED, "", "Not authenticated", "to log in: taskctl login" },
	{ "list", ERROR_FORBIDDEN, "", "not allowed", "who you are: taskctl whoami" },
	{ "list", ERROR_STORAGE, "", "the disk is full", "how the daemon is: taskctl daemon status" },
	{ "list", ERROR_INVALID_PARAMS, "filter", "no term; see taskctl-filter(7)", "" },
	{ "modify", ERROR_INVALID_PARAMS, "", "what? For example: taskctl modify 3 +x", "" },
};

static void an_error_without_a_command_gets_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct trouble trouble = { .exit_status = 0 };

		(void)refuse(&trouble.refusal, cases[i].error, cases[i].field, "%s", cases[i].message);
		next_command_advise(cases[i].command ? command_find(cases[i].command) : NULL, &trouble);
		assert_string_equal(trouble.next, cases[i].next);
	}
}

static void advice_with_a_command_is_enough(void **state)
{
	struct trouble trouble = { .exit_status = 0 };

	(void)state;
	(void)trouble_usage(&trouble, "the name is missing");
	trouble_advise(&trouble, "usage: taskctl tag rename FROM TO");
	next_command_advise(command_find("tag rename"), &trouble);
	assert_string_equal(trouble.next, "");
}

static void every_error_has_one(void **state)
{
	(void)state;
	for (enum error error = ERROR_NONE + 1; error < ERROR_COUNT; error++) {
		struct trouble trouble = { .exit_status = 0 };

		(void)refuse_plainly(&trouble.refusal, error);
		next_command_advise(command_find("list"), &trouble);
		assert_non_null(strstr(trouble.next, "taskctl "));
	}
}

static void what_was_declined_needs_none(void **state)
{
	struct trouble trouble = { .exit_status = 0 };

	(void)state;
	(void)trouble_set(&trouble, ERROR_CONFLICT, "nothing was changed");
	trouble.exit_status = EXIT_INTERRUPTED;
	next_command_advise(command_find("done"), &trouble);
	assert_string_equal(trouble.next, "");
}

static void methods_become_commands(void **state)
{
	struct trouble trouble = { .exit_status = 0 };

	(void)state;
	(void)trouble_usage(&trouble, "there is no custom field foo; field.define declares one");
	next_command_advise(command_find("add"), &trouble);
	assert_string_equal(
		trouble.refusal.message, "there is no custom field foo; `taskctl field define` declares one");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_error_without_a_command_gets_one),
		cmocka_unit_test(advice_with_a_command_is_enough),
		cmocka_unit_test(every_error_has_one),
		cmocka_unit_test(what_was_declined_needs_none),
		cmocka_unit_test(methods_become_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
