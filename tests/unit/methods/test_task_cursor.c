/* Cursors come back as they went out, and nothing else does. */
#include "common/cleanup.h"
#include "common/text.h"
#include "methods/task_cursor.h"
#include "tasks/filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795442400)

static enum error parse_json(const char *json, struct arena *arena, struct task_cursor *ret_cursor)
{
	struct refusal refusal = { 0 };
	char text[512];
	size_t length = text_base64url_encode(json, strlen(json), text);
	enum error error = task_cursor_parse(text, length, arena, ret_cursor, &refusal);

	if (error)
		assert_string_equal(refusal.field, "cursor");
	return error;
}

static void cursor_reads_back(void **state)
{
	static const char filter[] = "project:\"Home Garden\" and +牛奶\n-x";
	const struct task_cursor cursor = {
		.filter = filter, .filter_length = sizeof(filter) - 1, .now = NOW, .after_id = INT64_C(9007199254740991)
	};
	struct task_cursor again;
	struct arena arena;
	const char *text;

	(void)state;
	arena_init(&arena);
	text = task_cursor_write(&cursor, &arena);
	assert_int_equal(task_cursor_parse(text, strlen(text), &arena, &again, NULL), ERROR_NONE);
	assert_string_equal(again.filter, filter);
	assert_int_equal(again.filter_length, cursor.filter_length);
	assert_int_equal(again.now, NOW);
	assert_int_equal(again.after_id, cursor.after_id);
	arena_deinit(&arena);
}

/* A cursor of a list that is sorted by all types of keys. */
static struct task_cursor sorted_cursor(void)
{
	static const char sort[] = "urgency-,due+,project+,priority-";
	struct task_cursor cursor = { .filter = "", .now = NOW, .after_id = 7, .sort = sort };

	cursor.sort_length = strlen(sort);
	assert_int_equal(task_sort_parse(sort, strlen(sort), &cursor.order, NULL), ERROR_NONE);
	cursor.after =
		(struct task_place){ .values = { { .integer = -5 * URGENCY_BILLIONTHS }, { .is_none = true },
					     { .text = "Home \"Garden\"" }, { .is_none = true }, { .integer = 7 } } };
	return cursor;
}

static void place_in_an_order_reads_back(void **state)
{
	const struct task_cursor cursor = sorted_cursor();
	struct task_cursor again;
	struct arena arena;
	const char *text;

	(void)state;
	arena_init(&arena);
	text = task_cursor_write(&cursor, &arena);
	assert_int_equal(task_cursor_parse(text, strlen(text), &arena, &again, NULL), ERROR_NONE);
	assert_string_equal(again.sort, cursor.sort);
	assert_int_equal(again.order.count, 5);
	assert_int_equal(task_sort_compare(&again.order, &again.after, &cursor.after), 0);
	assert_true(again.after.values[1].is_none);
	arena_deinit(&arena);
}

static void longest_filter_fits(void **state)
{
	char filter[FILTER_TEXT_LIMIT + 1];
	struct task_cursor cursor = { .filter = filter, .filter_length = FILTER_TEXT_LIMIT, .now = NOW, .after_id = 1 };
	struct arena arena;
	const char *text;

	(void)state;
	arena_init(&arena);
	memset(filter, '"', FILTER_TEXT_LIMIT);
	filter[FILTER_TEXT_LIMIT] = '\0';
	text = task_cursor_write(&cursor, &arena);
	assert_in_range(strlen(text), 1, TASK_CURSOR_LIMIT);
	assert_int_equal(task_cursor_parse(text, strlen(text), &arena, &cursor, NULL), ERROR_NONE);
	arena_deinit(&arena);
}

static void only_whole_cursors_are_taken(void **state)
{
	static const char *const bad[] = { "", "{}", "[]", "null", "{\"filter\":\"\",\"now\":1}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"more\":3}", "{\"filter\":1,\"now\":1,\"after\":2}",
		"{\"filter\":\"\",\"now\":\"1\",\"after\":2}", "{\"filter\":\"\",\"now\":1,\"after\":2.5}",
		"{\"filter\":\"\",\"now\":1,\"after\":0}", "{\"filter\":\"\",\"now\":1,\"after\":-5}",
		"{\"filter\":\"\",\"now\":-1,\"after\":1}", "{\"filter\":\"\",\"now\":253402300800,\"after\":1}",
		"{\"filter\":\"\",\"now\":1,\"after\":9007199254740992}",
		"{\"filter\":\"\",\"now\":1,\"now\":1,\"after\":1}", "{\"filter\":\"\",\"now\":1,\"after\":2} x",
		"{\"filter\":\"\\u0000\",\"now\":1,\"after\":2}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"sort\":\"due+\"}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"place\":[1,2]}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"sort\":\"dew+\",\"place\":[1,2]}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"sort\":\"due+\",\"place\":[1]}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"sort\":\"due+\",\"place\":[1,3]}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"sort\":\"due+\",\"place\":[\"1\",2]}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"sort\":\"due+\",\"place\":[1,null]}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"sort\":\"urgency-\",\"place\":[null,2]}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"sort\":\"urgency-\",\"place\":[9000000000000000000,2]}",
		"{\"filter\":\"\",\"now\":1,\"after\":2,\"sort\":\"title+\",\"place\":[5,2]}" };
	struct task_cursor cursor;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (!parse_json(bad[i], &arena, &cursor))
			fail_msg("%s was taken", bad[i]);
	assert_int_equal(parse_json("{\"filter\":\"\",\"now\":1,\"after\":2}", &arena, &cursor), ERROR_NONE);
	assert_int_equal(task_cursor_parse("e30=", 4, &arena, &cursor, NULL), ERROR_INVALID_PARAMS);
	assert_int_equal(task_cursor_parse("!", 1, &arena, &cursor, NULL), ERROR_INVALID_PARAMS);
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cursor_reads_back),
		cmocka_unit_test(place_in_an_order_reads_back),
		cmocka_unit_test(longest_filter_fits),
		cmocka_unit_test(only_whole_cursors_are_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
