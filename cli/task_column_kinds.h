/* Every column that a table of tasks may have: how it looks, and what writes its cells. */
#pragma once

#include "common/buffer.h"
#include "view.h"

#include <jansson.h>
#include <stdint.h>

/* How a column looks, and what its cells are made of. */
struct task_column_kind {
	const char *name;
	const char *heading;
	const char *member; /* of the task; NULL: the one that has the name */
	enum view_align align;
	bool is_kept;
	bool wraps;
	bool is_time;   /* which may be written as how long until then */
	bool is_custom; /* a field of the person's own */
	size_t least;
	unsigned shrinks;

	void (*append)(struct buffer *out, const json_t *task, const char *member, int64_t now);
	/* The cell itself, where it has styles that are the person's own; else NULL. */
	void (*add)(struct view_table *table, const json_t *task, const char *member, const struct theme *theme);
};

/* NULL-terminated. Every other name is that of a custom field. */
const char *const *task_column_names(void);

/* The kind of this name, else that of custom fields. */
const struct task_column_kind *task_column_kind_find(const char *name);

/* In the place of a date's, where dates are relative. */
extern const struct task_column_kind task_column_kind_relative;
