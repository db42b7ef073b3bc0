/* Templates: what is refused before anything is done, and what comes out. */
#include "testing.h"

#include "cli/template.h"

static json_t *make_task(void)
{
	return json_pack("{s:i, s:s, s:s, s:[s,s], s:b}", "id", 3, "title", "Buy milk", "note", "fat\nfree", "tags",
		"shop", "food", "waiting", 0);
}

static void expect_output(const char *format, const json_t *task, const char *text)
{
	struct buffer out;

	buffer_init(&out);
	assert_int_equal(template_check(format, NULL), ERROR_NONE);
	template_append(&out, format, task);
	assert_string_equal(buffer_text(&out), text);
	buffer_deinit(&out);
}

static const struct {
	const char *format;
	const char *output;
} outputs[] = {
	{ "", "" },
	{ "text", "text" },
	{ "{id}", "3" },
	{ "{id}: {title}", "3: Buy milk" },
	{ "{id}{id}", "33" },
	{ "{tags}|{waiting}", "shop,food|no" },
	{ "{note}", "fat\nfree" },
	{ "[{due}]", "[]" },
	{ "{{}}", "{}" },
	{ "{{id}}", "{id}" },
	{ "{{{id}}}", "{3}" },
	{ "a\\tb\\n", "a\tb\n" },
	{ "\\\\t", "\\t" },
	{ "\\x\\", "\\x\\" },
	{ "\\{id}", "\\3" },
	{ "100%s %n", "100%s %n" },
	{ "\xC3\xA9 {id}", "\xC3\xA9 3" },
};

static void fields_escapes_and_braces_are_written(void **state)
{
	json_auto_t *task = make_task();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(outputs); i++)
		expect_output(outputs[i].format, task, outputs[i].output);
}

static void what_a_field_holds_is_never_read_as_a_template(void **state)
{
	json_auto_t *task = json_pack("{s:s}", "title", "{id} \\n }} %s");

	(void)state;
	expect_output("{title}", task, "{id} \\n }} %s");
}

static void what_is_there_stays_when_a_task_is_appended(void **state)
{
	json_auto_t *task = make_task();
	struct buffer out;

	(void)state;
	buffer_init(&out);
	buffer_append_text(&out, "before ");
	template_append(&out, "{id}", task);
	expect_content(&out, "before 3");
	buffer_deinit(&out);
}

static const struct {
	const char *format;
	const char *message;
} refusals[] = {
	{ "{id", "not closed" },
	{ "{", "not closed" },
	{ "{{{", "not closed" },
	{ "{id} {title", "not closed" },
	{ "}", "closes nothing" },
	{ "{id}}", "closes nothing" },
	{ "}}}", "closes nothing" },
	{ "{titel}", "`title`" },
	{ "{id} {statsu}", "`status`" },
	{ "{}", "no field ``" },
	{ "{ id }", "no field ` id `" },
	{ "{colour}", "no field `colour`" },
	{ "{id{title}", "no field `id{title`" },
};

static void open_braces_and_unknown_fields_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		struct trouble trouble = { .exit_status = 0 };

		assert_int_equal(template_check(refusals[i].format, &trouble), ERROR_INVALID_PARAMS);
		expect_words(trouble.refusal.message, refusals[i].message);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_escapes_and_braces_are_written),
		cmocka_unit_test(what_a_field_holds_is_never_read_as_a_template),
		cmocka_unit_test(what_is_there_stays_when_a_task_is_appended),
		cmocka_unit_test(open_braces_and_unknown_fields_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
