/* Each field is written and read by its type; lists have their own separators within a field. */
#include "methods/import_pack.h"

#include "common/text.h"
#include "tasks/task_field.h"

#include <inttypes.h>
#include <string.h>

#define FIELD_END      '\x1F'
#define ENTRY_END      '\x1E' /* of a list */
#define PART_END       '\x1C' /* between the parts of an entry */
#define ESCAPE         '\x1B'
#define SEPARATORS     "\x1B\x1C\x1D\x1E\x1F"
#define ESCAPE_LETTERS "abcde" /* behind an escape, for each of the separators */

/* --- writing --- */

static void write_text(struct buffer *out, const char *text)
{
	for (size_t length = strcspn(text, SEPARATORS);; length = strcspn(text, SEPARATORS)) {
		buffer_append(out, text, length);
		text += length;
		if (!*text)
			return;
		buffer_append_char(out, ESCAPE);
		buffer_append_char(out, ESCAPE_LETTERS[strchr(SEPARATORS, *text++) - SEPARATORS]);
	}
}

static void write_integer(struct buffer *out, int64_t value)
{
	char digits[24];
	char *at = digits + sizeof(digits);
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (value < 0)
		*--at = '-';
	buffer_append(out, at, (size_t)(digits + sizeof(digits) - at));
}

static void write_texts(struct buffer *out, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		write_text(out, texts[i]);
		buffer_append_char(out, ENTRY_END);
	}
}

static void write_annotations(struct buffer *out, const struct task *task)
{
	for (size_t i = 0; i < task->annotation_count; i++) {
		write_integer(out, task->annotations[i].at);
		buffer_append_char(out, PART_END);
		write_text(out, task->annotations[i].text);
		buffer_append_char(out, ENTRY_END);
	}
}

static void write_custom(struct buffer *out, const struct task *task)
{
	for (size_t i = 0; i < task->custom_count; i++) {
		write_text(out, task->custom[i].name);
		buffer_append_char(out, PART_END);
		write_text(out, task->custom[i].value);
		buffer_append_char(out, ENTRY_END);
	}
}

/* References are uuids, which the item has beside its task. */
static void write_reference(struct buffer *out, const struct task_field *field, const struct import_item *item)
{
	bool is_parent = field->offset == offsetof(struct task, parent);
	const char *uuid = is_parent ? item->relatives.parent : item->relatives.series;

	if (uuid)
		write_text(out, uuid);
}

static void write_field(struct buffer *out, const struct task_field *field, const struct import_item *item)
{
	const struct task *task = &item->task;

	switch (field->type) {
	case TASK_FIELD_TEXT:
		if (task_field_text(field, task))
			write_text(out, task_field_text(field, task));
		break;
	case TASK_FIELD_INTEGER:
	case TASK_FIELD_COUNT:
	case TASK_FIELD_TIME:
		if (task_field_integer(field, task) != TASK_NO_TIME)
			write_integer(out, task_field_integer(field, task));
		break;
	case TASK_FIELD_STATUS:
		write_integer(out, task->status);
		break;
	case TASK_FIELD_PRIORITY:
		write_integer(out, task->priority);
		break;
	case TASK_FIELD_REFERENCE:
		write_reference(out, field, item);
		break;
	case TASK_FIELD_TAGS:
		write_texts(out, task->tags, task->tag_count);
		break;
	case TASK_FIELD_DEPENDS:
		write_texts(out, item->relatives.depends, task->depend_count);
		break;
	case TASK_FIELD_ANNOTATIONS:
		write_annotations(out, task);
		break;
	case TASK_FIELD_CUSTOM:
		write_custom(out, task);
		break;
	case TASK_FIELD_UUID:
		write_text(out, task->uuid);
		break;
	}
}

/* Those that an item brings: what follows from other tasks it cannot know, and its version is ours to give. */
static bool is_packed(const struct task_field *field)
{
	return field->role != TASK_FIELD_DERIVED && field->offset != offsetof(struct task, version);
}

void import_pack_write(struct buffer *out, const struct import_item *item)
{
	for (const struct task_field *field = task_fields; field->name; field++) {
		if (!is_packed(field))
			continue;
		write_field(out, field, item);
		buffer_append_char(out, FIELD_END);
	}
}

/* --- reading --- */

/* A copy of the item that is taken apart in place. */
struct reader {
	struct arena *arena;
	char *at;
	bool is_broken;
};

/* What stands for an escaped one. */
static char find_separator(char letter)
{
	const char *place = strchr(ESCAPE_LETTERS, letter);

	if (place)
		return SEPARATORS[place - ESCAPE_LETTERS];
	return letter;
}

static void unescape(char *text)
{
	char *to = strchr(text, ESCAPE);

	if (!to)
		return;
	for (const char *from = to; *from; from++) {
		if (*from == ESCAPE && from[1])
			*to++ = find_separator(*++from);
		else
			*to++ = *from;
	}
	*to = '\0';
}

/* What stands before the separator, which becomes its end. */
static char *take_part(char **at, char separator)
{
	char *start = *at;
	char *end = strchr(start, separator);

	if (!end)
		return NULL;
	*end = '\0';
	*at = end + 1;
	return start;
}

