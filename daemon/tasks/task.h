/* A task and the rules that need nothing but the task itself. */
#pragma once

#include "common/arena.h"
#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TASK_TITLE_LIMIT   1024u                /* bytes */
#define TASK_NOTE_LIMIT    ((size_t)256 * 1024) /* bytes */
#define TASK_PROJECT_LIMIT 255u                 /* bytes */
#define TASK_TAG_LIMIT     64u                  /* bytes of one tag */
#define TASK_TAGS_LIMIT    64u                  /* tags of one task */
#define TASK_UUID_LENGTH   36u

enum task_status { TASK_PENDING, TASK_COMPLETED, TASK_DELETED, TASK_RECURRING };
enum task_priority { TASK_PRIORITY_NONE, TASK_PRIORITY_LOW, TASK_PRIORITY_MEDIUM, TASK_PRIORITY_HIGH };

/* Times are seconds since the epoch; TASK_NO_TIME where there is none. */
#define TASK_NO_TIME INT64_MIN

struct task {
	int64_t id;                      /* small, per account, given once */
	char uuid[TASK_UUID_LENGTH + 1]; /* v4, lower case (RFC 9562) */
	const char *title;
	const char *note;    /* NULL: none */
	const char *project; /* dotted, NULL: none */
	enum task_status status;
	enum task_priority priority;
	size_t tag_count;
	const char **tags; /* sorted by bytes, without duplicates */
	int64_t due, wait, started, completed, deleted;
	int64_t created, modified;
	int64_t version; /* only ever grows */
};

extern const char *const task_status_names[];   /* "pending", … NULL */
extern const char *const task_priority_names[]; /* "", "L", "M", "H", NULL */

/* A task without a word or a time in it: what a new one starts from. */
extern const struct task task_empty;

/* A copy whose texts live in the arena. */
void task_copy(const struct task *task, struct arena *arena, struct task *ret_copy);

/* Not yet time to show it: pending, and its wait lies ahead. */
bool task_is_waiting(const struct task *task, int64_t now);
bool task_is_started(const struct task *task);

/*
 * The rules for what a field may hold. ERROR_INVALID_PARAMS naming the field and what would be right.
 * Text is UTF-8, checked where it came in. No field holds control characters, which a terminal would obey; a note may
 * have tabs and line feeds. A tag is a word that a filter needs no quotes for.
 */
enum error task_check_title(const char *title, size_t length, struct refusal *refusal);
enum error task_check_note(const char *note, size_t length, struct refusal *refusal);
enum error task_check_project(const char *project, size_t length, struct refusal *refusal);
enum error task_check_tag(const char *tag, size_t length, struct refusal *refusal);
enum error task_parse_status(const char *text, enum task_status *ret_status, struct refusal *refusal);
enum error task_parse_priority(const char *text, enum task_priority *ret_priority, struct refusal *refusal);

/* Sort and remove duplicates in place; gives the new count. */
size_t task_sort_tags(const char **tags, size_t count);
bool task_has_tag(const struct task *task, const char *tag);

/*
 * Changes of state. ERROR_CONFLICT, naming the status that stands in the way. `modified` and `version` follow.
 * A task that is completed or deleted is stopped as well. Restoring gives back a pending task.
 */
enum error task_start(struct task *task, int64_t now, struct refusal *refusal);
enum error task_stop(struct task *task, int64_t now, struct refusal *refusal);
enum error task_complete(struct task *task, int64_t now, struct refusal *refusal);
enum error task_delete(struct task *task, int64_t now, struct refusal *refusal);
enum error task_restore(struct task *task, int64_t now, struct refusal *refusal);
/* After any other change. */
void task_touch(struct task *task, int64_t now);

/*
 * Text that names a task: its small id, or 8 to 36 characters of its uuid. Eight or more digits may be either: then
 * both are set, and the id is what is meant if there is a task with it.
 */
struct task_ref {
	int64_t id;                      /* 0: named by uuid alone */
	char uuid[TASK_UUID_LENGTH + 1]; /* a prefix of at least 8 hex digits, lower case; empty: named by id alone */
};
/* ERROR_INVALID_PARAMS, field "id". */
enum error task_ref_parse(const char *text, size_t length, struct task_ref *ret_ref, struct refusal *refusal);
