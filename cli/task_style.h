/* What a task and the parts of it look like. Pure. */
#pragma once

#include "theme.h"

#include <jansson.h>
#include <stdint.h>

/* The whole row of a task. Ended ones are all of one style; see task_style_cell. */
enum theme_role task_style_row(const json_t *task, int64_t now);

/* One member of it: how near `due` is, the priority, a high urgency; else ROLE_PLAIN, and the row's style is seen. */
enum theme_role task_style_cell(const json_t *task, const char *member, int64_t now);
