/* JSON objects of texts and whole numbers and nothing else, read without the library that the daemon reads them with.
 */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stdint.h>

#define FLAT_JSON_LIMIT 8u

struct flat_json_member {
	const char *name;
	const char *text; /* NULL: a number */
	int64_t number;
};

struct flat_json {
	size_t count;
	struct flat_json_member members[FLAT_JSON_LIMIT];
};

/*
 * False for whatever is not one object of RFC 8259, without white space before it, with distinct names, no NUL, and
 * values that are texts or integers of 64 bits. Texts are in the arena.
 */
bool flat_json_read(const char *bytes, size_t length, struct arena *arena, struct flat_json *ret_object);

/* NULL when there is none of this name. */
const struct flat_json_member *flat_json_find(const struct flat_json *object, const char *name);
