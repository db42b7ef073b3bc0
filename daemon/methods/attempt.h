/* How often somebody may try: what a method charges before it does what can be tried too often. */
#pragma once

#include "auth/attempt_limits.h"
#include "rpc/request.h"

/* One attempt of a call, in what its phases hand on. Zero it. */
struct attempt {
	struct attempt_limits *limits; /* NULL: not charged yet */
	enum attempt_kind kind;
	const char *account; /* borrowed until the attempt is settled */
	uid_t uid;
	bool is_spent; /* it failed, or is not to be repeated: it counts */
};

/*
 * Charge the attempt to the peer, and to the account of that name, known or not (NULL: to none). A phase that is run
 * again is not charged again. ERROR_RATE_LIMITED, with the time after which it succeeds.
 */
enum error attempt_charge(
	struct request *request, enum attempt_kind kind, const char *account, struct attempt *attempt);

/* When the call is over: what is not spent is given back, so that neither success nor a full queue slows anybody. */
void attempt_settle(struct attempt *attempt);
