/* Series of which an instance is open again: there is one at a time. */
#pragma once

#include "methods/task_undo.h"

/*
 * For each change that opens an instance again: what the daemon has made since goes, as a part of the same step, if it
 * is as it was made and nothing refers to it; the series then counts from the one that is open. Else it stays, and its
 * id is noted in `undo->also_open`. To be called when the changes have been written.
 */
enum error undo_series_settle(struct task_undo *undo, const struct task_change *changes, size_t count);
