/* The lists of a task as the text of a column. */
#include "store/task_row_lists.h"

#include "common/buffer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- writing --- */

static const char *keep(struct buffer *text, struct arena *arena)
{
	const char *kept = text->length ? arena_strndup(arena, text->data, text->length) : NULL;

	buffer_deinit(text);
	return kept;
}

const char *task_row_write_depends(const struct task *task, struct arena *arena)
{
	struct buffer text;

	buffer_init(&text);
	for (size_t i = 0; i < task->depend_count; i++)
		buffer_printf(&text, "%s%" PRId64, i ? " " : "", task->depends[i]);
	return keep(&text, arena);
}

const char *task_row_write_annotations(const struct task *task, struct arena *arena)
{
	struct buffer text;

	buffer_init(&text);
	for (size_t i = 0; i < task->annotation_count; i++)
		buffer_printf(&text, "%" PRId64 " %s\n", task->annotations[i].at, task->annotations[i].text);
	return keep(&text, arena);
}

const char *task_row_write_custom(const struct task *task, struct arena *arena)
{
	struct buffer text;

	buffer_init(&text);
	for (size_t i = 0; i < task->custom_count; i++)
		buffer_printf(&text, "%s %s\n", task->custom[i].name, task->custom[i].value);
	return keep(&text, arena);
}

/* --- reading --- */

static size_t count_bytes(const char *text, char byte)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == byte;
	return count;
}

/* A number that ends at `end`, which is passed over unless it is the text's. */
static bool read_number(const char **text, char end, int64_t *ret_number)
{
	char *behind;

	errno = 0;
	*ret_number = strtoll(*text, &behind, 10);
	if (errno || behind == *text || (*behind != end && *behind))
		return false;
	*text = *behind ? behind + 1 : behind;
	return true;
}

bool task_row_read_depends(const char *text, struct arena *arena, struct task *task)
{
	size_t count = count_bytes(text, ' ') + 1;
	int64_t *depends = arena_array(arena, count, sizeof(*depends));

	for (size_t i = 0; i < count; i++)
		if (!read_number(&text, ' ', &depends[i]))
			return false;
	task->depends = depends;
	task->depend_count = count;
	return !*text;
}

/* The text up to the line's end, which is passed over. NULL: the line has none. */
static const char *read_rest(const char **text, struct arena *arena)
{
	const char *end = strchr(*text, '\n');
	const char *rest = end ? arena_strndup(arena, *text, (size_t)(end - *text)) : NULL;

	if (end)
		*text = end + 1;
	return rest;
}

bool task_row_read_annotations(const char *text, struct arena *arena, struct task *task)
{
	size_t count = count_bytes(text, '\n');
	struct task_annotation *annotations = arena_array(arena, count, sizeof(*annotations));

	for (size_t i = 0; i < count; i++) {
		if (!read_number(&text, ' ', &annotations[i].at))
			return false;
		annotations[i].text = read_rest(&text, arena);
		if (!annotations[i].text)
			return false;
	}
	task->annotations = annotations;
	task->annotation_count = count;
	return !*text;
}

bool task_row_read_custom(const char *text, struct arena *arena, struct task *task)
{
	size_t count = count_bytes(text, '\n');
	struct task_value *custom = arena_array(arena, count, sizeof(*custom));

	for (size_t i = 0; i < count; i++) {
		size_t name_length = strcspn(text, " \n");

		if (text[name_length] != ' ')
			return false;
		custom[i].name = arena_strndup(arena, text, name_length);
		text += name_length + 1;
		custom[i].value = read_rest(&text, arena);
	}
	task->custom = custom;
	task->custom_count = count;
	return !*text;
}
