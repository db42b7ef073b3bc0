/* The order of a list: `due+,urgency-`, and where a task stands in it. */
#pragma once

#include "tasks/task.h"
#include "tasks/urgency.h"

#define TASK_SORT_KEYS       4u   /* that may be named */
#define TASK_SORT_TEXT_LIMIT 128u /* bytes */

enum task_sort_type {
	TASK_SORT_ID,
	TASK_SORT_URGENCY,
	TASK_SORT_INTEGER,  /* a member of struct task, int64_t; TASK_NO_TIME: none */
	TASK_SORT_PRIORITY, /* H is the greatest */
	TASK_SORT_TEXT,     /* a member of struct task, const char *, by bytes */
};

/* What one can sort by. Its name is that of the member. */
struct task_sort_attribute {
	const char *name;
	enum task_sort_type type;
	size_t offset; /* in struct task */
};

struct task_sort_key {
	const struct task_sort_attribute *attribute;
	bool is_descending;
};

/* The last key is the id: no two tasks stand in the same place. */
struct task_sort {
	size_t count;
	struct task_sort_key keys[TASK_SORT_KEYS + 1];
};

/* What the keys of a sort are of one task. Texts are borrowed. */
struct task_place {
	struct {
		bool is_none;
		int64_t integer;
		const char *text;
	} values[TASK_SORT_KEYS + 1];
};

/*
 * Names, each with `+` (also where there is neither) or `-`, and commas between them. ERROR_INVALID_PARAMS, field
 * "sort".
 */
enum error task_sort_parse(const char *text, size_t length, struct task_sort *ret_sort, struct refusal *refusal);

/* Whether it is this one key, and ids upward. */
bool task_sort_is_by(const struct task_sort *sort, const char *name, bool is_descending);
/* Whether one of its keys is urgency. */
bool task_sort_has_urgency(const struct task_sort *sort);

void task_sort_find_place(const struct task_sort *sort, const struct task *task,
	const struct urgency_coefficients *coefficients, int64_t now, struct task_place *ret_place);

/* Negative: a stands before b. What has no value stands last, upward and downward. */
int task_sort_compare(const struct task_sort *sort, const struct task_place *a, const struct task_place *b);

/* The same place with its texts in the arena. */
struct task_place task_place_copy(const struct task_sort *sort, const struct task_place *place, struct arena *arena);

/* All names, NULL behind the last. */
const char *task_sort_name(size_t index);
