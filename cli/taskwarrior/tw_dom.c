/* `_get`: parts of tasks, settings and the program by names such as 3.due.year, rc.bulk and tw.version. */
#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "relative_time.h"
#include "task_fields.h"
#include "taskwarrior/tw.h"
#include "taskwarrior/tw_attribute.h"
#include "terminal.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

/* --- the program --- */

static void append_os(struct buffer *out)
{
	struct utsname names;

	if (uname(&names) == 0)
		buffer_append_text(out, names.sysname);
}

static void append_version(struct buffer *out)
{
	buffer_append_text(out, TW_VERSION);
}

static void append_program(struct buffer *out)
{
	buffer_append_text(out, "task");
}

static void append_columns(struct buffer *out)
{
	buffer_printf(out, "%u", terminal_width(stdout));
}

static const struct {
	const char *name;
	void (*append)(struct buffer *out);
} parts[] = {
	{ "context.program", append_program },
	{ "context.width", append_columns },
	{ "system.os", append_os },
	{ "system.version", append_version },
	{ "tw.program", append_program },
	{ "tw.version", append_version },
	{ "tw.width", append_columns },
};

static bool append_part(struct buffer *out, const char *name)
{
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (strcmp(parts[i].name, name) == 0) {
			parts[i].append(out);
			return true;
		}
	return false;
}

/* --- tasks --- */

static enum error refuse_name(const char *name, struct trouble *trouble)
{
	(void)trouble_usage(trouble, "'%s' is not a DOM reference.", name);
	trouble_advise(trouble, "for example: task _get 3.due rc.default.command tw.version");
	return ERROR_INVALID_PARAMS;
}

/* What stands behind a date: 3.due.year. */
static const struct {
	const char *name;
	size_t offset; /* of the int in struct tm */
	int first;     /* what its 0 stands for */
} date_parts[] = {
	{ "day", offsetof(struct tm, tm_mday), 0 },
	{ "hour", offsetof(struct tm, tm_hour), 0 },
	{ "julian", offsetof(struct tm, tm_yday), 1 },
	{ "minute", offsetof(struct tm, tm_min), 0 },
	{ "month", offsetof(struct tm, tm_mon), 1 },
	{ "second", offsetof(struct tm, tm_sec), 0 },
	{ "weekday", offsetof(struct tm, tm_wday), 0 },
	{ "year", offsetof(struct tm, tm_year), 1900 },
};

/* The local time as Taskwarrior writes it, or a part of it. False: there is no such part. */
static bool append_date(struct buffer *out, int64_t seconds, const char *part)
{
	time_t moment = (time_t)seconds;
	struct tm local;
	char text[64];

	if (!localtime_r(&moment, &local))
		return false;
	for (size_t i = 0; i < COUNT_OF(date_parts); i++)
		if (strcmp(date_parts[i].name, part) == 0) {
			int value;

			memcpy(&value, (const char *)&local + date_parts[i].offset, sizeof(value));
			buffer_printf(out, "%d", value + date_parts[i].first);
			return true;
		}
	if (strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &local))
		buffer_append_text(out, text);
	return !part[0];
}

/* annotations.1.description and annotations.1.entry. */
static void append_annotation(struct buffer *out, const json_t *annotation, const char *part)
{
	int64_t seconds;

	if (strcmp(part, "description") == 0 && json_object_get(annotation, "text"))
		buffer_append_text(out, json_string_value(json_object_get(annotation, "text")));
	else if (strcmp(part, "entry") == 0 &&
		 relative_time_parse(json_string_value(json_object_get(annotation, "at")), &seconds))
		(void)append_date(out, seconds, "");
}

