/* The time by which old rows are pruned: it follows the system's clock, but does not believe its leaps. */
#pragma once

#include <stdint.h>

/* How much faster than running time it may go: a year of being switched off is caught up within 16 days. */
#define PRUNE_CLOCK_RATE 24

/* 2025-01-01, before the first release: no clock that is right shows less. */
#define PRUNE_CLOCK_EPOCH INT64_C(1735689600)

/*
 * The next reading, in seconds since the epoch. `before` is the last one, 0 at the first start ever; keep it in the
 * store, in the transaction that prunes. `now` is the system's clock, `elapsed_s` the running time since the last step
 * or the daemon's start by a clock that is never set (CLOCK_BOOTTIME).
 *
 * - It is never ahead of `now`: a clock that goes back takes it along.
 * - It advances by at most 24 x `elapsed_s`. A clock that is years ahead for some hours makes rows go at most 23 times
 *   those hours too early, which is days of a year; when the clock is put right, so is this one.
 * - A reading from before the epoch above came from a clock that was not set (a machine without a battery starts in
 *   1970). It counts as none, like 0: from there the way to today would take years, and nothing would be pruned.
 *   With no reading to hold it to, `now` is taken as it is.
 */
int64_t prune_clock_advance(int64_t before, int64_t now, int64_t elapsed_s);
