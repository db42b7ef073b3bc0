/* Attributes go to change_words_set under the names that it knows. */
#include "taskwarrior/tw_changes.h"

#include "change_words.h"
#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "taskwarrior/tw_attribute.h"

#include <ctype.h>
#include <string.h>

void tw_changes_init(struct tw_changes *changes)
{
	*changes = (struct tw_changes){ .values = json_object() };
}

void tw_changes_deinit(struct tw_changes *changes)
{
	json_decref(changes->values);
	free(changes->text);
	free(changes->from);
	free(changes->to);
}

/* Quotes that the shell left because a program put them there: description:'Buy milk'. The caller frees. */
static char *unquote(const char *value)
{
	size_t length = strlen(value);
	bool is_quoted = length >= 2 && (value[0] == '\'' || value[0] == '"') && value[length - 1] == value[0];
	struct buffer out;
	char *text;

	buffer_init(&out);
	for (size_t i = is_quoted; i < length - is_quoted; i++) {
		if (is_quoted && value[i] == '\\' && (value[i + 1] == value[0] || value[i + 1] == '\\'))
			i++;
		buffer_append_char(&out, value[i]);
	}
	text = memory_strdup(buffer_text(&out));
	buffer_deinit(&out);
	return text;
}

static size_t name_length(const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return text[length] == ':' || text[length] == '=' ? length : 0;
}

static bool is_field(const json_t *fields, const char *name, size_t length)
{
	const json_t *field;
	size_t index;

	json_array_foreach (fields, index, field) {
		const char *found = json_string_value(json_object_get(field, "name"));

		if (found && strlen(found) == length && memcmp(found, name, length) == 0)
			return true;
	}
	return false;
}

bool tw_changes_may_need_fields(const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t length = name_length(words[i].text);

		if (length && !words[i].is_literal && !tw_attribute_find(words[i].text, length))
			return true;
	}
	return false;
}

/* --- attributes --- */

/* +3d is from now on, which the daemon's dates want to be told. The caller frees. */
static char *complete_date(const char *value)
{
	struct buffer out;
	char *text;

	buffer_init(&out);
	if (value[0] == '+' && isdigit((unsigned char)value[1]))
		buffer_append_text(&out, "now");
	buffer_append_text(&out, value);
	text = memory_strdup(buffer_text(&out));
	buffer_deinit(&out);
	return text;
}

/* tags:a,b are these in place of all others; tags: is none at all. */
static enum error set_tags(json_t *values, char *list, struct trouble *trouble)
{
	json_t *tags = json_array();
	char *tag;

	while ((tag = strsep(&list, ",")))
		if (*tag && json_array_append_new(tags, json_string(tag))) {
			json_decref(tags);
			return trouble_usage(trouble, "a tag is not UTF-8");
		}
	(void)json_object_set_new(values, "tags", tags);
	return ERROR_NONE;
}

static enum error set_attribute(
	json_t *values, const struct tw_attribute *attribute, char *value, struct trouble *trouble)
{
	AUTO_FREE char *date = NULL;

	if (!attribute->change) {
		(void)trouble_usage(trouble, "`%s` is nothing that can be set here", attribute->name);
		trouble_advise(trouble, "what differs from Taskwarrior: man taskctl-taskwarrior");
		return ERROR_INVALID_PARAMS;
	}
	if (strcmp(attribute->change, "tag") == 0)
		return set_tags(values, value, trouble);
	(void)json_object_del(values, attribute->change); /* the last one counts */
	if (attribute->is_date)
		date = complete_date(value);
	return change_words_set(values, attribute->change, date ? date : value, trouble);
}

static enum error set_field(json_t *values, const char *name, size_t length, const char *value, struct trouble *trouble)
{
	struct buffer pair;
	enum error error;

	buffer_init(&pair);
	buffer_append(&pair, name, length);
	buffer_printf(&pair, "=%s", value);
	error = change_words_set(values, "set", buffer_text(&pair), trouble);
	buffer_deinit(&pair);
	return error;
}

/* ret_is_text: it is neither an attribute nor a field. */
static enum error read_pair(
	const char *text, const json_t *fields, struct tw_changes *changes, bool *ret_is_text, struct trouble *trouble)
{
	size_t length = name_length(text);
	const struct tw_attribute *attribute = length ? tw_attribute_find(text, length) : NULL;
	AUTO_FREE char *value = length ? unquote(text + length + 1) : NULL;

	*ret_is_text = false;
	if (length && is_field(fields, text, length))
		return set_field(changes->values, text, length, value, trouble);
	if (attribute)
		return set_attribute(changes->values, attribute, value, trouble);
	*ret_is_text = true;
	return ERROR_NONE;
}

