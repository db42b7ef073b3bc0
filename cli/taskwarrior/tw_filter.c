/* Each word is taken apart at white space and parentheses that no quote holds, and written anew. */
#include "taskwarrior/tw_filter.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "taskwarrior/tw_attribute.h"

#include <ctype.h>
#include <string.h>

/* A filter as it is made. */
struct making {
	struct word_list words; /* owned texts */
	int64_t limit;
};

static void add(struct making *making, const char *text, size_t length)
{
	word_list_add(&making->words, memory_strndup(text, length), false);
}

static void add_buffer(struct making *making, struct buffer *text)
{
	add(making, text->data, text->length);
	buffer_deinit(text);
}

static void deinit(struct making *making)
{
	for (size_t i = 0; i < making->words.count; i++)
		free((char *)(uintptr_t)making->words.items[i].text);
	word_list_deinit(&making->words);
}

/* --- values --- */

static void append_quoted(struct buffer *out, const char *text, size_t length)
{
	buffer_append_char(out, '"');
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '"' || text[i] == '\\')
			buffer_append_char(out, '\\');
		buffer_append_char(out, text[i]);
	}
	buffer_append_char(out, '"');
}

static bool is_quoted(const char *text, size_t length)
{
	return length >= 2 && (text[0] == '"' || text[0] == '\'') && text[length - 1] == text[0];
}

static void append_value(struct buffer *out, const char *text, size_t length)
{
	bool is_plain = true;

	for (size_t i = 0; i < length; i++)
		is_plain = is_plain && !isspace((unsigned char)text[i]) && !strchr("()!\"'\\", text[i]);
	if (is_plain || is_quoted(text, length))
		buffer_append(out, text, length);
	else
		append_quoted(out, text, length);
}

/* --- terms --- */

/* Bytes of a name such as due or due.before. */
static size_t name_length(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && (isalnum((unsigned char)text[at]) || text[at] == '.' || text[at] == '_'))
		at++;
	return at;
}

static bool is_sign(char byte)
{
	return byte && strchr(":=<>!~", byte);
}

static void take_limit(struct making *making, const char *value, size_t length)
{
	AUTO_FREE char *text = memory_strndup(value, length);

	if (!text_parse_integer(text, 1, INT32_MAX, &making->limit))
		making->limit = -1;
}

/* The name as the daemon has it; a field of one's own keeps its name. */
static void append_name(struct buffer *out, const char *name, size_t length)
{
	const char *dot = memchr(name, '.', length);
	size_t base = dot ? (size_t)(dot - name) : length;
	const struct tw_attribute *attribute = tw_attribute_find(name, base);
	const char *modifier = dot ? tw_modifier_find(dot + 1, length - base - 1) : NULL;

	if (attribute && attribute->filter)
		buffer_append_text(out, attribute->filter);
	else
		buffer_append(out, name, base);
	if (modifier)
		buffer_printf(out, ".%s", modifier);
	else if (dot)
		buffer_append(out, dot, length - base);
}

/* name:value, name.modifier:value, name<value. False: it is no such term. */
static bool add_attribute(struct making *making, const char *text, size_t length)
{
	size_t name = name_length(text, length);
	size_t signs = name;
	struct buffer term;

	if (!name || name == length || !is_sign(text[name]) || isdigit((unsigned char)text[0]))
		return false;
	while (signs < length && is_sign(text[signs]))
		signs++;
	if (name == strlen("limit") && memcmp(text, "limit", name) == 0 && text[name] == ':') {
		take_limit(making, text + signs, length - signs);
		return true;
	}
	buffer_init(&term);
	append_name(&term, text, name);
	buffer_append(&term, text + name, signs - name);
	append_value(&term, text + signs, length - signs);
	add_buffer(making, &term);
	return true;
}

/* Virtual tags that are about recurrence there, and other things here. */
static bool add_tag(struct making *making, const char *text, size_t length)
{
	static const struct {
		const char *theirs, *ours;
	} names[] = { { "PARENT", "TEMPLATE" }, { "CHILD", "INSTANCE" }, { "DUETODAY", "TODAY" } };
	struct buffer term;

	if (length < 2 || (text[0] != '+' && text[0] != '-') || isdigit((unsigned char)text[1]) || text[1] == text[0])
		return false;
	buffer_init(&term);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strlen(names[i].theirs) == length - 1 && memcmp(names[i].theirs, text + 1, length - 1) == 0)
			buffer_printf(&term, "%c%s", text[0], names[i].ours);
	if (!term.length)
		buffer_append(&term, text, length);
	add_buffer(making, &term);
	return true;
}

static bool add_pattern(struct making *making, const char *text, size_t length)
{
	struct buffer term;

	if (length < 3 || text[0] != '/' || text[length - 1] != '/')
		return false;
	buffer_init(&term);
	buffer_append(&term, text, length);
	for (size_t i = 1; i + 1 < length; i++)
		if (strchr(".*+?[]{}|^$()\\", text[i])) {
			buffer_append_char(&term, 'r');
			break;
		}
	add_buffer(making, &term);
	return true;
}

