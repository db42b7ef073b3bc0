/* A client that says what the test wants, well-formed or not, and hears lines with a deadline. */
#pragma once

#include "common/buffer.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct line_client {
	int fd; /* -1: closed */
	struct buffer in;
	int64_t last_id;
};

/*
 * Those with `try` in their names give false when the other side is gone, refuses, or is late, and may be used by any
 * thread; the others fail the test and belong to its main thread.
 */

bool line_client_try_open(struct line_client *client, const char *socket_path);
void line_client_open(struct line_client *client, const char *socket_path);
void line_client_close(struct line_client *client);

/* Send no more; what was sent is still answered. */
void line_client_shut(struct line_client *client);

/* All of the bytes, as they are. */
bool line_client_try_send(struct line_client *client, const void *bytes, size_t length);
void line_client_send(struct line_client *client, const void *bytes, size_t length);

/* A text and an LF. */
void line_client_send_line(struct line_client *client, const char *text);

/* What the socket takes at once; the bytes taken, 0 when it is full or gone. */
size_t line_client_send_some(struct line_client *client, const void *bytes, size_t length);

/* The next line without its LF, NUL-terminated, to be freed. */
bool line_client_try_read(struct line_client *client, int limit_ms, char **ret_line, size_t *ret_length);
char *line_client_read(struct line_client *client);
json_t *line_client_read_json(struct line_client *client);

/* Fails the test unless the other side closes without another byte. */
void line_client_expect_end(struct line_client *client);

/* Fails the test when anything was said. */
void line_client_expect_silence(struct line_client *client, int duration_ms);

/* A request with the next id; takes the reference of `params`, which may be NULL. */
bool line_client_try_request(struct line_client *client, const char *method, json_t *params);
void line_client_request(struct line_client *client, const char *method, json_t *params);

/* Request and reply. The reply, which has the id of the request; a new reference. */
json_t *line_client_try_call(struct line_client *client, const char *method, json_t *params);
json_t *line_client_call(struct line_client *client, const char *method, json_t *params);

/* The same, and fails the test unless it is a result: the result, a new reference. */
json_t *line_client_result(struct line_client *client, const char *method, json_t *params);

/* The same, and fails the test unless it is this error: the error object, a new reference. Kind NULL: any. */
json_t *line_client_error(struct line_client *client, const char *method, json_t *params, const char *kind);

/* As line_client_error, where only kind and field count. Field NULL: there must be none. */
void line_client_refused(
	struct line_client *client, const char *method, json_t *params, const char *kind, const char *field);

/* Fails the test unless the reply is an error of this kind; the code must be the one that belongs to it. */
void expect_error(const json_t *reply, const char *kind);

/* Text and integers at the place; fail the test where there are none. */
const char *text_at(const json_t *object, const char *key);
json_int_t integer_at(const json_t *object, const char *key);

static inline void line_client_cleanup(struct line_client *client)
{
	line_client_close(client);
}

#define AUTO_CLIENT __attribute__((cleanup(line_client_cleanup)))
