/* One task with all that it has, as a person reads it. */
#pragma once

#include "common/buffer.h"
#include "view.h"

#include <jansson.h>
#include <stdint.h>

/* Append "Heading   content" for each thing that there is, then the note. Times are local ones. */
void task_details_append(struct buffer *out, const json_t *task, int64_t now, const struct view_frame *frame);
