/* The table of errors, and the making of refusals from it. */
#include "common/error.h"

#include "common/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define RETRY_AFTER_MS 1000

static const struct error_info errors[ERROR_COUNT] = {
	[ERROR_NONE] = { .code = 0, .kind = "none", .message = "done", .exit_status = 0 },
	[ERROR_PARSE] = { .code = -32700,
		.kind = "parse_error",
		.message = "the line is not valid JSON",
		.exit_status = EXIT_DAEMON },
	[ERROR_INVALID_REQUEST] = { .code = -32600,
		.kind = "invalid_request",
		.message = "not a JSON-RPC 2.0 request",
		.exit_status = EXIT_DAEMON },
	[ERROR_UNKNOWN_METHOD] = { .code = -32601,
		.kind = "unknown_method",
		.message = "no such method",
		.exit_status = EXIT_DAEMON },
	[ERROR_INVALID_PARAMS] = { .code = -32602,
		.kind = "invalid_params",
		.message = "a parameter is not valid",
		.exit_status = EXIT_USAGE },
	[ERROR_INTERNAL] = { .code = -32603,
		.kind = "internal",
		.message = "the daemon failed; its log says more",
		.exit_status = EXIT_DAEMON },
	[ERROR_UNAUTHENTICATED] = { .code = 401,
		.kind = "unauthenticated",
		.message = "Not authenticated",
		.exit_status = EXIT_AUTHENTICATION },
	[ERROR_FORBIDDEN] = { .code = 403,
		.kind = "forbidden",
		.message = "not allowed",
		.exit_status = EXIT_AUTHENTICATION },
	[ERROR_NOT_FOUND] = { .code = 404, .kind = "not_found", .message = "not found", .exit_status = EXIT_NO_MATCH },
	[ERROR_CONFLICT] = { .code = 409,
		.kind = "conflict",
		.message = "in conflict with the present state",
		.exit_status = EXIT_CONFLICT },
	[ERROR_GONE] = { .code = 410, .kind = "gone", .message = "no longer there", .exit_status = EXIT_NO_MATCH },
	[ERROR_TOO_LARGE] = { .code = 413, .kind = "too_large", .message = "too large", .exit_status = EXIT_USAGE },
	[ERROR_RATE_LIMITED] = { .code = 429,
		.kind = "rate_limited",
		.message = "too many attempts; wait and try again",
		.exit_status = EXIT_DAEMON,
		.is_retryable = true,
		.retry_after_ms = RETRY_AFTER_MS },
	[ERROR_UNAVAILABLE] = { .code = 503,
		.kind = "unavailable",
		.message = "the daemon is busy; try again",
		.exit_status = EXIT_DAEMON,
		.is_retryable = true,
		.retry_after_ms = RETRY_AFTER_MS },
	[ERROR_DEADLINE] = { .code = 504,
		.kind = "deadline",
		.message = "the request took too long",
		.exit_status = EXIT_DAEMON,
		.is_retryable = true },
	[ERROR_STORAGE] = { .code = 507,
		.kind = "storage",
		.message = "the disk failed; outcome unknown, try again with the same idempotency key",
		.exit_status = EXIT_DAEMON,
		.is_retryable = true },
};

const struct error_info *error_info(enum error error)
{
	return &errors[(unsigned)error < ERROR_COUNT ? error : ERROR_INTERNAL];
}

enum error error_from_kind(const char *kind)
{
	for (enum error error = ERROR_NONE + 1; error < ERROR_COUNT; error++)
		if (strcmp(errors[error].kind, kind) == 0)
			return error;
	return ERROR_INTERNAL;
}

/* Cut what is too long for the place, but never inside a character. */
static void fit_text(char *text, size_t size, int length)
{
	if ((size_t)length >= size)
		text[text_whole_length(text, size - 1)] = '\0';
}

enum error refuse(struct refusal *refusal, enum error error, const char *field, const char *format, ...)
{
	/* Made aside, because the arguments may be parts of the refusal that is replaced. */
	struct refusal made = { .error = error, .retry_after_ms = error_info(error)->retry_after_ms };
	va_list arguments;

	if (!refusal)
		return error;
	fit_text(made.field, sizeof(made.field), snprintf(made.field, sizeof(made.field), "%s", field ? field : ""));
	va_start(arguments, format);
	fit_text(made.message, sizeof(made.message), vsnprintf(made.message, sizeof(made.message), format, arguments));
	va_end(arguments);
	*refusal = made;
	return error;
}

enum error refuse_plainly(struct refusal *refusal, enum error error)
{
	return refuse(refusal, error, NULL, "%s", error_info(error)->message);
}
