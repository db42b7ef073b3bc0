/* Options that there are not, and what was meant. */
#include "testing.h"

#include "common/cleanup.h"
#include "option_near.h"

#define WORDS_MOST 6

static const struct {
	const char *command; /* NULL: before the verb */
	const char *words[WORDS_MOST];
	const char *near; /* NULL: nothing */
} cases[] = {
	{ "list", { "list", "--jsno" }, "json" },
	{ "add", { "add", "x", "--proj", "home", "--tga=y" }, "tag" },
	{ NULL, { "taskctl", "--scoket", "/run/x" }, "socket" },
	{ "list", { "list", "--frobnicate" }, NULL },
	{ "list", { "list", "--json" }, NULL },
	{ "add", { "add", "--", "--tga" }, NULL },
	{ "add", { "add", "-tga" }, NULL },
	{ "list", { "list" }, NULL },
};

static void the_nearest_of_the_commands_own_and_the_global_ones_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *words[WORDS_MOST];
		const char *near;
		int count = 0;

		for (; count < WORDS_MOST && cases[i].words[count]; count++)
			words[count] = (char *)(uintptr_t)cases[i].words[count];
		near = option_near_find(cases[i].command ? command_find(cases[i].command) : NULL, count, words);
		assert_string_equal(near ? near : "", cases[i].near ? cases[i].near : "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_of_the_commands_own_and_the_global_ones_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
