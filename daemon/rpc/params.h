/* A method's parameters: a table of fields, and the binding of a JSON object to a struct by it. */
#pragma once

#include "common/arena.h"
#include "common/error.h"
#include "common/json_writer.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A member that is not there, that is null, that has a value: three things to a caller who changes a task. */
enum presence { PARAM_ABSENT, PARAM_CLEARED, PARAM_GIVEN };

struct text_param {
	enum presence presence;
	const char *text; /* NUL-terminated, never holds a NUL; borrowed from the request */
	size_t length;
};

struct integer_param {
	enum presence presence;
	int64_t value;
};

struct number_param {
	enum presence presence;
	double value;
};

struct boolean_param {
	enum presence presence;
	bool value;
};

struct text_list_param {
	enum presence presence;
	size_t count;
	const char **texts; /* in the arena */
};

/* A member of an object whose names are the user's own. */
struct value_member {
	const char *name;
	enum presence presence; /* PARAM_CLEARED: null */
	bool is_number;         /* given as a JSON number; `text` is then its digits, as many as it takes */
	const char *text;       /* NULL: null */
	size_t length;
};

struct value_map_param {
	enum presence presence;
	size_t count;
	const struct value_member *members; /* in the arena */
};

/* Whatever it holds: the method binds it by a table of its own. */
struct object_param {
	enum presence presence;
	const json_t *object; /* borrowed from the request */
};

struct object_list_param {
	enum presence presence;
	const json_t *array; /* of objects; borrowed from the request */
};

/* A number or a text for each: what names a task. Numbers are written out as text. */
#define TASK_REF_TEXT_LIMIT 40u

enum param_type {
	PARAM_TEXT,        /* struct text_param */
	PARAM_INTEGER,     /* struct integer_param */
	PARAM_NUMBER,      /* struct number_param: with or without decimals */
	PARAM_BOOLEAN,     /* struct boolean_param */
	PARAM_TEXT_LIST,   /* struct text_list_param: an array of strings */
	PARAM_REF,         /* struct text_param: a positive integer or a string */
	PARAM_REF_LIST,    /* struct text_list_param: an array of those */
	PARAM_VALUE_MAP,   /* struct value_map_param: an object whose values are strings, numbers or null */
	PARAM_OBJECT,      /* struct object_param */
	PARAM_OBJECT_LIST, /* struct object_list_param: an array of those */
};

enum param_need { PARAM_OPTIONAL, PARAM_REQUIRED };
enum param_null { PARAM_NOT_NULL, PARAM_NULLABLE };

/* One row. A table ends with a row whose name is NULL. */
struct param {
	const char *name;
	const char *summary;
	enum param_type type;
	size_t offset; /* in the method's params struct */
	enum param_need need;
	enum param_null null;
	int64_t minimum, maximum; /* an integer's value; a text's bytes; the items of a list or an object. maximum 0:
				     the type's own limit */
	bool is_secret;           /* never logged, never part of a digest */
};

/*
 * Bind `object` (NULL: an empty one) to `params`, which the caller zeroed. Members named in `common` are passed over.
 * ERROR_INVALID_PARAMS naming the field: unknown (with the nearest known name), missing, of the wrong type, out of
 * range.
 */
enum error params_bind(const struct param *table, const struct param *common, const json_t *object, struct arena *arena,
	void *params, struct refusal *refusal);

/*
 * Bind those members of `object` (NULL: none) that the table names, but secret ones, and pass over all others.
 * The table has no lists and no references.
 */
enum error params_bind_present(const struct param *table, const json_t *object, void *params, struct refusal *refusal);

/* The JSON Schema of the table, for rpc.discover: an array of OpenRPC content descriptors. */
void params_describe(const struct param *table, struct json_writer *writer);
