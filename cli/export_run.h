/* Tasks as text for another program, page by page. */
#pragma once

#include "formats/formats.h"
#include "invocation.h"

/* Write them to the descriptor. */
enum error export_run(struct invocation *invocation, const struct format *format, const char *filter, int fd,
	struct trouble *trouble);
