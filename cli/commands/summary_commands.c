/* How far each project is, with a bar for what is done of it. */
#include "commands/families.h"

#include "common/memory.h"
#include "doubts.h"
#include "invocation.h"
#include "option_groups.h"
#include "picture/bar.h"
#include "relative_time.h"
#include "report.h"
#include "selection.h"
#include "svg_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BAR_WIDTH    20
#define INDENT       2 /* columns for each level of a project below another */
#define NAME_SIZE    320
#define PERCENT_SIZE 32

/* What is shown of a project, or of what is in none. */
struct progress_of {
	const char *name;
	int64_t open;
	int64_t completed;
	int64_t age; /* the average of the open ones, in seconds; -1: there are none */
};

static int64_t number_of(const json_t *label, const char *name)
{
	return json_integer_value(json_object_get(label, name));
}

/* false: there is no task in it. */
static bool read_label(const char *name, const json_t *label, struct progress_of *ret_progress)
{
	*ret_progress = (struct progress_of){ .name = name,
		.open = number_of(label, "pending") + number_of(label, "waiting"),
		.completed = number_of(label, "completed"),
		.age = json_object_get(label, "average_age") ? number_of(label, "average_age") : -1 };
	return ret_progress->open + ret_progress->completed > 0;
}

static int64_t percent_of(const struct progress_of *progress)
{
	return 100 * progress->completed / (progress->open + progress->completed);
}

/* All that have tasks; the caller frees the array. */
static struct progress_of *read_all(const json_t *result, size_t *ret_count)
{
	const json_t *projects = json_object_get(result, "projects");
	struct progress_of *all = memory_array(json_array_size(projects) + 1, sizeof(*all));
	const json_t *label;
	size_t index;

	*ret_count = 0;
	json_array_foreach (projects, index, label)
		*ret_count += read_label(json_string_value(json_object_get(label, "project")), label, &all[*ret_count]);
	*ret_count += read_label("(none)", json_object_get(result, "none"), &all[*ret_count]);
	return all;
}

/* --- as a table --- */

static const struct view_column summary_columns[] = {
	{ .heading = "Project", .is_kept = true, .least = 12, .shrinks = 4 },
	{ .heading = "Open", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "Completed", .align = VIEW_RIGHT, .shrinks = 3 },
	{ .heading = "Age", .align = VIEW_RIGHT, .shrinks = 2 },
	{ .heading = "Done", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "Progress", .shrinks = 1 },
	{ .heading = NULL },
};

/* How much of the name is that of a project that stands above it, with the dot. */
static size_t find_parent(const struct progress_of *all, size_t index)
{
	const char *name = all[index].name;
	const char *dot = strrchr(name, '.');
	size_t length = dot ? (size_t)(dot - name) : 0;

	for (size_t i = index; length && i-- > 0;)
		if (strncmp(all[i].name, name, length) == 0 && !all[i].name[length])
			return length + 1;
	return 0;
}

/* Below its parent a project goes by its last word, set in. */
static void add_name_cell(struct view_table *table, const struct progress_of *all, size_t index)
{
	const char *name = all[index].name;
	size_t parent = find_parent(all, index);
	int levels = 0;
	char text[NAME_SIZE];

	for (size_t i = 0; i < parent; i++)
		levels += name[i] == '.';
	(void)snprintf(text, sizeof(text), "%*s%s", levels * INDENT, "", name + parent);
	view_table_add_cell(table, text);
}

static void add_number_cell(struct view_table *table, int64_t number, const char *unit)
{
	char text[PERCENT_SIZE];

	(void)snprintf(text, sizeof(text), "%" PRId64 "%s", number, unit);
	view_table_add_cell(table, text);
}

static void add_age_cell(struct view_table *table, int64_t age)
{
	struct buffer text;

	buffer_init(&text);
	if (age >= 0)
		relative_time_append(&text, age);
	view_table_add_cell(table, buffer_text(&text));
	buffer_deinit(&text);
}

static void add_bar_cell(struct view_table *table, const struct progress_of *progress, const struct theme *theme)
{
	struct buffer bar;

	buffer_init(&bar);
	bar_append(&bar, progress->completed, progress->open + progress->completed, BAR_WIDTH, BAR_TRACK);
	view_table_add_styled(table, buffer_text(&bar), theme_begin(theme, ROLE_BAR_DONE));
	buffer_deinit(&bar);
}

