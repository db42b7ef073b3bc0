/* Values in the order of their numbers. */
#include "store/db_values.h"

#include <string.h>

#define CAPACITY_START 16u

enum db_value_kind { VALUE_RESERVED, VALUE_INT64, VALUE_TEXT, VALUE_BLOB };

struct db_value {
	enum db_value_kind kind;
	int64_t integer;
	const void *bytes;
	size_t length;
};

void db_values_init(struct db_values *values, struct arena *arena)
{
	*values = (struct db_values){ .arena = arena, .capacity = CAPACITY_START };
	values->items = arena_array(arena, values->capacity, sizeof(*values->items));
}

static unsigned add(struct db_values *values, struct db_value value)
{
	if (values->count == values->capacity) {
		struct db_value *items = arena_array(values->arena, 2 * values->capacity, sizeof(*items));

		memcpy(items, values->items, values->count * sizeof(*items));
		values->items = items;
		values->capacity *= 2;
	}
	values->items[values->count++] = value;
	return (unsigned)values->count;
}

unsigned db_values_add_int64(struct db_values *values, int64_t value)
{
	for (size_t i = 0; i < values->count; i++)
		if (values->items[i].kind == VALUE_INT64 && values->items[i].integer == value)
			return (unsigned)i + 1;
	return add(values, (struct db_value){ .kind = VALUE_INT64, .integer = value });
}

unsigned db_values_add_text(struct db_values *values, const char *text)
{
	for (size_t i = 0; i < values->count; i++)
		if (values->items[i].kind == VALUE_TEXT && strcmp(values->items[i].bytes, text) == 0)
			return (unsigned)i + 1;
	return add(values, (struct db_value){ .kind = VALUE_TEXT, .bytes = text, .length = strlen(text) });
}

unsigned db_values_add_blob(struct db_values *values, const void *bytes, size_t length)
{
	return add(values, (struct db_value){ .kind = VALUE_BLOB, .bytes = bytes, .length = length });
}

unsigned db_values_reserve(struct db_values *values)
{
	return add(values, (struct db_value){ .kind = VALUE_RESERVED });
}

void db_values_bind(const struct db_values *values, struct db_query *query)
{
	for (unsigned i = 0; i < values->count; i++) {
		const struct db_value *value = &values->items[i];

		switch (value->kind) {
		case VALUE_RESERVED:
			break;
		case VALUE_INT64:
			db_bind_int64(query, i + 1, value->integer);
			break;
		case VALUE_TEXT:
			db_bind_text_length(query, i + 1, value->bytes, value->length);
			break;
		case VALUE_BLOB:
			db_bind_blob(query, i + 1, value->bytes, value->length);
			break;
		}
	}
}
