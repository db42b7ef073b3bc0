/* The table, and its loading. */
#include "preferences.h"

#include "preferences_file.h"
#include "terminal.h"

#include <stddef.h>
#include <string.h>

const char *const week_start_names[] = { "monday", "sunday", NULL };
static const char *const dates_names[] = { "absolute", "relative", NULL }; /* enum task_dates */

#define PREFERENCE(setting, field) .name = (setting), .offset = offsetof(struct preferences, field)

const struct setting preferences_table[] = {
	{ PREFERENCE("default_command", default_command),
		.summary = "What `taskctl` alone does: a command with its words", .type = SETTING_TEXT },
	{ PREFERENCE("color", color), .summary = "When to use colours", .type = SETTING_CHOICE,
		.choices = color_when_names, .default_text = "auto" },
	{ PREFERENCE("dates", dates),
		.summary = "How tables of tasks show dates: as they are, or as how long until then",
		.type = SETTING_CHOICE, .choices = dates_names, .default_text = "absolute" },
	{ PREFERENCE("week_start", week_start), .summary = "The day that weeks begin with, where dates are read",
		.type = SETTING_CHOICE, .choices = week_start_names, .default_text = "monday" },
	{ PREFERENCE("socket", socket), .summary = "Where the daemon listens", .type = SETTING_PATH },
	{ PREFERENCE("daemon_user", daemon_user),
		.summary = "The user that the daemon runs as, when it is neither root nor you", .type = SETTING_TEXT,
		.default_text = "taskd" },
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
