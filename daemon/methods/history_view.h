/* An entry of the history as clients see it. */
#pragma once

#include "common/json_writer.h"
#include "store/history_store.h"

/*
 * {"revision","step","at","action","actor","actor_name","task_id","before","after","undone"}: without a name where
 * there is none, without `before` for a task that came, without `after` for one that went, with neither for one that
 * was purged since; `undone` only when true.
 */
void history_view_write(struct json_writer *writer, const struct history_entry *entry);
