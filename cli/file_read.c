/* Bytes from a descriptor, up to its end. */
#include "file_read.h"

#include <errno.h>
#include <unistd.h>

#define PIECE ((size_t)64 * 1024)

bool file_read_all(int fd, size_t limit, struct buffer *bytes)
{
	size_t start = bytes->length;
	ssize_t count;

	do {
		count = read(fd, buffer_reserve(bytes, PIECE), PIECE);
		if (count > 0)
			bytes->length += (size_t)count;
	} while ((count > 0 && bytes->length - start <= limit) || (count < 0 && errno == EINTR));
	if (count > 0)
		errno = EFBIG;
	return count == 0;
}
