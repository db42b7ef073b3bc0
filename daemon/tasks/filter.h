/* The filter language: text to a tree of terms. */
#pragma once

#include "common/arena.h"
#include "tasks/task.h"

enum filter_kind {
	FILTER_ALL,     /* no restriction: an empty filter, or `status:all` */
	FILTER_AND,     /* left and right */
	FILTER_PROJECT, /* text: the project, or any below it (dotted); empty text: has none */
	FILTER_TAG,     /* text: has the tag */
	FILTER_NO_TAG,  /* text: has it not */
	FILTER_STATUS,  /* status; TASK_PENDING without those that wait */
	FILTER_WAITING, /* `status:waiting`: pending with its wait ahead */
	FILTER_IDS,     /* refs: any of them */
};

struct filter {
	enum filter_kind kind;
	const struct filter *left, *right;
	const char *text;
	enum task_status status;
	const struct task_ref *refs; /* ranges are spelled out; each has an id or a uuid, not both */
	size_t ref_count;
	bool ends_scope; /* of FILTER_ALL: it was said (`status:all`), so the default scope does not apply */
	size_t column;   /* where its text starts, in characters from 1; 0 for an empty filter */
};

#define FILTER_TEXT_LIMIT 4096u  /* bytes */
#define FILTER_TERM_LIMIT 256u   /* terms */
#define FILTER_REFS_LIMIT 10000u /* ids and ranges, spelled out */

/*
 * Parse. Terms are separated by white space or `and`; quotes ("…" or '…') and backslashes protect white space and signs
 * in a value. Terms: `project:NAME` (and below; `project:` has none), `+tag`, `-tag`, `status:WORD`, ids (`3`, `3-7,9`,
 * at least 8 hex digits of a uuid). A term of the language that is not built yet, and anything else, is refused by name
 * with its column. ERROR_INVALID_PARAMS, field "filter". The tree lives in the arena; AND leans to the left.
 */
enum error filter_parse(const char *text, size_t length, struct arena *arena, const struct filter **ret_filter,
	struct refusal *refusal);

/* Whether ids or a status are named, which ends the default scope (pending and not waiting). */
bool filter_names_scope(const struct filter *filter);
