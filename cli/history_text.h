/* What an entry of the history changed, in words. Pure. */
#pragma once

#include "common/buffer.h"

#include <jansson.h>

/*
 * Append what an entry of history.list says: "due: none → 2026-12-01 23:59; priority: H → L" for a task that changed,
 * with this arrow, the title of one that came or went, in local times and without any control character.
 */
void history_text_append_change(struct buffer *out, const char *arrow, const json_t *entry);
