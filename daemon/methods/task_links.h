/* Whether tasks may depend on and be parts of each other as changes want it. */
#pragma once

#include "methods/task_edit.h"

#define TASK_LINKS_LOOP_LIMIT 2000u   /* edges that are followed on the loop */
#define TASK_LINKS_LIMIT      200000u /* and in the pool */

/*
 * Look at the tasks as they would be when all of these changes, of one batch, were made. ERROR_CONFLICT, field
 * "depends" or "parent": a task would need itself, or lie too deep. What only goes away is not looked at. On the loop a
 * walk that is too long for it defers the request.
 */
enum error task_links_check(struct request *request, const struct task_change *changes, size_t count);
