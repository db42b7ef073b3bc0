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

#define TASK_DEPENDS_LIMIT     128u  /* tasks that one depends on */
#define TASK_ANNOTATIONS_LIMIT 256u  /* of one task */
#define TASK_ANNOTATION_LIMIT  1024u /* bytes of one */
#define TASK_CUSTOM_LIMIT      64u   /* values of custom fields of one task */
#define TASK_CUSTOM_NAME_LIMIT 32u   /* bytes */
#define TASK_CUSTOM_TEXT_LIMIT 1024u /* bytes of one value */

enum task_status { TASK_PENDING, TASK_COMPLETED, TASK_DELETED, TASK_RECURRING };
enum task_priority { TASK_PRIORITY_NONE, TASK_PRIORITY_LOW, TASK_PRIORITY_MEDIUM, TASK_PRIORITY_HIGH };

/* Times are seconds since the epoch; TASK_NO_TIME where there is none. */
#define TASK_NO_TIME INT64_MIN

struct task_annotation {
	int64_t at; /* seconds since the epoch */
	const char *text;
};

/*
 * The value of a custom field in its canonical text: a string as it is, a number as the shortest decimal, a date in
 * seconds since the epoch, a duration in ISO 8601, a choice as it is declared.
 */
struct task_value {
	const char *name;
	const char *value;
};

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
	int64_t due, wait, scheduled, until, started, completed, deleted;
	int64_t created, modified;
	int64_t version; /* only ever grows */
	int64_t parent;  /* the task that it is a part of; 0: none */
	int64_t spent;   /* seconds of work that has ended; what runs since `started` comes on top */
	size_t depend_count;
	const int64_t *depends; /* ids, ascending, without duplicates */
	size_t annotation_count;
	const struct task_annotation *annotations; /* in the order of time */
	size_t custom_count;
	const struct task_value *custom; /* sorted by name */

	/* Recurrence. A template (TASK_RECURRING) has a rule, its instances name the template. */
	int64_t series;         /* the template that it was made from; 0: none */
	int64_t occurrence;     /* an instance's number, from 0; of a template the newest; TASK_NO_TIME: none */
	const char *recur;      /* the rule, in its canonical text; NULL: none */
	const char *recur_from; /* "due" or "completion"; NULL: none */
	int64_t recur_count;    /* instances at most; TASK_NO_TIME: without a bound */
	const char *recur_zone; /* IANA name of the zone by whose calendar it goes; NULL: none */
	int64_t recur_base;     /* the number of the instance that a template's due is of: 0 until it is moved */

	/* What follows from other tasks and from the clock: kept with the task so that lists need not look there. */
	int64_t recur_next;    /* when a template has to be looked at again; TASK_NO_TIME: never */
	int64_t blockers;      /* pending tasks that it depends on */
	int64_t dependents;    /* pending tasks that depend on it */
	int64_t children;      /* its parts that are pending or completed */
	int64_t open_children; /* those of them that are pending */
	int64_t urgency_class; /* see urgency.h */
	int64_t urgency_intercept;
	int64_t urgency_change; /* until when those two hold; TASK_NO_TIME: as long as the task is not changed */
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
/* Pending, and tasks that it depends on are; or pending tasks depend on it. */
bool task_is_blocked(const struct task *task);
bool task_is_blocking(const struct task *task);

/*
 * The rules for what a field may hold. ERROR_INVALID_PARAMS naming the field and what would be right.
 * Text is UTF-8, checked where it came in. No field holds control characters, which a terminal would obey; a note may
 * have tabs and line feeds. A tag is a word that a filter needs no quotes for.
 */
enum error task_check_title(const char *title, size_t length, struct refusal *refusal);
enum error task_check_note(const char *note, size_t length, struct refusal *refusal);
enum error task_check_project(const char *project, size_t length, struct refusal *refusal);
enum error task_check_tag(const char *tag, size_t length, struct refusal *refusal);
/* The same for one that a task is given: none by the name of a virtual tag, by which a filter finds something else. */
enum error task_check_new_tag(const char *tag, size_t length, struct refusal *refusal);
enum error task_parse_status(const char *text, enum task_status *ret_status, struct refusal *refusal);
enum error task_parse_priority(const char *text, enum task_priority *ret_priority, struct refusal *refusal);

/* Sort and remove duplicates in place; gives the new count. */
size_t task_sort_tags(const char **tags, size_t count);
bool task_has_tag(const struct task *task, const char *tag);

/*
 * Changes of state. ERROR_CONFLICT, naming the status that stands in the way. `modified` and `version` follow.
 * A task that is completed or deleted is stopped as well. Restoring gives back a pending task, or the template of
 * a series.
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
