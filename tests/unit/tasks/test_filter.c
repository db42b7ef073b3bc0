/* The filter language: what a text means, and what is said about mistakes. */
#include "common/buffer.h"
#include "common/cleanup.h"
#include "tasks/filter.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (!arena)
		return -1;
	arena_init(arena);
	*state = arena;
	return 0;
}

static int tear_down(void **state)
{
	arena_deinit(*state);
	free(*state);
	return 0;
}

/* Numbers as they are, uuids behind a ~. */
static void show_refs(const struct filter *filter, struct buffer *out)
{
	for (size_t i = 0; i < filter->ref_count; i++)
		if (filter->refs[i].id)
			buffer_printf(out, "%s%" PRId64, i ? "," : "", filter->refs[i].id);
		else
			buffer_printf(out, "%s~%s", i ? "," : "", filter->refs[i].uuid);
}

/* A tree as text: and(…,…), or the kind and value of a term. */
static void show(const struct filter *filter, struct buffer *out)
{
	switch (filter->kind) {
	case FILTER_ALL:
		buffer_append_text(out, filter->ends_scope ? "everything" : "all");
		return;
	case FILTER_AND:
		buffer_append_text(out, "and(");
		show(filter->left, out);
		buffer_append_char(out, ' ');
		show(filter->right, out);
		buffer_append_char(out, ')');
		return;
	case FILTER_PROJECT:
		buffer_printf(out, "project[%s]", filter->text);
		return;
	case FILTER_TAG:
		buffer_printf(out, "tag[%s]", filter->text);
		return;
	case FILTER_NO_TAG:
		buffer_printf(out, "untag[%s]", filter->text);
		return;
	case FILTER_STATUS:
		buffer_printf(out, "status[%s]", task_status_names[filter->status]);
		return;
	case FILTER_WAITING:
		buffer_append_text(out, "waiting");
		return;
	case FILTER_IDS:
		buffer_append_text(out, "ids[");
		show_refs(filter, out);
		buffer_append_char(out, ']');
		return;
	}
}

