/* The table, and its loading. */
#include "preferences.h"

#include "terminal.h"

#include <stddef.h>
#include <stdio.h>

#define PREFERENCE(field) .name = #field, .offset = offsetof(struct preferences, field)

const struct setting preferences_table[] = {
	{ PREFERENCE(socket), .summary = "Where the daemon listens", .type = SETTING_PATH },
	{ PREFERENCE(color), .summary = "When to use colours", .type = SETTING_CHOICE, .choices = color_when_names,
		.default_text = "auto" },
	{ PREFERENCE(daemon_user), .summary = "The user that the daemon runs as, when it is neither root nor you",
		.type = SETTING_TEXT, .default_text = "taskd" },
	{ 0 },
};

enum error preferences_load(const struct paths *paths, struct preferences *preferences, struct trouble *trouble)
{
	char path[PATH_MAX + 16];
	struct refusal refusal;

	(void)snprintf(path, sizeof(path), "%s/config", paths->config);
	if (settings_load(preferences_table, "TASKCTL_", path, true, preferences, &refusal))
		return trouble_refused(trouble, &refusal);
	return ERROR_NONE;
}

void preferences_deinit(struct preferences *preferences)
{
	settings_deinit(preferences_table, preferences);
}
