/* Taskwarrior's settings: those that are said on the line (rc.NAME=VALUE), and those that hold otherwise. Pure. */
#pragma once

#include "common/buffer.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct tw_rc {
	json_t *said; /* the texts that the line has, by name; owned */
};

void tw_rc_init(struct tw_rc *rc);
void tw_rc_deinit(struct tw_rc *rc);

/* Whether the argument is rc:FILE, rc=FILE, rc.NAME:VALUE or rc.NAME=VALUE. */
bool tw_rc_is_override(const char *argument);

/* Take such an argument. A file says nothing here. False: its text is not UTF-8. */
bool tw_rc_take(struct tw_rc *rc, const char *argument);

/* What is said, else what holds otherwise; NULL: nothing does. Borrowed. */
const char *tw_rc_get(const struct tw_rc *rc, const char *name);

/* Of what is switched: on, yes, y, true and 1 are. */
bool tw_rc_is_on(const struct tw_rc *rc, const char *name);
int64_t tw_rc_number(const struct tw_rc *rc, const char *name);

/* Whether rc.verbose lets this be said: affected, new-id, new-uuid, header, footnote, label, blank, override… */
bool tw_rc_says(const struct tw_rc *rc, const char *what);

/* Whether somebody who says this expects an effect that it has here, or one that nobody misses. */
bool tw_rc_is_known(const char *name);

/* A setting that holds when nothing is said, by its place in the table; NULL behind the last one. */
struct tw_setting {
	const char *name;
	const char *value;
};
const struct tw_setting *tw_rc_usual(size_t index);
