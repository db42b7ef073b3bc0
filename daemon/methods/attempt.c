/* Token buckets, filled by a clock that nobody can set. */
#include "methods/attempt.h"

#include "methods/services.h"

#include <time.h>

/* Time since the machine started, asleep or not: a clock that jumps neither locks anybody out nor lets anybody in. */
static int64_t now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum error attempt_charge(struct request *request, enum attempt_kind kind, const char *account, struct attempt *attempt)
{
	struct attempt_limits *limits = request->services->attempts;
	int64_t retry_after_ms = 0;
	enum error error;

	if (attempt->limits)
		return ERROR_NONE;
	error = attempt_limits_charge(limits, kind, account, request->peer.uid, now_ms(), &retry_after_ms);
	if (error) {
		(void)request_refuse(request, error, NULL, "too many attempts; wait and try again");
		request->refusal.retry_after_ms = retry_after_ms;
		return error;
	}
	*attempt = (struct attempt){ .limits = limits, .kind = kind, .account = account, .uid = request->peer.uid };
	return ERROR_NONE;
}

void attempt_settle(struct attempt *attempt)
{
	if (attempt->limits && !attempt->is_spent)
		attempt_limits_give_back(attempt->limits, attempt->kind, attempt->account, attempt->uid, now_ms());
	*attempt = (struct attempt){ 0 };
}
