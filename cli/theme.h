/* Which style each kind of thing has: a theme's, or the person's own (`style.overdue = bold red`). */
#pragma once

#include "common/setting_pairs.h"
#include "style.h"

/* What a style is for. Its name, in settings, is that of the member in small letters. */
enum theme_role {
	ROLE_HEADING, /* of a table's columns */
	ROLE_LABEL,   /* the name beside a detail */
	ROLE_TITLE,   /* above a picture or a page */
	ROLE_OVERDUE,
	ROLE_DUE_TODAY,
	ROLE_DUE_SOON, /* within a week */
	ROLE_SCHEDULED,
	ROLE_WAITING,
	ROLE_ACTIVE, /* being worked on; the one of a list that is in force */
	ROLE_BLOCKED,
	ROLE_BLOCKING,
	ROLE_URGENT,
	ROLE_RECURRING,
	ROLE_ENDED, /* done, deleted, undone */
	ROLE_FAINT,
	ROLE_TAG,
	ROLE_PROJECT,
	ROLE_PRIORITY_HIGH,
	ROLE_PRIORITY_MEDIUM,
	ROLE_PRIORITY_LOW,
	ROLE_NOTE,
	ROLE_BAR_PENDING,
	ROLE_BAR_STARTED,
	ROLE_BAR_DONE,
	ROLE_BAR_DELETED,
	ROLE_AXIS,
	ROLE_TODAY,
	ROLE_WEEKEND,
	ROLE_WEEK_NUMBER,
	ROLE_PLAIN, /* as text is anyway; no setting has it */
	ROLE_COUNT, /* how many they are; none itself */
};

/* By role; ended by the NULL of ROLE_PLAIN. */
extern const char *const theme_role_names[];

/* The setting. AUTO: dark, unless COLORFGBG says that the background is light. NONE: only the person's own styles. */
enum theme_choice { THEME_AUTO, THEME_DARK, THEME_LIGHT, THEME_NONE };

/* NULL-terminated, in the order of the enum. */
extern const char *const theme_choice_names[];

struct theme {
	char codes[ROLE_COUNT][STYLE_CODE_SIZE];
	const struct setting_pairs *own; /* borrowed; NULL: there are no colours at all */
};

/* Without any colour: every text is "". */
void theme_init_plain(struct theme *theme);

/* The choice, with the person's own styles over it, which must live as long as the theme. */
void theme_init(struct theme *theme, enum theme_choice choice, const struct setting_pairs *own);

/* What is written before text of this kind, and behind it; "" where it looks as text does anyway. */
const char *theme_begin(const struct theme *theme, enum theme_role role);
const char *theme_end(const struct theme *theme, enum theme_role role);

/* Append text of this kind, as it is. */
void theme_append(struct buffer *out, const struct theme *theme, enum theme_role role, const char *text);

/*
 * The style of a tag or a project: its own (`style.tag.shop`, `style.project.home`, which is that of home.garden too
 * unless it has one), else that of all tags or projects. STYLE_END ends it unless it is "".
 */
void theme_find_tag(const struct theme *theme, const char *tag, char ret_code[STYLE_CODE_SIZE]);
void theme_find_project(const struct theme *theme, const char *project, char ret_code[STYLE_CODE_SIZE]);

/* For the table of settings: whether `style.KEY = VALUE` is good, else why not is appended to `ret_reason`. */
bool theme_check_pair(const char *key, const char *value, struct buffer *ret_reason);