static bool is_joint(const char *text, size_t length)
{
	static const char *const joints[] = { "and", "or", "xor", "not", "!", "(", ")" };

	for (size_t i = 0; i < COUNT_OF(joints); i++)
		if (strlen(joints[i]) == length && memcmp(joints[i], text, length) == 0)
			return true;
	return false;
}

static void add_description(struct making *making, const char *text, size_t length)
{
	struct buffer term;
	bool has_quotes = is_quoted(text, length);

	buffer_init(&term);
	buffer_append_text(&term, "title.has:");
	if (has_quotes)
		buffer_append(&term, text, length);
	else
		append_quoted(&term, text, length);
	add_buffer(making, &term);
}

static void add_term(struct making *making, const char *text, size_t length)
{
	AUTO_FREE char *copy = memory_strndup(text, length);
	const struct word word = { .text = copy };

	if (is_joint(text, length) || quick_words_is_ids(&word))
		add(making, text, length);
	else if (!add_attribute(making, text, length) && !add_tag(making, text, length) &&
		 !add_pattern(making, text, length))
		add_description(making, text, length);
}

/* --- words --- */

/* Up to the white space or parenthesis behind the term; quotes and slashes hold theirs. */
static size_t term_length(const char *text)
{
	char closing = text[0] == '/' ? '/' : '\0';
	size_t at = closing ? 1 : 0;

	for (; text[at]; at++) {
		if (closing && text[at] == '\\' && text[at + 1])
			at++;
		else if (closing && text[at] == closing)
			closing = '\0';
		else if (closing)
			continue;
		else if (isspace((unsigned char)text[at]) || text[at] == '(' || text[at] == ')')
			break;
		else if (text[at] == '"' || text[at] == '\'')
			closing = text[at];
	}
	return at;
}

static void add_expression(struct making *making, const char *text)
{
	while (*text) {
		size_t length = isspace((unsigned char)*text)  ? 0
				: *text == '(' || *text == ')' ? 1
							       : term_length(text);

		if (length)
			add_term(making, text, length);
		text += length ? length : 1;
	}
}

/* One argument that holds several terms: it has parentheses at its edges, or a word that joins. */
static bool is_expression(const char *text)
{
	static const char *const joints[] = { " and ", " or ", " xor " };

	if (text[0] == '(' || (text[0] && text[strlen(text) - 1] == ')'))
		return true;
	for (size_t i = 0; i < COUNT_OF(joints); i++)
		if (strstr(text, joints[i]))
			return true;
	return false;
}

/* Programs hand over what another run has printed, its line feed as well. */
static void add_word(struct making *making, const char *text)
{
	size_t length;

	while (isspace((unsigned char)*text))
		text++;
	length = strlen(text);
	while (length && isspace((unsigned char)text[length - 1]))
		length--;
	if (is_expression(text))
		add_expression(making, text);
	else if (length)
		add_term(making, text, length);
}

static enum error finish(struct making *making, char **ret_filter, int64_t *ret_limit, struct trouble *trouble)
{
	*ret_filter = quick_words_read_filter(making->words.items, making->words.count);
	*ret_limit = making->limit;
	deinit(making);
	if (text_is_utf8(*ret_filter, strlen(*ret_filter)))
		return ERROR_NONE;
	free(*ret_filter);
	*ret_filter = NULL;
	return trouble_usage(trouble, "the filter is not UTF-8");
}

enum error tw_filter_read(
	const struct word *words, size_t count, char **ret_filter, int64_t *ret_limit, struct trouble *trouble)
{
	struct making making = { .limit = 0 };

	for (size_t i = 0; i < count; i++)
		add_word(&making, words[i].text);
	return finish(&making, ret_filter, ret_limit, trouble);
}

enum error tw_filter_read_text(const char *text, char **ret_filter, int64_t *ret_limit, struct trouble *trouble)
{
	struct making making = { .limit = 0 };

	add_expression(&making, text);
	return finish(&making, ret_filter, ret_limit, trouble);
}

char *tw_filter_sort(const char *text)
{
	struct buffer out;
	char *sort;

	buffer_init(&out);
	while (*text) {
		size_t length = strcspn(text, ",");
		size_t name = name_length(text, length);
		const struct tw_attribute *attribute = tw_attribute_find(text, name);

		buffer_append_text(&out, out.length ? "," : "");
		if (attribute && attribute->filter)
			buffer_append_text(&out, attribute->filter);
		else
			buffer_append(&out, text, name);
		buffer_append_char(&out, name < length && text[name] == '-' ? '-' : '+');
		text += length + (text[length] == ',');
	}
	sort = memory_strdup(buffer_text(&out));
	buffer_deinit(&out);
	return sort;
}
