/* Where a list goes on: base64url of a JSON object. */
#include "methods/task_cursor.h"

#include "common/json_writer.h"
#include "common/text.h"
#include "common/wire.h"
#include "tasks/filter.h"

#include <string.h>

#define PLACE_MAXIMUM INT64_C(4000000000000000000) /* beyond what any key of a sort can be */
#define TIME_MAXIMUM  INT64_C(253402300799)        /* 9999-12-31T23:59:59Z */

/* --- writing --- */

static void write_value(struct json_writer *writer, const struct task_place *place, size_t i)
{
	if (place->values[i].is_none)
		json_writer_null(writer);
	else if (place->values[i].text)
		json_writer_text(writer, place->values[i].text);
	else
		json_writer_integer(writer, place->values[i].integer);
}

static void write_place(struct json_writer *writer, const struct task_cursor *cursor)
{
	json_writer_key(writer, "sort");
	json_writer_string(writer, cursor->sort, cursor->sort_length);
	json_writer_key(writer, "place");
	json_writer_begin_array(writer);
	for (size_t i = 0; i < cursor->order.count; i++)
		write_value(writer, &cursor->after, i);
	json_writer_end_array(writer);
}

const char *task_cursor_encode(const struct buffer *json, struct arena *arena)
{
	char *text = arena_alloc(arena, (json->length + 2) / 3 * 4 + 1);

	text_base64url_encode(json->data, json->length, text);
	return text;
}

const char *task_cursor_write(const struct task_cursor *cursor, struct arena *arena)
{
	struct buffer json;
	struct json_writer writer;
	const char *text;

	buffer_init(&json);
	json_writer_init(&writer, &json);
	json_writer_begin_object(&writer);
	json_writer_key(&writer, "filter");
	json_writer_string(&writer, cursor->filter, cursor->filter_length);
	if (cursor->context && *cursor->context)
		json_writer_member_text(&writer, "context", cursor->context);
	json_writer_member_integer(&writer, "now", cursor->now);
	json_writer_member_integer(&writer, "after", cursor->after_id);
	if (cursor->sort)
		write_place(&writer, cursor);
	json_writer_end_object(&writer);
	text = task_cursor_encode(&json, arena);
	buffer_deinit(&json);
	return text;
}

json_t *task_cursor_decode(const char *text, size_t length, struct arena *arena)
{
	char *json = arena_alloc(arena, length);
	size_t json_length;

	if (length > TASK_CURSOR_LIMIT || !text_base64url_decode(text, length, json, &json_length))
		return NULL;
	return json_loadb(json, json_length, JSON_REJECT_DUPLICATES, NULL);
}

static bool is_sound(const struct task_cursor *cursor)
{
	return cursor->filter_length <= FILTER_TEXT_LIMIT && strlen(cursor->context) <= FILTER_TEXT_LIMIT &&
	       cursor->now >= 0 && cursor->now <= TIME_MAXIMUM && cursor->after_id > 0 &&
	       cursor->after_id <= WIRE_INTEGER_LIMIT;
}

static bool may_be_none(enum task_sort_type type)
{
	return type != TASK_SORT_ID && type != TASK_SORT_URGENCY;
}

static bool read_value(
	const json_t *item, enum task_sort_type type, size_t i, struct arena *arena, struct task_place *place)
{
	bool is_text = type == TASK_SORT_TEXT;

	place->values[i].is_none = json_is_null(item);
	if (place->values[i].is_none)
		return may_be_none(type);
	if (is_text)
		place->values[i].text = arena_strndup(arena, json_string_value(item), json_string_length(item));
	else
		place->values[i].integer = json_integer_value(item);
	if (is_text)
		return json_is_string(item);
	return json_is_integer(item) && place->values[i].integer >= -PLACE_MAXIMUM &&
	       place->values[i].integer <= PLACE_MAXIMUM;
}

/* A sort as its list was given it, and a value for each of its keys; the id is once more the one that it is after. */
static bool read_place(const json_t *items, struct arena *arena, struct task_cursor *cursor)
{
	struct task_sort *order = &cursor->order;
	size_t last;

	if (task_sort_parse(cursor->sort, cursor->sort_length, order, NULL) || json_array_size(items) != order->count)
		return false;
	for (size_t i = 0; i < order->count; i++)
		if (!read_value(json_array_get(items, i), order->keys[i].attribute->type, i, arena, &cursor->after))
			return false;
	last = order->count - 1;
	return order->keys[last].attribute->type != TASK_SORT_ID ||
	       cursor->after.values[last].integer == cursor->after_id;
}

/* Exactly the members that were written, each of its type. */
static bool unpack(json_t *root, struct arena *arena, struct task_cursor *ret_cursor)
{
	const char *filter;
	const char *context = "";
	const char *sort = NULL;
	size_t filter_length;
	size_t sort_length = 0;
	json_int_t now, after_id;
	const json_t *place = NULL;

	if (!root || json_unpack_ex(root, NULL, JSON_STRICT, "{s:s%,s?s,s:I,s:I,s?s%,s?o}", "filter", &filter,
			     &filter_length, "context", &context, "now", &now, "after", &after_id, "sort", &sort,
			     &sort_length, "place", &place))
		return false;
	*ret_cursor = (struct task_cursor){ .filter = arena_strndup(arena, filter, filter_length),
		.filter_length = filter_length,
		.context = arena_strdup(arena, context),
		.now = now,
		.after_id = after_id,
		.sort = sort ? arena_strndup(arena, sort, sort_length) : NULL,
		.sort_length = sort_length };
	if (!sort || !place)
		return is_sound(ret_cursor) && !sort && !place;
	return is_sound(ret_cursor) && read_place(place, arena, ret_cursor);
}

enum error task_cursor_parse(
	const char *text, size_t length, struct arena *arena, struct task_cursor *ret_cursor, struct refusal *refusal)
{
	json_t *root = task_cursor_decode(text, length, arena);
	struct task_cursor cursor;
	bool is_whole = unpack(root, arena, &cursor);

	json_decref(root);
	if (!is_whole)
		return refuse(refusal, ERROR_INVALID_PARAMS, "cursor",
			"cursor is not one that task.list gave; start again without it");
	*ret_cursor = cursor;
	return ERROR_NONE;
}
