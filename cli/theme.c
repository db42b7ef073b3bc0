/* Both themes are words in a table, read by what reads the person's own. */
#include "theme.h"

#include "common/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_LIMIT      200u
#define TAG_PREFIX     "tag."
#define PROJECT_PREFIX "project."

const char *const theme_choice_names[] = { "auto", "dark", "light", "none", NULL };

const char *const theme_role_names[] = {
	[ROLE_HEADING] = "heading",
	[ROLE_LABEL] = "label",
	[ROLE_TITLE] = "title",
	[ROLE_OVERDUE] = "overdue",
	[ROLE_DUE_TODAY] = "due_today",
	[ROLE_DUE_SOON] = "due_soon",
	[ROLE_SCHEDULED] = "scheduled",
	[ROLE_WAITING] = "waiting",
	[ROLE_ACTIVE] = "active",
	[ROLE_BLOCKED] = "blocked",
	[ROLE_BLOCKING] = "blocking",
	[ROLE_URGENT] = "urgent",
	[ROLE_RECURRING] = "recurring",
	[ROLE_ENDED] = "ended",
	[ROLE_FAINT] = "faint",
	[ROLE_TAG] = "tag",
	[ROLE_PROJECT] = "project",
	[ROLE_PRIORITY_HIGH] = "priority_high",
	[ROLE_PRIORITY_MEDIUM] = "priority_medium",
	[ROLE_PRIORITY_LOW] = "priority_low",
	[ROLE_NOTE] = "note",
	[ROLE_BAR_PENDING] = "bar_pending",
	[ROLE_BAR_STARTED] = "bar_started",
	[ROLE_BAR_DONE] = "bar_done",
	[ROLE_BAR_DELETED] = "bar_deleted",
	[ROLE_AXIS] = "axis",
	[ROLE_TODAY] = "today",
	[ROLE_WEEKEND] = "weekend",
	[ROLE_WEEK_NUMBER] = "week_number",
	[ROLE_PLAIN] = NULL,
};

struct look {
	const char *dark;
	const char *light;
};

/* Yellow and bright colours cannot be read on white, so the light theme takes from the 256 what can. */
static const struct look looks[ROLE_PLAIN] = {
	[ROLE_HEADING] = { "bold underline", "bold underline" },
	[ROLE_LABEL] = { "bold", "bold" },
	[ROLE_TITLE] = { "bold", "bold" },
	[ROLE_OVERDUE] = { "red", "red" },
	[ROLE_DUE_TODAY] = { "yellow", "color130" },
	[ROLE_DUE_SOON] = { "cyan", "color25" },
	[ROLE_SCHEDULED] = { "none", "none" },
	[ROLE_WAITING] = { "faint", "color242" },
	[ROLE_ACTIVE] = { "green", "color28" },
	[ROLE_BLOCKED] = { "faint", "color242" },
	[ROLE_BLOCKING] = { "magenta", "color90" },
	[ROLE_URGENT] = { "bold", "bold" },
	[ROLE_RECURRING] = { "none", "none" },
	[ROLE_ENDED] = { "faint", "color242" },
	[ROLE_FAINT] = { "faint", "color242" },
	[ROLE_TAG] = { "cyan", "color30" },
	[ROLE_PROJECT] = { "bright blue", "blue" },
	[ROLE_PRIORITY_HIGH] = { "bold red", "bold red" },
	[ROLE_PRIORITY_MEDIUM] = { "none", "none" },
	[ROLE_PRIORITY_LOW] = { "faint", "color242" },
	[ROLE_NOTE] = { "faint", "color242" },
	[ROLE_BAR_PENDING] = { "red", "red" },
	[ROLE_BAR_STARTED] = { "yellow", "color130" },
	[ROLE_BAR_DONE] = { "green", "color28" },
	[ROLE_BAR_DELETED] = { "color242", "color247" },
	[ROLE_AXIS] = { "faint", "color242" },
	[ROLE_TODAY] = { "bold inverse", "bold inverse" },
	[ROLE_WEEKEND] = { "faint", "color242" },
	[ROLE_WEEK_NUMBER] = { "faint", "color242" },
};

/* --- choice --- */

/* "15;0", in some terminals "15;default;0": the last number is the background's. 7 and 9 to 15 are light. */
static bool is_light(void)
{
	const char *colors = getenv("COLORFGBG");
	const char *last = colors ? strrchr(colors, ';') : NULL;
	int64_t background;

	return last && text_parse_integer(last + 1, 0, 15, &background) && background >= 7 && background != 8;
}

