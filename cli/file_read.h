/* Bytes from a descriptor, up to its end. */
#pragma once

#include "common/buffer.h"

#include <stdbool.h>

/* Append all of them. False: errno says why not, EFBIG when there are more than `limit`. */
bool file_read_all(int fd, size_t limit, struct buffer *bytes);
