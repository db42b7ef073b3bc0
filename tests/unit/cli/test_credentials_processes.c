/* The file of who is logged in while several processes change it. */
#include "credentials_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define EDIT_COUNT 50

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

#define TEST(test) cmocka_unit_test_setup_teardown(test, credentials_set_up, credentials_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_processes_that_edit_at_once_lose_nothing),
		TEST(whoever_reads_beside_an_edit_sees_a_whole_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