static const char *words_of(enum theme_role role, enum theme_choice choice)
{
	switch (choice) {
	case THEME_AUTO:
		return is_light() ? looks[role].light : looks[role].dark;
	case THEME_DARK:
		return looks[role].dark;
	case THEME_LIGHT:
		return looks[role].light;
	case THEME_NONE:
		break;
	}
	return "none";
}

/* Words that were checked before; one of a newer version is as if nothing were said. */
static void read_code(const char *words, char *ret_code)
{
	if (!style_parse(words, ret_code, NULL))
		ret_code[0] = '\0';
}

void theme_init_plain(struct theme *theme)
{
	*theme = (struct theme){ .own = NULL };
}

void theme_init(struct theme *theme, enum theme_choice choice, const struct setting_pairs *own)
{
	theme_init_plain(theme);
	theme->own = own;
	for (enum theme_role role = 0; role < ROLE_PLAIN; role++) {
		const struct setting_pair *pair = setting_pairs_find(own, theme_role_names[role]);

		read_code(pair ? pair->value : words_of(role, choice), theme->codes[role]);
	}
}

/* --- styles --- */

const char *theme_begin(const struct theme *theme, enum theme_role role)
{
	return theme->codes[role];
}

const char *theme_end(const struct theme *theme, enum theme_role role)
{
	return theme->codes[role][0] ? STYLE_END : "";
}

void theme_append(struct buffer *out, const struct theme *theme, enum theme_role role, const char *text)
{
	buffer_append_text(out, theme_begin(theme, role));
	buffer_append_text(out, text);
	buffer_append_text(out, theme_end(theme, role));
}

static bool find_own(const struct theme *theme, const char *prefix, const char *name, size_t length, char *ret_code)
{
	char key[KEY_LIMIT + 1];
	const struct setting_pair *pair;

	if (strlen(prefix) + length > KEY_LIMIT)
		return false;
	(void)snprintf(key, sizeof(key), "%s%.*s", prefix, (int)length, name);
	pair = setting_pairs_find(theme->own, key);
	if (pair)
		read_code(pair->value, ret_code);
	return pair;
}

void theme_find_tag(const struct theme *theme, const char *tag, char ret_code[STYLE_CODE_SIZE])
{
	if (!theme->own || !find_own(theme, TAG_PREFIX, tag, strlen(tag), ret_code))
		memcpy(ret_code, theme->codes[ROLE_TAG], STYLE_CODE_SIZE);
}

/* The bytes of the project above, 0 at the top. */
static size_t parent_length(const char *project, size_t length)
{
	while (length && project[length - 1] != '.')
		length--;
	return length ? length - 1 : 0;
}

void theme_find_project(const struct theme *theme, const char *project, char ret_code[STYLE_CODE_SIZE])
{
	for (size_t length = strlen(project); theme->own && length; length = parent_length(project, length))
		if (find_own(theme, PROJECT_PREFIX, project, length, ret_code))
			return;
	memcpy(ret_code, theme->codes[ROLE_PROJECT], STYLE_CODE_SIZE);
}

/* --- settings --- */

static bool is_label(const char *key, const char *prefix)
{
	return strncmp(key, prefix, strlen(prefix)) == 0 && key[strlen(prefix)];
}

static bool check_key(const char *key, struct buffer *reason)
{
	const char *nearest;

	if (strlen(key) > KEY_LIMIT) {
		buffer_printf(reason, "the name is longer than %u bytes", KEY_LIMIT);
		return false;
	}
	if (is_label(key, TAG_PREFIX) || is_label(key, PROJECT_PREFIX))
		return true;
	for (size_t i = 0; theme_role_names[i]; i++)
		if (strcmp(key, theme_role_names[i]) == 0)
			return true;
	nearest = text_nearest(key, theme_role_names);
	if (nearest)
		buffer_printf(reason, "nothing has the style `%s`; did you mean `%s`?", key, nearest);
	else
		buffer_printf(reason, "nothing has the style `%s`; the names are in man taskctl-config", key);
	return false;
}

bool theme_check_pair(const char *key, const char *value, struct buffer *ret_reason)
{
	char code[STYLE_CODE_SIZE];

	return check_key(key, ret_reason) && style_parse(value, code, ret_reason);
}
