/* credentials.json: who is logged in here, safe under any number of clients at once. */
#pragma once

#include "trouble.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What is kept for one account. Texts are borrowed from the tree; NULL where they are missing. */
struct profile {
	const char *email;
	const char *instance;
	const char *socket;
	const char *session_id;
	const char *access_token;
	const char *refresh_token;
	int64_t user_id;
	int64_t access_expires_at;
	int64_t refresh_expires_at;
};

struct credentials {
	char folder[4096];
	json_t *root; /* owned; an empty one where there is no file */
	int lock_fd;  /* -1: not being edited */
	int draft_fd; /* -1: no draft */
	char *draft;  /* its path; owned */
};

/* `folder` is the client's. Nothing is read yet. */
void credentials_init(struct credentials *credentials, const char *folder);
void credentials_deinit(struct credentials *credentials);

/*
 * Read the file. A missing one is empty. ERROR_FORBIDDEN: others may read it, or it belongs to somebody else;
 * ERROR_PARSE: it is damaged; ERROR_CONFLICT: a newer version wrote it. What was read before stays on an error.
 */
enum error credentials_read(struct credentials *credentials, struct trouble *trouble);

/* The path of the file. */
void credentials_path(const struct credentials *credentials, char *ret_path, size_t size);

/* The active profile; false: nobody is. */
bool credentials_find_active(const struct credentials *credentials, struct profile *ret_profile);

/* The profile of an account, whose email is compared without ASCII case; false: it is not logged in here. */
bool credentials_find(const struct credentials *credentials, const char *email, struct profile *ret_profile);

/* One after the other, from 0; false: there are no more. */
bool credentials_find_at(const struct credentials *credentials, size_t index, struct profile *ret_profile);

/* Whether this is the active one. */
bool credentials_is_active(const struct credentials *credentials, const char *email);

/*
 * An edit: begin, change, then commit or abandon. Beginning waits for the lock, reads the file again, and makes the
 * draft before anything is asked of a daemon, so that a folder that cannot be written to is known in time. A damaged
 * file counts as empty. Commit replaces the file as a whole (fsync, rename): a crash leaves the old or the new one.
 */
enum error credentials_begin(struct credentials *credentials, struct trouble *trouble);
enum error credentials_commit(struct credentials *credentials, struct trouble *trouble);
void credentials_abandon(struct credentials *credentials);

/* Put a profile in its place and make it the active one. */
void credentials_put(struct credentials *credentials, const struct profile *profile);

/*
 * Put a profile in the place of that of `email`, whoever is active: the account may have got another email since, and
 * stays the active one if it was. Without an edit this changes what is held in memory alone.
 */
void credentials_replace(struct credentials *credentials, const char *email, const struct profile *profile);

/* Make this one active; it is there. */
void credentials_activate(struct credentials *credentials, const char *email);

/* Remove the profile that holds this session; another session's, newer or older, stays. */
void credentials_remove_session(struct credentials *credentials, const char *session_id);
