/* Who reads needs no lock, who writes takes one. */
#include "preferences_file.h"

#include "common/cleanup.h"
#include "common/settings_file.h"
#include "common/text.h"
#include "file_write.h"
#include "folder.h"
#include "preferences.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_NAME "config"
#define LOCK_NAME "config.lock"

void preferences_file_path(const struct paths *paths, char ret_path[PREFERENCES_PATH_SIZE])
{
	(void)snprintf(ret_path, PREFERENCES_PATH_SIZE, "%s/" FILE_NAME, paths->config);
}

/* --- reading --- */

enum error preferences_file_check(const char *name, const struct buffer *text, struct trouble *trouble)
{
	struct preferences checked = { .socket = NULL };
	struct refusal refusal;

	if (settings_parse(preferences_table, name, text->data, text->length, &checked, &refusal))
		return trouble_refused(trouble, &refusal);
	preferences_deinit(&checked);
	return ERROR_NONE;
}

static enum error read_text(const struct paths *paths, struct buffer *out, struct trouble *trouble)
{
	char path[PREFERENCES_PATH_SIZE];
	struct refusal refusal;

	preferences_file_path(paths, path);
	if (settings_file_read(path, true, out, &refusal))
		return trouble_refused(trouble, &refusal);
	return ERROR_NONE;
}

enum error preferences_file_read(const struct paths *paths, struct buffer *out, struct trouble *trouble)
{
	char path[PREFERENCES_PATH_SIZE];
	enum error error = read_text(paths, out, trouble);

	preferences_file_path(paths, path);
	if (!error)
		error = preferences_file_check(path, out, trouble);
	if (error)
		trouble_advise(trouble, "nothing was changed; to mend the file: taskctl config edit");
	return error;
}

/* --- writing --- */

static enum error refuse_write(const char *path, struct trouble *trouble)
{
	return trouble_set(trouble, ERROR_STORAGE, "cannot write %s: %s", path, strerror(errno));
}

/* Folders of settings are often full of links into another one: what a link points to is what is replaced. */
static void find_place(const struct paths *paths, char ret_path[PREFERENCES_PATH_SIZE])
{
	char path[PREFERENCES_PATH_SIZE];
	char real[PATH_MAX];

	preferences_file_path(paths, path);
	(void)snprintf(ret_path, PREFERENCES_PATH_SIZE, "%s", realpath(path, real) ? real : path);
}

enum error preferences_file_draft(const struct paths *paths, const struct buffer *text,
	char ret_path[PREFERENCES_PATH_SIZE], struct trouble *trouble)
{
	char place[PREFERENCES_PATH_SIZE];
	AUTO_CLOSE int fd = -1;
	enum error error = folder_make(paths->config, trouble);

	if (error)
		return error;
	find_place(paths, place);
	if (snprintf(ret_path, PREFERENCES_PATH_SIZE, "%s.XXXXXX", place) >= PREFERENCES_PATH_SIZE)
		return trouble_set(trouble, ERROR_STORAGE, "the path of the settings is too long");
	fd = mkostemp(ret_path, O_CLOEXEC); /* mode 0600 (POSIX.1-2008) */
	if (fd < 0)
		return refuse_write(ret_path, trouble);
	if (file_write_all(fd, text->data, text->length) && fsync(fd) == 0)
		return ERROR_NONE;
	error = refuse_write(ret_path, trouble);
	(void)unlink(ret_path);
	return error;
}

static bool has_text(const struct buffer *one, const struct buffer *other)
{
	return one->length == other->length && (!one->length || memcmp(one->data, other->data, one->length) == 0);
}

static enum error check_unchanged(const struct paths *paths, const struct buffer *before, struct trouble *trouble)
{
	struct buffer now;
	enum error error;

	buffer_init(&now);
	error = read_text(paths, &now, trouble);
	if (!error && !has_text(&now, before))
		error = trouble_set(trouble, ERROR_CONFLICT, "the settings were changed meanwhile");
	buffer_deinit(&now);
	return error;
}

/* So that the name is on the disk as well. */
static bool sync_folder_of(const char *path)
{
	char folder[PREFERENCES_PATH_SIZE];
	AUTO_CLOSE int fd = -1;

	(void)snprintf(folder, sizeof(folder), "%s", path);
	fd = open(dirname(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd >= 0 && fsync(fd) == 0;
}

static enum error take_place(const struct paths *paths, const char *draft, struct trouble *trouble)
{
	char path[PREFERENCES_PATH_SIZE];
	struct stat found;

	find_place(paths, path);
	if (stat(path, &found) == 0)
		(void)chmod(draft, found.st_mode & 0777);
	return rename(draft, path) || !sync_folder_of(path) ? refuse_write(path, trouble) : ERROR_NONE;
}

static enum error replace_locked(
	const struct paths *paths, const char *draft, const struct buffer *before, struct trouble *trouble)
{
	enum error error = check_unchanged(paths, before, trouble);

	return error ? error : take_place(paths, draft, trouble);
}

enum error preferences_file_replace(
	const struct paths *paths, const char *draft, const struct buffer *before, struct trouble *trouble)
{
	AUTO_CLOSE int lock = -1;
	enum error error = folder_lock(paths->config, LOCK_NAME, &lock, trouble);

	return error ? error : replace_locked(paths, draft, before, trouble);
}

/* --- one line --- */

static enum error change_line(
	struct buffer *text, const char *name, const char *value, const struct paths *paths, struct trouble *trouble)
{
	char path[PREFERENCES_PATH_SIZE];

	preferences_file_path(paths, path);
	if (value && text_has_control(value, strlen(value), "\t"))
		return trouble_usage(trouble, "the value of `%s` holds a control character", name);
	if (value)
		settings_text_put(text, name, value);
	else if (!settings_text_remove(text, name))
		return trouble_set(trouble, ERROR_NOT_FOUND, "`%s` is not set in %s", name, path);
	return preferences_file_check(path, text, trouble);
}

static enum error write_text(
	const struct paths *paths, const struct buffer *before, const struct buffer *text, struct trouble *trouble)
{
	char draft[PREFERENCES_PATH_SIZE];
	enum error error = preferences_file_draft(paths, text, draft, trouble);

	if (error)
		return error;
	error = replace_locked(paths, draft, before, trouble);
	if (error)
		(void)unlink(draft);
	return error;
}

static enum error put_locked(const struct paths *paths, const char *name, const char *value, struct trouble *trouble)
{
	struct buffer before;
	struct buffer text;
	enum error error;

	buffer_init(&before);
	buffer_init(&text);
	error = preferences_file_read(paths, &before, trouble);
	if (!error) {
		buffer_append(&text, before.data, before.length);
		error = change_line(&text, name, value, paths, trouble);
	}
	if (!error)
		error = write_text(paths, &before, &text, trouble);
	buffer_deinit(&text);
	buffer_deinit(&before);
	return error;
}

enum error preferences_file_put(const struct paths *paths, const char *name, const char *value, struct trouble *trouble)
{
	AUTO_CLOSE int lock = -1;
	enum error error = folder_make(paths->config, trouble);

	if (!error)
		error = folder_lock(paths->config, LOCK_NAME, &lock, trouble);
	return error ? error : put_locked(paths, name, value, trouble);
}
