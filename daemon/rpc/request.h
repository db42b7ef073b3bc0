/* What a handler sees of a call: never a socket, a thread or JSON text that came in. */
#pragma once

#include "common/arena.h"
#include "common/error.h"
#include "common/json_writer.h"
#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct method;
struct services; /* what daemon/ hands to the methods; they alone know what is in it (methods/services.h) */
struct request_urgency;

#define PEER_OVERFLOW_UID                                                                                              \
	65534u /* whom the kernel cannot name to us (user namespaces): binds nothing, is never the operator */

/* The process at the other end, attested by the kernel when it connected (SO_PEERCRED, unix(7)). */
struct peer {
	uid_t uid;
	gid_t gid;
	pid_t pid; /* 0: unknown */
};

/* Who is asking: filled in by authentication, from the store, for each request anew. Texts live in the arena. */
struct identity {
	int64_t account_id; /* 0: nobody */
	const char *email;
	int64_t account_created_at;
	const char *actor;      /* what asks for the account: the id of a session or of a personal token */
	const char *session_id; /* NULL: a personal token asks */
	const char *token_name; /* of the personal token; NULL: a session asks */
	int64_t expires_at;     /* the access token's exp, or the personal token's end */
	int scopes;             /* bits of enum scope, of a personal token; a session may do everything */
};

/* Where the call runs, which a handler may ask before it starts something long. */
enum request_place { REQUEST_ON_LOOP, REQUEST_IN_POOL };

struct request {
	const struct method *method;
	const struct services *services;
	struct arena *arena; /* everything a handler allocates */
	struct db *db;       /* inside the transaction that dispatch opened; NULL in `work` */
	int64_t now;         /* seconds since the epoch; one moment for a phase, and for all writes of a group */
	struct peer peer;
	struct identity who;
	bool is_operator;       /* said operator:true, carries no token, and its uid is root's or the daemon's own */
	const char *timezone;   /* IANA name, or NULL for the daemon's */
	const char *week_start; /* monday or sunday; NULL: monday */
	enum request_place place;
	const struct request_urgency *urgency; /* once it was asked for (methods/task_urgency.h) */
	void *state;               /* what one phase leaves for the next; in the arena or with request_on_end */
	struct json_writer result; /* the result goes here, exactly one JSON value */
	struct refusal refusal;
	bool is_kept;                /* refused, and what it wrote is committed all the same */
	bool is_deferred;            /* asked to be run again in the pool */
	bool is_rehearsed;           /* answered, and what it wrote is rolled back */
	bool is_answered;            /* `read` answered by itself: no work, no write */
	bool wants_scrub;            /* once it is committed, nothing of what was deleted may be left on the disk */
	bool wants_again;            /* of a job: there is more to do, soon */
	void (*on_end)(void *state); /* called once with state when the call is over, however it ended; may be NULL */
};

/*
 * A handler ends in one of three ways:
 *   return ERROR_NONE                         done: commit
 *   return request_refuse(…)                  refused: what it wrote is rolled back
 *   return request_refuse_and_keep(…)         refused, and what it wrote (an audit entry, a revoked session) is
 * committed An error that comes from below (ERROR_STORAGE, ERROR_INTERNAL, …) is returned as it is. It may be run again
 * from the start, so it touches nothing outside its transaction and its arena.
 */
enum error request_refuse(struct request *request, enum error error, const char *field, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
enum error request_refuse_and_keep(struct request *request, enum error error, const char *field, const char *format,
	...) __attribute__((format(printf, 4, 5)));

/* "This will take long": on the loop, return this and the call is run again in the pool, with place REQUEST_IN_POOL. */
enum error request_defer(struct request *request);
