/* The history: what was changed, as a list and as a chart. */
#include "commands/families.h"

#include "activity_chart.h"
#include "common/cleanup.h"
#include "history_text.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"
#include "signs.h"

#include <stdio.h>
#include <string.h>

#define LIMIT_USUAL 50
#define PAGE_LIMIT  1000

static const struct view_column history_columns[] = {
	{ .heading = "Step", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "When", .least = 16, .shrinks = 2 },
	{ .heading = "What", .is_kept = true, .least = 8, .shrinks = 4 },
	{ .heading = "Task", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "By", .least = 8, .shrinks = 1 },
	{ .heading = "Change", .is_kept = true, .wraps = true, .least = 16, .shrinks = 3 },
	{ .heading = NULL },
};

static void add_number_cell(struct view_table *table, const json_t *number)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, json_integer_value(number));
	view_table_add_cell(table, text);
}

static void add_member_cell(struct view_table *table, const json_t *entry, const char *name)
{
	struct buffer cell;

	buffer_init(&cell);
	report_append_member(&cell, entry, name);
	if (strcmp(name, "action") == 0 && json_is_true(json_object_get(entry, "undone")))
		buffer_append_text(&cell, ", undone");
	view_table_add_cell(table, buffer_text(&cell));
	buffer_deinit(&cell);
}

static void add_entry(struct view_table *table, const json_t *entry)
{
	bool is_undone = json_is_true(json_object_get(entry, "undone"));
	struct buffer cell;

	view_table_begin_row(table, is_undone ? ROLE_ENDED : ROLE_PLAIN);
	add_number_cell(table, json_object_get(entry, "step"));
	buffer_init(&cell);
	report_append_time(&cell, json_string_value(json_object_get(entry, "at")));
	view_table_add_cell(table, buffer_text(&cell));
	add_member_cell(table, entry, "action");
	add_number_cell(table, json_object_get(entry, "task_id"));
	add_member_cell(table, entry, json_object_get(entry, "actor_name") ? "actor_name" : "actor");
	buffer_truncate(&cell, 0);
	history_text_append_change(&cell, sign_text(SIGN_ARROW), entry);
	view_table_add_cell(table, buffer_text(&cell));
	buffer_deinit(&cell);
}

static void print_table(const struct invocation *invocation, const json_t *entries)
{
	AUTO_TABLE struct view_table *table = view_table_new(history_columns);
	const json_t *entry;
	size_t index;

	json_array_foreach (entries, index, entry)
		add_entry(table, entry);
	if (json_array_size(entries))
		report_table(invocation, table);
	else
		report_say(invocation, "Nothing has happened.");
}

static const struct report_field row_fields[] = {
	{ .heading = "Step", .name = "step" },
	{ .heading = "When", .name = "at" },
	{ .heading = "What", .name = "action" },
	{ .heading = "Undone", .name = "undone" },
	{ .heading = "Task", .name = "task_id" },
	{ .heading = "By", .name = "by" },
	{ .heading = "Change", .name = "change" },
	{ 0 },
};

/* What only tables have: who it was, by name where there is one, and the change in words. */
static void describe_entry(json_t *entry)
{
	const json_t *name = json_object_get(entry, "actor_name");
	const json_t *by = name ? name : json_object_get(entry, "actor");
	struct buffer change;

	buffer_init(&change);
	history_text_append_change(&change, sign_utf8(SIGN_ARROW), entry);
	(void)json_object_set(entry, "by", (json_t *)(uintptr_t)by);
	(void)json_object_set_new(entry, "undone", json_boolean(json_is_true(json_object_get(entry, "undone"))));
	(void)json_object_set_new(entry, "change", json_string(buffer_text(&change)));
	buffer_deinit(&change);
}

static void print_rows(const struct invocation *invocation, const json_t *entries)
{
	json_t *entry;
	size_t index;

	json_array_foreach (entries, index, entry)
		describe_entry(entry);
	report_rows(invocation, row_fields, entries);
}