/* The count of a list, the tag itself where the task has it, or what there is of an annotation. */
static void append_item(struct buffer *out, const json_t *list, const char *part)
{
	size_t length = strcspn(part, ".");
	AUTO_FREE char *head = memory_strndup(part, length);
	int64_t number;
	const json_t *item;
	size_t index;

	if (strcmp(part, "count") == 0)
		buffer_printf(out, "%zu", json_array_size(list));
	else if (part[length] && text_parse_integer(head, 1, INT32_MAX, &number))
		append_annotation(out, json_array_get(list, (size_t)number - 1), part + length + 1);
	json_array_foreach (list, index, item)
		if (json_is_string(item) && strcmp(json_string_value(item), part) == 0)
			buffer_append_text(out, part);
}

static bool append_attribute(
	struct buffer *out, const json_t *task, const struct tw_attribute *attribute, const char *part)
{
	const json_t *value = json_object_get(task, attribute->member);
	int64_t seconds;

	if (attribute->is_date)
		return !value ||
		       (relative_time_parse(json_string_value(value), &seconds) && append_date(out, seconds, part));
	if (strcmp(attribute->name, "status") == 0 && json_is_true(json_object_get(task, "waiting")))
		buffer_append_text(out, "waiting");
	else if (!part[0])
		task_field_append(out, task, attribute->member);
	else if (json_is_array(value))
		append_item(out, value, part);
	else if (strcmp(part, "count") == 0)
		buffer_append_char(out, '0');
	else
		return strcmp(attribute->name, "tags") == 0;
	return true;
}

static bool append_value(struct buffer *out, const json_t *task, const char *name)
{
	size_t length = strcspn(name, ".");
	const struct tw_attribute *attribute = tw_attribute_find(name, length);
	const char *part = name[length] ? name + length + 1 : "";

	if (attribute)
		return !attribute->member || append_attribute(out, task, attribute, part);
	if (!json_object_getn(json_object_get(task, "fields"), name, length))
		return false;
	task_custom_append(out, task, name);
	return true;
}

/* Fetches each task once, for what is asked of it side by side. NULL: there is none. */
static enum error fetch(
	struct tw *tw, const char *ref, size_t length, json_t *known, const json_t **ret_task, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:o}", "id", quick_words_item(ref, length));
	json_auto_t *result = NULL;
	enum error error;

	*ret_task = json_object_getn(known, ref, length);
	if (*ret_task)
		return ERROR_NONE;
	error = invocation_call(tw->invocation, "task.get", params, &result, trouble);
	if (error == ERROR_NOT_FOUND) {
		*trouble = (struct trouble){ .exit_status = 0 };
		return ERROR_NONE;
	}
	if (error)
		return error;
	(void)json_object_setn(known, ref, length, json_object_get(result, "task"));
	*ret_task = json_object_getn(known, ref, length);
	return ERROR_NONE;
}

/* --- the command --- */

static enum error append_reference(
	struct tw *tw, const char *name, json_t *known, struct buffer *out, struct trouble *trouble)
{
	size_t length = strcspn(name, ".");
	const json_t *task = NULL;
	enum error error;

	if (strncmp(name, "rc.", 3) == 0)
		return tw_append_setting(tw, name + 3, out, trouble);
	if (append_part(out, name))
		return ERROR_NONE;
	if (!name[length] || !quick_words_is_item(name, length) || quick_words_is_range(name, length))
		return refuse_name(name, trouble);
	error = fetch(tw, name, length, known, &task, trouble);
	if (error || !task)
		return error;
	return append_value(out, task, name + length + 1) ? ERROR_NONE : refuse_name(name, trouble);
}

enum error tw_run_get(struct tw *tw, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.words;
	json_auto_t *known = json_object();
	enum error error = ERROR_NONE;
	struct buffer out;

	if (!words->count)
		return trouble_usage(trouble, "No DOM reference specified.");
	buffer_init(&out);
	for (size_t i = 0; !error && i < words->count; i++) {
		struct buffer value;

		buffer_init(&value);
		error = append_reference(tw, words->items[i].text, known, &value, trouble);
		buffer_append_text(&out, i ? " " : "");
		terminal_clean(&out, buffer_text(&value), value.length);
		buffer_deinit(&value);
	}
	if (!error)
		(void)puts(buffer_text(&out));
	buffer_deinit(&out);
	return error;
}
