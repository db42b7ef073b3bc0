/* Projects and tags: what there is of them, how far they are, and other names for them. */
#include "commands/families.h"

#include "active_context.h"
#include "bulk.h"
#include "common/cleanup.h"
#include "invocation.h"
#include "option_groups.h"
#include "relative_time.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

#define BAR_WIDTH 20

/* --- projects, tags --- */

#define COUNT_COLUMNS                                                                                                  \
	{ .heading = "Pending", .align = VIEW_RIGHT, .is_kept = true },                                                \
		{ .heading = "Waiting", .align = VIEW_RIGHT, .shrinks = 2 },                                           \
		{ .heading = "Completed", .align = VIEW_RIGHT, .shrinks = 1 },                                         \
	{                                                                                                              \
		.heading = NULL                                                                                        \
	}

#define COUNT_FIELDS                                                                                                   \
	{ .heading = "Pending", .name = "pending" }, { .heading = "Waiting", .name = "waiting" },                      \
		{ .heading = "Completed", .name = "completed" },                                                       \
	{                                                                                                              \
		.heading = NULL                                                                                        \
	}

static const struct view_column project_columns[] = {
	{ .heading = "Project", .is_kept = true, .least = 16, .shrinks = 3 },
	COUNT_COLUMNS,
};
static const struct report_field project_fields[] = { { .heading = "Project", .name = "project" }, COUNT_FIELDS };
static const struct report_list projects_list = {
	.columns = project_columns,
	.fields = project_fields,
	.id = "project",
	.nothing = "There are no projects. Put a task into one: taskctl modify 3 project:home",
};

static const struct view_column tag_columns[] = {
	{ .heading = "Tag", .is_kept = true, .least = 16, .shrinks = 3 },
	COUNT_COLUMNS,
};
static const struct report_field tag_fields[] = { { .heading = "Tag", .name = "tag" }, COUNT_FIELDS };
static const struct report_list tags_list = {
	.columns = tag_columns,
	.fields = tag_fields,
	.id = "tag",
	.nothing = "There are no tags. Put one on a task: taskctl modify 3 +shop",
};

static enum error read_params(struct invocation *invocation, json_t **ret_params, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	AUTO_FREE char *words = quick_words_read_filter(arguments->words.items, arguments->words.count);
	const char *filter = arguments->filter ? arguments->filter : words;
	json_auto_t *params = json_object();

	if (arguments->filter && words[0])
		return trouble_usage(trouble, "the filter is given twice, by words and by --filter");
	if (filter[0] && json_object_set_new(params, "filter", json_string(filter)))
		return trouble_usage(trouble, "the filter is not UTF-8");
	if (arguments->wants_all)
		(void)json_object_set_new(params, "all", json_true());
	*ret_params = json_incref(params);
	return ERROR_NONE;
}

static enum error list_labels(struct invocation *invocation, const char *method, const char *name,
	const struct report_list *list, struct trouble *trouble)
{
	json_auto_t *params = NULL;
	json_auto_t *labels = NULL;
	enum error error = read_params(invocation, &params, trouble);

	if (!error)
		error = invocation_collect_with(invocation, method, name, params, &labels, trouble);
	if (!error)
		report_objects(invocation, list, labels);
	return error;
}

static enum error run_projects(struct invocation *invocation, struct trouble *trouble)
{
	return list_labels(invocation, "project.list", "projects", &projects_list, trouble);
}

static enum error run_tags(struct invocation *invocation, struct trouble *trouble)
{
	return list_labels(invocation, "tag.list", "tags", &tags_list, trouble);
}

/* --- summary --- */

static const struct view_column summary_columns[] = {
	{ .heading = "Project", .is_kept = true, .least = 12, .shrinks = 4 },
	{ .heading = "Open", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "Completed", .align = VIEW_RIGHT, .shrinks = 3 },
	{ .heading = "Age", .align = VIEW_RIGHT, .shrinks = 2 },
	{ .heading = "Done", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "Progress", .shrinks = 1 },
	{ .heading = NULL },
};

static json_int_t number_of(const json_t *label, const char *name)
{
	return json_integer_value(json_object_get(label, name));
}

static void add_number_cell(struct view_table *table, json_int_t number)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, number);
	view_table_add_cell(table, text);
}

static void add_progress_cells(struct view_table *table, json_int_t completed, json_int_t total)
{
	json_int_t percent = total ? 100 * completed / total : 0;
	char bar[BAR_WIDTH + 3] = "[";
	char text[32];

	(void)snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT "%%", percent);
	view_table_add_cell(table, text);
	memset(bar + 1, '-', BAR_WIDTH);
	memset(bar + 1, '#', (size_t)(percent * BAR_WIDTH / 100));
	bar[BAR_WIDTH + 1] = ']';
	view_table_add_cell(table, bar);
}

static bool has_tasks(const json_t *label)
{
	return number_of(label, "pending") + number_of(label, "waiting") + number_of(label, "completed") > 0;
}

