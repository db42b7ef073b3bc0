/* The job that brings the words of new and changed tasks into the index. */
#pragma once

#include "rpc/method.h"

/* For the job table. It takes the write connection for some ten milliseconds, and wants to run again while there is
 * more. */
extern const struct method search_job;
