/* From the words of a line to the command that it names. */
#include "taskwarrior/tw.h"

#include "active_context.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "shell_words.h"
#include "task_pages.h"
#include "task_report.h"
#include "taskwarrior/tw_filter.h"
#include "terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* --- what is said --- */

static void print_line(FILE *stream, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

static void print_line(FILE *stream, const char *format, va_list arguments)
{
	char *text = NULL;
	struct buffer line;

	if (vasprintf(&text, format, arguments) < 0)
		abort();
	buffer_init(&line);
	terminal_clean_lines(&line, text, strlen(text));
	buffer_append_char(&line, '\n');
	(void)fwrite(line.data, 1, line.length, stream);
	buffer_deinit(&line);
	free(text);
}

void tw_say(const struct tw *tw, const char *what, const char *format, ...)
{
	va_list arguments;

	if (!tw_rc_says(&tw->line.rc, what))
		return;
	va_start(arguments, format);
	print_line(stdout, format, arguments);
	va_end(arguments);
}

void tw_note(const struct tw *tw, const char *format, ...)
{
	va_list arguments;

	if (!tw_rc_says(&tw->line.rc, "footnote"))
		return;
	(void)fflush(stdout);
	va_start(arguments, format);
	print_line(stderr, format, arguments);
	va_end(arguments);
}

enum error tw_fail(struct trouble *trouble)
{
	*trouble = (struct trouble){ .refusal.error = ERROR_NOT_FOUND, .exit_status = EXIT_NO_MATCH };
	return ERROR_NOT_FOUND;
}

enum error tw_no_match(const struct tw *tw, struct trouble *trouble)
{
	tw_note(tw, "No matches.");
	return tw_fail(trouble);
}

void tw_ask(const char *question, const char *answers, char ret_answer[TW_ANSWER_SIZE])
{
	struct buffer text;

	buffer_init(&text);
	terminal_clean(&text, question, strlen(question));
	(void)printf("%s (%s) ", buffer_text(&text), answers);
	(void)fflush(stdout);
	buffer_deinit(&text);
	ret_answer[0] = '\0';
	if (!fgets(ret_answer, TW_ANSWER_SIZE, stdin))
		ret_answer[0] = '\0';
	ret_answer[strcspn(ret_answer, "\n")] = '\0';
}

bool tw_confirm(const char *question)
{
	char answer[TW_ANSWER_SIZE];

	tw_ask(question, "yes/no", answer);
	return answer[0] && strncasecmp(answer, "yes", strlen(answer)) == 0;
}

/* --- which tasks --- */

static enum error confine(struct tw *tw, char **filter, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s}", "filter", *filter);
	enum error error = active_context_confine(tw->invocation, params, trouble);

	if (error)
		return error;
	free(*filter);
	*filter = memory_strdup(json_string_value(json_object_get(params, "filter")));
	return ERROR_NONE;
}

/* Whatever their status, unless the filter says. */
static void widen(char **filter)
{
	struct buffer wide;

	buffer_init(&wide);
	if ((*filter)[0])
		buffer_printf(&wide, "(%s) status:all", *filter);
	else
		buffer_append_text(&wide, "status:all");
	free(*filter);
	*filter = memory_strdup(buffer_text(&wide));
	buffer_deinit(&wide);
}

enum error tw_filter_of_line(struct tw *tw, char **ret_filter, struct trouble *trouble)
{
	const struct tw_line *line = &tw->line;
	AUTO_FREE char *filter = NULL;
	int64_t limit;
	enum error error = tw_filter_read(line->filter.items, line->filter.count, &filter, &limit, trouble);

	if (!error && line->command && !line->command->ignores_context && !tw_line_names_tasks(line))
		error = confine(tw, &filter, trouble);
	if (error)
		return error;
	widen(&filter);
	*ret_filter = TAKE(filter);
	return ERROR_NONE;
}

/* One page; ret_params: of the next one, or NULL. */
static enum error collect_page(
	struct tw *tw, json_t *params, json_t *tasks, json_t **ret_params, struct trouble *trouble)
{
	json_auto_t *page = NULL;
	json_t *cursor;
	enum error error;

	(void)json_object_set_new(params, "limit", json_integer(TASK_PAGES_LIMIT));
	error = invocation_call(tw->invocation, "task.list", params, &page, trouble);
	cursor = json_object_get(page, "next_cursor");
	*ret_params = cursor ? json_pack("{s:O}", "cursor", cursor) : NULL; /* it holds the filter */
	(void)json_array_extend(tasks, json_object_get(page, "tasks"));
	return error;
}

enum error tw_find_tasks(struct tw *tw, json_t **ret_tasks, struct trouble *trouble)
{
	AUTO_FREE char *filter = NULL;
	json_auto_t *tasks = json_array();
	json_t *params;
	enum error error = tw_filter_of_line(tw, &filter, trouble);

	if (error)
		return error;
	params = json_pack("{s:s}", "filter", filter);
	while (!error && params) {
		json_auto_t *this_page = params;

		error = collect_page(tw, this_page, tasks, &params, trouble);
	}
	if (!error)
		*ret_tasks = json_incref(tasks);
	return error;
}

enum error tw_load_fields(struct tw *tw, struct trouble *trouble)
{
	if (tw->fields)
		return ERROR_NONE;
	return invocation_collect(tw->invocation, CALLER_ACCOUNT, "field.list", "fields", &tw->fields, trouble);
}

