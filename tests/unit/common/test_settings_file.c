/* Changing a line of a settings file leaves the others as they are. */
#include "testing.h"

#include "common/settings_file.h"

#include <string.h>

static const struct {
	const char *before;
	const char *name;
	const char *after;
} insertions[] = {
	{ "", "color", "color = x\n" },
	{ "# mine\n", "color", "# mine\ncolor = x\n" },
	{ "# mine", "color", "# mine\ncolor = x\n" },
	{ "a = 1\n  color=never  \n# end\n", "color", "a = 1\ncolor = x\n# end\n" },
	{ "color = a long one", "color", "color = x" },
	{ "a = 1\r\ncolor = never\r\nb = 2\r\n", "color", "a = 1\r\ncolor = x\r\nb = 2\r\n" },
	{ "# color = never\ncolors = 1\ncolor\n", "color", "# color = never\ncolors = 1\ncolor\ncolor = x\n" },
	{ "alias.a = 1\nalias.ab = 2\n", "alias.ab", "alias.a = 1\nalias.ab = x\n" },
	{ "\n\n", "color", "\n\ncolor = x\n" },
};

static const struct {
	const char *before;
	const char *after; /* NULL: nothing to remove */
} removals[] = {
	{ "color = never\n", "" },
	{ "# one\n\tcolor\t= never\n# two\n", "# one\n# two\n" },
	{ "a = 1\ncolor = never", "a = 1\n" },
	{ "a = 1\r\ncolor =\r\nb = 2", "a = 1\r\nb = 2" },
	{ "# color = never\n", NULL },
	{ "colors = never\n", NULL },
	{ "", NULL },
};

static void fill(struct buffer *text, const char *content)
{
	buffer_init(text);
	buffer_append_text(text, content);
}

static void a_value_is_put_in_its_line_or_at_the_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(insertions); i++) {
		struct buffer text;

		fill(&text, insertions[i].before);
		settings_text_put(&text, insertions[i].name, "x");
		assert_string_equal(buffer_text(&text), insertions[i].after);
		assert_true(settings_text_has(&text, insertions[i].name));
		buffer_deinit(&text);
	}
}

static void a_line_is_taken_out_and_no_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(removals); i++) {
		struct buffer text;

		fill(&text, removals[i].before);
		assert_int_equal(settings_text_has(&text, "color"), removals[i].after != NULL);
		assert_int_equal(settings_text_remove(&text, "color"), removals[i].after != NULL);
		assert_string_equal(buffer_text(&text), removals[i].after ? removals[i].after : removals[i].before);
		buffer_deinit(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_put_in_its_line_or_at_the_end),
		cmocka_unit_test(a_line_is_taken_out_and_no_other),
	};

	return cmocka_run_group_tests_name("settings_file", tests, NULL, NULL);
}
