/* Any bytes as a file with calendars. */
#include "format_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	format_check(icalendar_read, FORMAT_MAKES_JSON, data, size);
	return 0;
}
