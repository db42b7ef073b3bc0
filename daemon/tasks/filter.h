/* The filter language of taskctl-filter(7): text to a tree of conditions. */
#pragma once

#include "common/arena.h"
#include "tasks/calendar.h"
#include "tasks/custom_field.h"
#include "tasks/task.h"
#include "tasks/text_match.h"
#include "tasks/zone.h"

enum filter_kind {
	FILTER_ALL,     /* every task: an empty filter, or `status:all` */
	FILTER_AND,     /* left and right */
	FILTER_OR,      /* left or right, or both */
	FILTER_XOR,     /* left or right, not both */
	FILTER_NOT,     /* not left */
	FILTER_STATUS,  /* status, whether it waits or not */
	FILTER_PROJECT, /* text: the project, or any below it (dotted) */
	FILTER_TAG,     /* text: has the tag */
	FILTER_REFS,    /* field (id, parent, series, depends) is, or has, any of refs */
	FILTER_LATEST,  /* the task with the greatest id */
	FILTER_ANY,     /* field is there */
	FILTER_RANGE,   /* field is a number or a time from first to last, both within */
	FILTER_NUMBER,  /* a custom number compared with that of text by order */
	FILTER_TEXT,    /* field, or one of its texts, matches text */
};

/* What a condition looks at. */
enum filter_field {
	FILTER_ID,
	FILTER_TITLE,
	FILTER_NOTE,
	FILTER_IN_PROJECT, /* its text */
	FILTER_TAGS,
	FILTER_PRIORITY, /* enum task_priority */
	FILTER_DUE,
	FILTER_WAIT,
	FILTER_SCHEDULED,
	FILTER_UNTIL,
	FILTER_STARTED,
	FILTER_COMPLETED,
	FILTER_DELETED,
	FILTER_CREATED,
	FILTER_MODIFIED,
	FILTER_PARENT,
	FILTER_CHILDREN, /* how many */
	FILTER_SERIES,
	FILTER_DEPENDS,
	FILTER_BLOCKERS,   /* how many of them are open */
	FILTER_DEPENDENTS, /* how many open tasks depend on it */
	FILTER_RECUR,
	FILTER_ANNOTATIONS,
	FILTER_SPENT,   /* seconds, with what runs */
	FILTER_URGENCY, /* billionths, of pending tasks alone */
	FILTER_VERSION,
	FILTER_CUSTOM, /* the custom field `name` */
	FILTER_FIELD_COUNT
};

enum filter_order { FILTER_LESS, FILTER_AT_MOST, FILTER_EQUAL, FILTER_AT_LEAST, FILTER_GREATER };

struct filter {
	enum filter_kind kind;
	const struct filter *left, *right;
	enum task_status status;
	enum filter_field field;
	const char *name; /* of a custom field */
	const char *text;
	enum text_match match;
	enum filter_order order;
	int64_t first, last;         /* INT64_MIN, INT64_MAX: open */
	const struct task_ref *refs; /* ranges are spelled out; each has an id or a uuid, not both */
	size_t ref_count;
	bool ends_scope; /* it names ids or a status, so that the default scope does not apply */
	size_t column;   /* where its text starts, in characters from 1; 0 for an empty filter */
};

/* What a filter is read against. */
struct filter_context {
	int64_t now;             /* seconds since the epoch */
	const struct zone *zone; /* whose days are meant; NULL: find_zone says, if the filter has a date */
	enum weekday week_start; /* 0 is MONDAY */
	bool uses_regex;         /* between slashes, and behind ~, stands a regular expression */
	void *context;           /* for the functions */
	/* NULL: UTC. Refuses by itself. */
	enum error (*find_zone)(void *context, const struct zone **ret_zone, struct refusal *refusal);
	/* The account's custom field. ERROR_NOT_FOUND: there is none; others end the parse. NULL: there are none. */
	enum error (*find_field)(void *context, const char *name, enum custom_type *ret_type);
	/* The account's field that is nearest to a name, for "did you mean"; NULL: none is. The function may be NULL.
	 */
	const char *(*find_near_field)(void *context, const char *name);
};

#define FILTER_TEXT_LIMIT  4096u  /* bytes */
#define FILTER_TERM_LIMIT  256u   /* terms */
#define FILTER_LEAF_LIMIT  512u   /* conditions that the terms are made of */
#define FILTER_DEPTH_LIMIT 32u    /* parentheses within each other */
#define FILTER_REFS_LIMIT  10000u /* ids and ranges, spelled out */

/*
 * Parse. `not` (or `!`) binds closest, then `and` (or nothing between two terms), then `xor`, then `or`; parentheses
 * group. Quotes ("…" or '…') and backslashes protect white space and signs in a value. ERROR_INVALID_PARAMS, field
 * "filter", with the column of what is wrong, in characters from 1. The tree lives in the arena; each of AND, OR and
 * XOR leans to the left.
 */
enum error filter_parse(const char *text, size_t length, const struct filter_context *context, struct arena *arena,
	const struct filter **ret_filter, struct refusal *refusal);

/* Whether ids or a status are named anywhere, which ends the default scope (pending and not waiting). */
bool filter_names_scope(const struct filter *filter);

/* The filter of the default scope. */
const struct filter *filter_default_scope(int64_t now, struct arena *arena);

/* All names of attributes, modifiers and virtual tags, NULL behind the last: for the manual to be held against. */
const char *filter_attribute_name(size_t index);
const char *filter_modifier_name(size_t index);
const char *filter_virtual_tag_name(size_t index);

bool filter_is_virtual_tag(const char *name, size_t length);
