/* Where a search goes on: base64url of a JSON object. */
#include "methods/search_cursor.h"

#include "common/json_writer.h"
#include "common/wire.h"
#include "methods/task_cursor.h"
#include "tasks/filter.h"
#include "tasks/search_query.h"

#include <string.h>

#define TIME_MAXIMUM INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

const char *search_cursor_write(const struct search_cursor *cursor, struct arena *arena)
{
	struct buffer json;
	struct json_writer writer;
	const char *text;

	buffer_init(&json);
	json_writer_init(&writer, &json);
	json_writer_begin_object(&writer);
	json_writer_key(&writer, "query");
	json_writer_string(&writer, cursor->query, cursor->query_length);
	json_writer_key(&writer, "filter");
	json_writer_string(&writer, cursor->filter, cursor->filter_length);
	if (*cursor->context)
		json_writer_member_text(&writer, "context", cursor->context);
	json_writer_member_integer(&writer, "now", cursor->now);
	json_writer_member_integer(&writer, "score", cursor->score);
	json_writer_member_integer(&writer, "after", cursor->id);
	json_writer_end_object(&writer);
	text = task_cursor_encode(&json, arena);
	buffer_deinit(&json);
	return text;
}

static bool is_sound(const struct search_cursor *cursor)
{
	return cursor->query_length <= SEARCH_TEXT_LIMIT && cursor->filter_length <= FILTER_TEXT_LIMIT &&
	       strlen(cursor->context) <= FILTER_TEXT_LIMIT && cursor->now >= 0 && cursor->now <= TIME_MAXIMUM &&
	       cursor->score >= 0 && cursor->score <= WIRE_INTEGER_LIMIT && cursor->id > 0 &&
	       cursor->id <= WIRE_INTEGER_LIMIT;
}

/* Exactly the members that were written, each of its type. */
static bool unpack(json_t *root, struct arena *arena, struct search_cursor *ret_cursor)
{
	const char *query, *filter;
	const char *context = "";
	size_t query_length, filter_length;
	json_int_t now, score, id;

	if (!root || json_unpack_ex(root, NULL, JSON_STRICT, "{s:s%,s:s%,s?s,s:I,s:I,s:I}", "query", &query,
			     &query_length, "filter", &filter, &filter_length, "context", &context, "now", &now,
			     "score", &score, "after", &id))
		return false;
	*ret_cursor = (struct search_cursor){ .query = arena_strndup(arena, query, query_length),
		.query_length = query_length,
		.filter = arena_strndup(arena, filter, filter_length),
		.filter_length = filter_length,
		.context = arena_strdup(arena, context),
		.now = now,
		.score = score,
		.id = id };
	return is_sound(ret_cursor);
}

enum error search_cursor_parse(
	const char *text, size_t length, struct arena *arena, struct search_cursor *ret_cursor, struct refusal *refusal)
{
	json_t *root = task_cursor_decode(text, length, arena);
	struct search_cursor cursor;
	bool is_whole = unpack(root, arena, &cursor);

	json_decref(root);
	if (!is_whole)
		return refuse(refusal, ERROR_INVALID_PARAMS, "cursor",
			"cursor is not one that task.search gave; start again without it");
	*ret_cursor = cursor;
	return ERROR_NONE;
}
