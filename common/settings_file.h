/* The text of a settings file: read whole, and changed a line at a time, so that comments and order stay. */
#pragma once

#include "common/buffer.h"
#include "common/error.h"

#include <stdbool.h>

/* A path of NULL, or a missing file where `may_be_missing`, is an empty text. At most 1 MiB. */
enum error settings_file_read(const char *path, bool may_be_missing, struct buffer *out, struct refusal *refusal);

/* Whether a line sets `name`. */
bool settings_text_has(const struct buffer *text, const char *name);

/* The line that sets `name` sets it to `value` from now on; where there is none, one more at the end does. */
void settings_text_put(struct buffer *text, const char *name, const char *value);

/* Take the line that sets `name` out; false: there is none. */
bool settings_text_remove(struct buffer *text, const char *name);