/* --- verbs of our own --- */

enum error tw_delegate(struct tw *tw, const char *verb, const char *const *words, size_t count, struct trouble *trouble)
{
	struct arena *arena = &tw->invocation->arena;
	char **verb_words;
	char **argv;
	size_t verb_count;
	enum error error = shell_words_split(verb, arena, &verb_words, &verb_count, trouble);

	if (error)
		return error;
	argv = arena_array(arena, verb_count + count + 1, sizeof(*argv));
	memcpy(argv, verb_words, verb_count * sizeof(*argv));
	for (size_t i = 0; i < count; i++)
		argv[verb_count + i] = arena_strdup(arena, words[i]);
	return command_delegate(tw->invocation, (int)(verb_count + count), argv, trouble);
}

/* A filter goes along where the line has one; so do the words of what takes no filter. */
static enum error run_verb(struct tw *tw, struct trouble *trouble)
{
	const struct tw_line *line = &tw->line;
	const char **words = arena_array(&tw->invocation->arena, line->words.count + 2, sizeof(*words));
	AUTO_FREE char *filter = NULL;
	size_t count = 0;
	int64_t limit;
	enum error error = tw_filter_read(line->filter.items, line->filter.count, &filter, &limit, trouble);

	if (error)
		return error;
	if (filter[0]) {
		words[count++] = "-f";
		words[count++] = filter;
	}
	for (size_t i = 0; i < line->words.count; i++)
		words[count++] = line->words.items[i].text;
	return tw_delegate(tw, line->command->verb, words, count, trouble);
}

/* --- the line --- */

/* A context for this line alone. */
static void choose_context(const struct tw_rc *rc)
{
	const char *name = json_string_value(json_object_get(rc->said, "context"));

	if (name)
		(void)setenv("TASKCTL_CONTEXT", name[0] ? name : "none", 1);
}

static void note_settings(const struct tw *tw)
{
	const char *name;
	json_t *value;

	json_object_foreach (tw->line.rc.said, name, value)
		if (!tw_rc_is_known(name))
			tw_note(tw, "The setting rc.%s has no meaning here.", name);
}

/* Whether a report of the account's own has this name. */
static enum error is_own_report(struct tw *tw, const char *name, bool *ret_is_one, struct trouble *trouble)
{
	json_auto_t *report = NULL;
	enum error error;

	*ret_is_one = false;
	if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-")])
		return ERROR_NONE;
	error = task_report_fetch(tw->invocation, name, &report, trouble);
	*ret_is_one = !error;
	if (error != ERROR_NOT_FOUND)
		return error;
	*trouble = (struct trouble){ .exit_status = 0 };
	return ERROR_NONE;
}

/* Runs it with the other words as a filter. */
static enum error run_own_report(struct tw *tw, size_t at, struct trouble *trouble)
{
	struct word_list *words = &tw->line.filter;
	const char *arguments[] = { words->items[at].text, "-f", NULL };
	AUTO_FREE char *filter = NULL;
	int64_t limit;
	enum error error;

	memmove(words->items + at, words->items + at + 1, (words->count - at - 1) * sizeof(*words->items));
	words->count--;
	error = tw_filter_read(words->items, words->count, &filter, &limit, trouble);
	if (error)
		return error;
	arguments[2] = filter;
	return tw_delegate(tw, "report", arguments, filter[0] ? 3 : 1, trouble);
}

/* Of a line without a command, a word may be the name of a report of one's own. ret_at: which; the count: none. */
static enum error find_own_report(struct tw *tw, size_t *ret_at, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.filter;
	bool is_found = false;
	enum error error = ERROR_NONE;
	size_t at = 0;

	if (tw->line.command || tw_line_names_tasks(&tw->line))
		at = words->count;
	for (; !error && at < words->count; at++) {
		error = is_own_report(tw, words->items[at].text, &is_found, trouble);
		if (is_found)
			break;
	}
	*ret_at = at;
	return error;
}

/* A line without a command asks for all about tasks that it names, or is one more filter of the default command. */
static void complete(struct tw *tw)
{
	const char *usual = tw_rc_get(&tw->line.rc, "default.command");

	if (tw->line.command)
		return;
	if (tw_line_names_tasks(&tw->line))
		tw->line.command = tw_command_find("information");
	else
		tw->line.command = tw_command_find(usual);
	if (!tw->line.command)
		tw->line.command = tw_command_find("next");
}

static enum error run_line(struct tw *tw, struct trouble *trouble)
{
	size_t own_report;
	enum error error;

	note_settings(tw);
	choose_context(&tw->line.rc);
	error = find_own_report(tw, &own_report, trouble);
	if (error)
		return error;
	if (own_report < tw->line.filter.count)
		return run_own_report(tw, own_report, trouble);
	complete(tw);
	return tw->line.command->run ? tw->line.command->run(tw, trouble) : run_verb(tw, trouble);
}

enum error tw_run(struct invocation *invocation, const char *const *arguments, size_t count, struct trouble *trouble)
{
	struct tw tw = { .invocation = invocation };
	enum error error;

	tw_line_init(&tw.line);
	error = tw_line_read(arguments, count, &tw.line, trouble);
	if (!error)
		error = run_line(&tw, trouble);
	tw_line_deinit(&tw.line);
	json_decref(tw.fields);
	return error;
}
