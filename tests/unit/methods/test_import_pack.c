/* An item waits as text and comes back as it was, whatever is in it; what is no such text is no item. */
#include "common/cleanup.h"
#include "methods/import_pack.h"
#include "random_tasks.h"
#include "tasks/task_field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NOW  INT64_C(1795442400)
#define UUID "6f1c2b9e-52c3-4a8d-8c11-2f0a9d3e7b64"
#define MORE "6f1c2b9e-52c3-4a8d-8c11-2f0a9d3e7b65"

/* References go by uuid, so that ids are nothing to compare. */
static struct import_item item_of(struct task task)
{
	task.parent = 0;
	task.series = 0;
	task.depends = NULL;
	task.depend_count = 0;
	task.created = NOW;
	memcpy(task.uuid, UUID, sizeof(task.uuid));
	return (struct import_item){ .task = task };
}

static void expect_back(const struct import_item *item, struct arena *arena)
{
	CLEANUP(buffer_deinit) struct buffer packed;
	struct import_item back;
	char uuid[TASK_UUID_LENGTH + 1];

	buffer_init(&packed);
	import_pack_write(&packed, item);
	assert_null(memchr(packed.data, IMPORT_PACK_END, packed.length));
	assert_true(import_pack_uuid(packed.data, packed.length, uuid));
	assert_string_equal(uuid, item->task.uuid);
	assert_true(import_pack_read(packed.data, packed.length, arena, &back));
	assert_int_equal(back.task.depend_count, item->task.depend_count);
	for (size_t i = 0; i < item->task.depend_count; i++)
		assert_string_equal(back.relatives.depends[i], item->relatives.depends[i]);
	back.task.depends = item->task.depends;
	assert_false(task_fields_differ(&back.task, &item->task));
	assert_int_equal(back.task.created, item->task.created);
	assert_int_equal(back.task.modified, item->task.modified);
	assert_string_equal(back.task.uuid, item->task.uuid);
}

static void every_field_comes_back_as_it_was(void **state)
{
	struct random_tasks random = { .state = 3, .now = NOW };
	CLEANUP(arena_deinit) struct arena arena;

	(void)state;
	arena_init(&arena);
	for (int i = 0; i < 2000; i++) {
		struct task task = task_empty;
		struct import_item item;

		task.id = 9;
		task.title = "t";
		random_change(&random, &task, &arena);
		item = item_of(task);
		item.task.modified = i % 2 ? NOW + i : TASK_NO_TIME;
		expect_back(&item, &arena);
		arena_reset(&arena);
	}
}

static void relatives_come_back_by_uuid(void **state)
{
	static const char *const depends[] = { UUID, MORE };
	static const int64_t ids[] = { 1, 2 };
	struct import_item item = item_of(task_empty);
	CLEANUP(arena_deinit) struct arena arena;
	CLEANUP(buffer_deinit) struct buffer packed;
	struct import_item back;

	(void)state;
	arena_init(&arena);
	buffer_init(&packed);
	item.task.title = "t";
	item.task.depends = ids;
	item.task.depend_count = COUNT_OF(depends);
	item.relatives = (struct task_relatives){ .parent = MORE, .series = UUID, .depends = depends };
	expect_back(&item, &arena);
	import_pack_write(&packed, &item);
	assert_true(import_pack_read(packed.data, packed.length, &arena, &back));
	assert_string_equal(back.relatives.parent, MORE);
	assert_string_equal(back.relatives.series, UUID);
}

/* Whoever takes the value refuses it; until then nothing of the item may be torn by it. */
static void separators_in_texts_are_texts(void **state)
{
	static const struct task_value values[] = { { "a", "\x1b\x1c\x1d\x1e\x1f" }, { "b", "\x1f[" }, { "c", "" } };
	struct import_item item = item_of(task_empty);
	CLEANUP(arena_deinit) struct arena arena;

	(void)state;
	arena_init(&arena);
	item.task.title = "a\x1e"
			  "b\x1b\x1b";
	item.task.custom = values;
	item.task.custom_count = COUNT_OF(values);
	expect_back(&item, &arena);
}

static void what_is_torn_is_no_item(void **state)
{
	struct import_item item = item_of(task_empty);
	CLEANUP(arena_deinit) struct arena arena;
	CLEANUP(buffer_deinit) struct buffer packed;
	struct import_item back;
	char uuid[TASK_UUID_LENGTH + 1];

	(void)state;
	arena_init(&arena);
	buffer_init(&packed);
	item.task.title = "t";
	import_pack_write(&packed, &item);
	for (size_t length = 0; length < packed.length; length++)
		assert_false(import_pack_read(packed.data, length, &arena, &back));
	assert_false(import_pack_uuid(packed.data, TASK_UUID_LENGTH, uuid));
	buffer_append_char(&packed, 'x');
	assert_false(import_pack_read(packed.data, packed.length, &arena, &back));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_comes_back_as_it_was),
		cmocka_unit_test(relatives_come_back_by_uuid),
		cmocka_unit_test(separators_in_texts_are_texts),
		cmocka_unit_test(what_is_torn_is_no_item),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
