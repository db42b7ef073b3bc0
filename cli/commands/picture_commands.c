/* What became of the tasks over time: burned down, and in numbers. */
#include "commands/families.h"

#include "activity_chart.h"
#include "invocation.h"
#include "option_groups.h"
#include "relative_time.h"
#include "report.h"

/* --- burndown --- */

static enum error run_burndown(struct invocation *invocation, struct trouble *trouble)
{
	return activity_chart_run(invocation, &activity_chart_burndown, trouble);
}

/* --- stats --- */

/* A row whose member is not there is left out. */
static const struct report_field stats_fields[] = {
	{ .heading = "Tasks", .name = "total" },
	{ .heading = "Pending", .name = "pending" },
	{ .heading = "Waiting", .name = "waiting" },
	{ .heading = "Completed", .name = "completed" },
	{ .heading = "Deleted", .name = "deleted" },
	{ .heading = "Series", .name = "series" },
	{ .heading = "Being worked on", .name = "active" },
	{ .heading = "Overdue", .name = "overdue" },
	{ .heading = "Blocked", .name = "blocked" },
	{ .heading = "Blocking", .name = "blocking" },
	{ .heading = "Longest chain", .name = "longest_chain" },
	{ .heading = "With tags", .name = "tagged" },
	{ .heading = "With annotations", .name = "annotated" },
	{ .heading = "Annotations", .name = "annotations" },
	{ .heading = "Projects", .name = "projects" },
	{ .heading = "Tags", .name = "tags" },
	{ .heading = "Oldest", .name = "oldest", .is_time = true },
	{ .heading = "Newest", .name = "newest", .is_time = true },
	{ .heading = "Added a day", .name = "added_per_day" },
	{ .heading = "Done a day", .name = "done_per_day" },
	{ .heading = "Deleted a day", .name = "deleted_per_day" },
	{ .heading = "Open for", .name = "average_age" },
	{ .heading = "Done after", .name = "average_completion" },
	{ .heading = "Time spent", .name = "spent" },
	{ 0 },
};

/* Seconds as people say them; programs get the seconds. */
static void word_seconds(json_t *stats, const char *name, void (*append)(struct buffer *out, int64_t seconds))
{
	const json_t *seconds = json_object_get(stats, name);
	struct buffer text;

	if (!json_is_number(seconds))
		return;
	buffer_init(&text);
	append(&text, (int64_t)json_number_value(seconds));
	(void)json_object_set_new(stats, name, json_string(buffer_text(&text)));
	buffer_deinit(&text);
}

static void print_stats(const struct invocation *invocation, json_t *stats)
{
	if (!report_has_rows(invocation)) {
		word_seconds(stats, "average_age", relative_time_append);
		word_seconds(stats, "average_completion", relative_time_append);
		word_seconds(stats, "spent", relative_time_append_spent);
	}
	report_details(invocation, stats_fields, stats);
}

static enum error run_stats(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *stats = NULL;
	enum error error = activity_chart_fetch(invocation, "task.stats", json_object(), &stats, trouble);

	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(stats);
	else if (!invocation->arguments.is_quiet)
		print_stats(invocation, stats);
	return ERROR_NONE;
}

/* --- the table --- */

static const struct argp_option *const burndown_options[] = { option_group_filter, option_group_svg, NULL };
static const struct argp_option *const stats_options[] = { option_group_filter, NULL };

static const struct command_example burndown_examples[] = {
	{ "burndown", "by day, as many as fit" },
	{ "burndown weekly project:home --svg burndown.svg", "a project, as a picture" },
	{ NULL, NULL },
};

static const struct command_example stats_examples[] = {
	{ "stats", "everything in numbers" },
	{ "stats project:home", "some of it" },
	{ NULL, NULL },
};

const struct command picture_commands[] = {
	{ .name = "burndown",
		.summary = "Draw how the open tasks become fewer",
		.usage = "[daily | weekly | monthly] [FILTER…] [-f FILTER] [--svg FILE]",
		.words = COMMAND_FILTER,
		.options = burndown_options,
		.examples = burndown_examples,
		.run = run_burndown },
	{ .name = "stats",
		.summary = "Show the tasks in numbers",
		.usage = "[FILTER…] [-f FILTER]",
		.words = COMMAND_FILTER,
		.options = stats_options,
		.examples = stats_examples,
		.run = run_stats },
	{ .name = NULL },
};
