/* A file that is there as a whole, or not at all. */
#pragma once

#include "trouble.h"

/*
 * Copy the regular file `source` of `bytes` bytes to `target`, which must not be there: through a file beside it with
 * mode 0600, on the disk before it gets its name. ERROR_CONFLICT: `target` is there. Nothing is left on an error.
 */
enum error file_copy_new(const char *source, const char *target, int64_t bytes, struct trouble *trouble);
