/* What the history keeps of a task can be read back, and nothing else can. */
#include "common/cleanup.h"
#include "methods/task_record.h"
#include "random_tasks.h"
#include "tasks/task_field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795442400)

static void every_field_comes_back_as_it_was(void **state)
{
	struct random_tasks random = { .state = 1, .now = NOW };
	CLEANUP(arena_deinit) struct arena arena;
	CLEANUP(buffer_deinit) struct buffer json;

	(void)state;
	arena_init(&arena);
	buffer_init(&json);
	for (int i = 0; i < 2000; i++) {
		struct task before = task_empty, after, back;

		before.id = 9;
		before.title = "t";
		random_change(&random, &before, &arena);
		after = before;
		random_change(&random, &after, &arena);
		back = before;
		task_record_write_difference(&json, &after, &before);
		assert_true(task_record_apply(json.data, json.length, &arena, &back));
		assert_false(task_fields_differ(&back, &after));
		task_record_write_difference(&json, &before, &after);
		assert_true(task_record_apply(json.data, json.length, &arena, &back));
		assert_false(task_fields_differ(&back, &before));
		arena_reset(&arena);
	}
}

static void a_task_that_comes_or_goes_comes_back_whole(void **state)
{
	struct random_tasks random = { .state = 2, .now = NOW };
	CLEANUP(arena_deinit) struct arena arena;
	CLEANUP(buffer_deinit) struct buffer json;

	(void)state;
	arena_init(&arena);
	buffer_init(&json);
	for (int i = 0; i < 500; i++) {
		struct task task = task_empty, back = task_empty;

		task.id = 9;
		task.title = "t";
		task.created = NOW - i;
		task.version = i + 1;
		memcpy(task.uuid, "6f1c2b9e-52c3-4a8d-8c11-2f0a9d3e7b64", sizeof(task.uuid));
		random_change(&random, &task, &arena);
		task_record_write_new(&json, &task);
		assert_true(task_record_apply(json.data, json.length, &arena, &back));
		assert_int_equal(back.version, 0);
		task_record_write_removed(&json, &task);
		assert_true(task_record_apply(json.data, json.length, &arena, &back));
		assert_int_equal(back.version, i + 1);
		assert_false(task_fields_differ(&task, &back));
		assert_string_equal(task.uuid, back.uuid);
		assert_int_equal(task.created, back.created);
		arena_reset(&arena);
	}
}

static void what_was_not_written_so_is_not_read(void **state)
{
	static const char *const texts[] = { "", "[]", "null", "{", "{}x", "{\"titel\":\"x\"}", "{\"title\":1}",
		"{\"title\":\"a\\u0000b\"}", "{\"title\":\"a\",\"title\":\"b\"}", "{\"blockers\":1}",
		"{\"urgency_change\":null}", "{\"uuid\":\"6f1c\"}", "{\"uuid\":null}", "{\"status\":\"asleep\"}",
		"{\"status\":null}", "{\"priority\":\"\"}", "{\"priority\":3}", "{\"spent\":null}", "{\"spent\":1.5}",
		"{\"parent\":\"1\"}", "{\"occurrence\":\"1\"}", "{\"due\":1}", "{\"due\":\"2026-11-23\"}",
		"{\"due\":\"2026-11-23T14:00:00+00:00\"}", "{\"due\":\"2026-11-23t14:00:00Z\"}",
		"{\"due\":\"2026-02-29T14:00:00Z\"}", "{\"due\":\"2026-13-01T14:00:00Z\"}",
		"{\"due\":\"2026-00-01T14:00:00Z\"}", "{\"due\":\"2026-11-23T24:00:00Z\"}",
		"{\"due\":\"2026-11-23T14:00:60Z\"}", "{\"due\":\"2026-11-23T14:00:00ZZ\"}", "{\"created\":null}",
		"{\"created\":5}", "{\"tags\":null}", "{\"tags\":\"a\"}", "{\"tags\":[1]}", "{\"tags\":[\"b\",\"b\"]}",
		"{\"depends\":[2,1]}", "{\"depends\":[1,1]}", "{\"depends\":[\"1\"]}", "{\"depends\":{}}",
		"{\"annotations\":[1]}", "{\"annotations\":[{\"at\":\"2026-11-23T14:00:00Z\"}]}",
		"{\"annotations\":[{\"text\":\"x\"}]}",
		"{\"annotations\":[{\"at\":\"2026-11-23T14:00:00Z\",\"text\":\"x\",\"by\":1}]}", "{\"custom\":[]}",
		"{\"custom\":{\"a\":1}}", "{\"custom\":null}" };
	struct task task;
	CLEANUP(arena_deinit) struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		task = task_empty;
		if (task_record_apply(texts[i], strlen(texts[i]), &arena, &task))
			fail_msg("%s is read", texts[i]);
	}
	assert_true(task_record_apply("{}", 2, &arena, &task));
}

static void custom_fields_come_in_the_order_of_their_names(void **state)
{
	static const char json[] = "{\"custom\":{\"size\":\"1\",\"cost\":\"2\"}}";
	struct task task = task_empty;
	CLEANUP(arena_deinit) struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_true(task_record_apply(json, sizeof(json) - 1, &arena, &task));
	assert_int_equal(task.custom_count, 2);
	assert_string_equal(task.custom[0].name, "cost");
	assert_string_equal(task.custom[0].value, "2");
	assert_string_equal(task.custom[1].name, "size");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_comes_back_as_it_was),
		cmocka_unit_test(a_task_that_comes_or_goes_comes_back_whole),
		cmocka_unit_test(what_was_not_written_so_is_not_read),
		cmocka_unit_test(custom_fields_come_in_the_order_of_their_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
