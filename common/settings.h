/* A settings file and the environment, read into a struct by a table. */
#pragma once

#include "common/buffer.h"
#include "common/error.h"
#include "common/setting_pairs.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum setting_type {
	SETTING_TEXT,    /* char *, owned by the struct, NULL when neither given nor defaulted */
	SETTING_PATH,    /* as SETTING_TEXT; must be absolute */
	SETTING_INTEGER, /* int64_t within [minimum, maximum] */
	SETTING_BOOLEAN, /* bool: yes, no, true, false, on, off, 1, 0 */
	SETTING_CHOICE,  /* int64_t: the index into choices */
	SETTING_PAIRS,   /* struct setting_pairs: lines `name.KEY = value`, in the file alone */
};

/* One row. A table ends with a row whose name is NULL. */
struct setting {
	const char *name;
	const char *summary; /* one sentence, for the manual and --check-config */
	const char *unit;    /* of an integer: "minutes", "bytes"; NULL for a bare count */
	enum setting_type type;
	size_t offset;
	int64_t minimum, maximum;
	const char *const *choices; /* NULL-terminated */
	const char *default_text;   /* as it would stand in the file; NULL for none */
	/* Of pairs: whether this one is good, else why not. NULL: the keys are names, and the values anything. */
	bool (*check_pair)(const char *key, const char *value, struct buffer *ret_reason);
	bool is_reloadable;
};

/*
 * Defaults, then the file, then the environment: `ENV_PREFIX` + NAME in capitals, for example TASKD_LOG_LEVEL.
 * The file has lines of `name = value`; blank lines and lines that start with # are skipped; the value is the rest
 * of the line without edge spaces and is never cut. A name twice, an unknown name (with the nearest known one), a bad
 * value, a NUL byte, text that is not UTF-8: ERROR_INVALID_PARAMS with "FILE:LINE: …" or "TASKD_…: …".
 * A path of NULL, or a missing file where `may_be_missing`, is an empty file.
 * On an error the struct is untouched. What it held before is released on success (zero it before the first load).
 */
enum error settings_load(const struct setting *table, const char *env_prefix, const char *path, bool may_be_missing,
	void *settings, struct refusal *refusal);

/* The same from bytes, without the environment: for tests and fuzzing. `name` stands in the errors. */
enum error settings_parse(const struct setting *table, const char *name, const char *bytes, size_t length,
	void *settings, struct refusal *refusal);

/* Set one by its text, as a command-line flag does; `origin` stands in the error. */
enum error settings_set(const struct setting *table, const char *origin, const char *name, const char *value,
	void *settings, struct refusal *refusal);

/* The variable of a setting: TASKD_ and log_level give TASKD_LOG_LEVEL. */
void settings_variable_name(const char *prefix, const char *name, char *ret_variable, size_t size);

/* The value as text, as it would stand in the file; into `text`. Pairs have none. */
void settings_format(const struct setting *setting, const void *settings, char *text, size_t size);

/* Name of the first setting that differs and may not be reloaded, or NULL. */
const char *settings_find_fixed_change(const struct setting *table, const void *before, const void *after);

/* Release texts and pairs. */
void settings_deinit(const struct setting *table, void *settings);
