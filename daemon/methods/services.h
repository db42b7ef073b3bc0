/* What the daemon hands to its methods: keys, policies, facts about itself. Read-only for handlers. */
#pragma once

#include "auth/key.h"
#include "auth/password.h"
#include "auth/session.h"
#include "common/json_writer.h"

enum signup_policy { SIGNUP_OPEN, SIGNUP_OPERATOR };

struct services {
	const struct key_ring *keys;
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
	/* The last use of a session, kept in memory until a batch. Called from the loop and from the pool. */
	void (*note_use)(void *context, const char *session_id, int64_t now);
};
