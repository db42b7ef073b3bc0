/* Months, with the days on which something is due. */
#include "commands/families.h"

#include "active_context.h"
#include "invocation.h"
#include "option_groups.h"
#include "picture/calendar.h"
#include "report.h"
#include "svg_file.h"
#include "terminal.h"

#include <stdio.h>
#include <time.h>

struct span {
	struct month first;
	int count;
	int64_t today;
};

/* --- which months --- */

static void find_now(struct month *ret_month, int64_t *ret_today)
{
	time_t seconds = time(NULL);
	struct tm local = { 0 };

	(void)localtime_r(&seconds, &local);
	*ret_month = (struct month){ .year = local.tm_year + 1900, .number = local.tm_mon + 1 };
	*ret_today = month_day_number(*ret_month, local.tm_mday);
}

static enum error refuse_month(const char *text, struct trouble *trouble)
{
	(void)trouble_usage(trouble, "`%s` is no month and no year", text);
	trouble_advise(trouble, "for example: taskctl calendar 2026-11, or november, +1, 2026");
	return ERROR_INVALID_PARAMS;
}

static enum error read_span(const struct invocation *invocation, struct span *span, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	struct month now;

	find_now(&now, &span->today);
	*span = (struct span){
		.first = now, .count = calendar_months_in(terminal_width(stdout)), .today = span->today
	};
	if (words->count > 1)
		return trouble_usage(
			trouble, "one month or year at a time, and here is `%s` as well", words->items[1].text);
	if (words->count && !month_parse(words->items[0].text, now, &span->first, &span->count))
		return refuse_month(words->items[0].text, trouble);
	return ERROR_NONE;
}

/* --- asking --- */

static json_t *make_params(const struct invocation *invocation, const struct span *span)
{
	struct month last = month_add(span->first, span->count - 1);
	char from[32];
	char to[32];

	(void)snprintf(from, sizeof(from), "%04d-%02d-01", span->first.year, span->first.number);
	(void)snprintf(to, sizeof(to), "%04d-%02d-%02d", last.year, last.number, month_length(last));
	return json_pack("{s:s, s:s, s:s*}", "from", from, "to", to, "filter", invocation->arguments.filter);
}

static enum error fetch(
	struct invocation *invocation, const struct span *span, json_t **ret_result, struct trouble *trouble)
{
	json_auto_t *params = make_params(invocation, span);
	enum error error;

	if (!params)
		return trouble_usage(trouble, "the filter is not UTF-8");
	error = active_context_apply(invocation, params, trouble);
	if (!error)
		error = invocation_call(invocation, "task.calendar", params, ret_result, trouble);
	active_context_advise(error, params, trouble);
	return error;
}

/* --- showing --- */

static const struct report_field day_fields[] = {
	{ .heading = "Date", .name = "date" },
	{ .heading = "Due", .name = "due" },
	{ .heading = "Overdue", .name = "overdue" },
	{ .heading = "Scheduled", .name = "scheduled" },
	{ .heading = "Waiting", .name = "waiting" },
	{ .heading = "Done", .name = "done" },
	{ 0 },
};

static void print_months(const struct invocation *invocation, const struct calendar *calendar)
{
	struct theme theme;
	struct buffer out;

	invocation_find_theme(invocation, stdout, &theme);
	buffer_init(&out);
	calendar_draw(calendar, terminal_width(stdout), &theme, &out);
	report_page(invocation, &out);
	buffer_deinit(&out);
}

static enum error write_svg(
	const struct invocation *invocation, const struct calendar *calendar, struct trouble *trouble)
{
	struct buffer out;
	enum error error;

	buffer_init(&out);
	calendar_draw_svg(calendar, &out);
	error = svg_file_write(invocation, &out, trouble);
	buffer_deinit(&out);
	return error;
}

static enum error draw(
	const struct invocation *invocation, const struct span *span, const json_t *days, struct trouble *trouble)
{
	struct calendar calendar;
	enum error error = ERROR_NONE;

	calendar_init(&calendar, span->first, span->count, invocation->preferences.week_start == WEEK_FROM_SUNDAY,
		span->today);
	calendar_take(&calendar, days);
	if (invocation->arguments.svg)
		error = write_svg(invocation, &calendar, trouble);
	else if (!invocation->arguments.is_quiet)
		print_months(invocation, &calendar);
	calendar_deinit(&calendar);
	return error;
}

static enum error run_calendar(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	struct span span;
	enum error error = read_span(invocation, &span, trouble);

	if (!error)
		error = fetch(invocation, &span, &result, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	else if (report_has_rows(invocation))
		report_rows(invocation, day_fields, json_object_get(result, "days"));
	else
		error = draw(invocation, &span, json_object_get(result, "days"), trouble);
	return error;
}

/* --- the table --- */

static const struct argp_option *const calendar_options[] = { option_group_filter, option_group_svg, NULL };

static const struct command_example calendar_examples[] = {
	{ "calendar", "as many months as fit beside each other" },
	{ "calendar +1 -f project:home", "the next month, with what is due at home" },
	{ "calendar 2026 --svg year.svg", "a year, as a picture" },
	{ NULL, NULL },
};

const struct command calendar_commands[] = {
	{ .name = "calendar",
		.summary = "Show months, with the days on which something is due",
		.usage = "[MONTH | YEAR] [-f FILTER] [--svg FILE]",
		.details = "MONTH is like 2026-11, november or +1. A sign stands behind days on which something is due "
			   "(*), "
			   "overdue (!) or scheduled (+).",
		.words = COMMAND_NAMES,
		.options = calendar_options,
		.examples = calendar_examples,
		.run = run_calendar },
	{ .name = NULL },
};
