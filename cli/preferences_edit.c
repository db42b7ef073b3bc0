/* Nothing that was typed is thrown away: a draft goes only when it became the file, or says the same. */
#include "preferences_edit.h"

#include "common/settings_file.h"
#include "editor.h"
#include "preferences.h"
#include "preferences_file.h"
#include "prompt.h"

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static void append_choices(struct buffer *out, const struct setting *setting)
{
	for (size_t i = 0; setting->choices && setting->choices[i]; i++)
		buffer_printf(out, "%s%s", i ? ", " : ": ", setting->choices[i]);
}

/* For whoever has no settings yet. */
static void write_template(struct buffer *out)
{
	buffer_append_text(out, "# Settings of taskctl: man taskctl-config. A line in force has no # in front.\n");
	for (const struct setting *setting = preferences_table; setting->name; setting++) {
		buffer_printf(out, "\n# %s", setting->summary);
		append_choices(out, setting);
		buffer_printf(out, "\n#%s%s = %s\n", setting->name, setting->type == SETTING_PAIRS ? ".NAME" : "",
			setting->default_text ? setting->default_text : "");
	}
}

/* As it is, be it good or not. */
static enum error read_text(const char *path, struct buffer *out, struct trouble *trouble)
{
	struct refusal refusal;

	buffer_truncate(out, 0);
	return settings_file_read(path, true, out, &refusal) ? trouble_refused(trouble, &refusal) : ERROR_NONE;
}

/* A draft that cannot be read, and somebody who can mend it. */
static bool wants_again(const struct trouble *trouble)
{
	if (!prompt_is_possible())
		return false;
	(void)trouble_report(trouble);
	return prompt_confirm("Edit it again?");
}

static enum error edit_until_good(const char *draft, struct buffer *text, struct trouble *trouble)
{
	enum error error;

	do {
		error = editor_run(draft, trouble);
		if (error)
			return error;
		error = read_text(draft, text, trouble);
		if (!error)
			error = preferences_file_check(draft, text, trouble);
	} while (error && wants_again(trouble));
	if (error)
		trouble_advise(trouble, "the settings are as they were; what you wrote is in %s", draft);
	return error;
}

static bool is_same(const struct buffer *one, const struct buffer *other)
{
	return one->length == other->length && (!one->length || memcmp(one->data, other->data, one->length) == 0);
}

static enum error take_over(const struct paths *paths, const char *draft, const struct buffer *before,
	enum preferences_edit_end *ret_end, struct trouble *trouble)
{
	enum error error = preferences_file_replace(paths, draft, before, trouble);

	if (error)
		trouble_advise(trouble, "what you wrote is in %s", draft);
	else
		*ret_end = PREFERENCES_CHANGED;
	return error;
}

/* `shown` is what the editor begins with. */
static enum error edit(const struct paths *paths, const struct buffer *before, const struct buffer *shown,
	enum preferences_edit_end *ret_end, struct trouble *trouble)
{
	char draft[PREFERENCES_PATH_SIZE];
	struct buffer text;
	enum error error = preferences_file_draft(paths, shown, draft, trouble);

	if (error)
		return error;
	buffer_init(&text);
	error = edit_until_good(draft, &text, trouble);
	if (!error && !is_same(&text, shown))
		error = take_over(paths, draft, before, ret_end, trouble);
	else if (!error || (read_text(draft, &text, NULL) == ERROR_NONE && is_same(&text, shown)))
		(void)unlink(draft);
	buffer_deinit(&text);
	return error;
}

enum error preferences_edit(const struct paths *paths, enum preferences_edit_end *ret_end, struct trouble *trouble)
{
	char path[PREFERENCES_PATH_SIZE];
	struct buffer before;
	struct buffer shown;
	enum error error;

	buffer_init(&before);
	buffer_init(&shown);
	preferences_file_path(paths, path);
	error = read_text(path, &before, trouble);
	if (before.length)
		buffer_append(&shown, before.data, before.length);
	else
		write_template(&shown);
	if (!error)
		error = edit(paths, &before, &shown, ret_end, trouble);
	buffer_deinit(&shown);
	buffer_deinit(&before);
	return error;
}
