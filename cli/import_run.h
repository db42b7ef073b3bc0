/* Tasks of another program, brought to the daemon in parts and made there in one step. */
#pragma once

#include "formats/formats.h"
#include "invocation.h"

struct import_source {
	const struct format *format;
	const char *text; /* a line for each position, as the daemon's format has it */
	size_t length;
	const json_t *mistakes; /* found already: {position, message} */
	const json_t *notes;    /* the same, of what was left out */
};

/* Do it and say what became of it. Nothing is left begun, however it ends. */
enum error import_run(struct invocation *invocation, const struct import_source *source, struct trouble *trouble);
