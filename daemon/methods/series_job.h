/* The job that makes what series are due, by the daemon's clock. */
#pragma once

#include "rpc/method.h"

extern const struct method series_job;
