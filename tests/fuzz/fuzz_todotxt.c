/* Any bytes as todo.txt. */
#include "format_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	format_check(todotxt_read, FORMAT_MAKES_JSON, data, size);
	return 0;
}
