/* The passwords that many have, held against the lists from which their table was made. */
#include "auth/common_password_table.h"
#include "auth/common_passwords.h"
#include "auth/password.h"
#include "common/cleanup.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WORDS_LIMIT   100000u
#define WORD_SIZE     (COMMON_PASSWORD_BYTES_LIMIT + 1)
#define ZXCVBN_PREFIX "    \"passwords\": \""

static char words[WORDS_LIMIT][WORD_SIZE];
static size_t word_count;

static bool is_common(const char *password)
{
	return common_password_is(password, strlen(password));
}

/* --- the lists, read another way than the table's maker does --- */

static void add_word(const char *word)
{
	size_t length = strlen(word);

	if (length < PASSWORD_BYTES_MINIMUM || length > COMMON_PASSWORD_BYTES_LIMIT)
		return;
	assert_true(word_count < WORDS_LIMIT);
	for (size_t i = 0; i <= length; i++)
		words[word_count][i] = (char)tolower((unsigned char)word[i]);
	word_count++;
}

static void add_zxcvbn(char *list)
{
	char *next = NULL;

	list[strcspn(list, "\"")] = '\0';
	for (char *word = strtok_r(list, ",", &next); word; word = strtok_r(NULL, ",", &next))
		add_word(word);
}

/* A path may be empty: there may be one list only. */
static void add_list(const char *path)
{
	AUTO_FCLOSE FILE *file = *path ? fopen(path, "re") : NULL;
	AUTO_FREE char *line = NULL;
	size_t size = 0, before = word_count;

	assert_true(file || !*path);
	while (file && getline(&line, &size, file) >= 0) {
		if (strncmp(line, ZXCVBN_PREFIX, strlen(ZXCVBN_PREFIX)) == 0) {
			word_count = before;
			add_zxcvbn(line + strlen(ZXCVBN_PREFIX));
			return;
		}
		line[strcspn(line, "\n")] = '\0';
		add_word(line);
	}
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool is_listed(const char *word)
{
	return bsearch(word, words, word_count, sizeof(*words), compare_words) != NULL;
}

static int set_up(void **state)
{
	(void)state;
	add_list(TEST_COMMON_PASSWORDS);
	add_list(TEST_COMMON_WORDS);
	qsort(words, word_count, sizeof(*words), compare_words);
	return 0;
}

/* --- promises --- */

static void what_is_tried_first_is_common_in_any_case(void **state)
{
	static const char *const passwords[] = { "password", "PASSWORD", "PassWord1", "12345678", "1234567890",
		"qwertyuiop", "QwertyUiop", "1qaz2wsx", "baseball", "trustno1", "TrustNo1", "11111111" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(passwords); i++)
		if (!is_common(passwords[i]))
			fail_msg("not common: %s", passwords[i]);
}

static void what_hardly_anybody_has_is_not_common(void **state)
{
	static const char *const passwords[] = { "correct horse battery", "a long pass phrase", "a horse of a colour",
		"password password", "pa\xC3\x9Fword", "kx7!mQ2#", "\x01\x02\x03\x04\x05\x06\x07\x08",
		"zzzzzzzzzzzzzzzz", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", "        ", "" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(passwords); i++)
		if (is_common(passwords[i]))
			fail_msg("common: %s", passwords[i]);
	assert_false(common_password_is("password\0", 9));
	assert_false(common_password_is("\0password", 9));
	assert_true(common_password_is("passwords of no meaning", 8));
}

static void every_word_of_the_lists_is_found(void **state)
{
	(void)state;
	assert_true(word_count >= COMMON_PASSWORDS_MINIMUM);
	for (size_t i = 0; i < word_count; i++) {
		size_t length = strlen(words[i]);

		if (!common_password_is(words[i], length))
			fail_msg("not found: %s", words[i]);
		words[i][0] = (char)toupper((unsigned char)words[i][0]);
		if (!common_password_is(words[i], length))
			fail_msg("not found with a capital: %s", words[i]);
		words[i][0] = (char)tolower((unsigned char)words[i][0]);
	}
}

static void expect_as_listed(const char *word)
{
	if (is_common(word) != is_listed(word))
		fail_msg("%s, but should %sbe", word, is_listed(word) ? "" : "not ");
}

/* One byte more, one less, and another one at the end or in the middle. */
static void what_is_near_a_word_is_found_only_if_it_is_listed(void **state)
{
	(void)state;
	for (size_t i = 0; i < word_count; i++) {
		size_t length = strlen(words[i]);
		char near[WORD_SIZE + 1];

		(void)snprintf(near, sizeof(near), "%sq", words[i]);
		if (length < COMMON_PASSWORD_BYTES_LIMIT)
			expect_as_listed(near);
		near[length - 1]++;
		near[length] = '\0';
		expect_as_listed(near);
		near[length - 1] = '\0';
		expect_as_listed(near);
		(void)snprintf(near, sizeof(near), "%s", words[i]);
		near[length / 2]--;
		expect_as_listed(near);
	}
}

static void there_are_at_least_ten_thousand_and_none_twice(void **state)
{
	size_t different = 0;

	(void)state;
	for (size_t i = 0; i < word_count; i++)
		different += i == 0 || strcmp(words[i - 1], words[i]) != 0;
	assert_true(common_password_table.entry_count >= 10000);
	assert_int_equal(common_password_table.entry_count, different);
}

static void the_table_is_small(void **state)
{
	(void)state;
	assert_true(common_password_table.byte_count + 4 * common_password_table.block_count <
		    6 * common_password_table.entry_count);
}

static void a_common_password_is_refused_with_its_field(void **state)
{
	static const char *const passwords[] = { "password", "PassWord1", "12345678\n" };
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(passwords); i++) {
		struct refusal refusal = { 0 };
		const char *prepared;
		size_t length;

		assert_int_equal(password_prepare(passwords[i], strlen(passwords[i]), "ann@example.com", &arena,
					 &prepared, &length, &refusal),
			ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "password");
		assert_non_null(strstr(refusal.message, "most common"));
	}
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_tried_first_is_common_in_any_case),
		cmocka_unit_test(what_hardly_anybody_has_is_not_common),
		cmocka_unit_test(every_word_of_the_lists_is_found),
		cmocka_unit_test(what_is_near_a_word_is_found_only_if_it_is_listed),
		cmocka_unit_test(there_are_at_least_ten_thousand_and_none_twice),
		cmocka_unit_test(the_table_is_small),
		cmocka_unit_test(a_common_password_is_refused_with_its_field),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
