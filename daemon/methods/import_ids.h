/* The ids of an import: which task each uuid of it is, whether it is there already or comes now. */
#pragma once

#include "methods/import_run.h"

/*
 * Before anything is written: give each task its id, in the order in which they came, so that whatever refers to
 * another finds it. A uuid that stands twice is refused the second time.
 */
enum error import_ids_give(struct import_run *run);

/* What the item refers to, by uuid, as ids. What is neither here nor there is left out, with a warning. */
enum error import_ids_resolve(struct import_run *run, struct import_item *item, int64_t position);
