/* The file of who is logged in, as it is changed: nothing in it is lost, and nothing is left beside it. */
#include "credentials_fixture.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- editing --- */

static void a_commit_leaves_the_file_and_its_lock_alone_in_the_folder(void **state)
{
	const struct fixture *fixture = *state;
	struct stat found;
	mode_t before = umask(0);

	assert_int_equal(put(fixture, &ann), ERROR_NONE);
	(void)umask(before);
	assert_true(is_there(fixture, "credentials.json"));
	assert_true(is_there(fixture, "credentials.lock"));
	assert_int_equal(count_files(fixture), 2);
	assert_int_equal(stat(fixture->file, &found), 0);
	assert_int_equal(found.st_mode & 07777, 0600);
	assert_int_equal(stat(fixture->folder, &found), 0);
	assert_int_equal(found.st_mode & 07777, 0700);
}

static void an_edit_that_is_abandoned_changes_nothing(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;

	assert_int_equal(put(fixture, &ann), ERROR_NONE);
	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_begin(&credentials, NULL), ERROR_NONE);
	assert_int_equal(count_files(fixture), 3); /* the draft is there before a daemon is asked */
	credentials_put(&credentials, &bob);
	credentials_abandon(&credentials);
	assert_int_equal(count_files(fixture), 2);
	assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
	expect_active(&credentials, ann.email);
	credentials_deinit(&credentials);
}

static void the_end_of_the_struct_abandons_the_edit(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;

	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_begin(&credentials, NULL), ERROR_NONE);
	credentials_deinit(&credentials);
	assert_int_equal(count_files(fixture), 1);
	assert_int_equal(put(fixture, &ann), ERROR_NONE); /* the lock is free */
}

static void an_edit_begins_with_what_the_file_says_now(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;

	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
	assert_int_equal(put(fixture, &ann), ERROR_NONE);
	assert_int_equal(credentials_begin(&credentials, NULL), ERROR_NONE);
	expect_active(&credentials, ann.email);
	credentials_deinit(&credentials);
}

static void a_damaged_file_is_replaced_by_an_edit(void **state)
{
	const struct fixture *fixture = *state;

	write_text(fixture, "{\"version\":1,");
	assert_int_equal(put(fixture, &ann), ERROR_NONE);
	assert_int_equal(read_error(fixture, NULL), ERROR_NONE);
}

static void the_draft_of_a_crash_is_never_written_through(void **state)
{
	const struct fixture *fixture = *state;
	char victim[192];
	char draft[224];
	struct stat found;

	write_text(fixture, one_profile);
	(void)snprintf(victim, sizeof(victim), "%s/victim", fixture->base);
	(void)snprintf(draft, sizeof(draft), "%s.new", fixture->file);
	assert_int_equal(mknod(victim, S_IFREG | 0600, 0), 0);
	assert_int_equal(symlink(victim, draft), 0);
	assert_int_equal(put(fixture, &bob), ERROR_NONE);
	assert_int_equal(stat(victim, &found), 0);
	assert_int_equal(found.st_size, 0);
	assert_int_equal(lstat(fixture->file, &found), 0);
	assert_true(S_ISREG(found.st_mode));
	assert_int_equal(count_files(fixture), 2);
}

static void a_folder_that_cannot_be_made_is_known_at_the_beginning(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct trouble trouble;

	assert_int_equal(mknod(fixture->folder, S_IFREG | 0600, 0), 0);
	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_begin(&credentials, &trouble), ERROR_STORAGE);
	expect_words(trouble.refusal.message, fixture->folder);
	assert_int_equal(credentials.lock_fd, -1);
	assert_int_equal(credentials.draft_fd, -1);
	credentials_deinit(&credentials);
}

static void the_last_put_is_active_and_the_others_stay(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;

	assert_int_equal(put(fixture, &ann), ERROR_NONE);
	assert_int_equal(put(fixture, &bob), ERROR_NONE);
	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
	expect_active(&credentials, bob.email);
	assert_int_equal(json_object_size(json_object_get(credentials.root, "profiles")), 2);
	credentials_deinit(&credentials);
}

static void a_profile_that_was_found_can_be_put_back(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct profile found;

	credentials_init(&credentials, fixture->folder);
	credentials_put(&credentials, &ann);
	assert_true(credentials_find_active(&credentials, &found));
	found.access_token = "a9";
	credentials_put(&credentials, &found);
	assert_true(credentials_find_active(&credentials, &found));
	assert_string_equal(found.email, ann.email);
	assert_string_equal(found.access_token, "a9");
	assert_string_equal(found.refresh_token, ann.refresh_token);
	credentials_deinit(&credentials);
}

