/* What the charts have in common is in the code, and what they do not is in a row for each. */
#include "activity_chart.h"

#include "active_context.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "picture/columns.h"
#include "report.h"
#include "selection.h"
#include "svg_file.h"
#include "terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STACKS_IN_PICTURE 60

struct activity_chart {
	const char *method;
	const char *title;
	const struct columns_kind *kinds;
	const char *members[COLUMNS_KINDS_MOST]; /* of a period, for each kind */
	const struct report_field *fields;       /* of its rows */
	const char *usual_unit;
	bool has_years;
};

/* What people call the units of the wire, and how much of a day's date they show. */
static const struct {
	const char *word;
	const char *unit;
	size_t from, length;
} units[] = {
	{ "daily", "day", 5, 5 },
	{ "weekly", "week", 5, 5 },
	{ "monthly", "month", 0, 7 },
	{ "yearly", "year", 0, 4 },
};

static const struct columns_kind burndown_kinds[] = {
	{ .name = "done", .class_name = "done", .role = ROLE_BAR_DONE, .block = "\xE2\x96\x91", .ascii = '.' },
	{ .name = "started", .class_name = "started", .role = ROLE_BAR_STARTED, .block = "\xE2\x96\x93", .ascii = '+' },
	{ .name = "pending", .class_name = "pending", .role = ROLE_BAR_PENDING, .block = "\xE2\x96\x88", .ascii = '#' },
};

static const struct columns_kind activity_kinds[] = {
	{ .name = "deleted", .class_name = "deleted", .role = ROLE_BAR_DELETED, .block = "\xE2\x96\x91", .ascii = '.' },
	{ .name = "done", .class_name = "done", .role = ROLE_BAR_DONE, .block = "\xE2\x96\x93", .ascii = '+' },
	{ .name = "added", .class_name = "added", .role = ROLE_BAR_PENDING, .block = "\xE2\x96\x88", .ascii = '#' },
};

static const struct report_field burndown_fields[] = {
	{ .heading = "Begin", .name = "begin" },
	{ .heading = "Pending", .name = "pending" },
	{ .heading = "Started", .name = "started" },
	{ .heading = "Done", .name = "done" },
	{ 0 },
};

static const struct report_field activity_fields[] = {
	{ .heading = "Begin", .name = "begin" },
	{ .heading = "Added", .name = "added" },
	{ .heading = "Done", .name = "done" },
	{ .heading = "Deleted", .name = "deleted" },
	{ 0 },
};

const struct activity_chart activity_chart_burndown = { .method = "task.burndown",
	.title = "Burndown",
	.kinds = burndown_kinds,
	.members = { "done", "started", "pending" },
	.fields = burndown_fields,
	.usual_unit = "daily" };

const struct activity_chart activity_chart_history = { .method = "task.activity",
	.title = "History",
	.kinds = activity_kinds,
	.members = { "deleted", "done", "added" },
	.fields = activity_fields,
	.usual_unit = "monthly",
	.has_years = true };

/* --- asking --- */

static size_t count_units(const struct activity_chart *chart)
{
	return COUNT_OF(units) - !chart->has_years;
}

static size_t find_unit(const struct activity_chart *chart, const char *word)
{
	size_t unit = 0;

	while (unit < count_units(chart) && strcmp(units[unit].word, word) != 0)
		unit++;
	return unit;
}

/* What is nearly a unit is no filter. */
static enum error check_word(const struct activity_chart *chart, const char *word, struct trouble *trouble)
{
	const char *names[COUNT_OF(units) + 1] = { NULL };
	const char *nearest;

	for (size_t i = 0; i < count_units(chart); i++)
		names[i] = units[i].word;
	nearest = text_nearest(word, names);
	return nearest ? trouble_usage(trouble, "`%s` is no unit of time; did you mean `%s`?", word, nearest)
		       : ERROR_NONE;
}

/* The word for the unit is taken off the others. */
static enum error take_unit(
	struct arguments *arguments, const struct activity_chart *chart, size_t *ret_unit, struct trouble *trouble)
{
	struct word_list *words = &arguments->words;

	*ret_unit = find_unit(chart, chart->usual_unit);
	if (!words->count)
		return ERROR_NONE;
	if (find_unit(chart, words->items[0].text) == count_units(chart))
		return check_word(chart, words->items[0].text, trouble);
	*ret_unit = find_unit(chart, words->items[0].text);
	words->count--;
	memmove(words->items, words->items + 1, words->count * sizeof(*words->items));
	return ERROR_NONE;
}

enum error activity_chart_fetch(
	struct invocation *invocation, const char *method, json_t *params, json_t **ret_result, struct trouble *trouble)
{
	json_auto_t *owned = params;
	enum error error = selection_put_filter(&invocation->arguments, owned, trouble);

	if (!error)
		error = active_context_apply(invocation, owned, trouble);
	if (!error)
		error = invocation_call(invocation, method, owned, ret_result, trouble);
	active_context_advise(error, owned, trouble);
	return error;
}

/* --- drawing --- */

