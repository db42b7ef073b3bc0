/*
 * Check lists of Markdown: `- [ ] what is to be done` and `- [x] done`, with -, * or + in front. An item that is set
 * further in than the one above it is a part of that one. Headings and other text are no tasks.
 */
#include "formats/formats.h"

#include <string.h>

#define DEPTH_LIMIT 16u
#define TAB_WIDTH   4u

/* The items that the next one may be a part of. */
struct outline {
	size_t depth;
	size_t indents[DEPTH_LIMIT];
	char uuids[DEPTH_LIMIT][FORMAT_UUID_SIZE];
};

static size_t measure_indent(const char **at, const char *end)
{
	size_t indent = 0;

	for (; *at < end && (**at == ' ' || **at == '\t'); ++*at)
		indent += **at == '\t' ? TAB_WIDTH - indent % TAB_WIDTH : 1;
	return indent;
}

/* - [x] and a space. False: it is no item. */
static bool take_box(const char **at, const char *end, bool *ret_is_done)
{
	const char *text = *at;

	if (end - text < 6 || !strchr("-*+", text[0]) || text[1] != ' ' || text[2] != '[' || text[4] != ']' ||
		text[5] != ' ' || !strchr(" xX", text[3]) || !text[0] || !text[3])
		return false;
	*ret_is_done = text[3] != ' ';
	*at = text + 6;
	return true;
}

static void enter(struct outline *outline, size_t indent, json_t *task)
{
	while (outline->depth && outline->indents[outline->depth - 1] >= indent)
		outline->depth--;
	if (outline->depth == DEPTH_LIMIT)
		outline->depth--; /* no deeper than tasks can lie in each other */
	if (outline->depth)
		(void)json_object_set_new(task, "parent", json_string(outline->uuids[outline->depth - 1]));
	format_make_uuid(outline->uuids[outline->depth]);
	outline->indents[outline->depth] = indent;
	(void)json_object_set_new(task, "uuid", json_string(outline->uuids[outline->depth]));
	outline->depth++;
}

static void read_item(struct outline *outline, const char *at, const char *end, struct format_input *input)
{
	size_t indent = measure_indent(&at, end);
	bool is_done = false;
	json_t *task = NULL;

	if (take_box(&at, end, &is_done))
		task = json_pack(
			"{s:s%, s:s}", "title", at, (size_t)(end - at), "status", is_done ? "completed" : "pending");
	else if (at < end && indent == 0)
		outline->depth = 0; /* other text ends the list */
	if (task)
		enter(outline, indent, task);
	format_input_add(input, task);
	json_decref(task);
}

void markdown_read(const char *text, size_t length, struct format_input *input)
{
	const char *end = text + length;
	struct outline outline = { .depth = 0 };

	while (text < end) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		const char *line_end = feed ? feed : end;

		while (line_end > text && strchr(" \t\r", line_end[-1]))
			line_end--;
		read_item(&outline, text, line_end, input);
		text = feed ? feed + 1 : end;
	}
}

/* --- writing --- */

void markdown_write(struct format_output *output, const json_t *task)
{
	(void)json_array_append(output->tasks, (json_t *)(uintptr_t)task);
}

/* Those that are parts of each task, by its uuid; "" for those that are of none that is there. */
static json_t *group(const json_t *tasks)
{
	json_t *known = json_object();
	json_t *groups = json_object();
	json_t *task;
	size_t index;

	json_array_foreach (tasks, index, task)
		(void)json_object_set_new(known, format_text(task, "uuid"), json_true());
	json_array_foreach (tasks, index, task) {
		const char *parent = format_text(task, "parent");
		const char *key = parent && json_object_get(known, parent) ? parent : "";
		json_t *parts = json_object_get(groups, key);

		if (!parts) {
			parts = json_array();
			(void)json_object_set_new(groups, key, parts);
		}
		(void)json_array_append(parts, task);
	}
	json_decref(known);
	return groups;
}

static void write_group(struct buffer *out, const json_t *groups, const char *key, unsigned depth)
{
	const json_t *parts = json_object_get(groups, key);
	const json_t *task;
	size_t index;

	json_array_foreach (parts, index, task) {
		const char *status = format_text(task, "status");

		buffer_printf(out, "%*s- [%c] %s\n", (int)depth * 2, "",
			status && !strcmp(status, "pending") ? ' ' : 'x', format_text(task, "title"));
		if (depth < DEPTH_LIMIT)
			write_group(out, groups, format_text(task, "uuid"), depth + 1);
	}
}

void markdown_end(struct format_output *output)
{
	json_t *groups = group(output->tasks);

	write_group(&output->text, groups, "", 0);
	json_decref(groups);
}
