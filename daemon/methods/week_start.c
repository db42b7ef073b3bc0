/* By the names that taskctl has for them. */
#include "methods/week_start.h"

#include <string.h>

enum error week_start_read(struct request *request, enum weekday *ret_weekday)
{
	bool is_sunday = request->week_start && strcmp(request->week_start, "sunday") == 0;

	if (request->week_start && !is_sunday && strcmp(request->week_start, "monday") != 0)
		return request_refuse(request, ERROR_INVALID_PARAMS, "week_start",
			"week_start is monday or sunday, not `%.32s`", request->week_start);
	*ret_weekday = is_sunday ? SUNDAY : MONDAY;
	return ERROR_NONE;
}
