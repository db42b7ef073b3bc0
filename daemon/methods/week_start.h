/* The day that weeks begin with where a request's dates are read. */
#pragma once

#include "rpc/request.h"
#include "tasks/calendar.h"

/* What the caller says by week_start, else Monday (ISO 8601). ERROR_INVALID_PARAMS, field "week_start". */
enum error week_start_read(struct request *request, enum weekday *ret_weekday);
