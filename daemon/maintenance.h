/* The periodic jobs, and the times of last use that one of them writes. */
#pragma once

#include "server/jobs.h"

/* When each session was last used, kept in memory of a fixed size between two writes. */
struct use_log;

struct use_log *use_log_new(void);
void use_log_free(struct use_log *log);
/* `context` is the log. Thread-safe and cheap: part of every request. Forgets rather than grows. */
void use_log_note(void *context, const char *actor, int64_t now);

/* The job table, for server_options.jobs. The handlers find the log in services->use_context. */
extern const struct server_job maintenance_jobs[];
