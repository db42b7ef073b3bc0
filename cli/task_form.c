/* A table of fields, each with how its value is written and read. */
#include "task_form.h"

#include "change_words.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "report.h"
#include "task_fields.h"

#include <stdlib.h>
#include <string.h>

#define NAMES_MOST 128 /* among which a misspelt one is looked for */
#define BLANKS     " \t\r"

struct form_field {
	const char *name;
	void (*append)(struct buffer *out, const json_t *value);
	enum error (*set)(json_t *changes, const char *name, const char *value, struct trouble *trouble);
};

/* --- values as text --- */

/* As it is: an editor is no terminal, and what it shows comes back. */
static void append_text(struct buffer *out, const json_t *value)
{
	buffer_append(out, json_string_value(value), json_string_length(value));
}

static void append_number(struct buffer *out, const json_t *value)
{
	if (json_is_integer(value))
		buffer_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else
		buffer_printf(out, "%.15g", json_real_value(value));
}

static void append_time(struct buffer *out, const json_t *value)
{
	report_append_time(out, json_string_value(value));
}

static void append_list(struct buffer *out, const json_t *list)
{
	const json_t *item;
	size_t index;

	json_array_foreach (list, index, item) {
		buffer_append_text(out, index ? " " : "");
		if (json_is_string(item))
			append_text(out, item);
		else
			append_number(out, item);
	}
}

/* --- text as values --- */

static json_t *read_tag(const char *word, size_t length)
{
	return json_stringn(word, length);
}

static json_t *read_id(const char *word, size_t length)
{
	if (!quick_words_is_item(word, length) || quick_words_is_range(word, length))
		return NULL;
	return quick_words_item(word, length);
}

/* Words with spaces or commas between; NULL, and `ret_bad`, where one cannot be read. */
static json_t *read_list(const char *text, json_t *(*read_item)(const char *word, size_t length), const char **ret_bad)
{
	json_t *list = json_array();

	for (text += strspn(text, BLANKS ","); *text; text += strspn(text, BLANKS ",")) {
		size_t length = strcspn(text, BLANKS ",");
		json_t *item = read_item(text, length);

		if (!item) {
			*ret_bad = text;
			json_decref(list);
			return NULL;
		}
		(void)json_array_append_new(list, item);
		text += length;
	}
	if (json_array_size(list))
		return list;
	json_decref(list);
	return json_null();
}

static enum error set_tags(json_t *changes, const char *name, const char *value, struct trouble *trouble)
{
	const char *bad = value;
	json_t *list = read_list(value, read_tag, &bad);

	if (!list)
		return trouble_usage(trouble, "%s wants words, not `%s`", name, bad);
	(void)json_object_set_new(changes, name, list);
	return ERROR_NONE;
}

static enum error set_ids(json_t *changes, const char *name, const char *value, struct trouble *trouble)
{
	const char *bad = value;
	json_t *list = read_list(value, read_id, &bad);

	if (!list)
		return trouble_usage(trouble, "%s wants ids such as 3 5, not `%s`", name, bad);
	(void)json_object_set_new(changes, name, list);
	return ERROR_NONE;
}

static enum error set_custom(json_t *changes, const char *name, const char *value, struct trouble *trouble)
{
	struct buffer assignment;
	enum error error;

	buffer_init(&assignment);
	buffer_printf(&assignment, "%s=%s", name + strlen(TASK_FIELD_CUSTOM), value);
	error = change_words_set(changes, "set", buffer_text(&assignment), trouble);
	buffer_deinit(&assignment);
	return error;
}

/* --- the table --- */

static const struct form_field form_fields[] = {
	{ .name = "title", .append = append_text, .set = change_words_set },
	{ .name = "project", .append = append_text, .set = change_words_set },
	{ .name = "tags", .append = append_list, .set = set_tags },
	{ .name = "priority", .append = append_text, .set = change_words_set },
	{ .name = "due", .append = append_time, .set = change_words_set },
	{ .name = "wait", .append = append_time, .set = change_words_set },
	{ .name = "scheduled", .append = append_time, .set = change_words_set },
	{ .name = "until", .append = append_time, .set = change_words_set },
	{ .name = "parent", .append = append_number, .set = change_words_set },
	{ .name = "depends", .append = append_list, .set = set_ids },
};

static enum error set_field(json_t *changes, const char *name, const char *value, struct trouble *trouble)
{
	for (size_t i = 0; i < COUNT_OF(form_fields); i++)
		if (strcmp(form_fields[i].name, name) == 0)
			return form_fields[i].set(changes, name, value, trouble);
	return set_custom(changes, name, value, trouble);
}

/* --- writing --- */

void task_form_append_comment(struct buffer *out, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		buffer_append_text(out, "# ");
		buffer_append(out, text, length);
		buffer_append_char(out, '\n');
		text += length + (text[length] == '\n');
	}
}

static void append_custom(struct buffer *out, const json_t *field, const json_t *task)
{
	const char *name = json_string_value(json_object_get(field, "name"));
	const char *type = json_string_value(json_object_get(field, "type"));
	const json_t *value = name ? json_object_get(json_object_get(task, "fields"), name) : NULL;

	buffer_printf(out, TASK_FIELD_CUSTOM "%s: ", name ? name : "");
	if (json_is_number(value))
		append_number(out, value);
	else if (value && type && strcmp(type, "date") == 0)
		append_time(out, value);
	else if (value)
		append_text(out, value);
	buffer_append_char(out, '\n');
}

