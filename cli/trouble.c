/* Messages for people, on stderr. */
#include "trouble.h"

#include "common/buffer.h"
#include "terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 3, 0))) static enum error set_message(
	struct trouble *trouble, enum error error, const char *format, va_list arguments)
{
	char message[sizeof(trouble->refusal.message)];

	if (!trouble)
		return error;
	(void)vsnprintf(message, sizeof(message), format, arguments);
	*trouble = (struct trouble){ .exit_status = 0 };
	return refuse(&trouble->refusal, error, NULL, "%s", message);
}

enum error trouble_set(struct trouble *trouble, enum error error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)set_message(trouble, error, format, arguments);
	va_end(arguments);
	return error;
}

enum error trouble_usage(struct trouble *trouble, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)set_message(trouble, ERROR_INVALID_PARAMS, format, arguments);
	va_end(arguments);
	return ERROR_INVALID_PARAMS;
}

enum error trouble_no_daemon(struct trouble *trouble, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)set_message(trouble, ERROR_UNAVAILABLE, format, arguments);
	va_end(arguments);
	if (trouble)
		trouble->exit_status = EXIT_NO_DAEMON;
	return ERROR_UNAVAILABLE;
}

enum error trouble_refused(struct trouble *trouble, const struct refusal *refusal)
{
	if (trouble)
		*trouble = (struct trouble){ .refusal = *refusal };
	return refusal->error;
}

void trouble_advise(struct trouble *trouble, const char *format, ...)
{
	va_list arguments;

	if (!trouble)
		return;
	va_start(arguments, format);
	(void)vsnprintf(trouble->advice, sizeof(trouble->advice), format, arguments);
	va_end(arguments);
}

static void print_line(const char *prefix, const char *text)
{
	struct buffer line;

	buffer_init(&line);
	buffer_append_text(&line, prefix);
	terminal_clean(&line, text, strlen(text));
	buffer_append_char(&line, '\n');
	(void)fflush(stdout);
	(void)fwrite(line.data, 1, line.length, stderr);
	buffer_deinit(&line);
}

/* A message may have more lines: what was written, and a caret under the place in it. */
static void print_lines(const char *message)
{
	char lines[REFUSAL_MESSAGE_SIZE];
	char *rest = lines;

	(void)snprintf(lines, sizeof(lines), "%s", message);
	print_line("taskctl: ", strsep(&rest, "\n"));
	while (rest)
		print_line("         ", strsep(&rest, "\n"));
}

int trouble_report(const struct trouble *trouble)
{
	if (trouble->refusal.message[0])
		print_lines(trouble->refusal.message);
	if (trouble->advice[0])
		print_line("         ", trouble->advice);
	if (trouble->next[0])
		print_line("         ", trouble->next);
	return trouble->exit_status ? trouble->exit_status : error_info(trouble->refusal.error)->exit_status;
}

void trouble_warn(const char *format, ...)
{
	char message[1024];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	print_line("taskctl: ", message);
}
