/* What the log writes, seen through a socket that keeps each write(2) apart. */
#include "testing.h"

#include "common/log.h"
#include "common/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
	int stderr_before;
	int log_end;  /* becomes stderr while a message is logged */
	int read_end; /* one datagram for each write */
	char line[8192];
	ssize_t length;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends) != 0)
		return -1;
	fixture = (struct fixture){ .stderr_before = dup(STDERR_FILENO), .log_end = ends[0], .read_end = ends[1] };
	unsetenv("JOURNAL_STREAM");
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	close(fixture->stderr_before);
	close(fixture->log_end);
	close(fixture->read_end);
	return 0;
}

static void use_as_stderr(int fd)
{
	assert_int_equal(dup2(fd, STDERR_FILENO), STDERR_FILENO);
}

static void read_line(struct fixture *fixture)
{
	fixture->length = recv(fixture->read_end, fixture->line, sizeof(fixture->line) - 1, 0);
	fixture->line[fixture->length > 0 ? fixture->length : 0] = '\0';
}

/* Log one message as a warning, and read what was written. */
static void log_and_read(struct fixture *fixture, const char *message)
{
	use_as_stderr(fixture->log_end);
	log_init("taskd", LOG_LEVEL_INFO);
	log_warning("%s", message);
	use_as_stderr(fixture->stderr_before);
	read_line(fixture);
}

static void name_journal(int fd)
{
	struct stat status;
	char stream[64];

	assert_int_equal(fstat(fd, &status), 0);
	(void)snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
}

static void a_line_has_time_program_level_and_message(void **state)
{
	struct fixture *fixture = *state;

	log_and_read(fixture, "the disk is slow");
	assert_true(fixture->length > TEXT_TIME_SIZE);
	assert_int_equal(fixture->line[4], '-');
	assert_int_equal(fixture->line[10], 'T');
	assert_int_equal(fixture->line[19], 'Z');
	assert_string_equal(fixture->line + 20, " taskd: warning: the disk is slow\n");
}

static void the_journal_gets_a_priority_instead(void **state)
{
	struct fixture *fixture = *state;

	name_journal(fixture->log_end);
	log_and_read(fixture, "the disk is slow");
	assert_string_equal(fixture->line, "<4>the disk is slow\n");
}

static void each_level_has_its_priority(void **state)
{
	static void (*const loggers[])(const char *, ...) = { log_error, log_warning, log_info, log_debug };
	static const char *const lines[] = { "<3>x\n", "<4>x\n", "<6>x\n", "<7>x\n" };
	struct fixture *fixture = *state;

	name_journal(fixture->log_end);
	for (size_t i = 0; i < COUNT_OF(loggers); i++) {
		use_as_stderr(fixture->log_end);
		log_init("taskd", LOG_LEVEL_DEBUG);
		loggers[i]("x");
		use_as_stderr(fixture->stderr_before);
		read_line(fixture);
		assert_string_equal(fixture->line, lines[i]);
	}
}

static void another_stream_is_not_the_journal(void **state)
{
	static const char *const streams[] = { "1:1", "", ":", "nonsense" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(streams); i++) {
		setenv("JOURNAL_STREAM", streams[i], 1);
		log_and_read(fixture, "x");
		assert_string_equal(fixture->line + 20, " taskd: warning: x\n");
	}
}

static const struct {
	const char *message;
	const char *written;
} escapes[] = {
	{ "two\nlines", "two\\x0Alines" },
	{ "\x1b[31mred", "\\x1B[31mred" },
	{ "tab\there", "tab\\x09here" },
	{ "del\x7f", "del\\x7F" },
	{ "c1 \xc2\x9b", "c1 \\xC2\\x9B" },
	{ "nbsp \xc2\xa0", "nbsp \xc2\xa0" },
	{ "caf\xc3\xa9", "caf\xc3\xa9" },
	{ "bad \xff\xc3", "bad \\xFF\\xC3" },
	{ "overlong \xc0\x8a", "overlong \\xC0\\x8A" },
};

static void what_a_terminal_would_obey_is_escaped(void **state)
{
	struct fixture *fixture = *state;
	char expected[128];

	name_journal(fixture->log_end);
	for (size_t i = 0; i < COUNT_OF(escapes); i++) {
		(void)snprintf(expected, sizeof(expected), "<4>%s\n", escapes[i].written);
		log_and_read(fixture, escapes[i].message);
		assert_string_equal(fixture->line, expected);
	}
}

static void a_long_message_stays_one_line_that_a_pipe_takes_whole(void **state)
{
	static const char fillers[] = { 'x', '\n', '\xff' };
	struct fixture *fixture = *state;
	char message[6000];

	for (size_t i = 0; i < COUNT_OF(fillers); i++) {
		memset(message, fillers[i], sizeof(message) - 1);
		message[sizeof(message) - 1] = '\0';
		log_and_read(fixture, message);
		assert_in_range(fixture->length, 3000, 4096);
		assert_ptr_equal(strchr(fixture->line, '\n'), fixture->line + fixture->length - 1);
		read_line(fixture);
		assert_int_equal(fixture->length, -1);
	}
}

static void what_is_below_the_level_is_not_written(void **state)
{
	struct fixture *fixture = *state;

	use_as_stderr(fixture->log_end);
	log_init("taskd", LOG_LEVEL_WARNING);
	log_info("quiet");
	log_debug("quiet");
	log_init("taskd", LOG_LEVEL_INFO);
	log_info("heard");
	use_as_stderr(fixture->stderr_before);
	read_line(fixture);
	assert_non_null(strstr(fixture->line, "heard"));
	read_line(fixture);
	assert_int_equal(fixture->length, -1);
}

/* A full disk and a full pipe: the caller notices nothing, errno included. */
static void a_line_that_cannot_be_written_is_dropped(void **state)
{
	struct fixture *fixture = *state;
	AUTO_CLOSE int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	assert_true(full >= 0);
	use_as_stderr(full);
	log_init("taskd", LOG_LEVEL_INFO);
	errno = EDOM;
	log_error("lost");
	assert_int_equal(errno, EDOM);
	use_as_stderr(fixture->log_end);
	for (int i = 0; i < 2000; i++)
		log_error("%03000d", i);
	assert_int_equal(errno, EDOM);
	use_as_stderr(fixture->stderr_before);
}

static void the_levels_have_names(void **state)
{
	(void)state;
	assert_string_equal(log_level_names[LOG_LEVEL_ERROR], "error");
	assert_string_equal(log_level_names[LOG_LEVEL_DEBUG], "debug");
	assert_null(log_level_names[LOG_LEVEL_DEBUG + 1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_line_has_time_program_level_and_message, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_journal_gets_a_priority_instead, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_level_has_its_priority, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_stream_is_not_the_journal, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_a_terminal_would_obey_is_escaped, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_long_message_stays_one_line_that_a_pipe_takes_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_below_the_level_is_not_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_line_that_cannot_be_written_is_dropped, set_up, tear_down),
		cmocka_unit_test(the_levels_have_names),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
