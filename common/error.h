/* Every error that leaves a function, the wire or the program: code, kind, exit status and words, in one table. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum error {
	ERROR_NONE = 0,
	ERROR_PARSE,           /* the line is not JSON of the strict kind */
	ERROR_INVALID_REQUEST, /* JSON, but not a JSON-RPC 2.0 request */
	ERROR_UNKNOWN_METHOD,
	ERROR_INVALID_PARAMS, /* names the field */
	ERROR_INTERNAL,       /* a fault: logged where it happened, without details for the caller */
	ERROR_UNAUTHENTICATED,
	ERROR_FORBIDDEN,
	ERROR_NOT_FOUND,
	ERROR_CONFLICT,
	ERROR_GONE,
	ERROR_TOO_LARGE,
	ERROR_RATE_LIMITED, /* carries retry_after_ms */
	ERROR_UNAVAILABLE,  /* carries retry_after_ms */
	ERROR_DEADLINE,
	ERROR_STORAGE, /* the disk refused; see the message for whether the outcome is known */
	ERROR_COUNT,
};

struct error_info {
	int code;               /* on the wire: error.code (JSON-RPC 2.0 §5.1 below zero, HTTP's numbers above) */
	const char *kind;       /* on the wire: error.data.kind, what scripts branch on */
	const char *message;    /* the words when nobody has better ones */
	int exit_status;        /* of taskctl */
	bool is_retryable;      /* the same request may succeed later, unchanged */
	int64_t retry_after_ms; /* what a refusal says when nobody knows better; 0: nothing */
};

/* The exit statuses of taskctl beside 0. */
enum {
	EXIT_NO_MATCH = 1,
	EXIT_USAGE = 2,
	EXIT_CONFLICT = 3,
	EXIT_AUTHENTICATION = 4,
	EXIT_NO_DAEMON = 5,
	EXIT_DAEMON = 6,
	EXIT_INTERRUPTED = 130
};

/* The row of an error. Never NULL; ERROR_NONE has code 0 and exit status 0. */
const struct error_info *error_info(enum error error);

/* The error with this wire kind; ERROR_INTERNAL for a kind that this version does not know. */
enum error error_from_kind(const char *kind);

#define REFUSAL_FIELD_SIZE   64
#define REFUSAL_MESSAGE_SIZE 384

/*
 * A refusal: what a caller is told. It is made where it is best known and travels upwards untouched.
 * `field` names the parameter, setting or claim at fault, empty where there is none.
 */
struct refusal {
	enum error error;
	int64_t retry_after_ms; /* 0: not said */
	char field[REFUSAL_FIELD_SIZE];
	char message[REFUSAL_MESSAGE_SIZE];
	bool is_storage_final; /* with ERROR_STORAGE: nothing was stored, the outcome is known */
};

/*
 * Fill in a refusal and give its error back, so that a caller can write `return refuse(…)`. A NULL refusal is allowed,
 * and so is a NULL field. What is too long is cut behind a whole character; retry_after_ms is the table's.
 */
enum error refuse(struct refusal *refusal, enum error error, const char *field, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The same with the table's own words and no field. */
enum error refuse_plainly(struct refusal *refusal, enum error error);
