/* Taskwarrior's attributes, and what each of them is called here. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct tw_attribute {
	const char *name;   /* Taskwarrior's */
	const char *filter; /* in a filter, and what a list is sorted by; NULL: there is no such thing */
	const char *change; /* for change_words_set; NULL: it cannot be set */
	const char *member; /* of a task on the wire; NULL: none */
	const char *column; /* of a report; NULL: none */
	bool is_date;
};

/* In the order of their names; ends with one that has none. */
extern const struct tw_attribute tw_attributes[];

/* By the whole name, or by two letters or more with which no other name begins. NULL: there is none. */
const struct tw_attribute *tw_attribute_find(const char *name, size_t length);

/*
 * The whole name of a modifier such as `before` in due.before:eom, abbreviated in the same way. NULL: there is none.
 */
const char *tw_modifier_find(const char *name, size_t length);
