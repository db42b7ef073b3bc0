/* Labels that are perhaps another one misspelt. */
#include "doubts.h"

#include "common/cleanup.h"
#include "report.h"
#include "shell_words.h"
#include "task_print.h"
#include "terminal.h"

#include <string.h>

#define WORD_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:+-=@%/,"

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

/* As a person may see it: the daemon has it from others. */
static void append_quoted(struct buffer *out, const char *text)
{
	buffer_append_char(out, '`');
	terminal_clean(out, text, strlen(text));
	buffer_append_char(out, '`');
}

static bool is_plain_word(const char *text)
{
	return text[0] && !text[strspn(text, WORD_LETTERS)];
}

/* A word for a shell, quoted where it must be. */
static void append_word(struct buffer *out, const char *prefix, const char *text)
{
	struct buffer clean;
	struct buffer word;

	buffer_init(&clean);
	buffer_init(&word);
	terminal_clean(&clean, text, strlen(text));
	buffer_printf(&word, "%s%s", prefix, buffer_text(&clean));
	buffer_append_char(out, ' ');
	if (is_plain_word(buffer_text(&word)))
		buffer_append_text(out, buffer_text(&word));
	else
		shell_words_quote(out, buffer_text(&word));
	buffer_deinit(&word);
	buffer_deinit(&clean);
}

/* --- what was changed --- */

/* What mends it, in words behind "taskctl modify ID". */
static void append_project_change(struct buffer *out, const json_t *doubt, const json_t *task, const struct word *word)
{
	(void)task;
	(void)word;
	append_word(out, "project:", text_of(doubt, "near"));
}

static void append_tag_change(struct buffer *out, const json_t *doubt, const json_t *task, const struct word *word)
{
	(void)task;
	(void)word;
	append_word(out, "-", text_of(doubt, "name"));
	append_word(out, "+", text_of(doubt, "near"));
}

/* The title without the first that is this word. */
static void append_title_without(struct buffer *out, const char *title, const char *word)
{
	const char *found = strstr(title, word);
	struct buffer rest;

	if (!found)
		return;
	buffer_init(&rest);
	buffer_append(&rest, title, (size_t)(found - title));
	found += strlen(word);
	buffer_append_text(&rest, found + (*found == ' '));
	while (rest.length && rest.data[rest.length - 1] == ' ')
		buffer_truncate(&rest, rest.length - 1);
	if (rest.length)
		append_word(out, "", buffer_text(&rest));
	buffer_deinit(&rest);
}

static void append_field_change(struct buffer *out, const json_t *doubt, const json_t *task, const struct word *word)
{
	struct buffer value;

	append_title_without(out, text_of(task, "title"), word->text);
	buffer_init(&value);
	buffer_printf(&value, "%s=%s", text_of(doubt, "near"), strchr(word->text, ':') + 1);
	buffer_append_text(out, " --set");
	append_word(out, "", buffer_text(&value));
	buffer_deinit(&value);
}

/* The sentence of a kind, and what mends it. */
struct kind {
	const char *name;
	const char *says;
	void (*append_change)(struct buffer *out, const json_t *doubt, const json_t *task, const struct word *word);
	const char *list; /* the command that shows which there are */
	bool is_of_a_word;
};

static const struct kind kinds[] = {
	{ .name = "project",
		.says = "is a new project; did you mean",
		.append_change = append_project_change,
		.list = "taskctl projects --all" },
	{ .name = "tag",
		.says = "is a new tag; did you mean",
		.append_change = append_tag_change,
		.list = "taskctl tags --all" },
	{ .name = "field",
		.says = "became part of the title; did you mean the field",
		.append_change = append_field_change,
		.list = "taskctl field list",
		.is_of_a_word = true },
};

static const struct kind *find_kind(const json_t *doubt)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i].name, text_of(doubt, "kind")) == 0)
			return &kinds[i];
	return NULL;
}

/* NAME:…, as it was written and not quoted. */
static const struct word *find_word(const struct word *words, size_t count, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < count; i++)
		if (!words[i].is_literal && strncmp(words[i].text, name, length) == 0 && words[i].text[length] == ':' &&
			!words[i].text[strcspn(words[i].text, " \t\n")])
			return &words[i];
	return NULL;
}

/* The only task that a result shows; NULL: there are several. */
static const json_t *single_task(const json_t *result)
{
	const json_t *tasks = json_object_get(result, "tasks");

	if (!tasks)
		return json_object_get(result, "task");
	return json_array_size(tasks) == 1 ? json_array_get(tasks, 0) : NULL;
}

static void append_cure(
	struct buffer *out, const struct kind *kind, const json_t *doubt, const json_t *result, const struct word *word)
{
	const json_t *task = single_task(result);

	if (!task) {
		buffer_append_text(out, " To take it back: taskctl undo");
		return;
	}
	buffer_printf(out, " taskctl modify %" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(task, "id")));
	kind->append_change(out, doubt, task, word);
}

static void say_doubt(const struct invocation *invocation, const json_t *result, const json_t *doubt,
	const struct word *words, size_t count)
{
	const struct kind *kind = find_kind(doubt);
	const struct word *word = find_word(words, count, text_of(doubt, "name"));
	struct buffer line;

	if (!kind || (kind->is_of_a_word && !word))
		return;
	buffer_init(&line);
	append_quoted(&line, kind->is_of_a_word ? word->text : text_of(doubt, "name"));
	buffer_printf(&line, " %s ", kind->says);
	append_quoted(&line, text_of(doubt, "near"));
	buffer_append_char(&line, '?');
	if (!invocation->arguments.is_dry_run)
		append_cure(&line, kind, doubt, result, word);
	report_say(invocation, "%s", buffer_text(&line));
	buffer_deinit(&line);
}

void doubts_say(const struct invocation *invocation, const json_t *result, const struct word *words, size_t count)
{
	const json_t *doubt;
	size_t index;

	json_array_foreach (json_object_get(result, "doubts"), index, doubt)
		say_doubt(invocation, result, doubt, words, count);
}

/* --- what was looked for --- */

static void explain_label(struct buffer *out, const json_t *doubt)
{
	const struct kind *kind = find_kind(doubt);

	if (!kind)
		return;
	buffer_printf(out, "%sno task has the %s ", out->length ? "; " : "", kind->name);
	append_quoted(out, text_of(doubt, "name"));
	if (!json_object_get(doubt, "near")) {
		buffer_printf(out, ", and these are there: %s", kind->list);
		return;
	}
	buffer_append_text(out, ", did you mean ");
	append_quoted(out, text_of(doubt, "near"));
	buffer_append_char(out, '?');
}

void doubts_explain_filter(struct invocation *invocation, const char *filter, struct buffer *out)
{
	json_auto_t *params = json_pack("{s:s}", "filter", filter);
	json_auto_t *result = NULL;
	struct trouble unsaid;
	const json_t *doubt;
	size_t index;

	if (!params || !filter[0] || invocation_call(invocation, "filter.check", params, &result, &unsaid))
		return;
	json_array_foreach (json_object_get(result, "doubts"), index, doubt)
		explain_label(out, doubt);
}

void doubts_say_nothing_found(struct invocation *invocation, const char *filter)
{
	struct buffer reason;

	if (task_print_form(&invocation->arguments) != TASK_PRINT_TABLE)
		return;
	buffer_init(&reason);
	doubts_explain_filter(invocation, filter, &reason);
	report_say(invocation, "No task matches%s%s", reason.length ? ": " : ".", buffer_text(&reason));
	buffer_deinit(&reason);
}
