/* --format: text with fields in braces. */
#pragma once

#include "common/buffer.h"
#include "trouble.h"

#include <jansson.h>

/* Whether every field in it exists and every brace is closed: said before anything is done. */
enum error template_check(const char *format, struct trouble *trouble);

/*
 * Append the text for one task, without an LF: {title} is a field, {{ and }} are braces, \t, \n and \\ are a tab, a
 * line feed and a backslash. The template has been checked.
 */
void template_append(struct buffer *out, const char *format, const json_t *task);
