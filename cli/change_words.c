/* A table of attributes, each with the function that reads its value. */
#include "change_words.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"

#include <ctype.h>
#include <string.h>

#define RANGE_MOST 128 /* ids that a range of `depends` may stand for */

/* A name on the command line, and where its value goes on the wire. */
struct attribute {
	const char *name;
	const char *param;
	const char *wanted; /* what the value must be, for a refusal; NULL: any text */
	bool is_quick_word;
	bool is_exact; /* too short for slips: dev: and deb: would be near to it */

	enum error (*set)(json_t *changes, const struct attribute *attribute, const char *text, size_t length,
		struct trouble *trouble);
};

/* --- values --- */

/* Takes the value over. */
static enum error put(json_t *changes, const struct attribute *attribute, json_t *value, struct trouble *trouble)
{
	if (!json_object_get(changes, attribute->param)) {
		(void)json_object_set_new(changes, attribute->param, value);
		return ERROR_NONE;
	}
	json_decref(value);
	return trouble_usage(trouble, "the %s is given twice", attribute->param);
}

static enum error refuse_utf8(const struct attribute *attribute, struct trouble *trouble)
{
	return trouble_usage(trouble, "the %s is not UTF-8", attribute->param);
}

static enum error refuse_value(
	const struct attribute *attribute, const char *text, size_t length, struct trouble *trouble)
{
	return trouble_usage(trouble, "%s wants %s, not `%.*s`", attribute->name, attribute->wanted, (int)length, text);
}

static enum error set_text(
	json_t *changes, const struct attribute *attribute, const char *text, size_t length, struct trouble *trouble)
{
	json_t *value = length ? json_stringn(text, length) : json_null();

	return value ? put(changes, attribute, value, trouble) : refuse_utf8(attribute, trouble);
}

static enum error set_number(
	json_t *changes, const struct attribute *attribute, const char *text, size_t length, struct trouble *trouble)
{
	int64_t number;

	if (!length)
		return put(changes, attribute, json_null(), trouble);
	if (!text_parse_integer(text, 1, INT32_MAX, &number))
		return refuse_value(attribute, text, length, trouble);
	return put(changes, attribute, json_integer(number), trouble);
}

static enum error set_reference(
	json_t *changes, const struct attribute *attribute, const char *text, size_t length, struct trouble *trouble)
{
	if (!length)
		return put(changes, attribute, json_null(), trouble);
	if (!quick_words_is_item(text, length) || quick_words_is_range(text, length))
		return refuse_value(attribute, text, length, trouble);
	return put(changes, attribute, quick_words_item(text, length), trouble);
}

/* The list or object of this name, made where it is missing. Borrowed. */
static json_t *find_or_make(json_t *changes, const char *param, json_t *(*make)(void))
{
	if (!json_object_get(changes, param))
		(void)json_object_set_new(changes, param, make());
	return json_object_get(changes, param);
}

static enum error add_tag(
	json_t *changes, const struct attribute *attribute, const char *text, size_t length, struct trouble *trouble)
{
	json_t *tag = json_stringn(text, length);

	if (!tag)
		return refuse_utf8(attribute, trouble);
	if (!length) {
		json_decref(tag);
		return trouble_usage(trouble, "--%s wants the name of a tag", attribute->name);
	}
	(void)json_array_append_new(find_or_make(changes, attribute->param, json_array), tag);
	return ERROR_NONE;
}

/* --- depends --- */

/* The daemon takes no ranges here. */
static bool add_range(json_t *list, const char *item, size_t length)
{
	AUTO_FREE char *first = memory_strndup(item, length);
	char *last = strchr(first, '-');
	int64_t from;
	int64_t to;

	*last++ = '\0';
	if (!text_parse_integer(first, 0, INT64_MAX, &from) || !text_parse_integer(last, 0, INT64_MAX, &to) ||
		to - from >= RANGE_MOST)
		return false;
	for (int64_t id = from; id <= to; id++)
		(void)json_array_append_new(list, json_integer(id));
	return true;
}

