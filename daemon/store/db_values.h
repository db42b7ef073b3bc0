/* The parameters of a text that is made at run time: what it refers to by number, kept until it is bound. */
#pragma once

#include "common/arena.h"
#include "store/db.h"

struct db_value;

struct db_values {
	struct arena *arena;
	struct db_value *items;
	size_t count;
	size_t capacity;
};

/* What was added lives as long as the arena; texts and bytes are borrowed. */
void db_values_init(struct db_values *values, struct arena *arena);

/* The number by which the text refers to a value: the same for the same number or text. */
unsigned db_values_add_int64(struct db_values *values, int64_t value);
unsigned db_values_add_text(struct db_values *values, const char *text);
unsigned db_values_add_blob(struct db_values *values, const void *bytes, size_t length);

/* Parameters whose value differs from one run to the next: `number` is bound by the caller. */
unsigned db_values_reserve(struct db_values *values);

void db_values_bind(const struct db_values *values, struct db_query *query);
