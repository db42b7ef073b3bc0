/* What a word is, by its looks. */
#include "quick_words.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"

#include <ctype.h>
#include <string.h>

#define UUID_DIGITS_LEAST 8u
#define UUID_LENGTH       36u
#define ID_DIGITS_MOST    15u /* what stays below 2^53 */

/* A name on the command line, and where its value goes on the wire. */
struct attribute {
	const char *name;
	const char *param;
	bool is_list;
	bool is_quick_word;
};

static const struct attribute attributes[] = {
	{ .name = "project", .param = "project", .is_quick_word = true },
	{ .name = "priority", .param = "priority", .is_quick_word = true },
	{ .name = "pri", .param = "priority", .is_quick_word = true },
	{ .name = "due", .param = "due", .is_quick_word = true },
	{ .name = "wait", .param = "wait", .is_quick_word = true },
	{ .name = "title", .param = "title" },
	{ .name = "note", .param = "note" },
	{ .name = "tag", .param = "add_tags", .is_list = true },
	{ .name = "untag", .param = "remove_tags", .is_list = true },
};

void word_list_add(struct word_list *list, const char *text, bool is_literal)
{
	list->items = memory_resize(list->items, list->count + 1, sizeof(*list->items));
	list->items[list->count++] = (struct word){ .text = text, .is_literal = is_literal };
}

void word_list_deinit(struct word_list *list)
{
	free(list->items);
	*list = (struct word_list){ .items = NULL };
}

bool quick_words_is_untag(const char *argument)
{
	return argument[0] == '-' && argument[1] && argument[1] != '-' && argument[2];
}

/* --- changes --- */

static const struct attribute *find_attribute(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(attributes); i++)
		if (strlen(attributes[i].name) == length && memcmp(attributes[i].name, name, length) == 0)
			return &attributes[i];
	return NULL;
}

static enum error add_to_list(
	json_t *changes, const struct attribute *attribute, json_t *value, struct trouble *trouble)
{
	json_t *list = json_object_get(changes, attribute->param);

	if (!json_string_length(value)) {
		json_decref(value);
		return trouble_usage(trouble, "--%s wants the name of a tag", attribute->name);
	}
	if (!list) {
		list = json_array();
		(void)json_object_set_new(changes, attribute->param, list);
	}
	(void)json_array_append_new(list, value);
	return ERROR_NONE;
}

static enum error set_value(
	json_t *changes, const struct attribute *attribute, const char *text, size_t length, struct trouble *trouble)
{
	json_t *value = json_stringn(text, length);

	if (!value)
		return trouble_usage(trouble, "the %s is not UTF-8", attribute->param);
	if (attribute->is_list)
		return add_to_list(changes, attribute, value, trouble);
	if (json_object_get(changes, attribute->param)) {
		json_decref(value);
		return trouble_usage(trouble, "the %s is given twice", attribute->param);
	}
	if (!length) {
		json_decref(value);
		value = json_null();
	}
	(void)json_object_set_new(changes, attribute->param, value);
	return ERROR_NONE;
}

enum error quick_words_set(json_t *changes, const char *attribute, const char *value, struct trouble *trouble)
{
	return set_value(changes, find_attribute(attribute, strlen(attribute)), value, strlen(value), trouble);
}

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
		if (!attributes[i].is_quick_word)
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
		return quick_words_set(changes, "tag", text + 1, trouble);
	if (text[0] == '-' && text[1])
		return quick_words_set(changes, "untag", text + 1, trouble);
	if (colon && attribute && attribute->is_quick_word)
		return set_value(changes, attribute, colon + 1, strlen(colon + 1), trouble);
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

enum error quick_words_read_changes(const struct word *words, size_t count, json_t *changes, struct trouble *trouble)
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
		error = quick_words_set(changes, "title", buffer_text(&title), trouble);
	buffer_deinit(&title);
	return error;
}

/* --- ids --- */

static bool is_number(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	return length > 0 && length <= ID_DIGITS_MOST;
}