static bool add_dependency(json_t *changes, const char *item, size_t length)
{
	bool is_removed = *item == '-';
	json_t *list;

	item += is_removed;
	length -= is_removed;
	if (!quick_words_is_item(item, length))
		return false;
	list = find_or_make(changes, is_removed ? "remove_depends" : "add_depends", json_array);
	if (quick_words_is_range(item, length))
		return add_range(list, item, length);
	(void)json_array_append_new(list, quick_words_item(item, length));
	return true;
}

static enum error set_depends(
	json_t *changes, const struct attribute *attribute, const char *text, size_t length, struct trouble *trouble)
{
	if (!length)
		return put(changes, attribute, json_null(), trouble);
	for (const char *item = text;; item++) {
		size_t item_length = strcspn(item, ",");

		if (!add_dependency(changes, item, item_length))
			return refuse_value(attribute, text, length, trouble);
		item += item_length;
		if (!*item)
			return ERROR_NONE;
	}
}

/* --- custom fields --- */

static enum error set_custom(
	json_t *changes, const struct attribute *attribute, const char *text, size_t length, struct trouble *trouble)
{
	const char *equals = memchr(text, '=', length);
	size_t name_length = equals ? (size_t)(equals - text) : 0;
	json_t *fields;

	if (!text_is_utf8(text, length))
		return refuse_utf8(attribute, trouble);
	if (!name_length)
		return refuse_value(attribute, text, length, trouble);
	fields = find_or_make(changes, attribute->param, json_object);
	if (json_object_getn(fields, text, name_length))
		return trouble_usage(trouble, "%.*s is set twice", (int)name_length, text);
	(void)json_object_setn_new(fields, text, name_length, equals[1] ? json_string(equals + 1) : json_null());
	return ERROR_NONE;
}

/* --- the table --- */

#define ONE_ID "the id of a task"

static const struct attribute attributes[] = {
	{ .name = "project", .param = "project", .is_quick_word = true, .set = set_text },
	{ .name = "priority", .param = "priority", .is_quick_word = true, .set = set_text },
	{ .name = "pri", .param = "priority", .is_quick_word = true, .set = set_text },
	{ .name = "due", .param = "due", .is_quick_word = true, .set = set_text },
	{ .name = "wait", .param = "wait", .is_quick_word = true, .set = set_text },
	{ .name = "scheduled", .param = "scheduled", .is_quick_word = true, .set = set_text },
	{ .name = "sched", .param = "scheduled", .is_quick_word = true, .set = set_text },
	{ .name = "until", .param = "until", .is_quick_word = true, .set = set_text },
	{ .name = "recur", .param = "recur", .is_quick_word = true, .set = set_text },
	{ .name = "parent", .param = "parent", .is_quick_word = true, .set = set_reference, .wanted = ONE_ID },
	{ .name = "depends",
		.param = "depends",
		.is_quick_word = true,
		.set = set_depends,
		.wanted = "ids such as 3,5-7, with a dash before those to take off" },
	{ .name = "dep",
		.param = "depends",
		.is_quick_word = true,
		.is_exact = true,
		.set = set_depends,
		.wanted = "ids such as 3,5-7, with a dash before those to take off" },
	{ .name = "title", .param = "title", .set = set_text },
	{ .name = "note", .param = "note", .set = set_text },
	{ .name = "tag", .param = "add_tags", .set = add_tag },
	{ .name = "untag", .param = "remove_tags", .set = add_tag },
	{ .name = "recur-from", .param = "recur_from", .set = set_text },
	{ .name = "recur-count", .param = "recur_count", .set = set_number, .wanted = "a number from 1 on" },
	{ .name = "set", .param = "fields", .set = set_custom, .wanted = "NAME=VALUE" },
};

static const struct attribute *find_attribute(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(attributes); i++)
		if (strlen(attributes[i].name) == length && memcmp(attributes[i].name, name, length) == 0)
			return &attributes[i];
	return NULL;
}

enum error change_words_set(json_t *changes, const char *attribute, const char *value, struct trouble *trouble)
{
	const struct attribute *found = find_attribute(attribute, strlen(attribute));

	return found->set(changes, found, value, strlen(value), trouble);
}

/* --- words --- */

static bool has_space(const char *text)
{
	for (; *text; text++)
		if (isspace((unsigned char)*text))
			return true;
	return false;
}

