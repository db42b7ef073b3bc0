/* Projects and tags: what there is of them, and other names for them. */
#include "commands/families.h"

#include "bulk.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"
#include "selection.h"

#include <stdio.h>
#include <string.h>

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

	*ret_params = json_object();
	if (arguments->wants_all)
		(void)json_object_set_new(*ret_params, "all", json_true());
	return selection_put_filter(arguments, *ret_params, trouble);
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

/* --- renaming --- */

static const struct bulk_act project_rename = { .method = "project.rename", .infinitive = "Move", .past = "Moved" };
static const struct bulk_act tag_rename = { .method = "tag.rename", .infinitive = "Tag anew", .past = "Tagged anew" };

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
