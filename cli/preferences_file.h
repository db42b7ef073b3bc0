/* The client's settings file, changed so that at every moment it is whole: a draft, and rename(2). */
#pragma once

#include "common/buffer.h"
#include "paths.h"
#include "trouble.h"

#include <stdbool.h>

#define PREFERENCES_PATH_SIZE (PATH_MAX + 16)

/* $XDG_CONFIG_HOME/taskctl/config. */
void preferences_file_path(const struct paths *paths, char ret_path[PREFERENCES_PATH_SIZE]);

/*
 * The text as it is, once it is known to be good: a file that the settings cannot be read from is refused with file and
 * line. Where there is none it is empty.
 */
enum error preferences_file_read(const struct paths *paths, struct buffer *out, struct trouble *trouble);

/* The text under this name in the errors: whether settings can be read from it. */
enum error preferences_file_check(const char *name, const struct buffer *text, struct trouble *trouble);

/* Put `name = value` in, or take the line out where the value is NULL. ERROR_NOT_FOUND: there is no line to take out.
 */
enum error preferences_file_put(
	const struct paths *paths, const char *name, const char *value, struct trouble *trouble);

/*
 * A draft beside the file with this text; `ret_path` is its path, the descriptor is closed. Its owner removes it, or
 * lets it replace the file.
 */
enum error preferences_file_draft(const struct paths *paths, const struct buffer *text,
	char ret_path[PREFERENCES_PATH_SIZE], struct trouble *trouble);

/*
 * The draft becomes the file, provided that the file still has the text `before`; else ERROR_CONFLICT, and the draft
 * stays. A link goes on pointing to what it points to.
 */
enum error preferences_file_replace(
	const struct paths *paths, const char *draft, const struct buffer *before, struct trouble *trouble);
