/* One-time codes: read as people write them, good once, for an hour, for five tries. */
#include "../store/fixture.h"

#include "auth/reset_code.h"
#include "auth/secret.h"

static int set_up(void **state)
{
	return secret_init() ? fixture_set_up(state) : -1;
}

static char *make(struct fixture *fixture)
{
	const char *text = NULL;
	int64_t expires_at = 0;

	assert_done(reset_code_make(fixture->db, ANN, FIXTURE_NOW, &fixture->arena, &text, &expires_at));
	assert_int_equal(expires_at, FIXTURE_NOW + 3600);
	return arena_strdup(&fixture->arena, text);
}

static bool check(struct fixture *fixture, int64_t account_id, const char *text, int64_t now)
{
	bool is_right = true;

	assert_done(reset_code_check(fixture->db, account_id, text, now, &fixture->arena, &is_right));
	return is_right;
}

static void a_code_has_125_bits_in_groups_of_five(void **state)
{
	struct fixture *fixture = *state;
	const char *code = make(fixture);
	const char *other = make(fixture);

	assert_int_equal(strlen(code), 29);
	assert_int_equal(strspn(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), 29);
	for (size_t i = 5; i < 29; i += 6)
		assert_int_equal(code[i], '-');
	assert_string_not_equal(code, other);
}

static void a_code_is_read_as_people_write_it(void **state)
{
	struct fixture *fixture = *state;
	char *code = make(fixture);

	for (char *letter = code; *letter; letter++) {
		if (*letter == '-')
			*letter = ' ';
		else if (*letter == '0')
			*letter = 'o';
		else if (*letter == '1')
			*letter = 'l';
		else if (*letter >= 'A' && *letter <= 'Z')
			*letter = (char)(*letter - 'A' + 'a');
	}
	assert_true(check(fixture, ANN, code, FIXTURE_NOW));
}

static void a_code_is_good_once_and_only_the_newest_is(void **state)
{
	struct fixture *fixture = *state;
	const char *older = make(fixture);
	const char *newer = make(fixture);

	assert_false(check(fixture, ANN, older, FIXTURE_NOW));
	assert_true(check(fixture, ANN, newer, FIXTURE_NOW));
	assert_false(check(fixture, ANN, newer, FIXTURE_NOW));
}

static void a_code_is_its_accounts_own(void **state)
{
	struct fixture *fixture = *state;
	const char *code = make(fixture);

	assert_false(check(fixture, BOB, code, FIXTURE_NOW));
	assert_false(check(fixture, 0, code, FIXTURE_NOW));
	assert_true(check(fixture, ANN, code, FIXTURE_NOW));
}

static void a_code_ends_after_an_hour(void **state)
{
	struct fixture *fixture = *state;
	const char *code = make(fixture);

	assert_false(check(fixture, ANN, code, FIXTURE_NOW + 3600));
	assert_true(check(fixture, ANN, code, FIXTURE_NOW + 3599));
}

static void five_wrong_tries_end_it(void **state)
{
	static const char *const wrong[] = { "", "00000-00000-00000-00000-00000", "0", "U", "\xc3\xa9" };
	struct fixture *fixture = *state;
	const char *code = make(fixture);

	for (size_t i = 0; i < 4; i++)
		assert_false(check(fixture, ANN, wrong[i], FIXTURE_NOW));
	assert_true(check(fixture, ANN, code, FIXTURE_NOW));
	code = make(fixture);
	for (size_t i = 0; i < 5; i++)
		assert_false(check(fixture, ANN, wrong[i], FIXTURE_NOW));
	assert_false(check(fixture, ANN, code, FIXTURE_NOW));
}

/* A code with one letter more or fewer, or another one anywhere, is another code. */
static void a_code_that_differs_anywhere_is_wrong(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < 29; i++) {
		char *code = make(fixture);

		if (code[i] == '-')
			continue;
		code[i] = code[i] == 'Z' ? 'Y' : 'Z';
		assert_false(check(fixture, ANN, code, FIXTURE_NOW));
	}
	assert_false(check(fixture, ANN, arena_printf(&fixture->arena, "%s0", make(fixture)), FIXTURE_NOW));
}

/* Where there is no code, a try is written all the same: both cost a commit. */
static void a_try_is_written_whether_or_not_there_is_a_code(void **state)
{
	static const char probe[] = "SELECT count AS value FROM commit_probe";
	struct fixture *fixture = *state;
	int64_t before = fixture_integer(fixture->db, probe);

	assert_false(check(fixture, 0, "wrong", FIXTURE_NOW));
	assert_int_equal(fixture_integer(fixture->db, probe), before + 1);
	(void)make(fixture);
	assert_false(check(fixture, ANN, "wrong", FIXTURE_NOW));
	assert_int_equal(fixture_integer(fixture->db, "SELECT tries_left AS value FROM reset_code"), 4);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_code_has_125_bits_in_groups_of_five),
		TEST(a_code_is_read_as_people_write_it),
		TEST(a_code_is_good_once_and_only_the_newest_is),
		TEST(a_code_is_its_accounts_own),
		TEST(a_code_ends_after_an_hour),
		TEST(five_wrong_tries_end_it),
		TEST(a_code_that_differs_anywhere_is_wrong),
		TEST(a_try_is_written_whether_or_not_there_is_a_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
