/* Tasks that go for good. */
#pragma once

#include "methods/task_edit.h"

/*
 * Remove the tasks `before` each change, with all that hangs on them; `after` is not looked at. Tasks that name one of
 * them as parent, or depend on it, cease to, in the same step. The history keeps that the tasks were there and who
 * changed them when, but nothing of what was in them, so that this cannot be taken back. Their ids are not given again.
 */
enum error task_purge_save(struct task_edit *edit, struct task_change *changes, size_t count);
