/* What scripts ask: how many there are, what a field holds, and when it is done. */
#include "commands/families.h"

#include "active_context.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"
#include "selection.h"
#include "task_fields.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define PAUSE_FIRST_MS INT64_C(50)
#define PAUSE_MOST_MS  INT64_C(2000)

/* --- count --- */

static enum error call_count(
	struct invocation *invocation, json_t *params, json_int_t *ret_count, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = invocation_call(invocation, "task.count", params, &result, trouble);

	if (!error)
		*ret_count = json_integer_value(json_object_get(result, "count"));
	return error;
}

static void print_count(const struct invocation *invocation, json_int_t count)
{
	json_auto_t *object = json_pack("{s:I}", "count", count);

	if (invocation->arguments.is_json)
		report_json(object);
	else
		(void)printf("%" JSON_INTEGER_FORMAT "\n", count);
}

static enum error count_tasks(struct invocation *invocation, const char *filter, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s}", "filter", filter);
	json_int_t count = 0;
	enum error error = ERROR_NONE;

	if (!params)
		return trouble_usage(trouble, "the filter is not UTF-8");
	if (!selection_names_tasks(&invocation->arguments))
		error = active_context_apply(invocation, params, trouble);
	if (!error)
		error = call_count(invocation, params, &count, trouble);
	active_context_advise(error, params, trouble);
	if (!error)
		print_count(invocation, count);
	return error;
}

static enum error run_count(struct invocation *invocation, struct trouble *trouble)
{
	struct buffer filter;
	enum error error;

	buffer_init(&filter);
	selection_read_filter(&invocation->arguments, &filter);
	error = count_tasks(invocation, buffer_text(&filter), trouble);
	buffer_deinit(&filter);
	return error;
}

/* --- get --- */

/* What is wanted of which task: the parts of ID.FIELD. */
struct wish {
	const char *id;
	size_t id_length;
	const char *field;
};

static enum error read_wish(const char *word, struct wish *ret_wish, struct trouble *trouble)
{
	size_t length = strcspn(word, ".");

	*ret_wish = (struct wish){ .id = word, .id_length = length, .field = word + length + 1 };
	if (word[length] && word[length + 1] && quick_words_is_item(word, length) &&
		!quick_words_is_range(word, length))
		return task_field_check(ret_wish->field, strlen(ret_wish->field), trouble);
	(void)trouble_usage(trouble, "`%s` is no field of a task: those are like 3.due or 6f1c2b9e.title", word);
	trouble_advise(trouble, "the fields: taskctl help list");
	return ERROR_INVALID_PARAMS;
}

static enum error check_wishes(const struct word_list *words, struct trouble *trouble)
{
	enum error error = ERROR_NONE;
	struct wish wish;

	if (!words->count) {
		(void)trouble_usage(trouble, "which field of which task?");
		trouble_advise(trouble, "for example: taskctl get 3.due");
		return ERROR_INVALID_PARAMS;
	}
	for (size_t i = 0; !error && i < words->count; i++)
		error = read_wish(words->items[i].text, &wish, trouble);
	return error;
}

static enum error fetch_task(
	struct invocation *invocation, const char *id, size_t length, json_t **ret_task, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:o}", "id", quick_words_item(id, length));
	json_auto_t *result = NULL;
	enum error error = invocation_call(invocation, "task.get", params, &result, trouble);

	if (!error)
		*ret_task = json_incref(json_object_get(result, "task"));
	return error;
}

/* Fields of one task are mostly asked for side by side. */
static bool is_same_task(const struct wish *wish, const struct wish *before)
{
	return before->id && before->id_length == wish->id_length && memcmp(before->id, wish->id, wish->id_length) == 0;
}

static void add_value(json_t *values, struct buffer *lines, const char *word, const json_t *task, const char *field)
{
	json_t *value = (json_t *)(uintptr_t)task_field_value(task, field);
	struct rows rows = { .out = lines, .form = ROWS_PLAIN };

	(void)json_object_set_new(values, word, value ? json_incref(value) : json_null());
	task_field_add_cell(&rows, task, field);
	rows_end(&rows);
}

static enum error collect_values(
	struct invocation *invocation, json_t *values, struct buffer *lines, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	struct wish before = { .id = NULL };
	json_t *task = NULL;
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < words->count; i++) {
		struct wish wish;

		(void)read_wish(words->items[i].text, &wish, trouble);
		if (!is_same_task(&wish, &before)) {
			json_decref(task);
			task = NULL;
			error = fetch_task(invocation, wish.id, wish.id_length, &task, trouble);
		}
		if (!error)
			add_value(values, lines, words->items[i].text, task, wish.field);
		before = wish;
	}
	json_decref(task);
	return error;
}

/* All or nothing: where one of the tasks is not there, no value is printed. */
static enum error run_get(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *values = json_object();
	struct buffer lines;
	enum error error = check_wishes(&invocation->arguments.words, trouble);

	if (error)
		return error;
	buffer_init(&lines);
	error = collect_values(invocation, values, &lines, trouble);
	if (!error && invocation->arguments.is_json)
		report_json(values);
	else if (!error)
		(void)fwrite(lines.data, 1, lines.length, stdout);
	buffer_deinit(&lines);
	return error;
}

/* --- wait --- */

static int64_t now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* Each id must be that of a task; of a range only something. */
static enum error check_there(struct invocation *invocation, const char *ids, struct trouble *trouble)
{
	for (const char *item = ids; *item;) {
		size_t length = strcspn(item, ",");
		json_t *task = NULL;
		enum error error = quick_words_is_range(item, length)
					   ? ERROR_NONE
					   : fetch_task(invocation, item, length, &task, trouble);

		json_decref(task);
		if (error)
			return error;
		item += length + (item[length] == ',');
	}
	return ERROR_NONE;
}

