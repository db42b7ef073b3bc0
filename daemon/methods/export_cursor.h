/* Where an export goes on, sealed: who holds it gave the password a while ago. */
#pragma once

#include "common/arena.h"
#include "common/error.h"

#include <stddef.h>
#include <stdint.h>

#define EXPORT_CURSOR_KEY_SIZE 32u
#define EXPORT_CURSOR_SECONDS  600 /* how long it is good */
#define EXPORT_CURSOR_LIMIT    1024u

struct export_cursor {
	int64_t section;    /* the place in the table of sections */
	int64_t position;   /* behind which it goes on */
	int64_t expires_at; /* seconds since the epoch */
};

/* As text, good for this session alone and while this process runs. In the arena. */
const char *export_cursor_write(
	const struct export_cursor *cursor, const unsigned char *key, const char *session_id, struct arena *arena);

/* ERROR_INVALID_PARAMS, field "cursor": not ours, another session's, or too old. */
enum error export_cursor_parse(const char *text, size_t length, const unsigned char *key, const char *session_id,
	int64_t now, struct arena *arena, struct export_cursor *ret_cursor, struct refusal *refusal);
