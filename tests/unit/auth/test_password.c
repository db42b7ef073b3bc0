/* What may be a password, and what a hash is good for. */
#include "auth/password.h"
#include "auth/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EMAIL "ann@example.com"

static struct arena arena;

static enum error prepare(const char *password, size_t length, const char **ret_password, size_t *ret_length)
{
	struct refusal refusal = { 0 };
	enum error error = password_prepare(password, length, EMAIL, &arena, ret_password, ret_length, &refusal);

	assert_true(error == ERROR_NONE || error == ERROR_INVALID_PARAMS);
	if (error)
		assert_string_equal(refusal.field, "password");
	return error;
}

static void expect_taken(const char *password, size_t length, const char *expected)
{
	const char *prepared;
	size_t prepared_length;

	assert_int_equal(prepare(password, length, &prepared, &prepared_length), ERROR_NONE);
	assert_int_equal(prepared_length, strlen(expected));
	assert_memory_equal(prepared, expected, prepared_length);
}

static void expect_refused(const char *password, size_t length)
{
	const char *prepared;
	size_t prepared_length;

	assert_int_equal(prepare(password, length, &prepared, &prepared_length), ERROR_INVALID_PARAMS);
}

static void any_text_of_8_to_1024_bytes_may_be_one(void **state)
{
	char text[1026];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[0] = 'q';
	text[1024] = '\0';
	expect_taken(text, 1024, text);
	expect_refused(text, 7);
	text[1024] = 'x';
	expect_refused(text, 1025);
	expect_taken("\x01\t spaces \x7F", 11, "\x01\t spaces \x7F");
	expect_taken("gr\xC3\xBCn und wei\xC3\x9F", 15, "gr\xC3\xBCn und wei\xC3\x9F");
}

static void one_line_feed_at_the_end_is_dropped(void **state)
{
	(void)state;
	expect_taken("horse battery\n", 14, "horse battery");
	expect_taken("horse battery\n\n", 15, "horse battery\n");
	expect_refused("1234567\n", 8);
}

static void composed_and_decomposed_letters_are_the_same(void **state)
{
	const char *password;
	size_t length;

	(void)state;
	expect_taken("gru\xCC\x88ne Wiese", 13, "gr\xC3\xBCne Wiese");
	password_normalise("gru\xCC\x88ne Wiese\n", 14, &arena, &password, &length);
	assert_int_equal(length, 12);
	assert_memory_equal(password, "gr\xC3\xBCne Wiese", 12);
}

static void the_email_is_no_password(void **state)
{
	(void)state;
	expect_refused(EMAIL, strlen(EMAIL));
	expect_refused("ANN@example.com", strlen(EMAIL));
}

static void a_hash_matches_its_password_only(void **state)
{
	static const char password[] = "horse\0battery";
	char hash[PASSWORD_HASH_SIZE];
	bool matches;

	(void)state;
	assert_int_equal(password_hash(password, 13, &password_cost_minimum, hash), ERROR_NONE);
	assert_int_equal(strncmp(hash, "$argon2id$", 10), 0);
	assert_int_equal(password_verify(hash, password, 13, &matches), ERROR_NONE);
	assert_true(matches);
	assert_int_equal(password_verify(hash, password, 12, &matches), ERROR_NONE);
	assert_false(matches);
	assert_int_equal(password_verify(hash, "horse", 5, &matches), ERROR_NONE);
	assert_false(matches);
}

static void a_hash_is_made_again_when_it_is_cheaper_than_wanted(void **state)
{
	const struct password_cost dearer = { .operations = password_cost_minimum.operations + 1,
		.memory_bytes = password_cost_minimum.memory_bytes };
	char hash[PASSWORD_HASH_SIZE];

	(void)state;
	assert_int_equal(password_hash("horse battery", 13, &password_cost_minimum, hash), ERROR_NONE);
	assert_false(password_needs_rehash(hash, &password_cost_minimum));
	assert_true(password_needs_rehash(hash, &dearer));
	assert_int_equal(password_hash("horse battery", 13, &dearer, hash), ERROR_NONE);
	assert_false(password_needs_rehash(hash, &password_cost_minimum));
}

static void a_stored_hash_that_would_take_the_memory_of_the_machine_is_not_tried(void **state)
{
	static const char hash[] = "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
				   "c29tZWhhc2hzb21laGFzaHNvbWVoYXNoc29tZWhhc2g";
	bool matches = true;

	(void)state;
	assert_int_equal(password_verify(hash, "horse battery", 13, &matches), ERROR_INTERNAL);
}

static void nothing_matches_the_dummy(void **state)
{
	static const char *const guesses[] = { "", "password", "dummy", EMAIL };
	char hash[PASSWORD_HASH_SIZE];
	bool matches;

	(void)state;
	assert_int_equal(password_dummy_hash(&password_cost_minimum, hash), ERROR_NONE);
	assert_false(password_needs_rehash(hash, &password_cost_minimum));
	for (size_t i = 0; i < sizeof(guesses) / sizeof(*guesses); i++) {
		assert_int_equal(password_verify(hash, guesses[i], strlen(guesses[i]), &matches), ERROR_NONE);
		assert_false(matches);
	}
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return secret_init() ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_deinit(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_text_of_8_to_1024_bytes_may_be_one),
		cmocka_unit_test(one_line_feed_at_the_end_is_dropped),
		cmocka_unit_test(composed_and_decomposed_letters_are_the_same),
		cmocka_unit_test(the_email_is_no_password),
		cmocka_unit_test(a_hash_matches_its_password_only),
		cmocka_unit_test(a_hash_is_made_again_when_it_is_cheaper_than_wanted),
		cmocka_unit_test(a_stored_hash_that_would_take_the_memory_of_the_machine_is_not_tried),
		cmocka_unit_test(nothing_matches_the_dummy),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
