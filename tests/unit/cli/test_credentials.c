/* The file of who is logged in: nobody else reads it, nothing in it is lost, and nothing is left beside it. */
#include "testing.h"

#include "cli/credentials.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OTHER_USER 65534u
#define EDIT_COUNT 50

static const char one_profile[] = "{\"version\":1,\"active\":\"ann@example.com\",\"profiles\":{\"ann@example.com\":"
				  "{\"user_id\":7,\"session_id\":\"s1\",\"access_token\":\"a1\"}}}";

static const struct profile ann = {
	.email = "ann@example.com",
	.instance = "taskd:1",
	.socket = "/run/taskd.sock",
	.session_id = "s1",
	.access_token = "a1",
	.refresh_token = "r1",
	.user_id = 7,
	.access_expires_at = 1800000000,
	.refresh_expires_at = 1900000000,
};

static const struct profile bob = {
	.email = "bob@example.com",
	.session_id = "s2",
	.access_token = "a2",
	.user_id = 8,
};

/* A folder of our own; that of the credentials is in it, and not yet made. */
struct fixture {
	char base[64];
	char folder[128];
	char file[192];
};

static int set_up(void **state)
{
	static struct fixture fixture;

	(void)snprintf(fixture.base, sizeof(fixture.base), "/tmp/test_credentials.XXXXXX");
	if (!mkdtemp(fixture.base))
		return -1;
	(void)snprintf(fixture.folder, sizeof(fixture.folder), "%s/config", fixture.base);
	(void)snprintf(fixture.file, sizeof(fixture.file), "%s/credentials.json", fixture.folder);
	*state = &fixture;
	return 0;
}

static void remove_content(const char *folder)
{
	DIR *directory = opendir(folder);
	const struct dirent *entry;

	if (!directory)
		return;
	while ((entry = readdir(directory)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			(void)unlinkat(dirfd(directory), entry->d_name, entry->d_type == DT_DIR ? AT_REMOVEDIR : 0);
	(void)closedir(directory);
}

static int tear_down(void **state)
{
	const struct fixture *fixture = *state;

	remove_content(fixture->folder);
	remove_content(fixture->base);
	return rmdir(fixture->base);
}

static void write_file(const struct fixture *fixture, const char *text, size_t length, mode_t mode)
{
	AUTO_FCLOSE FILE *file = NULL;

	(void)mkdir(fixture->folder, 0700);
	file = fopen(fixture->file, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fchmod(fileno(file), mode), 0);
}

static void write_text(const struct fixture *fixture, const char *text)
{
	write_file(fixture, text, strlen(text), 0600);
}

static bool is_there(const struct fixture *fixture, const char *name)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	return access(path, F_OK) == 0;
}

static size_t count_files(const struct fixture *fixture)
{
	DIR *directory = opendir(fixture->folder);
	const struct dirent *entry;
	size_t count = 0;

	assert_non_null(directory);
	while ((entry = readdir(directory)))
		count += entry->d_name[0] != '.';
	(void)closedir(directory);
	return count;
}

/* One whole edit. */
static enum error put(const struct fixture *fixture, const struct profile *profile)
{
	struct credentials credentials;
	enum error error;

	credentials_init(&credentials, fixture->folder);
	error = credentials_begin(&credentials, NULL);
	if (!error) {
		credentials_put(&credentials, profile);
		error = credentials_commit(&credentials, NULL);
	}
	credentials_deinit(&credentials);
	return error;
}

static enum error read_error(const struct fixture *fixture, struct trouble *trouble)
{
	struct credentials credentials;
	enum error error;

	credentials_init(&credentials, fixture->folder);
	error = credentials_read(&credentials, trouble);
	credentials_deinit(&credentials);
	return error;
}

static void expect_active(const struct credentials *credentials, const char *email)
{
	struct profile profile = { .email = NULL };

	assert_int_equal(credentials_find_active(credentials, &profile), email != NULL);
	if (email)
		assert_string_equal(profile.email, email);
}

/* --- reading --- */

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

/* --- several processes --- */

/* Put profiles of our own; the exit status says whether all of it went well. */
static _Noreturn void edit_and_exit(const struct fixture *fixture, char who)
{
	for (int i = 0; i < EDIT_COUNT; i++) {
		char email[32];
		struct profile profile = ann;

		(void)snprintf(email, sizeof(email), "%c%d@example.com", who, i);
		profile.email = email;
		if (put(fixture, &profile))
			_exit(EXIT_FAILURE);
	}
	_exit(EXIT_SUCCESS);
}

static pid_t start_editor(const struct fixture *fixture, char who)
{
	pid_t child = fork();

	assert_int_not_equal(child, -1);
	if (child == 0)
		edit_and_exit(fixture, who);
	return child;
}

static void expect_success(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS);
}

static void two_processes_that_edit_at_once_lose_nothing(void **state)
{
	const struct fixture *fixture = *state;
	struct credentials credentials;
	pid_t first = start_editor(fixture, 'a');
	pid_t second = start_editor(fixture, 'b');

	expect_success(first);
	expect_success(second);
	credentials_init(&credentials, fixture->folder);
	assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
	assert_int_equal(json_object_size(json_object_get(credentials.root, "profiles")), 2 * EDIT_COUNT);
	credentials_deinit(&credentials);
	assert_int_equal(count_files(fixture), 2);
}

static void whoever_reads_beside_an_edit_sees_a_whole_file(void **state)
{
	const struct fixture *fixture = *state;
	size_t before = 0;
	pid_t child;
	int status;

	assert_int_equal(put(fixture, &ann), ERROR_NONE);
	child = start_editor(fixture, 'a');
	while (waitpid(child, &status, WNOHANG) == 0) {
		struct credentials credentials;
		size_t count;

		credentials_init(&credentials, fixture->folder);
		assert_int_equal(credentials_read(&credentials, NULL), ERROR_NONE);
		count = json_object_size(json_object_get(credentials.root, "profiles"));
		assert_true(count >= 1 && count >= before);
		before = count;
		credentials_deinit(&credentials);
	}
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

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
		TEST(two_processes_that_edit_at_once_lose_nothing),
		TEST(whoever_reads_beside_an_edit_sees_a_whole_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
