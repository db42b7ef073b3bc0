/* Bytes to a descriptor, whatever interrupts. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* All of them. False: errno says why not. */
bool file_write_all(int fd, const char *bytes, size_t length);
