/* A clock that is held to the running time. */
#include "prune_clock.h"

int64_t prune_clock_advance(int64_t before, int64_t now, int64_t elapsed_s)
{
	int64_t elapsed = elapsed_s > 0 ? elapsed_s : 0;

	if (before < PRUNE_CLOCK_EPOCH || now <= before)
		return now;
	/* Divided rather than multiplied, so that no elapsed time overflows. */
	return (now - before) / PRUNE_CLOCK_RATE < elapsed ? now : before + elapsed * PRUNE_CLOCK_RATE;
}
