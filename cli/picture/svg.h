/*
 * Scalable Vector Graphics, version 1.1, that stand by themselves: no scripts, nothing from elsewhere, and the colours
 * of a light or a dark page, whichever the viewer prefers. Lengths are in user units, from the upper left corner. Pure.
 */
#pragma once

#include "common/buffer.h"

struct svg {
	struct buffer *out; /* borrowed */
};

/* The title and the description are for whoever cannot see the picture. Texts are escaped, here and below. */
void svg_begin(struct svg *svg, struct buffer *out, int width, int height, const char *title, const char *description);

/*
 * The classes of the style sheet: text, faint, axis, pending, started, done, deleted, added, overdue, due and today,
 * which is drawn as a frame.
 */
void svg_rect(struct svg *svg, double x, double y, double width, double height, const char *class_name);
void svg_line(struct svg *svg, double x1, double y1, double x2, double y2, const char *class_name);

/* Which point of the text is at x; y is its base line. */
enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

/* What XML cannot hold, and what terminal_clean takes out, becomes U+FFFD. */
void svg_text(struct svg *svg, double x, double y, enum svg_anchor anchor, const char *class_name, const char *text);

void svg_end(struct svg *svg);