void task_form_append(struct buffer *out, const json_t *task, const json_t *fields)
{
	const json_t *note = json_object_get(task, "note");
	const json_t *field;
	size_t index;

	for (size_t i = 0; i < COUNT_OF(form_fields); i++) {
		const json_t *value = json_object_get(task, form_fields[i].name);

		buffer_printf(out, "%s: ", form_fields[i].name);
		if (value)
			form_fields[i].append(out, value);
		buffer_append_char(out, '\n');
	}
	json_array_foreach (fields, index, field)
		append_custom(out, field, task);
	buffer_append_text(out, "---\n");
	append_text(out, note);
	if (note)
		buffer_append_char(out, '\n');
}

/* --- reading --- */

struct form_line {
	const char *text; /* the whole of it */
	size_t length;
	size_t name_length; /* 0: there is no colon */
	const char *value;
	size_t value_length;
};

static bool is_dashes(const char *line, size_t length)
{
	while (length && strchr(BLANKS, line[length - 1]))
		length--;
	return length >= 3 && strspn(line, "-") >= length;
}

static void split_line(struct form_line *line)
{
	const char *end = line->text + line->length;
	const char *colon = memchr(line->text, ':', line->length);

	line->name_length = colon ? (size_t)(colon - line->text) : 0;
	line->value = colon ? colon + 1 : end;
	while (line->value < end && strchr(BLANKS, *line->value))
		line->value++;
	while (end > line->value && strchr(BLANKS, end[-1]))
		end--;
	line->value_length = (size_t)(end - line->value);
}

/* The next line that says something, from `*text` on, which moves behind it. False at the dashes, behind which it then
 * is, and at the end, where it is NULL. */
static bool next_line(const char **text, struct form_line *ret_line)
{
	while (**text) {
		const char *start = *text;
		size_t length = strcspn(start, "\n");

		*text = start + length + (start[length] == '\n');
		if (is_dashes(start, length))
			return false;
		if (*start == '#' || strspn(start, BLANKS) >= length)
			continue;
		*ret_line = (struct form_line){ .text = start, .length = length };
		split_line(ret_line);
		return true;
	}
	*text = NULL;
	return false;
}

static bool find_line(const char *form, const char *name, struct form_line *ret_line)
{
	while (next_line(&form, ret_line))
		if (strlen(name) == ret_line->name_length && memcmp(ret_line->text, name, ret_line->name_length) == 0)
			return true;
	return false;
}

static enum error refuse_line(const char *form, const struct form_line *line, const char *name, struct trouble *trouble)
{
	char *names[NAMES_MOST + 1] = { NULL };
	struct form_line known;
	const char *meant;
	size_t count = 0;

	while (count < NAMES_MOST && next_line(&form, &known))
		names[count++] = memory_strndup(known.text, known.name_length);
	meant = text_nearest(name, (const char *const *)names);
	if (!line->name_length)
		(void)trouble_usage(trouble,
			"`%.*s` is no line such as due: tomorrow; the note stands below the dashes", (int)line->length,
			line->text);
	else if (meant)
		(void)trouble_usage(trouble, "there is no field `%s`; did you mean `%s`?", name, meant);
	else
		(void)trouble_usage(trouble, "there is no field `%s` to edit", name);
	while (count)
		free(names[--count]);
	return ERROR_INVALID_PARAMS;
}

static enum error compare_line(
	const char *before, const char *after, const struct form_line *line, json_t *changes, struct trouble *trouble)
{
	AUTO_FREE char *name = memory_strndup(line->text, line->name_length);
	AUTO_FREE char *value = memory_strndup(line->value, line->value_length);
	struct form_line old;
	struct form_line first;

	if (!line->name_length || !find_line(before, name, &old))
		return refuse_line(before, line, name, trouble);
	if (find_line(after, name, &first) && first.text != line->text)
		return trouble_usage(trouble, "%s is there twice", name);
	if (old.value_length == line->value_length && memcmp(old.value, line->value, old.value_length) == 0)
		return ERROR_NONE;
	return set_field(changes, name, value, trouble);
}

/* Without the line feed that was put behind it. */
static size_t note_length(const char *note)
{
	size_t length = strlen(note);

	return length && note[length - 1] == '\n' ? length - 1 : length;
}

static void compare_notes(const char *before, const char *after, json_t *changes)
{
	size_t length = note_length(after);

	if (note_length(before) == length && memcmp(before, after, length) == 0)
		return;
	(void)json_object_set_new(changes, "note", length ? json_stringn(after, length) : json_null());
}

enum error task_form_compare(const char *before, const char *after, json_t *changes, struct trouble *trouble)
{
	const char *old = before;
	const char *rest = after;
	struct form_line line;
	enum error error = ERROR_NONE;

	if (!text_is_utf8(after, strlen(after)))
		return trouble_usage(trouble, "the text is not UTF-8");
	while (!error && next_line(&rest, &line))
		error = compare_line(before, after, &line, changes, trouble);
	while (next_line(&old, &line))
		;
	if (!error && old && rest)
		compare_notes(old, rest, changes);
	return error;
}