static const char *take_text(char **at, char separator)
{
	char *text = take_part(at, separator);

	if (text)
		unescape(text);
	return text;
}

static void take_integer(struct reader *reader, const char *text, int64_t *ret_value)
{
	if (!text_parse_integer(text, INT64_MIN, INT64_MAX, ret_value))
		reader->is_broken = true;
}

static size_t count_entries(const char *field)
{
	size_t count = 0;

	for (; (field = strchr(field, ENTRY_END)); field++)
		count++;
	return count;
}

static const char **take_texts(struct reader *reader, char *field, size_t *ret_count)
{
	const char **texts;

	*ret_count = count_entries(field);
	texts = arena_array(reader->arena, *ret_count, sizeof(*texts));
	for (size_t i = 0; i < *ret_count; i++)
		texts[i] = take_text(&field, ENTRY_END);
	return texts;
}

static void take_annotations(struct reader *reader, char *field, struct task *task)
{
	struct task_annotation *annotations;

	task->annotation_count = count_entries(field);
	annotations = arena_array(reader->arena, task->annotation_count, sizeof(*annotations));
	for (size_t i = 0; !reader->is_broken && i < task->annotation_count; i++) {
		char *at = take_part(&field, PART_END);

		take_integer(reader, at ? at : "", &annotations[i].at);
		annotations[i].text = take_text(&field, ENTRY_END);
	}
	task->annotations = annotations;
}

static void take_custom(struct reader *reader, char *field, struct task *task)
{
	struct task_value *values;

	task->custom_count = count_entries(field);
	values = arena_array(reader->arena, task->custom_count, sizeof(*values));
	for (size_t i = 0; !reader->is_broken && i < task->custom_count; i++) {
		values[i].name = take_text(&field, PART_END);
		values[i].value = take_text(&field, ENTRY_END);
		reader->is_broken = !values[i].name || !values[i].value;
	}
	task->custom = values;
}

static void take_reference(const struct task_field *field, char *text, struct import_item *item)
{
	if (!text[0])
		return;
	if (field->offset == offsetof(struct task, parent))
		item->relatives.parent = text;
	else
		item->relatives.series = text;
}

static int64_t take_choice(struct reader *reader, const char *text)
{
	int64_t value = 0;

	take_integer(reader, text, &value);
	return value;
}

static void take_uuid(struct reader *reader, const char *text, struct task *task)
{
	if (strlen(text) == TASK_UUID_LENGTH)
		memcpy(task->uuid, text, TASK_UUID_LENGTH + 1);
	else
		reader->is_broken = true;
}

static void take_field(struct reader *reader, const struct task_field *field, char *text, struct import_item *item)
{
	struct task *task = &item->task;
	void *place = (char *)task + field->offset;

	switch (field->type) {
	case TASK_FIELD_TEXT:
		unescape(text);
		*(const char **)place = text[0] ? text : NULL;
		break;
	case TASK_FIELD_INTEGER:
	case TASK_FIELD_COUNT:
	case TASK_FIELD_TIME:
		*(int64_t *)place = TASK_NO_TIME;
		if (text[0])
			take_integer(reader, text, place);
		break;
	case TASK_FIELD_STATUS:
		task->status = (enum task_status)take_choice(reader, text);
		break;
	case TASK_FIELD_PRIORITY:
		task->priority = (enum task_priority)take_choice(reader, text);
		break;
	case TASK_FIELD_REFERENCE:
		take_reference(field, text, item);
		break;
	case TASK_FIELD_TAGS:
		task->tags = take_texts(reader, text, &task->tag_count);
		break;
	case TASK_FIELD_DEPENDS:
		item->relatives.depends = take_texts(reader, text, &task->depend_count);
		break;
	case TASK_FIELD_ANNOTATIONS:
		take_annotations(reader, text, task);
		break;
	case TASK_FIELD_CUSTOM:
		take_custom(reader, text, task);
		break;
	case TASK_FIELD_UUID:
		take_uuid(reader, text, task);
		break;
	}
}

bool import_pack_uuid(const char *bytes, size_t length, char ret_uuid[TASK_UUID_LENGTH + 1])
{
	if (length <= TASK_UUID_LENGTH || bytes[TASK_UUID_LENGTH] != FIELD_END)
		return false;
	memcpy(ret_uuid, bytes, TASK_UUID_LENGTH);
	ret_uuid[TASK_UUID_LENGTH] = '\0';
	return true;
}

bool import_pack_read(const char *bytes, size_t length, struct arena *arena, struct import_item *ret_item)
{
	struct reader reader = { .arena = arena, .at = arena_strndup(arena, bytes, length) };

	*ret_item = (struct import_item){ .task = task_empty };
	for (const struct task_field *field = task_fields; field->name && !reader.is_broken; field++) {
		char *text;

		if (!is_packed(field))
			continue;
		text = take_part(&reader.at, FIELD_END);
		if (!text)
			return false;
		take_field(&reader, field, text, ret_item);
	}
	return !reader.is_broken && !*reader.at;
}
