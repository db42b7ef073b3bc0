/* A batch is read, sent, and answered for, line by line; then the next. */
#include "add_lines.h"

#include "active_context.h"
#include "change_words.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "line_input.h"
#include "progress.h"
#include "report.h"
#include "task_print.h"
#include "terminal.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BATCH       1000
#define BATCH_BYTES ((size_t)640 * 1024) /* as the wire has them, less what the last line may be */
#define PAUSE_MS    200
#define NAMED_MOST  10 /* tasks that are told one by one */

struct add_lines {
	struct invocation *invocation;
	struct line_input input;
	struct progress progress;
	struct task_list_printer printer;
	bool has_printer;
	json_t *context;        /* the name of the active one, once it is known; NULL: none */
	json_t *common;         /* what holds for every line */
	json_t *tasks;          /* of the batch */
	int64_t numbers[BATCH]; /* the line of each */
	size_t bytes;           /* of the batch, as the wire has them */
	int64_t batch_refused;  /* lines of it that are no task */
	int64_t first_line;     /* of the batch */
	int64_t added_line;     /* the last line of the batches that are added */
	int64_t added, refused, steps;
	int64_t first_id, last_id;
	int64_t read_bytes;
};

/* --- what is said --- */

bool add_lines_are_wanted(const struct arguments *arguments)
{
	const struct word_list *words = &arguments->words;

	return words->count && !words->items[0].is_literal && strcmp(words->items[0].text, "-") == 0;
}

/* All words behind the dash. */
static enum error read_common(struct add_lines *lines, struct trouble *trouble)
{
	struct arguments *arguments = &lines->invocation->arguments;
	struct word_list others = { 0 };
	enum error error;

	for (size_t i = 1; i < arguments->words.count; i++)
		word_list_add(&others, arguments->words.items[i].text, arguments->words.items[i].is_literal);
	error = change_words_read(others.items, others.count, arguments->changes, trouble);
	word_list_deinit(&others);
	if (error)
		return error;
	if (json_object_get(arguments->changes, "title"))
		return trouble_usage(trouble, "behind a dash go no words of a title: every line is one");
	lines->common = arguments->changes;
	return change_words_make_new(lines->common, trouble);
}

/* Tags are put together, and of all else the line's own goes first. */
static void add_common(const struct add_lines *lines, json_t *task)
{
	json_t *tags = json_object_get(task, "tags");
	const json_t *tag;
	size_t index;

	json_array_foreach (json_object_get(lines->common, "tags"), index, tag)
		if (tags)
			(void)json_array_append(tags, (json_t *)(uintptr_t)tag);
	(void)json_object_update_missing(task, lines->common);
}

/* Destroys the line. */
static enum error read_task(struct add_lines *lines, char *line, json_t *task, struct trouble *trouble)
{
	struct word_list words = { 0 };
	char *rest = NULL;
	enum error error;

	if (lines->invocation->arguments.is_verbatim)
		word_list_add(&words, line, true);
	else
		for (char *word = strtok_r(line, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest))
			word_list_add(&words, word, false);
	error = change_words_read(words.items, words.count, task, trouble);
	word_list_deinit(&words);
	if (!error)
		error = change_words_make_new(task, trouble);
	if (!error && !json_object_get(task, "title"))
		error = trouble_usage(trouble, "the title is missing");
	return error;
}

/* --- mistakes --- */

static void refuse_line(struct add_lines *lines, int64_t number, const char *message)
{
	struct buffer text;

	lines->batch_refused++;
	progress_clear(&lines->progress);
	buffer_init(&text);
	terminal_clean_lines(&text, message, strlen(message));
	(void)fflush(stdout);
	(void)fprintf(stderr, "line %" PRId64 ": %s\n", number, buffer_text(&text));
	buffer_deinit(&text);
}

static void say_refused(struct add_lines *lines, const json_t *result)
{
	const json_t *note;
	size_t index;
	int64_t more = json_integer_value(json_object_get(result, "refused_count"));

	json_array_foreach (json_object_get(result, "refused"), index, note) {
		json_int_t position = json_integer_value(json_object_get(note, "position"));

		if (position >= 1 && position <= BATCH)
			refuse_line(lines, lines->numbers[position - 1],
				json_string_value(json_object_get(note, "message")));
	}
	lines->batch_refused += more - (int64_t)json_array_size(json_object_get(result, "refused"));
}

