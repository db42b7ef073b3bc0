/* Lists in pages that go on behind a number. */
#pragma once

#include "rpc/params.h"
#include "rpc/request.h"

#define PAGE_LIMIT_DEFAULT 100
#define PAGE_LIMIT_MAXIMUM 1000
#define PAGE_BYTES         ((size_t)512 * 1024) /* of a page of tasks, which ends with the one that goes beyond them */

struct page_params {
	struct integer_param limit;
	struct text_param cursor;
};

/* The rows of a params table that is these two and nothing else. */
extern const struct param page_params[];

/* The limit, and the number that the cursor holds (0: the first page). ERROR_INVALID_PARAMS, field "cursor". */
enum error page_read(
	struct request *request, const struct page_params *params, int64_t *ret_limit, int64_t *ret_position);

/* The member next_cursor. */
void page_write_next(struct json_writer *writer, int64_t position);
