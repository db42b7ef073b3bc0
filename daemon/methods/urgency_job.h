/* A job: what lists by urgency go by follows the clock. */
#pragma once

#include "rpc/method.h"

extern const struct method urgency_job;
