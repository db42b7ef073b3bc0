/* The person's own editor. */
#pragma once

#include "trouble.h"

/* Whether there is one to open: without both variables, vi needs a terminal. ERROR_INVALID_PARAMS, with what to set. */
enum error editor_check(struct trouble *trouble);

/*
 * Let the person edit the file: $VISUAL, else $EDITOR, else vi, as a shell reads them. Ctrl-C is the editor's
 * meanwhile. An editor that fails is ERROR_INVALID_PARAMS; what then is in the file counts for nothing. One that was
 * interrupted is EXIT_INTERRUPTED. The terminal's settings are as before, then.
 */
enum error editor_run(const char *path, struct trouble *trouble);
