/* Where a list goes on: base64url of a JSON object. */
#include "methods/task_cursor.h"

#include "common/json_writer.h"
#include "common/text.h"
#include "common/wire.h"
#include "tasks/filter.h"

#include <string.h>

#define TIME_MAXIMUM INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

const char *task_cursor_write(const struct task_cursor *cursor, struct arena *arena)
{
	struct buffer json;
	struct json_writer writer;
	char *text;

	buffer_init(&json);
	json_writer_init(&writer, &json);
	json_writer_begin_object(&writer);
	json_writer_key(&writer, "filter");
	json_writer_string(&writer, cursor->filter, cursor->filter_length);
	json_writer_member_integer(&writer, "now", cursor->now);
	json_writer_member_integer(&writer, "after", cursor->after_id);
	json_writer_end_object(&writer);
	text = arena_alloc(arena, (json.length + 2) / 3 * 4 + 1);
	text_base64url_encode(json.data, json.length, text);
	buffer_deinit(&json);
	return text;
}

static json_t *decode(const char *text, size_t length, struct arena *arena)
{
	char *json = arena_alloc(arena, length);
	size_t json_length;

	if (length > TASK_CURSOR_LIMIT || !text_base64url_decode(text, length, json, &json_length))
		return NULL;
	return json_loadb(json, json_length, JSON_REJECT_DUPLICATES, NULL);
}

static bool is_sound(const struct task_cursor *cursor)
{
	return cursor->filter_length <= FILTER_TEXT_LIMIT && cursor->now >= 0 && cursor->now <= TIME_MAXIMUM &&
	       cursor->after_id > 0 && cursor->after_id <= WIRE_INTEGER_LIMIT;
}

/* Exactly the members that were written, each of its type. */
static bool unpack(json_t *root, struct arena *arena, struct task_cursor *ret_cursor)
{
	const char *filter;
	size_t filter_length;
	json_int_t now, after_id;

	if (!root || json_unpack_ex(root, NULL, JSON_STRICT, "{s:s%,s:I,s:I}", "filter", &filter, &filter_length, "now",
			     &now, "after", &after_id))
		return false;
	*ret_cursor = (struct task_cursor){ .filter = arena_strndup(arena, filter, filter_length),
		.filter_length = filter_length,
		.now = now,
		.after_id = after_id };
	return is_sound(ret_cursor);
}

enum error task_cursor_parse(
	const char *text, size_t length, struct arena *arena, struct task_cursor *ret_cursor, struct refusal *refusal)
{
	json_t *root = decode(text, length, arena);
	struct task_cursor cursor;
	bool is_whole = unpack(root, arena, &cursor);

	json_decref(root);
	if (!is_whole)
		return refuse(refusal, ERROR_INVALID_PARAMS, "cursor",
			"cursor is not one that task.list gave; start again without it");
	*ret_cursor = cursor;
	return ERROR_NONE;
}
