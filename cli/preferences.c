/* The table, and its loading. */
#include "preferences.h"

#include "preferences_file.h"
#include "terminal.h"
#include "theme.h"
#include "view.h"

#include <stddef.h>
#include <string.h>

const char *const week_start_names[] = { "monday", "sunday", NULL };
static const char *const dates_names[] = { "absolute", "relative", NULL }; /* enum task_dates */

static const char *const hints_names[] = { "on", "off", NULL }; /* enum hints_when */

#define PREFERENCE(setting, field) .name = (setting), .offset = offsetof(struct preferences, field)

const struct setting preferences_table[] = {
	{ PREFERENCE("default_command", default_command),
		.summary = "What `taskctl` alone does: a command with its words", .type = SETTING_TEXT },
	{ PREFERENCE("color", color), .summary = "When to use colours", .type = SETTING_CHOICE,
		.choices = color_when_names, .default_text = "auto" },
	{ PREFERENCE("theme", theme), .summary = "The colours: for a dark background, a light one, or your own alone",
		.type = SETTING_CHOICE, .choices = theme_choice_names, .default_text = "auto" },
	{ PREFERENCE("dates", dates),
		.summary = "How tables of tasks show dates: as they are, or as how long until then",
		.type = SETTING_CHOICE, .choices = dates_names, .default_text = "absolute" },
	{ PREFERENCE("pager", pager),
		.summary = "What shows output that is longer than the terminal: a command, or never",
		.type = SETTING_TEXT },
	{ PREFERENCE("overflow", overflow),
		.summary = "What becomes of text that is longer than its column: cut, or goes on below",
		.type = SETTING_CHOICE, .choices = view_overflow_names, .default_text = "ellipsis" },
	{ PREFERENCE("week_start", week_start), .summary = "The day that weeks begin with, where dates are read",
		.type = SETTING_CHOICE, .choices = week_start_names, .default_text = "monday" },
	{ PREFERENCE("hints", hints),
		.summary = "Whether a person at a terminal is told, once each, what else there is",
		.type = SETTING_CHOICE, .choices = hints_names, .default_text = "on" },
	{ PREFERENCE("socket", socket), .summary = "Where the daemon listens", .type = SETTING_PATH },
	{ PREFERENCE("daemon_user", daemon_user),
		.summary = "The user that the daemon runs as, when it is neither root nor you", .type = SETTING_TEXT,
		.default_text = "taskd" },
	{ PREFERENCE("style", styles),
		.summary = "How something looks, as style.overdue, style.tag.NAME or style.project.NAME",
		.type = SETTING_PAIRS, .check_pair = theme_check_pair },
	{ PREFERENCE("alias", aliases), .summary = "What a command of your own stands for, as alias.NAME",
		.type = SETTING_PAIRS },
	{ 0 },
};

const struct setting *preferences_find(const char *name)
{
	for (const struct setting *setting = preferences_table; setting->name; setting++)
		if (strcmp(setting->name, name) == 0)
			return setting;
	return NULL;
}

enum error preferences_load(const struct paths *paths, struct preferences *preferences, struct trouble *trouble)
{
	char path[PREFERENCES_PATH_SIZE];
	struct refusal refusal;

	preferences_file_path(paths, path);
	if (!settings_load(preferences_table, PREFERENCES_PREFIX, path, true, preferences, &refusal))
		return ERROR_NONE;
	(void)trouble_refused(trouble, &refusal);
	if (strncmp(refusal.message, path, strlen(path)) == 0)
		trouble_advise(trouble, "to mend the file: taskctl config edit");
	return refusal.error;
}

void preferences_deinit(struct preferences *preferences)
{
	settings_deinit(preferences_table, preferences);
}
