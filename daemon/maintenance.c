/* Jobs: what has ended goes, what was noted is written. */
#include "maintenance.h"

#include "common/memory.h"
#include "methods/services.h"
#include "store/replay_store.h"
#include "store/session_store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define USE_SLOTS      1024u
#define USE_INTERVAL   300 /* seconds: the grain of "last used" */
#define PRUNE_INTERVAL 3600
#define PRUNE_LIMIT    500 /* rows a run */
#define REPLAY_SECONDS 86400

/* A session and when it was used; an empty id is a free slot. */
struct use {
	char session_id[SESSION_ID_LENGTH + 1];
	int64_t at;
};

struct use_log {
	pthread_mutex_t mutex; /* long reads authenticate in the pool */
	struct use uses[USE_SLOTS];
};

struct use_log *use_log_new(void)
{
	struct use_log *log = memory_array(1, sizeof(*log));

	if (pthread_mutex_init(&log->mutex, NULL))
		abort();
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
static size_t slot_of(const char *session_id)
{
	size_t hash = 5381;

	for (unsigned i = 0; i < 8 && session_id[i]; i++)
		hash = hash * 33 + (unsigned char)session_id[i];
	return hash % USE_SLOTS;
}

void use_log_note(void *context, const char *session_id, int64_t now)
{
	struct use_log *log = context;
	struct use *use = &log->uses[slot_of(session_id)];

	(void)pthread_mutex_lock(&log->mutex);
	if (use->at != now || strcmp(use->session_id, session_id) != 0) {
		(void)strncpy(use->session_id, session_id, SESSION_ID_LENGTH);
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
	return ret_use->session_id[0] != '\0';
}

/* Losing some when the transaction fails is no harm: it says when a session was last used, not whether it is valid. */
static enum error write_uses(struct request *request, const void *params)
{
	struct use use;
	enum error error = ERROR_NONE;

	(void)params;
	for (size_t i = 0; !error && i < USE_SLOTS; i++)
		if (take_use(request->services->use_context, i, &use))
			error = session_store_used(request->db, use.session_id, use.at);
	return error;
}

static enum error prune_sessions(struct request *request, const void *params)
{
	(void)params;
	return session_store_prune(request->db, request->now, PRUNE_LIMIT, NULL);
}

static enum error prune_replays(struct request *request, const void *params)
{
	(void)params;
	return replay_store_prune(request->db, request->now - REPLAY_SECONDS, PRUNE_LIMIT, NULL);
}

static const struct method job_methods[] = {
	{ .name = "job.write_uses",
		.summary = "Write when sessions were last used",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.handle = write_uses },
	{ .name = "job.prune_sessions",
		.summary = "Remove sessions that have ended",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.handle = prune_sessions },
	{ .name = "job.prune_replays",
		.summary = "Remove stored replies after a day",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.handle = prune_replays },
};

const struct server_job maintenance_jobs[] = {
	{ .method = &job_methods[0], .interval_s = USE_INTERVAL },
	{ .method = &job_methods[1], .interval_s = PRUNE_INTERVAL },
	{ .method = &job_methods[2], .interval_s = PRUNE_INTERVAL },
	{ 0 },
};
