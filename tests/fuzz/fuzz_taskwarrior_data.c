/* Any bytes as a file of Taskwarrior's. */
#include "format_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	format_check(taskwarrior_data_read, FORMAT_MAKES_JSON, data, size);
	return 0;
}
