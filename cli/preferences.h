/* The client's settings: ~/.config/taskctl/config, and TASKCTL_* variables over it. */
#pragma once

#include "common/settings.h"
#include "paths.h"
#include "trouble.h"

enum hints_when { HINTS_ON, HINTS_OFF };
enum week_start { WEEK_FROM_MONDAY, WEEK_FROM_SUNDAY };

/* In the order of the enum, as the file and the wire write them. */
extern const char *const week_start_names[];

struct preferences {
	char *socket;                 /* NULL: found by itself */
	int64_t color;                /* enum color_when */
	char *daemon_user;            /* a user's name or number, trusted with passwords beside root and ourselves */
	char *default_command;        /* the words of what `taskctl` alone does; NULL: it prints help */
	int64_t dates;                /* enum task_dates */
	char *pager;                  /* NULL: found by itself */
	int64_t overflow;             /* enum view_overflow */
	int64_t week_start;           /* enum week_start */
	int64_t theme;                /* enum theme_choice */
	struct setting_pairs styles;  /* the words of each, see theme.h */
	int64_t hints;                /* enum hints_when */
	struct setting_pairs aliases; /* the words that each stands for */
};

#define PREFERENCES_PREFIX "TASKCTL_" /* of the variables */

/* Rows whose type is SETTING_PAIRS are by names of the user's own. */
extern const struct setting preferences_table[];

/* NULL: there is no such setting. */
const struct setting *preferences_find(const char *name);

/* `preferences` is zeroed before the first load. */
enum error preferences_load(const struct paths *paths, struct preferences *preferences, struct trouble *trouble);
void preferences_deinit(struct preferences *preferences);
