/* Lists of tasks that come in pages. */
#pragma once

#include "invocation.h"
#include "task_print.h"
#include "trouble.h"

#include <jansson.h>

#define TASK_PAGES_LIMIT 1000 /* tasks of a page at most */

/*
 * Call the method page by page, up to --limit, and print what comes as one list. What selects the tasks is in `params`,
 * which are changed on the way: the cursor of a page takes its place. ret_count: how many tasks were printed.
 */
enum error task_pages_print(
	struct invocation *invocation, const char *method, json_t *params, size_t *ret_count, struct trouble *trouble);

/* The same with a printer that has begun, and which this ends; `limit` 0: all of them. */
enum error task_pages_print_with(struct task_list_printer *printer, struct invocation *invocation, const char *method,
	json_t *params, int64_t limit, size_t *ret_count, struct trouble *trouble);