/* --- /from/to/ --- */

/* Bytes up to the next slash; what is escaped is no end. */
static size_t part_length(const char *text)
{
	size_t length = 0;

	while (text[length] && text[length] != '/')
		length += text[length] == '\\' && text[length + 1] ? 2 : 1;
	return length;
}

static char *unescape(const char *text, size_t length)
{
	char *copy = memory_strndup(text, length);
	char *out = copy;

	for (const char *in = copy; *in; in++) {
		if (*in == '\\' && in[1] == '/')
			in++;
		*out++ = *in;
	}
	*out = '\0';
	return copy;
}

static bool read_substitution(const char *text, struct tw_changes *changes)
{
	size_t from;
	size_t to;
	const char *rest;

	if (text[0] != '/' || changes->from)
		return false;
	from = part_length(text + 1);
	if (!from || text[1 + from] != '/')
		return false;
	to = part_length(text + 2 + from);
	rest = text + 2 + from + to;
	if (strcmp(rest, "/") != 0 && strcmp(rest, "/g") != 0)
		return false;
	changes->from = unescape(text + 1, from);
	changes->to = unescape(text + 2 + from, to);
	changes->is_global = rest[1] == 'g';
	return true;
}

char *tw_changes_substitute(const struct tw_changes *changes, const char *title)
{
	struct buffer out;
	const char *found;
	char *text;

	buffer_init(&out);
	while ((found = strstr(title, changes->from))) {
		buffer_append(&out, title, (size_t)(found - title));
		buffer_append_text(&out, changes->to);
		title = found + strlen(changes->from);
		if (!changes->is_global)
			break;
	}
	buffer_append_text(&out, title);
	text = memory_strdup(buffer_text(&out));
	buffer_deinit(&out);
	return text;
}

/* --- words --- */

static bool is_tag(const char *text)
{
	return (text[0] == '+' || text[0] == '-') && (isalpha((unsigned char)text[1]) || text[1] & 0x80) &&
	       !strpbrk(text, " \t\n");
}

static enum error read_word(const struct word *word, const json_t *fields, struct tw_changes *changes,
	bool *ret_is_text, struct trouble *trouble)
{
	const char *text = word->text;

	*ret_is_text = word->is_literal;
	if (word->is_literal)
		return ERROR_NONE;
	if (is_tag(text))
		return change_words_set(changes->values, text[0] == '+' ? "tag" : "untag", text + 1, trouble);
	if (read_substitution(text, changes))
		return ERROR_NONE;
	return read_pair(text, fields, changes, ret_is_text, trouble);
}

static void take_out(json_t *tags, const json_t *removed)
{
	for (size_t i = json_array_size(tags); i--;)
		if (json_equal(json_array_get(tags, i), removed))
			(void)json_array_remove(tags, i);
}

/* Tags that replace all others, one more and one less: what comes of that is all there will be. */
static void settle_tags(json_t *values)
{
	json_t *tags = json_object_get(values, "tags");
	const json_t *removed;
	size_t index;

	if (!tags)
		return;
	(void)json_array_extend(tags, json_object_get(values, "add_tags"));
	json_array_foreach (json_object_get(values, "remove_tags"), index, removed)
		take_out(tags, removed);
	(void)json_object_del(values, "add_tags");
	(void)json_object_del(values, "remove_tags");
}

enum error tw_changes_read(const struct word *words, size_t count, const json_t *fields, struct tw_changes *changes,
	struct trouble *trouble)
{
	enum error error = ERROR_NONE;
	bool has_text = false;
	struct buffer joined;

	buffer_init(&joined);
	for (size_t i = 0; !error && i < count; i++) {
		bool is_text = false;

		error = read_word(&words[i], fields, changes, &is_text, trouble);
		if (is_text)
			buffer_printf(&joined, "%s%s", has_text ? " " : "", words[i].text);
		has_text = has_text || is_text;
	}
	if (!error && has_text)
		changes->text = memory_strdup(buffer_text(&joined));
	buffer_deinit(&joined);
	settle_tags(changes->values);
	return error;
}
