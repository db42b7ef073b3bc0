/* A copy is there as a whole or not at all, is for its owner, and replaces nothing. */
#include "testing.h"

#include "cli/file_copy.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE ((size_t)200 * 1024) /* some chunks, and not a whole number of them */

struct fixture {
	char folder[64];
	char source[96];
	char target[96];
	char content[SIZE];
};

static void write_file(const char *path, const char *bytes, size_t length)
{
	AUTO_FCLOSE FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
}

static int set_up(void **state)
{
	static struct fixture fixture;

	(void)snprintf(fixture.folder, sizeof(fixture.folder), "/tmp/test_file_copy.XXXXXX");
	if (!mkdtemp(fixture.folder))
		return -1;
	(void)snprintf(fixture.source, sizeof(fixture.source), "%s/source", fixture.folder);
	(void)snprintf(fixture.target, sizeof(fixture.target), "%s/target", fixture.folder);
	for (size_t i = 0; i < SIZE; i++)
		fixture.content[i] = (char)(i * 31 % 251);
	write_file(fixture.source, fixture.content, SIZE);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	const struct fixture *fixture = *state;

	(void)unlink(fixture->source);
	(void)unlink(fixture->target);
	return rmdir(fixture->folder); /* fails when anything else was left */
}

static enum error copy(const struct fixture *fixture, struct trouble *trouble)
{
	return file_copy_new(fixture->source, fixture->target, (int64_t)SIZE, trouble);
}

static void expect_no_target(const struct fixture *fixture)
{
	struct stat found;

	assert_int_equal(lstat(fixture->target, &found), -1);
}

static void a_copy_has_the_same_bytes_and_is_for_its_owner(void **state)
{
	const struct fixture *fixture = *state;
	char found[SIZE + 1];
	AUTO_FCLOSE FILE *file = NULL;
	struct stat status;
	mode_t before = umask(0);
	enum error error = copy(fixture, NULL);

	(void)umask(before);
	assert_int_equal(error, ERROR_NONE);
	assert_int_equal(stat(fixture->target, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	assert_int_equal(status.st_nlink, 1);
	file = fopen(fixture->target, "re");
	assert_non_null(file);
	assert_int_equal(fread(found, 1, sizeof(found), file), SIZE);
	assert_memory_equal(found, fixture->content, SIZE);
}

static void a_file_that_is_there_is_not_replaced(void **state)
{
	const struct fixture *fixture = *state;
	struct stat found;

	write_file(fixture->target, "x", 1);
	assert_int_equal(copy(fixture, NULL), ERROR_CONFLICT);
	assert_int_equal(stat(fixture->target, &found), 0);
	assert_int_equal(found.st_size, 1);
}

static void a_symbolic_link_is_not_written_through(void **state)
{
	const struct fixture *fixture = *state;
	struct stat found;

	assert_int_equal(symlink("nowhere", fixture->target), 0);
	assert_int_equal(copy(fixture, NULL), ERROR_CONFLICT);
	assert_int_equal(lstat(fixture->target, &found), 0);
	assert_true(S_ISLNK(found.st_mode));
}

static void a_source_of_another_size_is_refused(void **state)
{
	const struct fixture *fixture = *state;
	struct trouble trouble;

	assert_int_equal(file_copy_new(fixture->source, fixture->target, (int64_t)SIZE + 1, &trouble), ERROR_STORAGE);
	expect_words(trouble.refusal.message, fixture->source);
	expect_no_target(fixture);
}

static void a_source_that_is_a_link_is_refused(void **state)
{
	const struct fixture *fixture = *state;
	char other[sizeof(fixture->source) + 8];

	(void)snprintf(other, sizeof(other), "%s.link", fixture->source);
	assert_int_equal(symlink(fixture->source, other), 0);
	assert_int_equal(file_copy_new(other, fixture->target, (int64_t)SIZE, NULL), ERROR_STORAGE);
	assert_int_equal(unlink(other), 0);
	expect_no_target(fixture);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
	const struct fixture *fixture = *state;
	struct trouble trouble;
	char target[sizeof(fixture->folder) + 16];

	(void)snprintf(target, sizeof(target), "%s/no/target", fixture->folder);
	assert_int_equal(file_copy_new(fixture->source, target, (int64_t)SIZE, &trouble), ERROR_STORAGE);
	expect_words(trouble.refusal.message, target);
}

static void a_disk_that_fills_up_leaves_nothing(void **state)
{
	const struct fixture *fixture = *state;
	struct rlimit before;
	struct rlimit small;
	enum error error;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = SIZE / 2;
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	error = copy(fixture, NULL);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(error, ERROR_STORAGE);
	expect_no_target(fixture);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_copy_has_the_same_bytes_and_is_for_its_owner),
		TEST(a_file_that_is_there_is_not_replaced),
		TEST(a_symbolic_link_is_not_written_through),
		TEST(a_source_of_another_size_is_refused),
		TEST(a_source_that_is_a_link_is_refused),
		TEST(a_folder_that_is_not_there_is_named),
		TEST(a_disk_that_fills_up_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
