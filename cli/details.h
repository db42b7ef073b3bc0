/* "Heading   content" lines that fit the terminal. */
#pragma once

#include "view.h"

/*
 * Append a heading, and the content from the column `indent` on, its further lines as far in: where it has line feeds,
 * and where the terminal ends, between two words. A word that is too long for a line stays whole, since it may be an
 * address or a path. The content is clean but for its line feeds.
 */
void details_append(
	struct buffer *out, const struct view_frame *frame, size_t indent, const char *heading, const char *content);

/* The same without a heading, from the first column on. */
void details_append_text(struct buffer *out, const struct view_frame *frame, const char *content);
