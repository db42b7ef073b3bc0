/* A forger who knows what nobody should: the keys, an account, its session. Makes any token that a row describes. */
#pragma once

#include "common/buffer.h"
#include "forge/hmac.h"

#include <stdbool.h>
#include <stdint.h>

enum forger_key_name {
	FORGER_ACTIVE,
	FORGER_RETIRED, /* still verifies what is older than its retirement */
	FORGER_ENDED,   /* verifies nothing any more, and is not yet gone */
	FORGER_HS384,
	FORGER_HS512,
	FORGER_RING,                  /* how many the ring has; the rest is in no ring */
	FORGER_REMOVED = FORGER_RING, /* was in it once */
	FORGER_EMPTY,                 /* no bytes at all: to HMAC the same as zeros */
	FORGER_WORD,                  /* "secret", as in many an example */
	FORGER_HALF,                  /* the first half of the active one */
	FORGER_AS_TEXT,               /* the active one, as the key file writes it */
	FORGER_PUBLIC_ID,             /* the active one's kid: the caller knows it */
	FORGER_PUBLIC_ISSUER,         /* the issuer: the caller knows it too */
	FORGER_KEYS,
};

struct forger_key {
	char id[64 + 1];
	enum hmac_hash hash;
	unsigned char secret[HMAC_KEY_SIZE_LIMIT];
	size_t size;
	bool is_retired;
	int64_t retired_at, verify_until;
};

struct forger {
	struct forger_key keys[FORGER_KEYS];
	char issuer[64];
	int64_t account_id;
	char session[22 + 1];
	int64_t now; /* seconds; may be set anew before each forgery */
	int64_t lifetime_limit;
	int64_t delay; /* seconds from `now` until the token is judged, at most */
};

enum forgery_verdict {
	FORGERY_REFUSED,    /* whatever session there may be */
	FORGERY_NO_SESSION, /* well made, for a session that is not there or not this account's */
	FORGERY_GOOD,       /* a control: who refuses everything proves nothing */
};

enum forgery_mac { MAC_OF_KEY, MAC_HS256, MAC_HS384, MAC_HS512 };

/*
 * Texts with placeholders: @<NAME>, @<NAME|CHANGE|CHANGE>, @<NAME+SECONDS>, @<COUNT*TEXT>, @<xHH> for a byte. Names and
 * changes are in the tables of forger.c. The MAC is that of `input`.
 */
struct forgery {
	const char *name;
	enum forgery_verdict verdict;
	const char *header, *payload; /* NULL: the usual ones */
	const char *input;            /* NULL: "@<header|encoded>.@<payload|encoded>" */
	const char *token;            /* NULL: "@<input>.@<mac|encoded>" */
	enum forger_key_name key;
	enum forgery_mac mac;
};

/* Keys but the active one are made up, the others derived; the caller sets the rest. NULL: the active one as well. */
void forger_init(struct forger *forger, const struct forger_key *active, int64_t now);

/* The key file of a daemon whose ring this is. False: errno says why. */
bool forger_write_ring(const struct forger *forger, const char *path);

/* Appended. Placeholders that are none end the process. */
void forger_forge(const struct forger *forger, const struct forgery *forgery, struct buffer *token);
