/* Lines of a pipe: as they come, at their end, too long, and when nothing comes. */
#include "testing.h"

#include "cli/line_input.h"

#include <unistd.h>

#define AT_ONCE 0
#define PIECE   ((size_t)1024)

struct piped {
	int write_fd, read_fd;
	struct line_input input;
};

static void set_up(struct piped *piped)
{
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	piped->read_fd = fds[0];
	piped->write_fd = fds[1];
	line_input_init(&piped->input, fds[0]);
}

static void tear_down(struct piped *piped)
{
	line_input_deinit(&piped->input);
	(void)close(piped->read_fd);
}

static void put(const struct piped *piped, const char *bytes, size_t length)
{
	assert_int_equal(write(piped->write_fd, bytes, length), (ssize_t)length);
}

static void expect_there(struct piped *piped, bool expected)
{
	bool is_there = !expected;

	assert_int_equal(line_input_wait(&piped->input, AT_ONCE, &is_there, NULL), ERROR_NONE);
	assert_int_equal(is_there, expected);
}

/* `reason` NULL: a good line. */
static void expect_line(struct piped *piped, const char *expected, size_t expected_length, const char *reason)
{
	const char *line = NULL, *found = NULL;
	size_t length = 0;
	bool is_there = false;

	assert_int_equal(line_input_take(&piped->input, &is_there, &line, &length, &found, NULL), ERROR_NONE);
	assert_true(is_there);
	if (reason) {
		assert_non_null(found);
		expect_words(found, reason);
		return;
	}
	assert_null(found);
	assert_int_equal(length, expected_length);
	assert_memory_equal(line, expected, expected_length);
}

static void expect_end(struct piped *piped)
{
	const char *line, *reason;
	size_t length;
	bool is_there = true;

	assert_int_equal(line_input_take(&piped->input, &is_there, &line, &length, &reason, NULL), ERROR_NONE);
	assert_false(is_there);
}

static void lines_are_numbered_and_lose_their_ends(void **state)
{
	struct piped piped;

	(void)state;
	set_up(&piped);
	put(&piped, "one\r\n\ntw\0o\n\xff\nfive", 17);
	expect_line(&piped, "one", 3, NULL);
	expect_line(&piped, "", 0, NULL);
	expect_line(&piped, NULL, 0, "NUL");
	expect_line(&piped, NULL, 0, "UTF-8");
	assert_int_equal(piped.input.number, 4);
	expect_there(&piped, false);
	(void)close(piped.write_fd);
	expect_there(&piped, true);
	expect_line(&piped, "five", 4, NULL);
	expect_end(&piped);
	expect_end(&piped);
	assert_int_equal(piped.input.number, 5);
	tear_down(&piped);
}

static void nothing_is_no_line(void **state)
{
	struct piped piped;

	(void)state;
	set_up(&piped);
	(void)close(piped.write_fd);
	expect_end(&piped);
	assert_int_equal(piped.input.number, 0);
	tear_down(&piped);
}

static void put_letters(struct piped *piped, size_t length)
{
	char letters[PIECE];

	memset(letters, 'x', sizeof(letters));
	for (size_t sent = 0; sent < length; sent += PIECE) {
		put(piped, letters, length - sent < PIECE ? length - sent : PIECE);
		expect_there(piped, false);
	}
}

/* With a line feed, and at the end of all. What comes of it is not kept. */
static void what_is_too_long_is_told_and_not_kept(void **state)
{
	(void)state;
	for (int is_last = 0; is_last < 2; is_last++) {
		struct piped piped;

		set_up(&piped);
		put(&piped, "\n", 1);
		expect_line(&piped, "", 0, NULL);
		put_letters(&piped, 10 * LINE_INPUT_LIMIT);
		assert_true(piped.input.buffer.length <= 2 * LINE_INPUT_LIMIT);
		if (!is_last)
			put(&piped, "\nnext", 5);
		(void)close(piped.write_fd);
		expect_line(&piped, NULL, 0, "longer");
		assert_int_equal(piped.input.number, 2);
		if (!is_last)
			expect_line(&piped, "next", 4, NULL);
		expect_end(&piped);
		tear_down(&piped);
	}
}

/* Each of the lengths around the limit, and at the end exactly where a line was dropped. */
static void the_limit_is_exact(void **state)
{
	(void)state;
	for (size_t more = 0; more < 4; more++) {
		struct piped piped;
		const char *line = NULL, *reason = NULL;
		size_t length = 0;
		bool is_there = false;

		set_up(&piped);
		put_letters(&piped, LINE_INPUT_LIMIT + more);
		if (more == 0)
			put(&piped, "\r\n", 2);
		(void)close(piped.write_fd);
		assert_int_equal(line_input_take(&piped.input, &is_there, &line, &length, &reason, NULL), ERROR_NONE);
		assert_true(is_there);
		assert_int_equal(reason == NULL, more == 0);
		if (more == 0)
			assert_int_equal(length, LINE_INPUT_LIMIT);
		expect_end(&piped);
		tear_down(&piped);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_numbered_and_lose_their_ends),
		cmocka_unit_test(nothing_is_no_line),
		cmocka_unit_test(what_is_too_long_is_told_and_not_kept),
		cmocka_unit_test(the_limit_is_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
