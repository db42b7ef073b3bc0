/* A buffer keeps what was put into it, whatever it grows, loses or shrinks to. */
#include "testing.h"

static int set_up(void **state)
{
	static struct buffer buffer;

	buffer_init(&buffer);
	*state = &buffer;
	return 0;
}

static int tear_down(void **state)
{
	buffer_deinit(*state);
	return 0;
}

static void appended_bytes_stand_in_order(void **state)
{
	buffer_append_text(*state, "buy");
	buffer_append_char(*state, ' ');
	buffer_append(*state, "milkshake", 4);
	buffer_append(*state, NULL, 0);
	buffer_printf(*state, " x%d", 2);
	expect_content(*state, "buy milk x2");
}

static void growth_keeps_the_content(void **state)
{
	struct buffer *buffer = *state;

	for (size_t i = 0; i < 100000; i++)
		buffer_append_char(buffer, (char)('a' + i % 26));
	assert_int_equal(buffer->length, 100000);
	for (size_t i = 0; i < buffer->length; i++)
		assert_int_equal(buffer->data[i], 'a' + i % 26);
}

static void printf_grows_for_a_long_text(void **state)
{
	struct buffer *buffer = *state;

	buffer_printf(buffer, "%*d", 5000, 7);
	assert_int_equal(buffer->length, 5000);
	assert_int_equal(buffer->data[4999], '7');
}

static void consume_drops_the_front(void **state)
{
	buffer_append_text(*state, "first line\nsecond");
	buffer_consume(*state, 11);
	expect_content(*state, "second");
	buffer_consume(*state, 0);
	buffer_consume(*state, 6);
	expect_content(*state, "");
}

static void truncate_drops_the_end(void **state)
{
	buffer_append_text(*state, "milk and more");
	buffer_truncate(*state, 4);
	expect_content(*state, "milk");
}

static void text_ends_in_a_nul_that_is_not_counted(void **state)
{
	struct buffer *buffer = *state;

	assert_string_equal(buffer_text(buffer), "");
	buffer_append_text(buffer, "milk");
	assert_string_equal(buffer_text(buffer), "milk");
	assert_int_equal(buffer->length, 4);
}

static void wipe_reaches_consumed_and_truncated_bytes(void **state)
{
	struct buffer *buffer = *state;

	buffer_append_text(buffer, "password password");
	buffer_consume(buffer, 8);
	buffer_truncate(buffer, 2);
	buffer_wipe(buffer);
	assert_int_equal(buffer->length, 0);
	for (size_t i = 0; i < 17; i++)
		assert_int_equal(buffer->data[i], 0);
}

static void wipe_of_an_unused_buffer_does_nothing(void **state)
{
	buffer_wipe(*state);
	expect_content(*state, "");
}

static void shrink_gives_memory_back_but_never_content(void **state)
{
	struct buffer *buffer = *state;

	(void)buffer_reserve(buffer, 100000);
	buffer_append_text(buffer, "milk");
	buffer_shrink(buffer, 3);
	assert_true(buffer->capacity >= 100000);
	buffer_shrink(buffer, 64);
	assert_int_equal(buffer->capacity, 64);
	expect_content(buffer, "milk");
	buffer_truncate(buffer, 0);
	buffer_shrink(buffer, 0);
	assert_int_equal(buffer->capacity, 0);
	assert_null(buffer->data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(appended_bytes_stand_in_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(growth_keeps_the_content, set_up, tear_down),
		cmocka_unit_test_setup_teardown(printf_grows_for_a_long_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(consume_drops_the_front, set_up, tear_down),
		cmocka_unit_test_setup_teardown(truncate_drops_the_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(text_ends_in_a_nul_that_is_not_counted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(wipe_reaches_consumed_and_truncated_bytes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(wipe_of_an_unused_buffer_does_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(shrink_gives_memory_back_but_never_content, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
