/* The ways a handler may end. */
#include "rpc/request.h"

#include <stdarg.h>
#include <stdio.h>

__attribute__((format(printf, 4, 0))) static void set_refusal(
	struct request *request, enum error error, const char *field, const char *format, va_list arguments)
{
	/* Longer than what a refusal holds, which cuts behind a whole character. */
	char message[2 * sizeof(request->refusal.message)];

	(void)vsnprintf(message, sizeof(message), format, arguments);
	refuse(&request->refusal, error, field, "%s", message);
}

enum error request_refuse(struct request *request, enum error error, const char *field, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_refusal(request, error, field, format, arguments);
	va_end(arguments);
	return error;
}

enum error request_refuse_and_keep(
	struct request *request, enum error error, const char *field, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_refusal(request, error, field, format, arguments);
	va_end(arguments);
	request->is_kept = true;
	return error;
}

enum error request_defer(struct request *request)
{
	request->is_deferred = true;
	return ERROR_UNAVAILABLE;
}
