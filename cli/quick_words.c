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

bool quick_words_is_item(const char *item, size_t length)
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

		if (!quick_words_is_item(item, length))
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

static void append_word(struct buffer *text, const char *word)
{
	if (text->length)
		buffer_append_char(text, ' ');
	buffer_append_text(text, word);
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

/* Where words join terms, ids stay where they are. */
static bool is_joint(const struct word *word)
{
	static const char *const joints[] = { "and", "or", "xor", "not", "!" };

	for (size_t i = 0; i < COUNT_OF(joints); i++)
		if (strcmp(word->text, joints[i]) == 0)
			return true;
	return strpbrk(word->text, "() ") || word->text[0] == '!';
}

static bool has_joint(const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_joint(&words[i]))
			return true;
	return false;
}

/* As they stand; ids side by side are one term here as well. */
static void append_in_order(struct buffer *filter, const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool goes_on = i > 0 && quick_words_is_ids(&words[i]) && quick_words_is_ids(&words[i - 1]);

		if (goes_on) {
			buffer_append_char(filter, ',');
			buffer_append_text(filter, words[i].text);
		} else {
			append_word(filter, words[i].text);
		}
	}
}

static void append_ids_first(struct buffer *filter, const struct word *words, size_t count)
{
	append_ids(filter, words, count);
	for (size_t i = 0; i < count; i++)
		if (!quick_words_is_ids(&words[i]))
			append_word(filter, words[i].text);
}

char *quick_words_read_filter(const struct word *words, size_t count)
{
	struct buffer filter;
	char *text;

	buffer_init(&filter);
	if (has_joint(words, count))
		append_in_order(&filter, words, count);
	else
		append_ids_first(&filter, words, count);
	text = memory_strdup(buffer_text(&filter));
	buffer_deinit(&filter);
	return text;
}
