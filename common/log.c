/* One write(2) a line, so that lines of different threads and processes never mix. */
#include "common/log.h"

#include "common/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE_SIZE 3072 /* a message is cut to this before its escapes */
#define LINE_SIZE    4096 /* PIPE_BUF: what a pipe takes whole (pipe(7)) */

/* Atomic, because a reload sets it while the pool's threads log. */
static struct {
	const char *_Atomic program;
	atomic_int level;
	atomic_bool is_journal;
} logger = { .level = LOG_LEVEL_INFO };

const char *const log_level_names[] = { "error", "warning", "info", "debug", NULL };

/* The priorities of syslog(3), as sd-daemon(3) writes them. */
static const char *const journal_prefixes[] = { "<3>", "<4>", "<6>", "<7>" };

/* Whether stderr is the stream that the service manager named: "DEVICE:INODE" in decimal. */
static bool stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	char expected[64];
	struct stat status;

	if (!stream || fstat(STDERR_FILENO, &status) != 0)
		return false;
	(void)snprintf(expected, sizeof(expected), "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino);
	return strcmp(stream, expected) == 0;
}

void log_init(const char *program, enum log_level level)
{
	logger.program = program;
	logger.level = (int)level;
	logger.is_journal = stderr_is_journal();
}

static size_t put_prefix(char *line, size_t size, enum log_level level)
{
	const char *program = logger.program;
	char now[TEXT_TIME_SIZE];
	int length;

	if (logger.is_journal)
		length = snprintf(line, size, "%s", journal_prefixes[level]);
	else {
		text_format_time((int64_t)time(NULL), now);
		length = snprintf(line, size, "%s %.32s: %s: ", now, program ? program : "-", log_level_names[level]);
	}
	return (size_t)length;
}

/* C0, DEL, and C1 in its two-byte UTF-8 form: what a terminal would obey. */
static bool is_control(const char *character, size_t length)
{
	unsigned char first = (unsigned char)character[0];

	return first < 0x20 || first == 0x7F || (length == 2 && first == 0xC2 && (unsigned char)character[1] < 0xA0);
}

/* Copy a message; controls and bytes that are not UTF-8 become \xNN. What finds no room is left out. */
static size_t put_escaped(char *line, size_t size, const char *message, size_t length)
{
	size_t used = 0;

	for (size_t i = 0, step; i < length; i += step) {
		step = text_character_length(message + i, length - i);
		if (step && !is_control(message + i, step)) {
			if (used + step > size)
				break;
			memcpy(line + used, message + i, step);
			used += step;
			continue;
		}
		step = step ? step : 1;
		if (used + 4 * step >= size)
			break;
		for (size_t k = 0; k < step; k++, used += 4)
			(void)snprintf(line + used, 5, "\\x%02X", (unsigned char)message[i + k]);
	}
	return used;
}

/* A line that cannot be written is dropped: there is nowhere to say so. */
static void write_line(enum log_level level, const char *message, size_t length)
{
	char line[LINE_SIZE];
	size_t used = put_prefix(line, sizeof(line), level);
	ssize_t written;

	used += put_escaped(line + used, sizeof(line) - used - 1, message, length);
	line[used++] = '\n';
	written = write(STDERR_FILENO, line, used);
	(void)written;
}

__attribute__((format(printf, 2, 0))) static void log_message(
	enum log_level level, const char *format, va_list arguments)
{
	int errno_before = errno;
	char message[MESSAGE_SIZE];
	int length;

	if ((int)level > logger.level)
		return;
	length = vsnprintf(message, sizeof(message), format, arguments);
	if (length >= (int)sizeof(message))
		length = (int)text_whole_length(message, sizeof(message) - 1);
	if (length >= 0)
		write_line(level, message, (size_t)length);
	errno = errno_before;
}

void log_error(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_message(LOG_LEVEL_ERROR, format, arguments);
	va_end(arguments);
}

void log_warning(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_message(LOG_LEVEL_WARNING, format, arguments);
	va_end(arguments);
}

void log_info(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_message(LOG_LEVEL_INFO, format, arguments);
	va_end(arguments);
}

void log_debug(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_message(LOG_LEVEL_DEBUG, format, arguments);
	va_end(arguments);
}
