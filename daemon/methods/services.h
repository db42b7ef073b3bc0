/* What the daemon hands to its methods: keys, policies, facts about itself. Read-only for handlers. */
#pragma once

#include "auth/attempt_limits.h"
#include "auth/failure_notes.h"
#include "auth/key.h"
#include "auth/password.h"
#include "auth/session.h"
#include "common/json_writer.h"
#include "methods/zone_set.h"

enum signup_policy { SIGNUP_OPEN, SIGNUP_OPERATOR };

/* Copies of the store that wait in the data folder to be taken away. */
#define BACKUP_PREFIX ".taskd-copy-"

struct services {
	struct key_ring *keys; /* changed by a rotation alone */
	const struct session_policy *sessions;
	struct password_cost password_cost;
	const char *dummy_hash; /* verified for unknown emails; of password_cost */
	enum signup_policy signup;
	const char *instance; /* "taskd:" and the store's UUID: iss of the tokens */
	const char *version;
	int64_t started_at; /* seconds since the epoch */
	uid_t daemon_uid;
	void *discover_context;
	void (*discover)(void *context, struct json_writer *writer); /* writes the OpenRPC document */
	void *use_context;
	/* The last use of a session or token, kept in memory until a batch. Called from the loop and from the pool. */
	void (*note_use)(void *context, const char *actor, int64_t now);
	struct attempt_limits *attempts;    /* how often one may try; thread-safe, as is what follows */
	struct failure_notes *failures;     /* failed logins, kept in memory until a batch */
	enum key_algorithm token_algorithm; /* of a key that is made now */
	const unsigned char *cursor_key;    /* EXPORT_CURSOR_KEY_SIZE bytes, this process's own */
	const char *data_folder;
	struct zone_set *zones;  /* in which dates are read; thread-safe */
	int64_t audit_seconds;   /* how long the audit table remembers */
	int64_t history_seconds; /* how long the history does */
	int64_t bin_seconds;     /* how long deleted tasks stay */
};
