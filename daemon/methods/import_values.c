/* Values as an import brings them. */
#include "methods/import_values.h"

#include "common/json_writer.h"
#include "common/text.h"
#include "methods/import_fields.h"

#include <stdlib.h>
#include <string.h>

static enum error refuse_kind(struct import_reader *reader, const char *name, const char *kind)
{
	return refuse(reader->refusal, ERROR_INVALID_PARAMS, name, "%s must be %s", name, kind);
}

/* --- texts --- */

enum error import_value_text(struct import_reader *reader, const char *name, const json_t *value, const char **ret_text)
{
	const char *text = json_string_value(value);

	if (!text || strlen(text) != json_string_length(value))
		return refuse_kind(reader, name, "a text");
	*ret_text = arena_strndup(reader->arena, text, json_string_length(value));
	return ERROR_NONE;
}

enum error import_value_integer(struct import_reader *reader, const char *name, const json_t *value, int64_t minimum,
	int64_t maximum, int64_t *ret_integer)
{
	int64_t integer = json_integer_value(value);

	if (!json_is_integer(value) || integer < minimum || integer > maximum)
		return refuse_kind(reader, name, "a whole number that makes sense there");
	*ret_integer = integer;
	return ERROR_NONE;
}

/* --- times --- */

static bool has_form(const char *text, size_t length, const char *form)
{
	if (length != strlen(form))
		return false;
	for (size_t i = 0; i < length; i++)
		if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
			return false;
	return true;
}

static int two_digits(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

/* The two forms that all but a few times have: what they say is a moment without a zone's help. */
static bool read_utc(const char *text, size_t length, int64_t *ret_seconds)
{
	bool is_extended = has_form(text, length, "0000-00-00T00:00:00Z");
	size_t dash = is_extended ? 1 : 0;
	int year, month, day, hour, minute, second;

	if (!is_extended && !has_form(text, length, "00000000T000000Z"))
		return false;
	year = two_digits(text) * 100 + two_digits(text + 2);
	month = two_digits(text + 4 + dash);
	day = two_digits(text + 6 + 2 * dash);
	hour = two_digits(text + 9 + 2 * dash);
	minute = two_digits(text + 11 + 3 * dash);
	second = two_digits(text + 13 + 4 * dash);
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > calendar_days_in_month(year, month) || hour > 23 ||
		minute > 59 || second > 59)
		return false;
	*ret_seconds = calendar_day(year, month, day) * CALENDAR_DAY_SECONDS + INT64_C(3600) * hour +
		       INT64_C(60) * minute + second;
	return true;
}

#define EPOCH_DIGITS 9u /* at least: fewer are no moment that a program has noted */

static bool read_epoch(const char *text, size_t length, int64_t *ret_seconds)
{
	return length >= EPOCH_DIGITS && strspn(text, "0123456789") == length &&
	       text_parse_integer(text, 0, CALENDAR_TIME_MAXIMUM, ret_seconds);
}

enum error import_value_time(
	struct import_reader *reader, const char *name, const json_t *value, enum date_edge edge, int64_t *ret_seconds)
{
	const struct date_context context = { .now = reader->now, .zone = reader->zone, .edge = edge };
	const char *text = json_string_value(value);
	size_t length = json_string_length(value);

	if (json_is_integer(value))
		return import_value_integer(
			reader, name, value, CALENDAR_TIME_MINIMUM, CALENDAR_TIME_MAXIMUM, ret_seconds);
	if (!text)
		return refuse_kind(reader, name, "a time");
	if (read_utc(text, length, ret_seconds) || read_epoch(text, length, ret_seconds))
		return ERROR_NONE;
	return date_parse(text, length, &context, name, ret_seconds, reader->refusal);
}

/* --- uuids --- */

static enum error read_uuid(struct import_reader *reader, const char *name, const char *text, const char **ret_uuid)
{
	struct task_ref ref;

	if (strlen(text) != TASK_UUID_LENGTH || task_ref_parse(text, TASK_UUID_LENGTH, &ref, NULL) ||
		strspn(ref.uuid, "0-") == TASK_UUID_LENGTH)
		return refuse_kind(reader, name, "a uuid, like 6f1c2b9e-1d2f-4c3a-8b5d-0e9f8a7b6c5d");
	*ret_uuid = arena_strdup(reader->arena, ref.uuid);
	return ERROR_NONE;
}

enum error import_value_uuid(struct import_reader *reader, const char *name, const json_t *value, const char **ret_uuid)
{
	const char *text = json_string_value(value);

	return text ? read_uuid(reader, name, text, ret_uuid) : refuse_kind(reader, name, "a uuid");
}

enum error import_value_uuids(struct import_reader *reader, const char *name, const json_t *value, size_t limit,
	const char *const **ret_uuids, size_t *ret_count)
{
	size_t count = json_array_size(value);
	const char **uuids = arena_array(reader->arena, count, sizeof(*uuids));
	enum error error = ERROR_NONE;

	if (!json_is_array(value))
		return refuse_kind(reader, name, "a list of uuids");
	for (size_t i = 0; !error && i < count; i++)
		error = import_value_uuid(reader, name, json_array_get(value, i), &uuids[i]);
	if (error)
		return error;
	count = task_sort_tags(uuids, count);
	if (count > limit)
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, name, "%s holds more than %zu uuids", name, limit);
	*ret_uuids = uuids;
	*ret_count = count;
	return ERROR_NONE;
}

/* --- lists --- */

/* In their order where two have the same time. */
static void sort_annotations(struct task_annotation *annotations, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct task_annotation annotation = annotations[i];
		size_t place = i;

		for (; place && annotations[place - 1].at > annotation.at; place--)
			annotations[place] = annotations[place - 1];
		annotations[place] = annotation;
	}
}

enum error import_value_annotations(struct import_reader *reader, const json_t *value, const char *at_name,
	const char *text_name, struct task *task)
{
	size_t count = json_array_size(value);
	struct task_annotation *annotations = arena_array(reader->arena, count, sizeof(*annotations));
	enum error error = ERROR_NONE;

	if (!json_is_array(value))
		return refuse_kind(reader, "annotations", "a list");
	if (count > TASK_ANNOTATIONS_LIMIT)
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, "annotations", "annotations are more than %u",
			TASK_ANNOTATIONS_LIMIT);
	for (size_t i = 0; !error && i < count; i++) {
		const json_t *item = json_array_get(value, i);

		error = import_value_time(
			reader, "annotations", json_object_get(item, at_name), DATE_DAY_START, &annotations[i].at);
		if (!error)
			error = import_value_text(
				reader, "annotations", json_object_get(item, text_name), &annotations[i].text);
	}
	if (error)
		return error;
	sort_annotations(annotations, count);
	task->annotations = annotations;
	task->annotation_count = count;
	return ERROR_NONE;
}

/* --- custom fields --- */

enum error import_value_custom(
	struct import_reader *reader, const char *name, const json_t *value, const char **ret_text)
{
	struct json_writer writer;
	struct buffer text;

	if (!json_is_string(value) && !json_is_number(value))
		return refuse_kind(reader, name, "a text or a number");
	if (reader->fields)
		import_fields_see(reader->fields, name, json_is_number(value));
	if (json_is_string(value))
		return import_value_text(reader, name, value, ret_text);
	buffer_init(&text);
	json_writer_init(&writer, &text);
	if (json_is_integer(value))
		json_writer_integer(&writer, json_integer_value(value));
	else
		json_writer_real(&writer, json_real_value(value));
	*ret_text = arena_strndup(reader->arena, text.data, text.length);
	buffer_deinit(&text);
	return ERROR_NONE;
}
