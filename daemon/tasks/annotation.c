/* Annotations come and go one at a time. */
#include "tasks/annotation.h"

#include "common/text.h"

#include <inttypes.h>
#include <string.h>

enum error annotation_check(const char *text, size_t length, struct refusal *refusal)
{
	if (text_is_blank(text, length))
		return refuse(refusal, ERROR_INVALID_PARAMS, "text", "text must not be empty");
	if (text_has_control(text, length, ""))
		return refuse(
			refusal, ERROR_INVALID_PARAMS, "text", "text must be one line without control characters");
	if (length > TASK_ANNOTATION_LIMIT)
		return refuse(
			refusal, ERROR_INVALID_PARAMS, "text", "text is longer than %u bytes", TASK_ANNOTATION_LIMIT);
	return ERROR_NONE;
}

enum error annotation_add(
	struct task *task, const char *text, int64_t now, struct arena *arena, struct refusal *refusal)
{
	struct task_annotation *annotations;
	size_t place = task->annotation_count;

	if (task->annotation_count == TASK_ANNOTATIONS_LIMIT)
		return refuse(refusal, ERROR_CONFLICT, "text", "task %" PRId64 " has %u annotations; no more will fit",
			task->id, TASK_ANNOTATIONS_LIMIT);
	annotations = arena_array(arena, task->annotation_count + 1, sizeof(*annotations));
	while (place && task->annotations[place - 1].at > now)
		place--;
	for (size_t i = 0; i < task->annotation_count; i++)
		annotations[i + (i >= place)] = task->annotations[i];
	annotations[place] = (struct task_annotation){ now, text };
	task->annotations = annotations;
	task->annotation_count++;
	return ERROR_NONE;
}

static bool is_whole(const char *annotation, const char *text)
{
	return !strcmp(annotation, text);
}

static bool is_part(const char *annotation, const char *text)
{
	return strstr(annotation, text);
}

/* How many there are; ret_place is that of the last. */
static size_t find(const struct task *task, const char *text,
	bool (*is_meant)(const char *annotation, const char *text), size_t *ret_place)
{
	size_t count = 0;

	for (size_t i = 0; i < task->annotation_count; i++) {
		if (!is_meant(task->annotations[i].text, text))
			continue;
		*ret_place = i;
		count++;
	}
	return count;
}

enum error annotation_remove(struct task *task, const char *text, struct arena *arena, struct refusal *refusal)
{
	struct task_annotation *annotations;
	size_t place = 0;
	size_t count = find(task, text, is_whole, &place);

	if (!count)
		count = find(task, text, is_part, &place);
	if (!count)
		return refuse(refusal, ERROR_CONFLICT, "text", "task %" PRId64 " has no such annotation", task->id);
	if (count > 1)
		return refuse(refusal, ERROR_CONFLICT, "text",
			"task %" PRId64 " has %zu such annotations; write more of the one that is meant", task->id,
			count);
	annotations = arena_array(arena, task->annotation_count - 1, sizeof(*annotations));
	for (size_t i = 0; i + 1 < task->annotation_count; i++)
		annotations[i] = task->annotations[i + (i >= place)];
	task->annotations = annotations;
	task->annotation_count--;
	return ERROR_NONE;
}
