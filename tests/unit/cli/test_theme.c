/* Themes: every role has a style in each, the person's own go first, and no colours means none. */
#include "testing.h"

#include "cli/theme.h"

#include <stdlib.h>

static void put(struct setting_pairs *own, const char *key, const char *value)
{
	setting_pairs_add(own, key, value, 1);
}

static void every_role_has_a_name(void **state)
{
	(void)state;
	for (enum theme_role role = 0; role < ROLE_PLAIN; role++)
		assert_non_null(theme_role_names[role]);
	assert_null(theme_role_names[ROLE_PLAIN]);
}

static void without_colours_nothing_is_written(void **state)
{
	struct theme theme;
	char code[STYLE_CODE_SIZE] = "?";

	(void)state;
	theme_init_plain(&theme);
	for (enum theme_role role = 0; role < ROLE_COUNT; role++) {
		assert_string_equal(theme_begin(&theme, role), "");
		assert_string_equal(theme_end(&theme, role), "");
	}
	theme_find_tag(&theme, "shop", code);
	assert_string_equal(code, "");
	theme_find_project(&theme, "home.garden", code);
	assert_string_equal(code, "");
}

static void a_styled_text_is_ended(void **state)
{
	struct setting_pairs own = { .count = 0 };
	struct theme theme;
	struct buffer out;

	(void)state;
	buffer_init(&out);
	theme_init(&theme, THEME_DARK, &own);
	theme_append(&out, &theme, ROLE_OVERDUE, "late");
	theme_append(&out, &theme, ROLE_SCHEDULED, " soon");
	expect_content(&out, "\033[31mlate\033[0m soon");
	buffer_deinit(&out);
}

static void auto_looks_at_the_background(void **state)
{
	static const struct {
		const char *colorfgbg;
		enum theme_choice same_as;
	} rows[] = {
		{ NULL, THEME_DARK },
		{ "", THEME_DARK },
		{ "15;0", THEME_DARK },
		{ "0;15", THEME_LIGHT },
		{ "0;default;15", THEME_LIGHT },
		{ "12;7", THEME_LIGHT },
		{ "12;8", THEME_DARK },
		{ "0;default", THEME_DARK },
		{ "15", THEME_DARK },
	};
	struct setting_pairs own = { .count = 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct theme found;
		struct theme expected;

		if (rows[i].colorfgbg)
			(void)setenv("COLORFGBG", rows[i].colorfgbg, 1);
		else
			(void)unsetenv("COLORFGBG");
		theme_init(&found, THEME_AUTO, &own);
		theme_init(&expected, rows[i].same_as, &own);
		assert_string_equal(theme_begin(&found, ROLE_DUE_TODAY), theme_begin(&expected, ROLE_DUE_TODAY));
	}
}

static void the_themes_differ_and_can_be_read(void **state)
{
	struct setting_pairs own = { .count = 0 };
	struct theme dark;
	struct theme light;

	(void)state;
	theme_init(&dark, THEME_DARK, &own);
	theme_init(&light, THEME_LIGHT, &own);
	assert_string_equal(theme_begin(&dark, ROLE_OVERDUE), "\033[31m");
	assert_string_equal(theme_end(&dark, ROLE_OVERDUE), STYLE_END);
	assert_string_equal(theme_begin(&dark, ROLE_DUE_TODAY), "\033[33m");
	assert_string_equal(theme_begin(&light, ROLE_DUE_TODAY), "\033[38;5;130m");
	for (enum theme_role role = 0; role < ROLE_COUNT; role++)
		assert_int_equal(!theme_begin(&dark, role)[0], !theme_begin(&light, role)[0]);
}

static void own_styles_go_before_the_themes(void **state)
{
	struct setting_pairs own = { .count = 0 };
	struct theme theme;

	(void)state;
	put(&own, "overdue", "bold white on red");
	put(&own, "active", "none");
	theme_init(&theme, THEME_DARK, &own);
	assert_string_equal(theme_begin(&theme, ROLE_OVERDUE), "\033[1;37;41m");
	assert_string_equal(theme_begin(&theme, ROLE_ACTIVE), "");
	assert_string_equal(theme_end(&theme, ROLE_ACTIVE), "");
	theme_init(&theme, THEME_NONE, &own);
	assert_string_equal(theme_begin(&theme, ROLE_OVERDUE), "\033[1;37;41m");
	assert_string_equal(theme_begin(&theme, ROLE_HEADING), "");
	setting_pairs_deinit(&own);
}

static void a_project_looks_like_the_one_above_it(void **state)
{
	static const struct {
		const char *project, *code;
	} rows[] = {
		{ "home", "\033[32m" },
		{ "home.garden", "\033[31m" },
		{ "home.garden.shed.roof", "\033[31m" },
		{ "home.kitchen", "\033[32m" },
		{ "homework", "\033[94m" },
		{ "", "\033[94m" },
		{ ".", "\033[94m" },
	};
	struct setting_pairs own = { .count = 0 };
	struct theme theme;
	char code[STYLE_CODE_SIZE];

	(void)state;
	put(&own, "project.home", "green");
	put(&own, "project.home.garden", "red");
	put(&own, "tag.home", "yellow");
	theme_init(&theme, THEME_DARK, &own);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		theme_find_project(&theme, rows[i].project, code);
		assert_string_equal(code, rows[i].code);
	}
	theme_find_tag(&theme, "home", code);
	assert_string_equal(code, "\033[33m");
	theme_find_tag(&theme, "home.garden", code);
	assert_string_equal(code, theme_begin(&theme, ROLE_TAG));
	setting_pairs_deinit(&own);
}

static void a_pair_is_checked_when_it_is_set(void **state)
{
	static const struct {
		const char *key, *value, *reason; /* NULL: it is good */
	} rows[] = {
		{ "overdue", "red", NULL },
		{ "tag.Shop@home", "color208", NULL },
		{ "project.home.garden shed", "bold", NULL },
		{ "overdeu", "red", "did you mean `overdue`?" },
		{ "tag.", "red", "nothing has the style" },
		{ "project", "gren", "did you mean `green`?" },
		{ "projects.home", "red", "nothing has the style" },
		{ "", "red", "nothing has the style" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buffer reason;

		buffer_init(&reason);
		assert_int_equal(theme_check_pair(rows[i].key, rows[i].value, &reason), !rows[i].reason);
		if (rows[i].reason)
			expect_words(buffer_text(&reason), rows[i].reason);
		buffer_deinit(&reason);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_has_a_name),
		cmocka_unit_test(without_colours_nothing_is_written),
		cmocka_unit_test(a_styled_text_is_ended),
		cmocka_unit_test(auto_looks_at_the_background),
		cmocka_unit_test(the_themes_differ_and_can_be_read),
		cmocka_unit_test(own_styles_go_before_the_themes),
		cmocka_unit_test(a_project_looks_like_the_one_above_it),
		cmocka_unit_test(a_pair_is_checked_when_it_is_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
