/* A cursor is opaque to clients: today a decimal number. */
#include "methods/page.h"

#include "common/text.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

const struct param page_params[] = {
	{ .name = "limit",
		.summary = "How many at most",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct page_params, limit),
		.minimum = 1,
		.maximum = PAGE_LIMIT_MAXIMUM },
	{ .name = "cursor",
		.summary = "Where to go on: the next_cursor of the page before",
		.type = PARAM_TEXT,
		.offset = offsetof(struct page_params, cursor),
		.minimum = 1,
		.maximum = 32 },
	{ 0 },
};

enum error page_read(
	struct request *request, const struct page_params *params, int64_t *ret_limit, int64_t *ret_position)
{
	int64_t position = 0;

	if (params->cursor.presence == PARAM_GIVEN && !text_parse_integer(params->cursor.text, 1, INT64_MAX, &position))
		return request_refuse(request, ERROR_INVALID_PARAMS, "cursor",
			"cursor is not one that this method gave; start again without it");
	*ret_limit = params->limit.presence == PARAM_GIVEN ? params->limit.value : PAGE_LIMIT_DEFAULT;
	*ret_position = position;
	return ERROR_NONE;
}

void page_write_next(struct json_writer *writer, int64_t position)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, position);
	json_writer_member_text(writer, "next_cursor", text);
}