static enum error count_by(struct invocation *invocation, const char *ids, const char *status, json_int_t *ret_count,
	struct trouble *trouble)
{
	json_auto_t *params = json_object();
	struct buffer filter;

	buffer_init(&filter);
	buffer_printf(&filter, "%s %s", ids, status);
	(void)json_object_set_new(params, "filter", json_string(buffer_text(&filter)));
	buffer_deinit(&filter);
	return call_count(invocation, params, ret_count, trouble);
}

static enum error refuse_late(json_int_t open, struct trouble *trouble)
{
	return trouble_set(trouble, ERROR_CONFLICT,
		"the time is up, and %" JSON_INTEGER_FORMAT " task%s neither done nor deleted", open,
		open == 1 ? " is" : "s are");
}

/* Twice as long as before, up to two seconds, and not beyond the end. */
static int64_t next_pause(int64_t pause_ms, int64_t left_ms)
{
	pause_ms = 2 * pause_ms > PAUSE_MOST_MS ? PAUSE_MOST_MS : 2 * pause_ms;
	return pause_ms < left_ms ? pause_ms : left_ms;
}

static enum error wait_for(struct invocation *invocation, const char *ids, struct trouble *trouble)
{
	int64_t timeout = invocation->arguments.timeout;
	int64_t end_ms = timeout ? now_ms() + timeout * 1000 : INT64_MAX;
	int64_t pause_ms = PAUSE_FIRST_MS / 2;
	json_int_t open = 0;

	for (;;) {
		enum error error =
			count_by(invocation, ids, "not (status:completed or status:deleted)", &open, trouble);
		int64_t left_ms = end_ms - now_ms();

		if (error || !open)
			return error;
		if (left_ms <= 0)
			return refuse_late(open, trouble);
		pause_ms = next_pause(pause_ms, left_ms);
		(void)nanosleep(
			&(struct timespec){ .tv_sec = pause_ms / 1000, .tv_nsec = pause_ms % 1000 * 1000000 }, NULL);
	}
}

static enum error wait_for_ids(struct invocation *invocation, const char *ids, struct trouble *trouble)
{
	json_int_t there = 0;
	enum error error = check_there(invocation, ids, trouble);

	if (!error)
		error = count_by(invocation, ids, "status:all", &there, trouble);
	if (!error && !there)
		error = trouble_set(trouble, ERROR_NOT_FOUND, "no task matches");
	return error ? error : wait_for(invocation, ids, trouble);
}

static enum error run_wait(struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	size_t ids = quick_words_count_ids(words->items, words->count);
	AUTO_FREE char *list = NULL;

	if (ids == words->count && ids) {
		list = quick_words_read_filter(words->items, words->count);
		return wait_for_ids(invocation, list, trouble);
	}
	if (ids < words->count)
		(void)trouble_usage(
			trouble, "`%s` is no id: those are like 3, 3-7,9 or 6f1c2b9e", words->items[ids].text);
	else
		(void)trouble_usage(trouble, "which tasks? Name them by their ids");
	trouble_advise(trouble, "for example: taskctl wait 3 --timeout 1h");
	return ERROR_INVALID_PARAMS;
}

/* --- the table --- */

static const struct argp_option count_option_table[] = {
	{ .name = "all", .key = ARGUMENT_ALL, .doc = "whatever their status" },
	{ 0 },
};

static const struct argp_option wait_option_table[] = {
	{ .name = "timeout", .key = ARGUMENT_TIMEOUT, .arg = "TIME", .doc = "give up after 30s, 10m or 2h" },
	{ 0 },
};

static const struct argp_option *const count_options[] = { option_group_filter, count_option_table, NULL };
static const struct argp_option *const wait_options[] = { wait_option_table, NULL };

static const struct command_example count_examples[] = {
	{ "count", "what is to be done" },
	{ "count project:home +OVERDUE", "of a filter" },
	{ NULL, NULL },
};

static const struct command_example get_examples[] = {
	{ "get 3.due", "one field" },
	{ "get 3.title 3.project", "two, one a line" },
	{ NULL, NULL },
};

static const struct command_example wait_examples[] = {
	{ "done 3 && taskctl wait 3 --timeout 10m", "until it is done, or ten minutes have passed" },
	{ NULL, NULL },
};

const struct command script_commands[] = {
	{ .name = "count",
		.summary = "Say how many tasks there are",
		.usage = "[IDS | FILTER…] [-f FILTER]",
		.details = "Those that `list` with the same words would list.",
		.words = COMMAND_TERMS,
		.takes_ids = true,
		.options = count_options,
		.examples = count_examples,
		.run = run_count },
	{ .name = "get",
		.summary = "Print fields of tasks, one value a line",
		.usage = "ID.FIELD…",
		.details = "Times are in UTC. What a task does not have is an empty line; where a task is not there, "
			   "nothing is\n"
			   "printed, and the exit status is 1. A line feed in a note is written as \\n, a backslash as "
			   "\\\\.",
		.words = COMMAND_NAMES,
		.examples = get_examples,
		.run = run_get },
	{ .name = "wait",
		.summary = "Wait until tasks are done or deleted",
		.usage = "IDS [--timeout TIME]",
		.details = "Exit status: 0 all are, 1 one of them is not there, 3 the time is up.",
		.words = COMMAND_IDS,
		.takes_ids = true,
		.options = wait_options,
		.examples = wait_examples,
		.run = run_wait },
	{ .name = NULL },
};
