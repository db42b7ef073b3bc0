/* Elements are written as they come; the style sheet comes from a table of colours. */
#include "picture/svg.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *class_name;
	const char *light;
	const char *dark;
} colors[] = {
	{ "background", "#ffffff", "#1c1c1c" },
	{ "text", "#222222", "#e4e4e4" },
	{ "faint", "#757575", "#9e9e9e" },
	{ "axis", "#9e9e9e", "#6c6c6c" },
	{ "pending", "#c62828", "#ef5350" },
	{ "started", "#f9a825", "#fdd835" },
	{ "done", "#2e7d32", "#66bb6a" },
	{ "deleted", "#757575", "#9e9e9e" },
	{ "added", "#1565c0", "#64b5f6" },
	{ "overdue", "#b71c1c", "#ff7043" },
	{ "due", "#ef6c00", "#ffb74d" },
	{ "today", "#1565c0", "#64b5f6" },
};

/* --- texts and numbers --- */

static const char *find_entity(char byte)
{
	static const char special[] = "&<>\"'";
	static const char *const entities[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
	const char *place = byte ? strchr(special, byte) : NULL;

	return place ? entities[place - special] : NULL;
}

/* U+FFFE and U+FFFF are characters of UTF-8 and none of XML. */
static bool is_noncharacter(const char *text)
{
	return strncmp(text, "\xEF\xBF\xBE", 3) == 0 || strncmp(text, "\xEF\xBF\xBF", 3) == 0;
}

static void append_escaped(struct buffer *out, const char *text)
{
	struct buffer clean;

	buffer_init(&clean);
	terminal_clean(&clean, text, strlen(text));
	for (const char *at = buffer_text(&clean); *at; at++) {
		const char *entity = find_entity(*at);

		if (entity) {
			buffer_append_text(out, entity);
		} else if (is_noncharacter(at)) {
			buffer_append_text(out, "\xEF\xBF\xBD");
			at += 2;
		} else {
			buffer_append_char(out, *at);
		}
	}
	buffer_deinit(&clean);
}

/* A hundredth of a unit is finer than any screen, and short. */
static void append_number(struct buffer *out, const char *name, double number)
{
	char text[64];
	size_t length = (size_t)snprintf(text, sizeof(text), "%.2f", number);

	while (text[length - 1] == '0')
		length--;
	if (text[length - 1] == '.')
		length--;
	buffer_printf(out, " %s=\"%.*s\"", name, (int)length, text);
}

/* --- the frame --- */

static void append_colors(struct buffer *out, bool is_dark)
{
	for (size_t i = 0; i < COUNT_OF(colors); i++) {
		const char *name = colors[i].class_name;
		const char *color = is_dark ? colors[i].dark : colors[i].light;

		buffer_printf(out, ".%s{fill:%s}line.%s{stroke:%s}", name, color, name, color);
		if (strcmp(name, "today") == 0)
			buffer_printf(out, "rect.%s{fill:none;stroke:%s;stroke-width:2}", name, color);
	}
}

static void append_style(struct buffer *out)
{
	buffer_append_text(out, "<style>text{font:12px sans-serif}line{stroke-width:1}");
	append_colors(out, false);
	buffer_append_text(out, "@media (prefers-color-scheme:dark){");
	append_colors(out, true);
	buffer_append_text(out, "}</style>\n");
}

void svg_begin(struct svg *svg, struct buffer *out, int width, int height, const char *title, const char *description)
{
	svg->out = out;
	buffer_printf(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"%d\" height=\"%d\" "
		"viewBox=\"0 0 %d %d\" role=\"img\">\n<title>",
		width, height, width, height);
	append_escaped(out, title);
	buffer_append_text(out, "</title>\n<desc>");
	append_escaped(out, description);
	buffer_append_text(out, "</desc>\n");
	append_style(out);
	svg_rect(svg, 0, 0, width, height, "background");
}

void svg_end(struct svg *svg)
{
	buffer_append_text(svg->out, "</svg>\n");
}

/* --- elements --- */

void svg_rect(struct svg *svg, double x, double y, double width, double height, const char *class_name)
{
	buffer_append_text(svg->out, "<rect");
	append_number(svg->out, "x", x);
	append_number(svg->out, "y", y);
	append_number(svg->out, "width", width);
	append_number(svg->out, "height", height);
	buffer_printf(svg->out, " class=\"%s\"/>\n", class_name);
}

void svg_line(struct svg *svg, double x1, double y1, double x2, double y2, const char *class_name)
{
	buffer_append_text(svg->out, "<line");
	append_number(svg->out, "x1", x1);
	append_number(svg->out, "y1", y1);
	append_number(svg->out, "x2", x2);
	append_number(svg->out, "y2", y2);
	buffer_printf(svg->out, " class=\"%s\"/>\n", class_name);
}

void svg_text(struct svg *svg, double x, double y, enum svg_anchor anchor, const char *class_name, const char *text)
{
	static const char *const anchors[] = { "start", "middle", "end" };

	buffer_append_text(svg->out, "<text");
	append_number(svg->out, "x", x);
	append_number(svg->out, "y", y);
	buffer_printf(svg->out, " text-anchor=\"%s\" class=\"%s\">", anchors[anchor], class_name);
	append_escaped(svg->out, text);
	buffer_append_text(svg->out, "</text>\n");
}