/* --- one of several --- */

static void a_profile_is_found_by_its_email_without_case(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct profile found;

	credentials_init(&credentials, fixture->folder);
	credentials_put(&credentials, &ann);
	credentials_put(&credentials, &bob);
	assert_true(credentials_find(&credentials, "ANN@Example.com", &found));
	assert_string_equal(found.email, ann.email);
	assert_string_equal(found.access_token, ann.access_token);
	assert_false(credentials_find(&credentials, "ann@example.co", &found));
	assert_false(credentials_find(&credentials, "", &found));
	credentials_deinit(&credentials);
}

static void profiles_are_told_one_after_the_other(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct profile found;

	credentials_init(&credentials, fixture->folder);
	assert_false(credentials_find_at(&credentials, 0, &found));
	credentials_put(&credentials, &ann);
	credentials_put(&credentials, &bob);
	assert_true(credentials_find_at(&credentials, 0, &found));
	assert_string_equal(found.email, ann.email);
	assert_true(credentials_find_at(&credentials, 1, &found));
	assert_string_equal(found.email, bob.email);
	assert_false(credentials_find_at(&credentials, 2, &found));
	credentials_deinit(&credentials);
}

static void replacing_a_profile_leaves_the_active_one_active(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct profile renewed = ann;
	struct profile found;

	renewed.access_token = "a9";
	credentials_init(&credentials, fixture->folder);
	credentials_put(&credentials, &ann);
	credentials_put(&credentials, &bob);
	credentials_replace(&credentials, ann.email, &renewed);
	expect_active(&credentials, bob.email);
	assert_true(credentials_find(&credentials, ann.email, &found));
	assert_string_equal(found.access_token, "a9");
	assert_true(credentials_is_active(&credentials, "BOB@example.com"));
	assert_false(credentials_is_active(&credentials, ann.email));
	credentials_activate(&credentials, ann.email);
	expect_active(&credentials, ann.email);
	credentials_deinit(&credentials);
}

static void an_account_with_another_email_takes_its_place_along(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct profile renamed = ann;
	struct profile found;

	renamed.email = "anna@example.com";
	credentials_init(&credentials, fixture->folder);
	credentials_put(&credentials, &bob);
	credentials_put(&credentials, &ann);
	credentials_replace(&credentials, ann.email, &renamed);
	expect_active(&credentials, "anna@example.com");
	assert_false(credentials_find(&credentials, ann.email, &found));
	assert_int_equal(json_object_size(json_object_get(credentials.root, "profiles")), 2);
	credentials_deinit(&credentials);
}

/* --- sessions --- */

static void the_session_that_ended_is_removed_and_no_other(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;

	credentials_init(&credentials, fixture->folder);
	credentials_put(&credentials, &bob);
	credentials_put(&credentials, &ann);
	credentials_remove_session(&credentials, bob.session_id);
	expect_active(&credentials, ann.email);
	assert_int_equal(json_object_size(json_object_get(credentials.root, "profiles")), 1);
	credentials_remove_session(&credentials, "s0");
	expect_active(&credentials, ann.email);
	credentials_remove_session(&credentials, ann.session_id);
	expect_json(credentials.root, "{\"profiles\":{},\"version\":1}");
	credentials_deinit(&credentials);
}

static void a_newer_session_of_the_same_account_stays(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	struct profile newer = ann;

	newer.session_id = "s3";
	credentials_init(&credentials, fixture->folder);
	credentials_put(&credentials, &ann);
	credentials_put(&credentials, &newer);
	credentials_remove_session(&credentials, ann.session_id);
	expect_active(&credentials, ann.email);
	credentials_deinit(&credentials);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, credentials_set_up, credentials_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_commit_leaves_the_file_and_its_lock_alone_in_the_folder),
		TEST(an_edit_that_is_abandoned_changes_nothing),
		TEST(the_end_of_the_struct_abandons_the_edit),
		TEST(an_edit_begins_with_what_the_file_says_now),
		TEST(a_damaged_file_is_replaced_by_an_edit),
		TEST(the_draft_of_a_crash_is_never_written_through),
		TEST(a_folder_that_cannot_be_made_is_known_at_the_beginning),
		TEST(the_last_put_is_active_and_the_others_stay),
		TEST(a_profile_that_was_found_can_be_put_back),
		TEST(a_profile_is_found_by_its_email_without_case),
		TEST(profiles_are_told_one_after_the_other),
		TEST(replacing_a_profile_leaves_the_active_one_active),
		TEST(an_account_with_another_email_takes_its_place_along),
		TEST(the_session_that_ended_is_removed_and_no_other),
		TEST(a_newer_session_of_the_same_account_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