/* The attribute that a name is meant to be: it begins like it, or is a slip away. */
static const char *find_meant(const char *name, size_t length)
{
	const char *names[COUNT_OF(attributes) + 1] = { NULL };
	AUTO_FREE char *word = memory_strndup(name, length);
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(attributes); i++) {
		if (!attributes[i].is_quick_word || attributes[i].is_exact)
			continue;
		if (length >= 3 && strncmp(attributes[i].name, name, length) == 0)
			return attributes[i].name;
		names[count++] = attributes[i].name;
	}
	return text_nearest(word, names);
}

static enum error refuse_slip(const char *word, size_t length, const char *meant, struct trouble *trouble)
{
	enum error error = trouble_usage(
		trouble, "`%.*s:` is no attribute; did you mean `%s:%s`?", (int)length, word, meant, word + length + 1);

	trouble_advise(trouble, "for text as it is, quote it together with its neighbours or put it behind --");
	return error;
}

/* Whether the word is text; if it is not, it went into the changes, or was refused. */
static enum error read_word(const struct word *word, json_t *changes, bool *ret_is_text, struct trouble *trouble)
{
	const char *text = word->text;
	const char *colon = strchr(text, ':');
	size_t name_length = colon ? (size_t)(colon - text) : 0;
	const struct attribute *attribute = find_attribute(text, name_length);
	const char *meant;

	*ret_is_text = word->is_literal || has_space(text);
	if (*ret_is_text)
		return ERROR_NONE;
	if (text[0] == '+' && text[1])
		return change_words_set(changes, "tag", text + 1, trouble);
	if (text[0] == '-' && text[1])
		return change_words_set(changes, "untag", text + 1, trouble);
	if (colon && attribute && attribute->is_quick_word)
		return attribute->set(changes, attribute, colon + 1, strlen(colon + 1), trouble);
	meant = name_length && !attribute ? find_meant(text, name_length) : NULL;
	if (meant)
		return refuse_slip(text, name_length, meant, trouble);
	*ret_is_text = true;
	return ERROR_NONE;
}

static void append_word(struct buffer *title, const char *text)
{
	if (title->length)
		buffer_append_char(title, ' ');
	buffer_append_text(title, text);
}

/* `depends: depends:3` is these in place of all others. */
static void settle_depends(json_t *changes)
{
	json_t *added = json_object_get(changes, "add_depends");

	if (!added || !json_is_null(json_object_get(changes, "depends")))
		return;
	(void)json_object_set(changes, "depends", added);
	(void)json_object_del(changes, "add_depends");
}

enum error change_words_read(const struct word *words, size_t count, json_t *changes, struct trouble *trouble)
{
	enum error error = ERROR_NONE;
	size_t text_count = 0;
	struct buffer title;

	buffer_init(&title);
	for (size_t i = 0; !error && i < count; i++) {
		bool is_text = false;

		error = read_word(&words[i], changes, &is_text, trouble);
		if (!error && is_text) {
			append_word(&title, words[i].text);
			text_count++;
		}
	}
	if (!error && text_count)
		error = change_words_set(changes, "title", buffer_text(&title), trouble);
	buffer_deinit(&title);
	settle_depends(changes);
	return error;
}

/* --- a new task --- */

static void drop_nulls(json_t *object)
{
	const char *name;
	json_t *value;
	void *next;

	json_object_foreach_safe(object, next, name, value)
	{
		if (json_is_null(value))
			(void)json_object_del(object, name);
	}
}

static void rename_member(json_t *object, const char *from, const char *to)
{
	json_t *value = json_object_get(object, from);

	if (!value)
		return;
	(void)json_object_set(object, to, value);
	(void)json_object_del(object, from);
}

enum error change_words_make_new(json_t *changes, struct trouble *trouble)
{
	if (json_object_get(changes, "remove_tags"))
		return trouble_usage(trouble, "a new task has no tag to take off");
	if (json_object_get(changes, "remove_depends"))
		return trouble_usage(trouble, "a new task has nothing before it to take off");
	drop_nulls(json_object_get(changes, "fields"));
	drop_nulls(changes);
	rename_member(changes, "add_tags", "tags");
	rename_member(changes, "add_depends", "depends");
	return ERROR_NONE;
}