/* With --quiet the steps alone, each once. */
static void print_steps(const json_t *entries)
{
	json_int_t last = 0;
	const json_t *entry;
	size_t index;

	json_array_foreach (entries, index, entry) {
		json_int_t step = json_integer_value(json_object_get(entry, "step"));

		if (step != last)
			(void)printf("%" JSON_INTEGER_FORMAT "\n", step);
		last = step;
	}
}

static enum error collect_page(
	struct invocation *invocation, json_t *params, json_t *entries, bool *ret_is_last, struct trouble *trouble)
{
	json_auto_t *page = NULL;
	json_t *next;
	enum error error = invocation_call(invocation, "history.list", params, &page, trouble);

	if (error)
		return error;
	(void)json_array_extend(entries, json_object_get(page, "entries"));
	next = json_object_get(page, "next_after");
	*ret_is_last = !next;
	if (next)
		(void)json_object_set(params, "after", next);
	return ERROR_NONE;
}

/* The newest first, as many as were asked for. */
static enum error collect(
	struct invocation *invocation, json_t *params, json_t *entries, bool *ret_is_last, struct trouble *trouble)
{
	int64_t limit = invocation->arguments.limit ? invocation->arguments.limit : LIMIT_USUAL;
	enum error error = ERROR_NONE;

	*ret_is_last = false;
	(void)json_object_set_new(params, "newest_first", json_true());
	while (!error && !*ret_is_last && (int64_t)json_array_size(entries) < limit) {
		int64_t left = limit - (int64_t)json_array_size(entries);

		(void)json_object_set_new(params, "limit", json_integer(left < PAGE_LIMIT ? left : PAGE_LIMIT));
		error = collect_page(invocation, params, entries, ret_is_last, trouble);
	}
	return error;
}

static enum error read_task(const struct invocation *invocation, json_t *params, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	const char *text = words->count ? words->items[0].text : NULL;

	if (!text)
		return ERROR_NONE;
	if (words->count > 1 || !quick_words_is_item(text, strlen(text)) || quick_words_is_range(text, strlen(text)))
		return trouble_usage(trouble, "the history is that of one task or of all, and `%s` is no id of one",
			words->items[words->count - 1].text);
	(void)json_object_set_new(params, "id", quick_words_item(text, strlen(text)));
	return ERROR_NONE;
}

static enum error list_history(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *params = json_object();
	json_auto_t *entries = json_array();
	bool is_last = true;
	enum error error = read_task(invocation, params, trouble);

	if (!error)
		error = collect(invocation, params, entries, &is_last, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(entries);
	else if (report_has_rows(invocation))
		print_rows(invocation, entries);
	else if (invocation->arguments.is_quiet)
		print_steps(entries);
	else
		print_table(invocation, entries);
	if (!is_last && !invocation->arguments.limit)
		report_say(invocation, "There is more: --limit N shows N of them.");
	return ERROR_NONE;
}

static enum error run_history(struct invocation *invocation, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;

	if (arguments->wants_chart)
		return activity_chart_run(invocation, &activity_chart_history, trouble);
	if (arguments->svg || arguments->filter) {
		(void)trouble_usage(trouble, "--svg and --filter are for the chart");
		trouble_advise(trouble, "for example: taskctl history --chart monthly --svg history.svg");
		return ERROR_INVALID_PARAMS;
	}
	return list_history(invocation, trouble);
}

/* --- the table --- */

static const struct argp_option chart_option_table[] = {
	{ .name = "chart", .key = ARGUMENT_CHART, .doc = "draw how many were added, done and deleted" },
	{ 0 },
};

static const struct argp_option *const history_options[] = { option_group_limit, chart_option_table,
	option_group_filter, option_group_svg, NULL };

static const struct command_example history_examples[] = {
	{ "history --chart weekly", "how many were added, done and deleted each week" },
	{ "history 3", "what became of one task" },
	{ "history --limit 5", "the last five changes" },
	{ NULL, NULL },
};

const struct command history_commands[] = {
	{ .name = "history",
		.summary = "Show what was changed, by whom, from what to what: the newest first",
		.usage = "[ID] | --chart [daily | weekly | monthly | yearly] [FILTER…] [-f FILTER] [--svg FILE]",
		.words = COMMAND_FILTER,
		.options = history_options,
		.examples = history_examples,
		.run = run_history },
	{ .name = NULL },
};