static void add_summary_row(struct view_table *table, const char *name, const json_t *label)
{
	json_int_t open = number_of(label, "pending") + number_of(label, "waiting");
	json_int_t completed = number_of(label, "completed");
	struct buffer age;

	if (!has_tasks(label))
		return;
	buffer_init(&age);
	if (json_object_get(label, "average_age"))
		relative_time_append(&age, number_of(label, "average_age"));
	view_table_begin_row(table, VIEW_PLAIN);
	view_table_add_cell(table, name);
	add_number_cell(table, open);
	add_number_cell(table, completed);
	view_table_add_cell(table, buffer_text(&age));
	add_progress_cells(table, completed, open + completed);
	buffer_deinit(&age);
}

static void print_summary(const struct invocation *invocation, const json_t *result)
{
	AUTO_TABLE struct view_table *table = view_table_new(summary_columns);
	const json_t *label;
	bool has_any = has_tasks(json_object_get(result, "none"));
	size_t index;

	json_array_foreach (json_object_get(result, "projects"), index, label)
		has_any = has_any || has_tasks(label);
	if (!has_any) {
		report_say(invocation, "No task matches.");
		return;
	}
	json_array_foreach (json_object_get(result, "projects"), index, label)
		add_summary_row(table, json_string_value(json_object_get(label, "project")), label);
	add_summary_row(table, "(none)", json_object_get(result, "none"));
	report_table(invocation, table);
}

static enum error run_summary(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *params = NULL;
	json_auto_t *result = NULL;
	enum error error = read_params(invocation, &params, trouble);

	if (error)
		return error;
	(void)json_object_set_new(params, "all", json_true());
	(void)json_object_set_new(params, "ages", json_true());
	error = invocation_call(invocation, "project.list", params, &result, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	else if (!invocation->arguments.is_quiet)
		print_summary(invocation, result);
	if (json_object_get(result, "next_cursor"))
		trouble_warn("these are the first projects; more match");
	return ERROR_NONE;
}

/* --- renaming --- */

static const struct bulk_act project_rename = {
	.method = "project.rename", .infinitive = "Move", .past = "Moved", .is_destructive = true
};
static const struct bulk_act tag_rename = {
	.method = "tag.rename", .infinitive = "Tag anew", .past = "Tagged anew", .is_destructive = true
};

static enum error rename_label(struct invocation *invocation, const struct bulk_act *act, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	json_auto_t *params = NULL;

	if (words->count != 2) {
		(void)trouble_usage(trouble, "two names are wanted: the one that it has, and the one that it gets");
		trouble_advise(trouble, "usage: taskctl %s FROM TO", invocation->command->name);
		return ERROR_INVALID_PARAMS;
	}
	params = json_pack("{s:s, s:s}", "from", words->items[0].text, "to", words->items[1].text);
	if (!params)
		return trouble_usage(trouble, "a name is not UTF-8");
	return bulk_run(invocation, act, params, trouble);
}

static enum error run_rename_project(struct invocation *invocation, struct trouble *trouble)
{
	return rename_label(invocation, &project_rename, trouble);
}

static enum error run_rename_tag(struct invocation *invocation, struct trouble *trouble)
{
	return rename_label(invocation, &tag_rename, trouble);
}

/* --- the table --- */

static const struct argp_option list_option_table[] = {
	{ .name = "all", .key = ARGUMENT_ALL, .doc = "also those that no pending task has" },
	{ 0 },
};

static const struct argp_option *const list_options[] = { option_group_filter, list_option_table, NULL };
static const struct argp_option *const summary_options[] = { option_group_filter, NULL };
static const struct argp_option *const rename_options[] = { option_group_confirming, NULL };

static const struct command_example list_examples[] = {
	{ "projects", "those with something to do" },
	{ "projects -f 'due.before:eow' --json", "what is due this week, for a script" },
	{ NULL, NULL },
};

const struct command label_commands[] = {
	{ .name = "projects",
		.summary = "List projects, and how many tasks each and all below it have",
		.usage = "[FILTER…] [-f FILTER]",
		.words = COMMAND_FILTER,
		.options = list_options,
		.examples = list_examples,
		.run = run_projects },
	{ .name = "project rename",
		.summary = "Give a project another name, with all that lies below it",
		.usage = "FROM TO",
		.details =
			"Where there is a project of that name, the two become one. Completed and deleted tasks move "
			"along.",
		.words = COMMAND_NAMES,
		.options = rename_options,
		.run = run_rename_project },
	{ .name = "summary",
		.summary = "Show how far each project is",
		.usage = "[FILTER…] [-f FILTER]",
		.words = COMMAND_FILTER,
		.options = summary_options,
		.run = run_summary },
	{ .name = "tags",
		.summary = "List tags, and how many tasks have each",
		.usage = "[FILTER…] [-f FILTER]",
		.words = COMMAND_FILTER,
		.options = list_options,
		.run = run_tags },
	{ .name = "tag rename",
		.summary = "Give a tag another name",
		.usage = "FROM TO",
		.details = "Where there is a tag of that name, the two become one.",
		.words = COMMAND_NAMES,
		.options = rename_options,
		.run = run_rename_tag },
	{ .name = NULL },
};
