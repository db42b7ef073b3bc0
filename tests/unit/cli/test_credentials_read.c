/* The file of who is logged in, as it is read: nobody else may read it, and what is damaged is refused. */
#include "credentials_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define OTHER_USER 65534u

static void a_missing_file_is_nobody(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;

	credentials_init(&credentials, fixture->folder);
	expect_active(&credentials, NULL);
	assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
	expect_active(&credentials, NULL);
	credentials_deinit(&credentials);
	assert_int_equal(access(fixture->folder, F_OK), -1);
}

static void what_was_put_is_read_again(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct profile found;

	assert_int_equal(put(fixture, &ann), ERROR_NONE);
	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
	assert_true(credentials_find_active(&credentials, &found));
	assert_string_equal(found.email, ann.email);
	assert_string_equal(found.instance, ann.instance);
	assert_string_equal(found.socket, ann.socket);
	assert_string_equal(found.session_id, ann.session_id);
	assert_string_equal(found.access_token, ann.access_token);
	assert_string_equal(found.refresh_token, ann.refresh_token);
	assert_int_equal(found.user_id, ann.user_id);
	assert_int_equal(found.access_expires_at, ann.access_expires_at);
	assert_int_equal(found.refresh_expires_at, ann.refresh_expires_at);
	credentials_deinit(&credentials);
}

static void what_a_profile_lacks_is_null(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct profile found;

	write_text(fixture, one_profile);
	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
	assert_true(credentials_find_active(&credentials, &found));
	assert_string_equal(found.access_token, "a1");
	assert_null(found.refresh_token);
	assert_null(found.instance);
	assert_int_equal(found.refresh_expires_at, 0);
	credentials_deinit(&credentials);
}

static const char *const nobody_files[] = {
	"{\"version\":1,\"profiles\":{}}",
	"{\"version\":1,\"active\":\"ann@example.com\",\"profiles\":{}}",
	"{\"version\":1,\"active\":\"ann@example.com\",\"profiles\":{\"ann@example.com\":7}}",
	"{\"version\":1,\"active\":7,\"profiles\":{\"7\":{}}}",
	"{\"version\":1,\"profiles\":{\"ann@example.com\":{}}}",
};

static void an_active_profile_that_is_not_there_is_nobody(void **state)
{
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(nobody_files); i++) {
		struct credentials credentials;

		write_text(fixture, nobody_files[i]);
		credentials_init(&credentials, fixture->folder);
		assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
		expect_active(&credentials, NULL);
		credentials_deinit(&credentials);
	}
}

static void a_file_that_others_may_read_is_refused(void **state)
{
	static const mode_t modes[] = { 0644, 0640, 0604, 0660, 0602, 0610, 0601 };
	const struct fixture *fixture = *state;
	struct trouble trouble;

	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		write_file(fixture, one_profile, strlen(one_profile), modes[i]);
		assert_int_equal(read_error(fixture, &trouble), ERROR_FORBIDDEN);
		expect_words(trouble.refusal.message, fixture->file);
		expect_words(trouble.advice, "chmod 600 ");
	}
	write_file(fixture, one_profile, strlen(one_profile), 0600);
	assert_int_equal(read_error(fixture, &trouble), ERROR_NONE);
	write_file(fixture, one_profile, strlen(one_profile), 0400);
	assert_int_equal(read_error(fixture, &trouble), ERROR_NONE);
}

static void a_file_of_somebody_else_is_refused(void **state)
{
	const struct fixture *fixture = *state;
	struct trouble trouble;

	write_text(fixture, one_profile);
	if (chown(fixture->file, OTHER_USER, OTHER_USER))
		skip(); /* only root may */
	assert_int_equal(read_error(fixture, &trouble), ERROR_FORBIDDEN);
	expect_words(trouble.refusal.message, "belongs to user 65534");
}

static const char *const damaged_files[] = {
	"",
	" ",
	"{",
	"[]",
	"{}",
	"7",
	"\xFF\xFE",
	"{\"version\":1}",
	"{\"version\":1,\"profiles\":[]}",
	"{\"version\":\"1\",\"profiles\":{}}",
	"{\"profiles\":{}}",
	"{\"version\":1,\"profiles\":{}} x",
	"{\"version\":1,\"version\":1,\"profiles\":{}}",
};

static void expect_damaged(const struct fixture *fixture)
{
	struct trouble trouble = { .exit_status = 0 };

	assert_int_equal(read_error(fixture, &trouble), ERROR_PARSE);
	assert_int_equal(trouble.exit_status, EXIT_AUTHENTICATION);
	expect_words(trouble.refusal.message, fixture->file);
	expect_words(trouble.advice, "taskctl login");
}

static void a_damaged_file_is_refused(void **state)
{
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(damaged_files); i++) {
		write_text(fixture, damaged_files[i]);
		expect_damaged(fixture);
	}
}

static void what_is_no_small_file_is_refused(void **state)
{
	const struct fixture *fixture = *state;

	write_text(fixture, one_profile);
	assert_int_equal(truncate(fixture->file, 1024 * 1024 + 1), 0);
	expect_damaged(fixture);
	assert_int_equal(unlink(fixture->file), 0);
	assert_int_equal(mkfifo(fixture->file, 0600), 0);
	expect_damaged(fixture);
	assert_int_equal(unlink(fixture->file), 0);
	assert_int_equal(mkdir(fixture->file, 0700), 0);
	expect_damaged(fixture);
}

static void a_newer_version_is_left_as_it_is(void **state)
{
	static const char newer[] = "{\"version\":2,\"profiles\":{},\"more\":1}";
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct trouble trouble;
	char text[sizeof(newer) + 1] = "";
	AUTO_FCLOSE FILE *file = NULL;

	write_text(fixture, newer);
	assert_int_equal(read_error(fixture, &trouble), ERROR_CONFLICT);
	expect_words(trouble.refusal.message, "newer taskctl");
	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_begin(&credentials, NULL), ERROR_CONFLICT);
	assert_int_equal(credentials.lock_fd, -1);
	credentials_deinit(&credentials);
	file = fopen(fixture->file, "re");
	assert_non_null(file);
	assert_int_equal(fread(text, 1, sizeof(text), file), strlen(newer));
	assert_string_equal(text, newer);
}

static void what_was_read_before_stays_on_an_error(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;

	write_text(fixture, one_profile);
	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
	write_text(fixture, "{");
	assert_int_equal(credentials_read(&credentials, NULL), ERROR_PARSE);
	expect_active(&credentials, ann.email);
	credentials_deinit(&credentials);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, credentials_set_up, credentials_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_missing_file_is_nobody),
		TEST(what_was_put_is_read_again),
		TEST(what_a_profile_lacks_is_null),
		TEST(an_active_profile_that_is_not_there_is_nobody),
		TEST(a_file_that_others_may_read_is_refused),
		TEST(a_file_of_somebody_else_is_refused),
		TEST(a_damaged_file_is_refused),
		TEST(what_is_no_small_file_is_refused),
		TEST(a_newer_version_is_left_as_it_is),
		TEST(what_was_read_before_stays_on_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