static enum error refuse_batch(const struct add_lines *lines, struct trouble *trouble)
{
	(void)trouble_usage(trouble,
		"none of the lines %" PRId64 " to %" PRId64 " was added: %" PRId64 " of them cannot be",
		lines->first_line, lines->input.number, lines->batch_refused);
	if (lines->added_line)
		trouble_advise(trouble,
			"the lines up to %" PRId64 " are added; go on behind them: tail -n +%" PRId64
			" FILE | taskctl add -",
			lines->added_line, lines->added_line + 1);
	else
		trouble_advise(trouble, "correct them, or add the others alone: taskctl add - --partial");
	return ERROR_INVALID_PARAMS;
}

/* --- the batch --- */

static void begin_batch(struct add_lines *lines)
{
	(void)json_array_clear(lines->tasks);
	lines->bytes = 0;
	lines->batch_refused = 0;
	lines->first_line = lines->input.number + 1;
}

static void take_line(struct add_lines *lines, const char *line, size_t length, const char *reason)
{
	json_auto_t *task = json_object();
	AUTO_FREE char *text = NULL;
	struct trouble trouble = { 0 };

	if (reason) {
		refuse_line(lines, lines->input.number, reason);
		return;
	}
	text = memory_strndup(line, length);
	if (!text[strspn(text, " \t")])
		return;
	if (read_task(lines, text, task, &trouble)) {
		refuse_line(lines, lines->input.number, trouble.refusal.message);
		return;
	}
	add_common(lines, task);
	lines->numbers[json_array_size(lines->tasks)] = lines->input.number;
	(void)json_array_append(lines->tasks, task);
	lines->bytes += json_dumpb(task, NULL, 0, JSON_COMPACT);
}

static int64_t lines_of_batch(const struct add_lines *lines)
{
	return (int64_t)json_array_size(lines->tasks) + lines->batch_refused;
}

/* As many lines as a batch has, or as have come before a pause. `*ret_is_over`: there are no more. */
static enum error read_batch(struct add_lines *lines, bool *ret_is_over, struct trouble *trouble)
{
	bool is_there = true;

	begin_batch(lines);
	*ret_is_over = false;
	while (lines_of_batch(lines) < BATCH && lines->bytes < BATCH_BYTES) {
		const char *line;
		const char *reason;
		size_t length;
		enum error error = ERROR_NONE;

		if (lines_of_batch(lines))
			error = line_input_wait(&lines->input, PAUSE_MS, &is_there, trouble);
		if (error || !is_there)
			return error;
		error = line_input_take(&lines->input, &is_there, &line, &length, &reason, trouble);
		*ret_is_over = !is_there;
		if (error || !is_there)
			return error;
		lines->read_bytes += (int64_t)length + 1;
		take_line(lines, line, length, reason);
	}
	return ERROR_NONE;
}

static bool is_spoiled(const struct add_lines *lines)
{
	return lines->batch_refused && !lines->invocation->arguments.is_partial;
}

/* A batch of which a line is no task is held against the daemon's rules all the same, so that all mistakes show. */
static enum error send_batch(struct add_lines *lines, json_t **ret_result, struct trouble *trouble)
{
	const struct arguments *arguments = &lines->invocation->arguments;
	json_auto_t *params = json_pack("{s:O, s:b, s:b}", "tasks", lines->tasks, "partial", arguments->is_partial,
		"dry_run", arguments->is_dry_run || is_spoiled(lines));
	bool in_context = false;
	enum error error = active_context_name(lines->invocation, params, &in_context, trouble);

	if (in_context && !lines->context)
		lines->context = json_incref(json_object_get(params, "context"));
	if (!error)
		error = invocation_change(lines->invocation, "task.add_many", params, ret_result, trouble);
	active_context_advise(error, params, trouble);
	return error;
}

/* --- what came of it --- */