/* Rows for programs have whole names, and no bars. */
static void print_table(const struct invocation *invocation, const struct progress_of *all, size_t count)
{
	AUTO_TABLE struct view_table *table = view_table_new(summary_columns);
	bool has_rows = report_has_rows(invocation);
	struct theme theme;

	invocation_find_theme(invocation, stdout, &theme);
	for (size_t i = 0; i < count; i++) {
		view_table_begin_row(table, ROLE_PLAIN);
		if (has_rows)
			view_table_add_cell(table, all[i].name);
		else
			add_name_cell(table, all, i);
		add_number_cell(table, all[i].open, "");
		add_number_cell(table, all[i].completed, "");
		add_age_cell(table, all[i].age);
		add_number_cell(table, percent_of(&all[i]), "%");
		if (!has_rows)
			add_bar_cell(table, &all[i], &theme);
	}
	report_table(invocation, table);
}

/* --- as a picture --- */

static enum error write_svg(
	const struct invocation *invocation, const struct progress_of *all, size_t count, struct trouble *trouble)
{
	struct bar_chart_row *rows = memory_array(count, sizeof(*rows));
	char(*texts)[PERCENT_SIZE] = memory_array(count, sizeof(*texts));
	const struct bar_chart chart = { .title = "Projects",
		.description = "The share of the tasks of each project that is done",
		.class_name = "done",
		.rows = rows,
		.count = count };
	enum error error;

	for (size_t i = 0; i < count; i++) {
		(void)snprintf(texts[i], sizeof(texts[i]), "%" PRId64 "%%, %" PRId64 " open", percent_of(&all[i]),
			all[i].open);
		rows[i] = (struct bar_chart_row){
			.label = all[i].name, .text = texts[i], .share = (double)percent_of(&all[i]) / 100
		};
	}
	error = svg_file_write_bars(invocation, &chart, trouble);
	free(texts);
	free(rows);
	return error;
}

/* --- running --- */

static enum error show(struct invocation *invocation, const char *filter, const json_t *result, struct trouble *trouble)
{
	size_t count;
	struct progress_of *all = read_all(result, &count);
	enum error error = ERROR_NONE;

	if (invocation->arguments.svg)
		error = write_svg(invocation, all, count, trouble);
	else if (!count)
		doubts_say_nothing_found(invocation, filter);
	else
		print_table(invocation, all, count);
	free(all);
	return error;
}

static enum error fetch(struct invocation *invocation, json_t *params, json_t **ret_result, struct trouble *trouble)
{
	enum error error = selection_put_filter(&invocation->arguments, params, trouble);

	(void)json_object_set_new(params, "all", json_true());
	(void)json_object_set_new(params, "ages", json_true());
	return error ? error : invocation_call(invocation, "project.list", params, ret_result, trouble);
}

static enum error run_summary(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *params = json_object();
	json_auto_t *result = NULL;
	const char *filter;
	enum error error = fetch(invocation, params, &result, trouble);

	if (error)
		return error;
	filter = json_string_value(json_object_get(params, "filter"));
	if (invocation->arguments.is_json)
		report_json(result);
	else if (!invocation->arguments.is_quiet)
		error = show(invocation, filter ? filter : "", result, trouble);
	if (!error && json_object_get(result, "next_cursor"))
		trouble_warn("these are the first projects; more match");
	return error;
}

/* --- the table --- */

static const struct argp_option *const summary_options[] = { option_group_filter, option_group_svg, NULL };

static const struct command_example summary_examples[] = {
	{ "summary", "every project, with a bar for what is done" },
	{ "summary project:home --svg home.svg", "those at home, as a picture" },
	{ NULL, NULL },
};

const struct command summary_commands[] = {
	{ .name = "summary",
		.summary = "Show how far each project is",
		.usage = "[FILTER…] [-f FILTER] [--svg FILE]",
		.words = COMMAND_FILTER,
		.options = summary_options,
		.examples = summary_examples,
		.run = run_summary },
	{ .name = NULL },
};
