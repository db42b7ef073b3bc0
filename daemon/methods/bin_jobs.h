/* What becomes of tasks by themselves: their time passes, and what lies in the bin for long goes. */
#pragma once

#include "rpc/method.h"

#define BIN_JOB_ACTOR "taskd" /* as the history names it */
#define BIN_JOB_LIMIT 1000u   /* tasks of a run; the next one goes on */

/*
 * Pending tasks whose `until` lies before request->now go to the bin, of all accounts, a step for each. On the loop it
 * is deferred when there is any.
 */
extern const struct method bin_expire_job;

/*
 * Purge what was deleted more than services->bin_seconds ago by the prune clock as the last pruning left it (before the
 * first one nothing goes): a clock that leaps would empty the bin. What was deleted by a clock that was not set stays
 * until it is purged by hand, since nobody knows when that was. Deferred likewise.
 */
extern const struct method bin_purge_job;
