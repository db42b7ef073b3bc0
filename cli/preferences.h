/* The client's settings: ~/.config/taskctl/config, and TASKCTL_* variables over it. */
#pragma once

#include "common/settings.h"
#include "paths.h"
#include "trouble.h"

struct preferences {
	char *socket;      /* NULL: found by itself */
	int64_t color;     /* enum color_when */
	char *daemon_user; /* a user's name or number, trusted with passwords beside root and ourselves */
};

extern const struct setting preferences_table[];

/* `preferences` is zeroed before the first load. */
enum error preferences_load(const struct paths *paths, struct preferences *preferences, struct trouble *trouble);
void preferences_deinit(struct preferences *preferences);
