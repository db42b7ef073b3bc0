/* A part of an import. */
#include "methods/import_stage.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "methods/ical.h"
#include "methods/import_pack.h"

#include <string.h>

static const struct import_format formats[] = {
	{ .name = "jsonl", .read = import_line_read, .has_header = true },
	{ .name = "taskwarrior", .read = taskwarrior_read },
	{ .name = "ical", .read = ical_read, .has_header = true },
};

const struct import_format *import_format_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (!strcmp(formats[i].name, name))
			return &formats[i];
	return NULL;
}

void import_stage_init(struct import_stage *stage)
{
	stage->taken = 0;
	buffer_init(&stage->text);
	import_notes_init(&stage->refused);
	import_notes_init(&stage->warnings);
	import_fields_init(&stage->fields);
}

void import_stage_deinit(struct import_stage *stage)
{
	buffer_deinit(&stage->text);
	import_notes_deinit(&stage->refused);
	import_notes_deinit(&stage->warnings);
	import_fields_deinit(&stage->fields);
}

/* --- a line --- */

static enum error parse_line(const char *line, size_t length, json_t **ret_object, struct refusal *refusal)
{
	json_error_t where;
	json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, &where);

	if (!object)
		return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "no JSON: %s (column %d)", where.text, where.column);
	if (!json_is_object(object)) {
		json_decref(object);
		return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "a task is an object, in {}");
	}
	*ret_object = object;
	return ERROR_NONE;
}

static void write_item(struct import_stage *stage, const struct import_item *item, int64_t position)
{
	import_pack_write(&stage->text, item);
	for (size_t i = 0; i < item->warning_count; i++)
		import_notes_add(&stage->warnings, position, "", item->warnings[i]);
	stage->taken++;
}

static enum error read_header(struct import_stage *stage, const json_t *header, struct refusal *refusal)
{
	const json_t *version = json_object_get(header, "taskctl");

	if (json_is_integer(version) && json_integer_value(version) == TASK_LINE_VERSION)
		return import_fields_declare(&stage->fields, json_object_get(header, "fields"), refusal);
	return refuse(refusal, ERROR_INVALID_PARAMS, "taskctl",
		"this was written by a newer taskctl, whose format is not known here");
}

static enum error read_object(struct import_stage *stage, const struct import_format *format,
	struct import_reader *reader, const json_t *object, int64_t position)
{
	struct import_item item;
	enum error error;

	if (format->has_header && json_object_get(object, "taskctl"))
		return read_header(stage, object, reader->refusal);
	error = format->read(reader, object, &item);
	if (!error)
		error = import_item_settle(reader, &item);
	if (!error)
		write_item(stage, &item, position);
	return error;
}

static void read_line(struct import_stage *stage, const struct import_format *format,
	const struct import_reader *of_part, const char *line, size_t length, int64_t position)
{
	struct import_reader reader = *of_part;
	struct refusal refusal = { 0 };
	json_t *object = NULL;
	enum error error = parse_line(line, length, &object, &refusal);

	reader.refusal = &refusal;
	if (!error)
		error = read_object(stage, format, &reader, object, position);
	if (error) {
		refusal.message[strcspn(refusal.message, "\n")] = '\0'; /* without the text and its caret */
		import_notes_add(&stage->refused, position, refusal.field, refusal.message);
	}
	json_decref(object);
}

void import_stage_read(struct import_stage *stage, const struct import_format *format,
	const struct import_reader *of_request, const char *text, size_t length, int64_t first)
{
	struct import_reader reader = *of_request;
	const char *end;
	struct arena arena;

	if (!length)
		return;
	end = text + length;
	arena_init(&arena);
	reader.arena = &arena;
	reader.fields = &stage->fields;
	for (int64_t position = first; text < end; position++) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		size_t line_length = (size_t)((feed ? feed : end) - text);

		if (!text_is_blank(text, line_length)) {
			read_line(stage, format, &reader, text, line_length, position);
			if (arena.block)
				arena_reset(&arena);
		}
		buffer_append_char(&stage->text, IMPORT_PACK_END);
		text = feed ? feed + 1 : end;
	}
	arena_deinit(&arena);
}
