/* What a struct of settings holds, read back by the table. */
#include "common/settings.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void settings_format(const struct setting *setting, const void *settings, char *text, size_t size)
{
	const void *place = (const char *)settings + setting->offset;
	const char *held;

	switch (setting->type) {
	case SETTING_TEXT:
	case SETTING_PATH:
		held = *(char *const *)place;
		(void)snprintf(text, size, "%s", held ? held : "");
		return;
	case SETTING_INTEGER:
		(void)snprintf(text, size, "%" PRId64, *(const int64_t *)place);
		return;
	case SETTING_BOOLEAN:
		(void)snprintf(text, size, "%s", *(const bool *)place ? "yes" : "no");
		return;
	case SETTING_CHOICE:
		(void)snprintf(text, size, "%s", setting->choices[*(const int64_t *)place]);
		return;
	case SETTING_PAIRS:
		text[0] = '\0';
		return;
	}
}

static bool is_same(const struct setting *setting, const void *before, const void *after)
{
	const char *old_place = (const char *)before + setting->offset;
	const char *new_place = (const char *)after + setting->offset;

	switch (setting->type) {
	case SETTING_TEXT:
	case SETTING_PATH: {
		const char *old_text = *(char *const *)(const void *)old_place;
		const char *new_text = *(char *const *)(const void *)new_place;

		return old_text && new_text ? strcmp(old_text, new_text) == 0 : old_text == new_text;
	}
	case SETTING_INTEGER:
	case SETTING_CHOICE:
		return memcmp(old_place, new_place, sizeof(int64_t)) == 0;
	case SETTING_BOOLEAN:
		return memcmp(old_place, new_place, sizeof(bool)) == 0;
	case SETTING_PAIRS:
		return setting_pairs_are_equal((const void *)old_place, (const void *)new_place);
	}
	return false;
}

const char *settings_find_fixed_change(const struct setting *table, const void *before, const void *after)
{
	for (size_t i = 0; table[i].name; i++)
		if (!table[i].is_reloadable && !is_same(&table[i], before, after))
			return table[i].name;
	return NULL;
}
