/* Taskwarrior's lines: which word is the command, and what the others are. */
#include "testing.h"

#include "cli/taskwarrior/tw_line.h"

#define WORDS_MOST 8u

static size_t count_words(const char *const *words)
{
	size_t count = 0;

	while (count < WORDS_MOST && words[count])
		count++;
	return count;
}

static void append_words(struct buffer *out, const struct word_list *words)
{
	for (size_t i = 0; i < words->count; i++)
		buffer_printf(out, "%s%s", i ? " " : "", words->items[i].text);
}

/* "filter | command | words". */
static void expect_line(const char *const *words, const char *expected)
{
	struct tw_line line;
	struct buffer out;

	tw_line_init(&line);
	assert_int_equal(tw_line_read(words, count_words(words), &line, NULL), ERROR_NONE);
	buffer_init(&out);
	append_words(&out, &line.filter);
	buffer_printf(&out, "|%s|", line.command ? line.command->name : "");
	append_words(&out, &line.words);
	assert_string_equal(buffer_text(&out), expected);
	buffer_deinit(&out);
	tw_line_deinit(&line);
}

static const struct {
	const char *words[WORDS_MOST];
	const char *expected;
} rows[] = {
	{ { NULL }, "||" },
	{ { "add", "Buy", "milk" }, "|add|Buy milk" },
	{ { "add", "list", "done" }, "|add|list done" },
	{ { "3", "done" }, "3|done|" },
	{ { "3", "mod", "pri:H", "+x" }, "3|modify|pri:H +x" },
	{ { "proj:x", "li" }, "proj:x|list|" },
	{ { "li", "proj:x" }, "proj:x|list|" },
	{ { "+a", "count", "+b" }, "+a +b|count|" },
	{ { "3", "inf" }, "3|information|" },
	{ { "3", "rm" }, "3|delete|" },
	{ { "3", "co" }, "3 co||" },
	{ { "3", "c" }, "3 c||" },
	{ { "un" }, "un||" },
	{ { "undo" }, "|undo|" },
	{ { "burndown" }, "|burndown.weekly|" },
	{ { "--version" }, "|_version|" },
	{ { "--", "list" }, "list||" },
	{ { "add", "--", "rc.bulk=0", "--" }, "|add|rc.bulk=0 --" },
	{ { "rc.bulk=0", "3", "rc:/dev/null", "done", "rc.gc:off" }, "3|done|" },
	{ { "export", "next" }, "|export|next" },
	{ { "_get", "3.due" }, "|_get|3.due" },
};

static void the_first_word_that_is_a_command_divides_the_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect_line(rows[i].words, rows[i].expected);
}

static void ids_alone_name_tasks(void **state)
{
	static const char *const ids[] = { "1-3", "6f1c2b9e" };
	static const char *const filter[] = { "3", "+x" };
	struct tw_line line;

	(void)state;
	tw_line_init(&line);
	assert_false(tw_line_names_tasks(&line));
	assert_int_equal(tw_line_read(ids, COUNT_OF(ids), &line, NULL), ERROR_NONE);
	assert_true(tw_line_names_tasks(&line));
	tw_line_deinit(&line);
	tw_line_init(&line);
	assert_int_equal(tw_line_read(filter, COUNT_OF(filter), &line, NULL), ERROR_NONE);
	assert_false(tw_line_names_tasks(&line));
	tw_line_deinit(&line);
}

/* --- settings --- */

static void settings_of_the_line_go_over_those_that_hold_otherwise(void **state)
{
	struct tw_rc rc;

	(void)state;
	tw_rc_init(&rc);
	assert_true(tw_rc_is_on(&rc, "confirmation"));
	assert_int_equal(tw_rc_number(&rc, "bulk"), 3);
	assert_null(tw_rc_get(&rc, "nothing.of.this.name"));
	assert_true(tw_rc_take(&rc, "rc.confirmation=no"));
	assert_true(tw_rc_take(&rc, "rc.bulk:0"));
	assert_true(tw_rc_take(&rc, "rc:/dev/null"));
	assert_false(tw_rc_take(&rc, "rc.x=\xff"));
	assert_false(tw_rc_is_on(&rc, "confirmation"));
	assert_int_equal(tw_rc_number(&rc, "bulk"), 0);
	tw_rc_deinit(&rc);
}

static const struct {
	const char *verbose;
	bool says_affected, says_new_id, says_new_uuid;
} verbosities[] = {
	{ "rc.verbose=on", true, true, false },
	{ "rc.verbose=nothing", false, false, false },
	{ "rc.verbose=0", false, false, false },
	{ "rc.verbose=new-id", false, true, false },
	{ "rc.verbose=affected,new-uuid", true, false, true },
};

static void verbose_says_what_is_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(verbosities); i++) {
		struct tw_rc rc;

		tw_rc_init(&rc);
		assert_true(tw_rc_take(&rc, verbosities[i].verbose));
		assert_int_equal(tw_rc_says(&rc, "affected"), verbosities[i].says_affected);
		assert_int_equal(tw_rc_says(&rc, "new-id"), verbosities[i].says_new_id);
		assert_int_equal(tw_rc_says(&rc, "new-uuid"), verbosities[i].says_new_uuid);
		tw_rc_deinit(&rc);
	}
}

static void what_wrappers_say_is_known(void **state)
{
	(void)state;
	assert_true(tw_rc_is_known("gc"));
	assert_true(tw_rc_is_known("json.array"));
	assert_true(tw_rc_is_known("dependency.confirmation"));
	assert_true(tw_rc_is_known("report.next.filter"));
	assert_false(tw_rc_is_known("foo"));
	assert_false(tw_rc_is_known("gcc"));
}

/* --- the table --- */

static void commands_are_in_order_and_can_be_run(void **state)
{
	const struct tw_command *command;
	const char *before = "";

	(void)state;
	for (size_t i = 0; (command = tw_command_at(i)); i++) {
		assert_true(strcmp(before, command->name) < 0);
		assert_true(!command->run != !command->verb);
		assert_ptr_equal(tw_command_find(command->name), command);
		before = command->name;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_word_that_is_a_command_divides_the_line),
		cmocka_unit_test(ids_alone_name_tasks),
		cmocka_unit_test(settings_of_the_line_go_over_those_that_hold_otherwise),
		cmocka_unit_test(verbose_says_what_is_said),
		cmocka_unit_test(what_wrappers_say_is_known),
		cmocka_unit_test(commands_are_in_order_and_can_be_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