static int64_t number_of(const char *digits, size_t length)
{
	int64_t value = 0;

	for (size_t i = 0; i < length; i++)
		value = 10 * value + (digits[i] - '0');
	return value;
}

static bool is_uuid(const char *text, size_t length)
{
	size_t digits = 0;

	while (digits < length && isxdigit((unsigned char)text[digits]))
		digits++;
	if (digits < UUID_DIGITS_LEAST || length > UUID_LENGTH)
		return false;
	for (size_t i = digits; i < length; i++)
		if (!isxdigit((unsigned char)text[i]) && text[i] != '-')
			return false;
	return true;
}

/* A uuid can look like a range that runs backwards. */
bool quick_words_is_range(const char *item, size_t length)
{
	const char *dash = memchr(item, '-', length);
	size_t first = dash ? (size_t)(dash - item) : 0;

	return dash && is_number(item, first) && is_number(dash + 1, length - first - 1) &&
	       number_of(item, first) <= number_of(dash + 1, length - first - 1);
}

static bool is_item(const char *item, size_t length)
{
	return is_number(item, length) || is_uuid(item, length) || quick_words_is_range(item, length);
}

bool quick_words_is_ids(const struct word *word)
{
	const char *item = word->text;

	if (word->is_literal)
		return false;
	for (;;) {
		size_t length = strcspn(item, ",");

		if (!is_item(item, length))
			return false;
		if (!item[length])
			return true;
		item += length + 1;
	}
}

size_t quick_words_count_ids(const struct word *words, size_t count)
{
	size_t ids = 0;

	while (ids < count && quick_words_is_ids(&words[ids]))
		ids++;
	return ids;
}

json_t *quick_words_item(const char *item, size_t length)
{
	if (is_number(item, length) && length < UUID_DIGITS_LEAST)
		return json_integer(number_of(item, length));
	return json_stringn(item, length);
}

/* All items of all words; `ret_has_range` when one is a range, which then stands as text. */
static json_t *list_items(const struct word *words, size_t count, bool *ret_has_range)
{
	json_t *items = json_array();

	*ret_has_range = false;
	for (size_t i = 0; i < count; i++) {
		for (const char *item = words[i].text; item; item = strchr(item, ',')) {
			size_t length;

			item += *item == ',';
			length = strcspn(item, ",");
			*ret_has_range = *ret_has_range || quick_words_is_range(item, length);
			(void)json_array_append_new(items, quick_words_item(item, length));
		}
	}
	return items;
}

/* Terms of the filter language that are IDS, as one. */
static void append_ids(struct buffer *filter, const struct word *words, size_t count)
{
	bool is_first = true;

	for (size_t i = 0; i < count; i++) {
		if (!quick_words_is_ids(&words[i]))
			continue;
		buffer_append_text(filter, is_first ? (filter->length ? " " : "") : ",");
		buffer_append_text(filter, words[i].text);
		is_first = false;
	}
}

void quick_words_read_selection(const struct word *words, size_t count, json_t *params)
{
	bool has_range;
	json_auto_t *items = list_items(words, count, &has_range);
	struct buffer filter;

	if (has_range) {
		buffer_init(&filter);
		append_ids(&filter, words, count);
		(void)json_object_set_new(params, "filter", json_string(buffer_text(&filter)));
		buffer_deinit(&filter);
	} else if (json_array_size(items) == 1) {
		(void)json_object_set(params, "id", json_array_get(items, 0));
	} else {
		(void)json_object_set(params, "ids", items);
	}
}

char *quick_words_read_filter(const struct word *words, size_t count)
{
	struct buffer filter;
	char *text;

	buffer_init(&filter);
	append_ids(&filter, words, count);
	for (size_t i = 0; i < count; i++)
		if (!quick_words_is_ids(&words[i]))
			append_word(&filter, words[i].text);
	text = memory_strdup(buffer_text(&filter));
	buffer_deinit(&filter);
	return text;
}
