/* Values are gathered beside the struct and put into it when all of them are good. */
#include "common/settings.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/settings_file.h"
#include "common/text.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NAME_SIZE 64u

/* A value on its way into the struct, and the line that gave it (0: none yet). */
struct draft {
	char *text;
	int64_t integer;
	struct setting_pairs pairs;
	size_t line;
};

/* Where a value comes from, for the errors: "taskd.conf:12" or "TASKD_SOCKET". */
struct origin {
	const char *name;
	size_t line; /* 0: has no lines */
};

static size_t table_length(const struct setting *table)
{
	size_t count = 0;

	while (table[count].name)
		count++;
	return count;
}

static bool holds_memory(const struct setting *setting)
{
	return setting->type == SETTING_TEXT || setting->type == SETTING_PATH || setting->type == SETTING_PAIRS;
}

__attribute__((format(printf, 4, 5))) static enum error refuse_setting(
	struct refusal *refusal, const struct origin *origin, const char *field, const char *format, ...)
{
	char reason[REFUSAL_MESSAGE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	if (origin->line)
		return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s:%zu: %s", origin->name, origin->line, reason);
	return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s: %s", origin->name, reason);
}

static const char *const boolean_words[] = { "no", "yes", "false", "true", "off", "on", "0", "1", NULL };

static bool find_word(const char *const *words, const char *word, int64_t *ret_index)
{
	for (int64_t i = 0; words[i]; i++) {
		if (strcmp(words[i], word) == 0) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

static enum error refuse_integer(
	const struct setting *setting, const struct origin *origin, const char *value, struct refusal *refusal)
{
	return refuse_setting(refusal, origin, setting->name,
		"`%s` must be a whole number from %" PRId64 " to %" PRId64 "%s%s, not `%s`", setting->name,
		setting->minimum, setting->maximum, setting->unit ? " " : "", setting->unit ? setting->unit : "",
		value);
}

static enum error refuse_choice(
	const struct setting *setting, const struct origin *origin, const char *value, struct refusal *refusal)
{
	struct buffer words;
	enum error error;

	buffer_init(&words);
	for (size_t i = 0; setting->choices[i]; i++)
		buffer_printf(&words, "%s%s", i ? ", " : "", setting->choices[i]);
	error = refuse_setting(refusal, origin, setting->name, "`%s` must be one of %s, not `%s`", setting->name,
		buffer_text(&words), value);
	buffer_deinit(&words);
	return error;
}

/* Read a value by its row's type. The draft takes over nothing of `value`. */
static enum error draft_value(const struct setting *setting, const struct origin *origin, const char *value,
	struct draft *draft, struct refusal *refusal)
{
	switch (setting->type) {
	case SETTING_PATH:
		if (value[0] != '/')
			return refuse_setting(refusal, origin, setting->name, "`%s` must be an absolute path, not `%s`",
				setting->name, value);
		/* fall through */
	case SETTING_TEXT:
		free(draft->text);
		draft->text = memory_strdup(value);
		return ERROR_NONE;
	case SETTING_INTEGER:
		if (!text_parse_integer(value, setting->minimum, setting->maximum, &draft->integer))
			return refuse_integer(setting, origin, value, refusal);
		return ERROR_NONE;
	case SETTING_BOOLEAN:
		if (!find_word(boolean_words, value, &draft->integer))
			return refuse_setting(refusal, origin, setting->name, "`%s` must be yes or no, not `%s`",
				setting->name, value);
		draft->integer %= 2;
		return ERROR_NONE;
	case SETTING_CHOICE:
		if (!find_word(setting->choices, value, &draft->integer))
			return refuse_choice(setting, origin, value, refusal);
		return ERROR_NONE;
	case SETTING_PAIRS:
		return refuse_setting(refusal, origin, setting->name,
			"`%s` wants a name of its own behind it: `%s.NAME = value`", setting->name, setting->name);
	}
	return ERROR_INTERNAL;
}

static enum error check_pair(const struct setting *setting, const struct origin *origin, const char *key,
	const char *value, struct refusal *refusal)
{
	struct buffer reason;
	bool is_good;

	if (!setting->check_pair && setting_key_is_good(key))
		return ERROR_NONE;
	if (!setting->check_pair)
		return refuse_setting(refusal, origin, setting->name,
			"`%s.%s`: a name is a small letter, then small letters, digits, - and _; %u bytes at most",
			setting->name, key, SETTING_KEY_LIMIT);
	buffer_init(&reason);
	is_good = setting->check_pair(key, value, &reason);
	if (!is_good)
		(void)refuse_setting(
			refusal, origin, setting->name, "`%s.%s`: %s", setting->name, key, buffer_text(&reason));
	buffer_deinit(&reason);
	return is_good ? ERROR_NONE : ERROR_INVALID_PARAMS;
}

static enum error draft_pair(const struct setting *setting, const struct origin *origin, const char *key,
	const char *value, struct draft *draft, struct refusal *refusal)
{
	const struct setting_pair *before = setting_pairs_find(&draft->pairs, key);
	enum error error = check_pair(setting, origin, key, value, refusal);

	if (error)
		return error;
	if (before)
		return refuse_setting(refusal, origin, setting->name, "`%s.%s` was already set in line %zu",
			setting->name, key, before->line);
	if (!value[0])
		return refuse_setting(refusal, origin, setting->name, "`%s.%s` is empty", setting->name, key);
	setting_pairs_add(&draft->pairs, key, value, origin->line);
	return ERROR_NONE;
}

static bool has_control(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (((unsigned char)text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7F)
			return true;
	return false;
}

/* What may stand in a setting at all: checked for a line of the file, a variable or a flag alike. */
static enum error check_text(
	const struct origin *origin, const char *field, const char *text, size_t length, struct refusal *refusal)
{
	if (has_control(text, length))
		return refuse_setting(refusal, origin, field, "holds a control character");
	if (!text_is_utf8(text, length))
		return refuse_setting(refusal, origin, field, "is not UTF-8");
	return ERROR_NONE;
}

static void put_value(const struct setting *setting, struct draft *draft, void *settings)
{
	void *place = (char *)settings + setting->offset;

	switch (setting->type) {
	case SETTING_TEXT:
	case SETTING_PATH:
		free(*(char **)place);
		*(char **)place = TAKE(draft->text);
		return;
	case SETTING_INTEGER:
	case SETTING_CHOICE:
		*(int64_t *)place = draft->integer;
		return;
	case SETTING_BOOLEAN:
		*(bool *)place = draft->integer != 0;
		return;
	case SETTING_PAIRS:
		setting_pairs_deinit(place);
		*(struct setting_pairs *)place = draft->pairs;
		draft->pairs = (struct setting_pairs){ .count = 0 };
		return;
	}
}

static struct draft *new_drafts(const struct setting *table)
{
	static const struct origin defaults = { .name = "default" };
	struct draft *drafts = memory_array(table_length(table), sizeof(*drafts));

	for (size_t i = 0; table[i].name; i++) {
		enum error error = ERROR_NONE;

		if (table[i].default_text)
			error = draft_value(&table[i], &defaults, table[i].default_text, &drafts[i], NULL);
		assert(!error);
		(void)error;
	}
	return drafts;
}

static void free_draft(struct draft *draft)
{
	free(draft->text);
	setting_pairs_deinit(&draft->pairs);
}

static void free_drafts(const struct setting *table, struct draft *drafts)
{
	for (size_t i = 0; table[i].name; i++)
		free_draft(&drafts[i]);
	free(drafts);
}

static void put_drafts(const struct setting *table, struct draft *drafts, void *settings)
{
	for (size_t i = 0; table[i].name; i++)
		put_value(&table[i], &drafts[i], settings);
}

static enum error refuse_unknown(
	const struct setting *table, const struct origin *origin, const char *name, struct refusal *refusal)
{
	const char **names = memory_array(table_length(table) + 1, sizeof(*names));
	const char *nearest;

	for (size_t i = 0; table[i].name; i++)
		names[i] = table[i].name;
	nearest = text_nearest(name, names);
	free(names);
	if (nearest)
		return refuse_setting(refusal, origin, name, "unknown setting `%s`; did you mean `%s`?", name, nearest);
	return refuse_setting(refusal, origin, name, "unknown setting `%s`", name);
}

static const struct setting *find_setting(const struct setting *table, const char *name)
{
	for (size_t i = 0; table[i].name; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

/* The row whose pairs a name such as alias.today is one of; `ret_key` is what stands behind the dot. */
static const struct setting *find_pairs(const struct setting *table, const char *name, const char **ret_key)
{
	for (size_t i = 0; table[i].name; i++) {
		size_t length = strlen(table[i].name);

		if (table[i].type != SETTING_PAIRS || strncmp(table[i].name, name, length) != 0 || name[length] != '.')
			continue;
		*ret_key = name + length + 1;
		return &table[i];
	}
	return NULL;
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* Cut blanks off both ends, in place. */
static char *trim(char *text)
{
	size_t length;

	while (is_blank(*text))
		text++;
	for (length = strlen(text); length > 0 && is_blank(text[length - 1]); length--)
		text[length - 1] = '\0';
	return text;
}

static enum error read_assignment(const struct setting *table, const struct origin *origin, char *line,
	struct draft *drafts, struct refusal *refusal)
{
	char *equals = strchr(line, '=');
	const struct setting *setting;
	struct draft *draft;
	const char *name;
	const char *key;

	if (!equals)
		return refuse_setting(refusal, origin, NULL, "a line must be `name = value`, blank, or start with #");
	*equals = '\0';
	name = trim(line);
	setting = find_pairs(table, name, &key);
	if (setting)
		return draft_pair(setting, origin, key, trim(equals + 1), &drafts[setting - table], refusal);
	setting = find_setting(table, name);
	if (!setting)
		return refuse_unknown(table, origin, name, refusal);
	draft = &drafts[setting - table];
	if (draft->line)
		return refuse_setting(refusal, origin, name, "`%s` was already set in line %zu", name, draft->line);
	draft->line = origin->line;
	return draft_value(setting, origin, trim(equals + 1), draft, refusal);
}

static enum error read_line(const struct setting *table, const struct origin *origin, const char *bytes, size_t length,
	struct draft *drafts, struct refusal *refusal)
{
	enum error error = check_text(origin, NULL, bytes, length, refusal);
	char *line;
	char *content;

	if (error)
		return error;
	line = memory_strndup(bytes, length);
	content = trim(line);
	if (content[0] != '\0' && content[0] != '#')
		error = read_assignment(table, origin, content, drafts, refusal);
	free(line);
	return error;
}

/* Lines end in LF or CR LF; the last one need not end. */
static enum error read_lines(const struct setting *table, const char *name, const char *bytes, size_t length,
	struct draft *drafts, struct refusal *refusal)
{
	struct origin origin = { .name = name };
	enum error error = ERROR_NONE;
	size_t line_length;

	for (size_t start = 0; !error && start < length; start += line_length + 1) {
		const char *newline = memchr(bytes + start, '\n', length - start);

		line_length = newline ? (size_t)(newline - bytes) - start : length - start;
		origin.line++;
		error = read_line(table, &origin, bytes + start,
			line_length - (line_length > 0 && bytes[start + line_length - 1] == '\r'), drafts, refusal);
	}
	return error;
}

void settings_variable_name(const char *prefix, const char *name, char *ret_variable, size_t size)
{
	size_t used = (size_t)snprintf(ret_variable, size, "%s%s", prefix, name);

	assert(used < size);
	for (size_t i = strlen(prefix); i < used; i++)
		ret_variable[i] = (char)toupper((unsigned char)ret_variable[i]);
}

static enum error read_variable(
	const struct setting *setting, const char *prefix, struct draft *draft, struct refusal *refusal)
{
	char variable[2 * NAME_SIZE];
	const struct origin origin = { .name = variable };
	const char *value;
	enum error error;

	settings_variable_name(prefix, setting->name, variable, sizeof(variable));
	value = getenv(variable);
	if (!value || !value[0])
		return ERROR_NONE;
	error = check_text(&origin, setting->name, value, strlen(value), refusal);
	return error ? error : draft_value(setting, &origin, value, draft, refusal);
}

static enum error read_environment(
	const struct setting *table, const char *prefix, struct draft *drafts, struct refusal *refusal)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && prefix && table[i].name; i++)
		if (table[i].type != SETTING_PAIRS)
			error = read_variable(&table[i], prefix, &drafts[i], refusal);
	return error;
}

static enum error load(const struct setting *table, const char *env_prefix, const char *name, const char *bytes,
	size_t length, void *settings, struct refusal *refusal)
{
	struct draft *drafts = new_drafts(table);
	enum error error = read_lines(table, name, bytes, length, drafts, refusal);

	if (!error)
		error = read_environment(table, env_prefix, drafts, refusal);
	if (!error)
		put_drafts(table, drafts, settings);
	free_drafts(table, drafts);
	return error;
}

enum error settings_load(const struct setting *table, const char *env_prefix, const char *path, bool may_be_missing,
	void *settings, struct refusal *refusal)
{
	struct buffer content;
	enum error error;

	buffer_init(&content);
	error = settings_file_read(path, may_be_missing, &content, refusal);
	if (!error)
		error = load(table, env_prefix, path, content.data, content.length, settings, refusal);
	buffer_deinit(&content);
	return error;
}

enum error settings_parse(const struct setting *table, const char *name, const char *bytes, size_t length,
	void *settings, struct refusal *refusal)
{
	return load(table, NULL, name, bytes, length, settings, refusal);
}

enum error settings_set(const struct setting *table, const char *origin_name, const char *name, const char *value,
	void *settings, struct refusal *refusal)
{
	const struct origin origin = { .name = origin_name };
	const struct setting *setting = find_setting(table, name);
	struct draft draft = { 0 };
	enum error error;

	if (!setting)
		return refuse_unknown(table, &origin, name, refusal);
	error = check_text(&origin, name, value, strlen(value), refusal);
	if (!error)
		error = draft_value(setting, &origin, value, &draft, refusal);
	if (!error)
		put_value(setting, &draft, settings);
	return error;
}

void settings_deinit(const struct setting *table, void *settings)
{
	struct draft nothing = { 0 };

	for (size_t i = 0; table[i].name; i++)
		if (holds_memory(&table[i]))
			put_value(&table[i], &nothing, settings);
}
