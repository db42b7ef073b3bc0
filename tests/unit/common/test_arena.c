/* Pieces of an arena: aligned, zeroed, apart from each other, and gone after a reset. */
#include "testing.h"

#include "common/arena.h"

static int set_up(void **state)
{
	static struct arena arena;

	arena_init(&arena);
	*state = &arena;
	return 0;
}

static int tear_down(void **state)
{
	arena_deinit(*state);
	return 0;
}

static bool is_zero(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

static void pieces_are_aligned_and_zeroed(void **state)
{
	static const size_t sizes[] = { 1, 3, 8, 15, 16, 17, 100, 4000, 9000, 70000, 1 };

	for (size_t round = 0; round < 3; round++) {
		for (size_t i = 0; i < COUNT_OF(sizes); i++) {
			unsigned char *piece = arena_alloc(*state, sizes[i]);

			assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
			assert_true(is_zero(piece, sizes[i]));
			memset(piece, 0xFF, sizes[i]);
		}
		arena_reset(*state);
	}
}

static void pieces_do_not_overlap(void **state)
{
	unsigned char *pieces[200];

	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		pieces[i] = arena_alloc(*state, i + 1);
		memset(pieces[i], (int)i, i + 1);
	}
	for (size_t i = 0; i < COUNT_OF(pieces); i++)
		for (size_t k = 0; k <= i; k++)
			assert_int_equal(pieces[i][k], i);
}

static void a_size_of_zero_gives_a_valid_pointer(void **state)
{
	assert_non_null(arena_alloc(*state, 0));
	assert_non_null(arena_array(*state, 0, 8));
	assert_non_null(arena_array(*state, 8, 0));
}

static void reset_keeps_one_ordinary_block(void **state)
{
	struct arena *arena = *state;
	size_t ordinary;

	(void)arena_alloc(arena, 1);
	ordinary = arena->total;
	(void)arena_alloc(arena, 500000);
	assert_true(arena->total >= ordinary + 500000);
	arena_reset(arena);
	assert_int_equal(arena->total, ordinary);
	assert_int_equal(arena->used, 0);
}

static void reset_gives_a_block_of_unusual_size_back(void **state)
{
	struct arena *arena = *state;

	(void)arena_alloc(arena, 3000000);
	arena_reset(arena);
	assert_int_equal(arena->total, 0);
	assert_true(is_zero(arena_alloc(arena, 10), 10));
}

static void growth_is_geometric(void **state)
{
	struct arena *arena = *state;

	for (size_t i = 0; i < 100000; i++)
		(void)arena_alloc(arena, 32);
	assert_true(arena->total < (size_t)100000 * 128 + (size_t)2 * 1024 * 1024);
}

#ifndef __SANITIZE_ADDRESS__
/* Reads what the arena took back, which AddressSanitizer would rightly refuse. */
static void wipe_leaves_nothing_of_a_secret(void **state)
{
	char *secret = arena_strdup(*state, "correct horse battery staple");

	arena_wipe(*state);
	assert_true(is_zero((unsigned char *)secret, 28));
}
#endif

static void wipe_forgets_like_reset(void **state)
{
	struct arena *arena = *state;

	(void)arena_alloc(arena, 100000);
	(void)arena_strdup(arena, "secret");
	arena_wipe(arena);
	assert_int_equal(arena->used, 0);
	assert_string_equal(arena_strdup(arena, "next"), "next");
}

static void copies_end_in_a_nul(void **state)
{
	assert_string_equal(arena_strdup(*state, ""), "");
	assert_string_equal(arena_strdup(*state, "milk"), "milk");
	assert_string_equal(arena_strndup(*state, "milkshake", 4), "milk");
	assert_string_equal(arena_strndup(*state, NULL, 0), "");
}

static void printf_takes_what_it_needs(void **state)
{
	char *text = arena_printf(*state, "%*d|%s", 20000, 7, "end");

	assert_int_equal(strlen(text), 20004);
	assert_string_equal(text + 19999, "7|end");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pieces_are_aligned_and_zeroed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pieces_do_not_overlap, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_size_of_zero_gives_a_valid_pointer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reset_keeps_one_ordinary_block, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reset_gives_a_block_of_unusual_size_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(growth_is_geometric, set_up, tear_down),
#ifndef __SANITIZE_ADDRESS__
		cmocka_unit_test_setup_teardown(wipe_leaves_nothing_of_a_secret, set_up, tear_down),
#endif
		cmocka_unit_test_setup_teardown(wipe_forgets_like_reset, set_up, tear_down),
		cmocka_unit_test_setup_teardown(copies_end_in_a_nul, set_up, tear_down),
		cmocka_unit_test_setup_teardown(printf_takes_what_it_needs, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
