/* The taskd that is measured, with somebody logged in, and the lines that are said to it. */
#pragma once

#include "bench/load.h"
#include "harness/person.h"
#include "harness/test_daemon.h"

struct subject {
	struct test_daemon daemon;
	struct person person; /* of account 1 */
};

/* A new one. `environment` holds settings as variables, NULL-terminated, and may be NULL. */
void subject_start(struct subject *subject, const char *const *environment);
void subject_end(struct subject *subject);

/* A request with the person's token and an LF; params as json_pack has them. The caller frees it with buffer_deinit. */
struct buffer subject_line(const struct subject *subject, const char *method, const char *format, ...);

/* What the daemon says to a line, with its LF. */
struct buffer subject_reply(const struct subject *subject, const struct buffer *line);

/* The task that all figures are about: title, project, two tags, due. */
struct buffer subject_add_line(const struct subject *subject);

/* `count` of these, from many clients. */
struct load_outcome subject_say(const struct subject *subject, const struct buffer *line, size_t count);

static inline void buffer_cleanup(struct buffer *buffer)
{
	buffer_deinit(buffer);
}

#define AUTO_SUBJECT __attribute__((cleanup(subject_end)))
#define AUTO_BUFFER  __attribute__((cleanup(buffer_cleanup)))