static void print_tasks(struct add_lines *lines, const json_t *tasks)
{
	const json_t *task;
	size_t index;

	if (lines->has_printer) {
		task_list_print_page(&lines->printer, tasks);
		task_list_print_flush(&lines->printer);
		return;
	}
	if (lines->added + (int64_t)json_array_size(tasks) > NAMED_MOST)
		return;
	json_array_foreach (tasks, index, task)
		task_print_added(lines->invocation, task);
}

static void count_tasks(struct add_lines *lines, const json_t *tasks)
{
	size_t count = json_array_size(tasks);

	if (!count)
		return;
	if (!lines->added)
		lines->first_id = json_integer_value(json_object_get(json_array_get(tasks, 0), "id"));
	lines->last_id = json_integer_value(json_object_get(json_array_get(tasks, count - 1), "id"));
	lines->added += (int64_t)count;
	lines->steps++;
}

static enum error add_batch(struct add_lines *lines, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = ERROR_NONE;

	if (json_array_size(lines->tasks))
		error = send_batch(lines, &result, trouble);
	if (error)
		return error;
	say_refused(lines, result);
	if (is_spoiled(lines))
		return refuse_batch(lines, trouble);
	lines->refused += lines->batch_refused;
	progress_clear(&lines->progress);
	print_tasks(lines, json_object_get(result, "tasks"));
	count_tasks(lines, json_object_get(result, "tasks"));
	lines->added_line = lines->input.number;
	progress_update(&lines->progress, lines->read_bytes, lines->added);
	return ERROR_NONE;
}

static void say_sum(const struct add_lines *lines)
{
	bool is_dry = lines->invocation->arguments.is_dry_run;

	if (lines->has_printer || !lines->added)
		return;
	if (is_dry && lines->added > NAMED_MOST)
		(void)printf("Would add %" PRId64 " tasks.\n", lines->added);
	else if (lines->added > NAMED_MOST)
		(void)printf("Added %" PRId64 " tasks, %" PRId64 " to %" PRId64 ".\n", lines->added, lines->first_id,
			lines->last_id);
	if (!is_dry)
		report_say(lines->invocation,
			lines->steps > 1 ? "To take it back: taskctl undo %" PRId64 : "To take it back: taskctl undo",
			lines->steps);
}

static enum error finish(struct add_lines *lines, enum error error, struct trouble *trouble)
{
	progress_end(&lines->progress);
	if (lines->has_printer)
		(void)task_list_print_end(&lines->printer);
	say_sum(lines);
	if (error)
		return error;
	if (lines->context)
		report_say(lines->invocation, "In context %s.", json_string_value(lines->context));
	if (lines->refused)
		return trouble_usage(trouble, "%" PRId64 " of %" PRId64 " lines %s left out", lines->refused,
			lines->refused + lines->added, lines->refused == 1 ? "was" : "were");
	if (!lines->added)
		return trouble_set(trouble, ERROR_NOT_FOUND, "there is no task on standard input");
	return ERROR_NONE;
}

static enum error add_batches(struct add_lines *lines, struct trouble *trouble)
{
	bool is_over = false;
	enum error error = ERROR_NONE;

	while (!error && !is_over) {
		error = read_batch(lines, &is_over, trouble);
		if (!error)
			error = add_batch(lines, trouble);
	}
	return error;
}

/* How much there is to read, where that can be told. */
static int64_t size_of_input(void)
{
	struct stat found;

	return fstat(STDIN_FILENO, &found) == 0 && S_ISREG(found.st_mode) ? (int64_t)found.st_size : 0;
}

enum error add_lines_run(struct invocation *invocation, struct trouble *trouble)
{
	struct add_lines lines = { .invocation = invocation, .tasks = json_array() };
	enum error error = read_common(&lines, trouble);

	line_input_init(&lines.input, STDIN_FILENO);
	lines.has_printer = task_print_form(&invocation->arguments) != TASK_PRINT_TABLE;
	if (lines.has_printer)
		task_list_print_begin(&lines.printer, invocation);
	progress_begin(&lines.progress, "Adding", "tasks", size_of_input(), invocation->arguments.is_quiet);
	if (!error)
		error = add_batches(&lines, trouble);
	error = finish(&lines, error, trouble);
	line_input_deinit(&lines.input);
	json_decref(lines.tasks);
	json_decref(lines.context);
	return error;
}
