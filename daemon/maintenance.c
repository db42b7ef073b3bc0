/* Jobs: what has ended goes, what was noted is written. */
#include "maintenance.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "instance.h"
#include "methods/audit.h"
#include "methods/bin_jobs.h"
#include "methods/search_job.h"
#include "methods/series_job.h"
#include "methods/services.h"
#include "methods/urgency_job.h"
#include "prune_clock.h"
#include "store/history_store.h"
#include "store/import_store.h"
#include "store/meta_store.h"
#include "store/replay_store.h"
#include "store/reset_store.h"
#include "store/session_store.h"
#include "store/token_store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define USE_SLOTS        1024u
#define USE_INTERVAL     300 /* seconds: the grain of "last used" */
#define FAILURE_INTERVAL 60
#define PRUNE_INTERVAL   3600
#define EXPIRE_INTERVAL  60
#define PURGE_INTERVAL   60
#define SCRUB_INTERVAL   600
#define SERIES_INTERVAL  10
#define URGENCY_INTERVAL 60
#define INDEX_INTERVAL   600 /* there is nothing left, unless a commit was missed */
#define COPY_SECONDS     3600
#define PRUNE_LIMIT      20000 /* rows of a kind in a run */
#define REPLAY_SECONDS   86400

/* A session or a personal token, and when it was used; an empty id is a free slot. */
struct use {
	char actor[SESSION_ID_LENGTH + 1];
	int64_t at;
};

_Static_assert(SESSION_ID_LENGTH == TOKEN_ID_LENGTH, "ids of both fit");

struct use_log {
	pthread_mutex_t mutex; /* long reads authenticate in the pool */
	struct use uses[USE_SLOTS];
	int64_t pruned_at; /* running seconds at the last pruning, or at the start */
};

/* Running time, asleep or not, by a clock that nobody sets. */
static int64_t running_seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec;
}

struct use_log *use_log_new(void)
{
	struct use_log *log = memory_array(1, sizeof(*log));

	if (pthread_mutex_init(&log->mutex, NULL))
		abort();
	log->pruned_at = running_seconds();
	return log;
}

void use_log_free(struct use_log *log)
{
	if (!log)
		return;
	(void)pthread_mutex_destroy(&log->mutex);
	free(log);
}

/* Session ids are random: their first characters spread well. */
static size_t slot_of(const char *actor)
{
	size_t hash = 5381;

	for (unsigned i = 0; i < 8 && actor[i]; i++)
		hash = hash * 33 + (unsigned char)actor[i];
	return hash % USE_SLOTS;
}

void use_log_note(void *context, const char *actor, int64_t now)
{
	struct use_log *log = context;
	struct use *use = &log->uses[slot_of(actor)];

	(void)pthread_mutex_lock(&log->mutex);
	if (use->at != now || strcmp(use->actor, actor) != 0) {
		(void)strncpy(use->actor, actor, SESSION_ID_LENGTH);
		use->at = now;
	}
	(void)pthread_mutex_unlock(&log->mutex);
}

static bool take_use(struct use_log *log, size_t slot, struct use *ret_use)
{
	(void)pthread_mutex_lock(&log->mutex);
	*ret_use = log->uses[slot];
	log->uses[slot] = (struct use){ 0 };
	(void)pthread_mutex_unlock(&log->mutex);
	return ret_use->actor[0] != '\0';
}

/*
 * Losing some when the transaction fails is no harm: it says when a session was last used, not whether it is valid.
 * An id is a session's or a token's, and random: no other row has it.
 */
static enum error write_uses(struct request *request, const void *params)
{
	struct use use;
	enum error error = ERROR_NONE;

	(void)params;
	for (size_t i = 0; !error && i < USE_SLOTS; i++) {
		if (!take_use(request->services->use_context, i, &use))
			continue;
		error = session_store_used(request->db, use.actor, use.at);
		if (!error)
			error = token_store_used(request->db, use.actor, use.at);
	}
	return error;
}

static enum error write_failures(struct request *request, const void *params)
{
	(void)params;
	return audit_write_failures(request);
}

/* --- pruning --- */

/* The time by which rows are old; see prune_clock. */
static enum error step_prune_clock(struct request *request, int64_t *ret_now)
{
	struct use_log *log = request->services->use_context;
	int64_t running = running_seconds();
	int64_t reading = 0;
	enum error error = meta_store_integer(request->db, META_PRUNE_CLOCK, &reading);