static void read_stack(
	const struct activity_chart *chart, size_t unit, const json_t *period, struct columns_stack *ret_stack)
{
	const char *begin = json_string_value(json_object_get(period, "begin"));

	*ret_stack = (struct columns_stack){ .label = "" };
	if (begin && strlen(begin) == strlen("2026-11-25"))
		(void)snprintf(ret_stack->label, sizeof(ret_stack->label), "%.*s", (int)units[unit].length,
			begin + units[unit].from);
	for (size_t i = 0; i < COLUMNS_KINDS_MOST; i++)
		ret_stack->values[i] = json_integer_value(json_object_get(period, chart->members[i]));
}

static bool is_empty(const struct columns_stack *stack)
{
	for (size_t i = 0; i < COLUMNS_KINDS_MOST; i++)
		if (stack->values[i])
			return false;
	return true;
}

/* From the first period on in which there is anything. The caller frees the stacks. */
static struct columns read_columns(const struct activity_chart *chart, size_t unit, const json_t *result)
{
	const json_t *periods = json_object_get(result, "periods");
	struct columns_stack *stacks = memory_array(json_array_size(periods) + 1, sizeof(*stacks));
	size_t count = 0;

	for (size_t i = 0; i < json_array_size(periods); i++) {
		read_stack(chart, unit, json_array_get(periods, i), &stacks[count]);
		count += count || !is_empty(&stacks[count]);
	}
	return (struct columns){ .title = chart->title,
		.kinds = chart->kinds,
		.kind_count = COLUMNS_KINDS_MOST,
		.stacks = stacks,
		.stack_count = count };
}

/* Of a burndown: how fast, and when it ends. */
static void append_rate(struct buffer *out, const json_t *result)
{
	const json_t *rate = json_object_get(result, "rate");
	const char *estimate = json_string_value(json_object_get(result, "estimate"));

	if (!rate)
		return;
	buffer_printf(out, "\nA day: %.3g added, %.3g done.\n", json_number_value(json_object_get(rate, "added")),
		json_number_value(json_object_get(rate, "done")));
	if (estimate)
		buffer_printf(out, "At that rate all is done by %s.\n", estimate);
	else
		buffer_append_text(out, "At that rate there is no end to it.\n");
}

static unsigned chart_height(void)
{
	unsigned height = terminal_height(stdout);

	return height > 4 ? height - 4 : 0; /* what stands below, and the prompt */
}

static void print_chart(const struct invocation *invocation, const struct columns *columns, const json_t *result)
{
	struct theme theme;
	struct buffer out;

	invocation_find_theme(invocation, stdout, &theme);
	buffer_init(&out);
	columns_draw(columns, terminal_width(stdout), chart_height(), &theme, &out);
	append_rate(&out, result);
	report_page(invocation, &out);
	buffer_deinit(&out);
}

static enum error write_svg(const struct invocation *invocation, const struct columns *columns, const json_t *result,
	struct trouble *trouble)
{
	struct buffer description;
	struct buffer out;
	enum error error;

	buffer_init(&description);
	buffer_init(&out);
	buffer_printf(&description, "%s of tasks over %zu periods.", columns->title, columns->stack_count);
	append_rate(&description, result);
	columns_draw_svg(columns, buffer_text(&description), &out);
	error = svg_file_write(invocation, &out, trouble);
	buffer_deinit(&out);
	buffer_deinit(&description);
	return error;
}

static enum error draw(const struct invocation *invocation, const struct activity_chart *chart, size_t unit,
	const json_t *result, struct trouble *trouble)
{
	struct columns columns = read_columns(chart, unit, result);
	enum error error = ERROR_NONE;

	if (invocation->arguments.svg)
		error = write_svg(invocation, &columns, result, trouble);
	else if (!columns.stack_count)
		report_say(invocation, "There is nothing to draw yet. Add a task: taskctl add \"Buy milk\"");
	else if (!invocation->arguments.is_quiet)
		print_chart(invocation, &columns, result);
	free((void *)(uintptr_t)columns.stacks);
	return error;
}

/* As many as are drawn; programs get all that there are. */
static json_t *make_params(const struct invocation *invocation, size_t unit)
{
	json_t *params = json_pack("{s:s}", "unit", units[unit].unit);
	size_t most = invocation->arguments.svg ? STACKS_IN_PICTURE : columns_stacks_in(terminal_width(stdout));

	if (!invocation->arguments.is_json && !report_has_rows(invocation))
		(void)json_object_set_new(params, "periods", json_integer((json_int_t)most));
	return params;
}

enum error activity_chart_run(
	struct invocation *invocation, const struct activity_chart *chart, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	size_t unit;
	enum error error = take_unit(&invocation->arguments, chart, &unit, trouble);

	if (error)
		return error;
	error = activity_chart_fetch(invocation, chart->method, make_params(invocation, unit), &result, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	else if (report_has_rows(invocation))
		report_rows(invocation, chart->fields, json_object_get(result, "periods"));
	else
		error = draw(invocation, chart, unit, result, trouble);
	return error;
}
