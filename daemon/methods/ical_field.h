/*
 * The names of what we keep without knowing it: `url` and `location`, `x_…` for X-…, `ical_…` for any other property.
 * The value is the property's or, where it has parameters, all behind its name, beginning with a semicolon.
 */
#pragma once

#include "tasks/task.h"

#include <stdbool.h>

#define ICAL_UID_FIELD     "ical_uid" /* a UID that is no uuid as we write it */
#define ICAL_OWN_PREFIX    "X-TASKCTL-"
#define ICAL_PROPERTY_SIZE (TASK_CUSTOM_NAME_LIMIT + 1)

/* The custom field of a property. False: its name is too long for one, or has no way back. */
bool ical_field_name(const char *property, char ret_name[TASK_CUSTOM_NAME_LIMIT + 1]);
/* The property of a custom field. False: it is one that the account has made for itself. */
bool ical_field_property(const char *name, char ret_property[ICAL_PROPERTY_SIZE]);
/* Whether its value is a TEXT, which is kept without escapes. */
bool ical_field_is_text(const char *property);

/* The fields that travel in X-TASKCTL-NAME, NULL behind the last. */
extern const char *const ical_own_fields[];
/* X-TASKCTL-NAME of a field. */
#define ICAL_OWN_SIZE 32u
void ical_own_property(const char *field, char ret_property[ICAL_OWN_SIZE]);
/* The field of X-TASKCTL-NAME. NULL: none of them. */
const char *ical_own_field(const char *property);

/*
 * The uuid of a task by its UID: itself where it is one; else a uuid made from it, always the same. That is one of
 * version 8 (RFC 9562 §5.8) from BLAKE2b: version 5 asks for SHA-1, which no library here has. `recurrence` is the
 * RECURRENCE-ID of a task that stands for one time of a series, whose UID it has; else NULL.
 */
void ical_uid_uuid(const char *uid, const char *recurrence, char ret_uuid[TASK_UUID_LENGTH + 1]);

/* The UID that a task came with, if it is its own (a duplicate has another uuid); else its uuid. */
const char *ical_uid(const struct task *task);