	if (error)
		return error;
	*ret_now = prune_clock_advance(reading, request->now, running - log->pruned_at);
	log->pruned_at = running;
	return meta_store_set_integer(request->db, META_PRUNE_CLOCK, *ret_now);
}

static enum error prune_audit(struct request *request, int64_t now)
{
	return audit_store_prune(request->db, now - request->services->audit_seconds, PRUNE_LIMIT, NULL);
}

static enum error prune_history(struct request *request, int64_t now)
{
	return history_store_prune(request->db, now - request->services->history_seconds, PRUNE_LIMIT);
}

static enum error prune_replays(struct request *request, int64_t now)
{
	return replay_store_prune(request->db, now - REPLAY_SECONDS, PRUNE_LIMIT, NULL);
}

static enum error prune_sessions(struct request *request, int64_t now)
{
	return session_store_prune(request->db, now, PRUNE_LIMIT, NULL);
}

static enum error prune_tokens(struct request *request, int64_t now)
{
	return token_store_prune(request->db, now, PRUNE_LIMIT, NULL);
}

static enum error prune_codes(struct request *request, int64_t now)
{
	return reset_store_prune(request->db, now, PRUNE_LIMIT, NULL);
}

static enum error prune_imports(struct request *request, int64_t now)
{
	return import_store_prune(request->db, now - IMPORT_STORE_SECONDS, PRUNE_LIMIT);
}

static enum error prune(struct request *request, const void *params)
{
	static enum error (*const kinds[])(struct request * request, int64_t now) = {
		prune_audit,
		prune_history,
		prune_replays,
		prune_sessions,
		prune_tokens,
		prune_codes,
		prune_imports,
	};
	int64_t now;
	enum error error;

	(void)params;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	error = step_prune_clock(request, &now);
	for (size_t i = 0; !error && i < COUNT_OF(kinds); i++)
		error = kinds[i](request, now);
	/* Copies that nobody took away. */
	instance_remove_leftovers(request->services->data_folder, BACKUP_PREFIX, request->now - COPY_SECONDS);
	return error;
}

/* A deletion whose traces could not be removed at once, or before the daemon ended. */
static enum error scrub(struct request *request, const void *params)
{
	bool is_pending = false;
	enum error error = meta_store_scrub_is_pending(request->db, &is_pending);

	(void)params;
	if (error || !is_pending)
		return error;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	request->wants_scrub = true;
	return ERROR_NONE;
}

enum { WRITE_USES, WRITE_FAILURES, PRUNE, SCRUB };

static const struct method job_methods[] = {
	[WRITE_USES] = { .name = "job.write_uses",
		.summary = "Write when sessions and tokens were last used",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.handle = write_uses },
	[WRITE_FAILURES] = { .name = "job.write_failures",
		.summary = "Write how often logins failed",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.handle = write_failures },
	[PRUNE] = { .name = "job.prune",
		.summary = "Remove what has ended or is old",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.handle = prune },
	[SCRUB] = { .name = "job.scrub",
		.summary = "Remove the traces of what was deleted",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.handle = scrub },
};

const struct server_job maintenance_jobs[] = {
	{ .method = &job_methods[WRITE_USES], .interval_s = USE_INTERVAL, .runs_at_stop = true },
	{ .method = &job_methods[WRITE_FAILURES], .interval_s = FAILURE_INTERVAL, .runs_at_stop = true },
	{ .method = &job_methods[PRUNE], .interval_s = PRUNE_INTERVAL },
	{ .method = &job_methods[SCRUB], .interval_s = SCRUB_INTERVAL },
	{ .method = &series_job, .interval_s = SERIES_INTERVAL, .runs_at_start = true, .pause_ms = 10 },
	{ .method = &bin_expire_job, .interval_s = EXPIRE_INTERVAL, .runs_at_start = true },
	{ .method = &bin_purge_job, .interval_s = PURGE_INTERVAL },
	{ .method = &urgency_job, .interval_s = URGENCY_INTERVAL },
	{ .method = &search_job, .interval_s = INDEX_INTERVAL, .after_commit_ms = 200, .pause_ms = 10 },
	{ 0 },
};