static void terms_mean_what_they_say(void **state)
{
	static const struct {
		const char *text;
		const char *meaning;
	} rows[] = {
		{ "", "all" },
		{ " \t\n ", "all" },
		{ "project:home", "project[home]" },
		{ "project:home.garden", "project[home.garden]" },
		{ "project:", "project[]" },
		{ "project:\"\"", "project[]" },
		{ "project:\"Home Garden\"", "project[Home Garden]" },
		{ "project:'Home Garden'", "project[Home Garden]" },
		{ "project:Home\\ Garden", "project[Home Garden]" },
		{ "project:\"a\\\"b\"", "project[a\"b]" },
		{ "project:'a\\b'", "project[a\\b]" },
		{ "project:'b\\'c", "project[b\\c]" }, /* in single quotes a backslash is a character */
		{ "project:a:b", "project[a:b]" },
		{ "project:\"a (b)\"", "project[a (b)]" },
		{ "project:and", "project[and]" },
		{ "+shop", "tag[shop]" },
		{ "-work", "untag[work]" },
		{ "-5", "untag[5]" },
		{ "+牛奶", "tag[牛奶]" },
		{ "status:pending", "status[pending]" },
		{ "status:completed", "status[completed]" },
		{ "status:deleted", "status[deleted]" },
		{ "status:recurring", "status[recurring]" },
		{ "status:waiting", "waiting" },
		{ "status:all", "everything" },
		{ "3", "ids[3]" },
		{ "3-7,9", "ids[3,4,5,6,7,9]" },
		{ "3-3", "ids[3]" },
		{ "6F1CDEAD", "ids[~6f1cdead]" },
		{ "deadbeef,3", "ids[~deadbeef,3]" },
		{ "deadbeef-0f0f-4abc-8abc-0123456789ab", "ids[~deadbeef-0f0f-4abc-8abc-0123456789ab]" },
		{ "12345678", "ids[12345678,~12345678]" }, /* as a number and as a uuid */
		{ "12345678-1234", "ids[~12345678-1234]" },
		{ "+a +b", "and(tag[a] tag[b])" },
		{ "+a and +b", "and(tag[a] tag[b])" },
		{ "+a\n-b project:c", "and(and(tag[a] untag[b]) project[c])" },
		{ "1 2", "and(ids[1] ids[2])" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct filter *filter;
		struct refusal refusal;
		struct buffer meaning;

		if (filter_parse(rows[i].text, strlen(rows[i].text), *state, &filter, &refusal))
			fail_msg("%s: %s", rows[i].text, refusal.message);
		buffer_init(&meaning);
		show(filter, &meaning);
		assert_string_equal(buffer_text(&meaning), rows[i].meaning);
		buffer_deinit(&meaning);
	}
}

static void mistakes_are_refused_by_name_and_column(void **state)
{
	static const struct {
		const char *text;
		const char *message;
	} rows[] = {
		{ "due:tomorrow",
			"`due:` at column 1 is not a filter term here; use project:, +tag, -tag, status: or ids" },
		{ "+a due.before:eow", "`due.before:` at column 4 is not a filter term here; use project:, +tag, -tag, "
				       "status: or ids" },
		{ "projct:home", "`projct:` at column 1 is not a filter term here; did you mean `project:`?" },
		{ "牛奶 +a", "`牛奶` at column 1 is not a filter term here; use project:, +tag, -tag, status: or ids" },
		{ "+牛奶 milk",
			"`milk` at column 5 is not a filter term here; use project:, +tag, -tag, status: or ids" },
		{ "/milk/",
			"`/milk/` at column 1 is not a filter term here; use project:, +tag, -tag, status: or ids" },
		{ "due<eow",
			"`due<eow` at column 1 is not a filter term here; use project:, +tag, -tag, status: or ids" },
		{ "\"+a\"", "`+a` at column 1 is not a filter term here; use project:, +tag, -tag, status: or ids" },
		{ "'3'", "`3` at column 1 is not a filter term here; use project:, +tag, -tag, status: or ids" },
		{ "\"project:x\"",
			"`project:x` at column 1 is not a filter term here; use project:, +tag, -tag, status: or ids" },
		{ "+a or +b", "`or` at column 4 is not understood yet; terms are joined by `and`" },
		{ "not +b", "`not` at column 1 is not understood yet; terms are joined by `and`" },
		{ "! +b", "`!` at column 1 is not understood yet; terms are joined by `and`" },
		{ "(+a)", "`(` at column 1 is not understood yet; terms are joined by `and`" },
		{ "+a )", "`)` at column 4 is not understood yet; terms are joined by `and`" },
		{ "and", "`and` at column 1 has no term before it" },
		{ "and +a", "`and` at column 1 has no term before it" },
		{ "+a and", "expected a term behind `and` at column 7" },
		{ "+a and and +b", "expected a term behind `and` at column 8" },
		{ "+", "`+` at column 1: a tag must not be empty" },
		{ "+a -", "`-` at column 4: a tag must not be empty" },
		{ "+a,b", "`+a,b` at column 1: a tag must be one word without spaces, commas, quotes, backslashes or "
			  "parentheses" },
		{ "project:a..b",
			"`project:a..b` at column 1: project must be names joined by single dots, as in home.garden" },
		{ "status:done", "`status:done` at column 1 names no status; use pending, waiting, completed, deleted, "
				 "recurring or all" },
		{ "status:",
			"`status:` at column 1 names no status; use pending, waiting, completed, deleted, recurring "
			"or all" },
		{ "3-", "`3-` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
		{ "7-3", "`7-3` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
		{ "3,", "`3,` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
		{ "0", "`0` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
		{ "1,,2",
			"`1,,2` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
		{ "face", "`face` at column 1 is not a filter term here; use project:, +tag, -tag, status: or ids" },
		{ "1-10001", "the filter names more than 10000 ids" },
		{ "1-9007199254740991", "the filter names more than 10000 ids" },
		{ "1-6000 6001-12000", "the filter names more than 10000 ids" },
		{ "+a project:\"b", "there is no closing quote for the one at column 12" },
		{ "+a\\", "nothing follows the backslash at column 3" },
		{ "+a\x1b[31m", "there is a control character at column 3" },
		{ "ééééééééééééééééééééééééé",
			"`éééééééééééééééééééé` at column 1 is not a filter term here; use project:, +tag, -tag, "
			"status: or ids" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct filter *filter = NULL;
		struct refusal refusal = { 0 };
		enum error error = filter_parse(rows[i].text, strlen(rows[i].text), *state, &filter, &refusal);

		assert_int_equal(error, ERROR_INVALID_PARAMS);
		assert_null(filter);
		assert_string_equal(refusal.field, "filter");
		assert_string_equal(refusal.message, rows[i].message);
	}
}

static enum error parse_repeated(const char *term, size_t times, struct arena *arena)
{
	const struct filter *filter;
	struct buffer text;
	enum error error;

	buffer_init(&text);
	for (size_t i = 0; i < times; i++)
		buffer_append_text(&text, term);
	error = filter_parse(text.data, text.length, arena, &filter, NULL);
	buffer_deinit(&text);
	return error;
}

static void size_is_limited(void **state)
{
	assert_int_equal(parse_repeated("+a ", FILTER_TERM_LIMIT, *state), ERROR_NONE);
	assert_int_equal(parse_repeated("+a ", FILTER_TERM_LIMIT + 1, *state), ERROR_INVALID_PARAMS);
	assert_int_equal(parse_repeated(" ", FILTER_TEXT_LIMIT, *state), ERROR_NONE);
	assert_int_equal(parse_repeated(" ", FILTER_TEXT_LIMIT + 1, *state), ERROR_INVALID_PARAMS);
}

static void memory_for_ids_grows_with_their_number_only(void **state)
{
	struct arena *arena = *state;
	const struct filter *filter;
	struct buffer text;

	buffer_init(&text);
	buffer_append_text(&text, "1-8000");
	while (text.length + 2 <= FILTER_TEXT_LIMIT)
		buffer_append_text(&text, ",9");
	assert_int_equal(filter_parse(text.data, text.length, arena, &filter, NULL), ERROR_INVALID_PARAMS);
	buffer_truncate(&text, 3000);
	assert_int_equal(filter_parse(text.data, text.length, arena, &filter, NULL), ERROR_NONE);
	assert_int_equal(filter->ref_count, 8000 + (3000 - 6) / 2);
	assert_in_range(arena->total, 1, 8u * 1024 * 1024);
	buffer_deinit(&text);
}

static void columns_are_kept(void **state)
{
	const struct filter *filter;

	assert_int_equal(filter_parse("+é  -b", 7, *state, &filter, NULL), ERROR_NONE);
	assert_int_equal(filter->left->column, 1);
	assert_int_equal(filter->right->column, 5);
	assert_int_equal(filter_parse("", 0, *state, &filter, NULL), ERROR_NONE);
	assert_int_equal(filter->column, 0);
}

static void ids_and_a_status_end_the_default_scope(void **state)
{
	static const char *const ending[] = { "3", "status:pending", "status:waiting", "status:all", "+a 3",
		"status:deleted project:x +b" };
	static const char *const keeping[] = { "", "+a", "-a", "project:x", "+a project:x -c" };
	const struct filter *filter;

	for (size_t i = 0; i < COUNT_OF(ending); i++) {
		assert_int_equal(filter_parse(ending[i], strlen(ending[i]), *state, &filter, NULL), ERROR_NONE);
		assert_true(filter_names_scope(filter));
	}
	for (size_t i = 0; i < COUNT_OF(keeping); i++) {
		assert_int_equal(filter_parse(keeping[i], strlen(keeping[i]), *state, &filter, NULL), ERROR_NONE);
		assert_false(filter_names_scope(filter));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(terms_mean_what_they_say, set_up, tear_down),
		cmocka_unit_test_setup_teardown(mistakes_are_refused_by_name_and_column, set_up, tear_down),
		cmocka_unit_test_setup_teardown(size_is_limited, set_up, tear_down),
		cmocka_unit_test_setup_teardown(memory_for_ids_grows_with_their_number_only, set_up, tear_down),
		cmocka_unit_test_setup_teardown(columns_are_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ids_and_a_status_end_the_default_scope, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
