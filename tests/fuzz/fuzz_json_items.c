/* Any bytes as objects of JSON, one after the other. */
#include "format_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	format_check(json_items_read, FORMAT_COPIES, data, size);
	return 0;
}
