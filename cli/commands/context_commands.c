/* Contexts: what is in view while one is active, and what new tasks get there. */
#include "commands/families.h"

#include "active_context.h"
#include "change_words.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "invocation.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

/* --- list, show --- */

static const struct view_column list_columns[] = {
	{ .heading = "", .is_kept = true },
	{ .heading = "Context", .is_kept = true },
	{ .heading = "Shows", .wraps = true, .least = 12, .shrinks = 2 },
	{ .heading = "Writes", .wraps = true, .least = 8, .shrinks = 1 },
	{ .heading = NULL },
};

static const struct report_field list_fields[] = {
	{ .heading = "", .name = "mark" },
	{ .heading = "Context", .name = "name" },
	{ .heading = "Shows", .name = "read_filter" },
	{ .heading = "Writes", .name = "writes" },
	{ 0 },
};

static const struct report_list contexts_list = {
	.columns = list_columns,
	.fields = list_fields,
	.id = "name",
	.mark = "active",
	.nothing = "There are no contexts. Make one: taskctl context set work project:work",
};

/* What a context writes, as the quick words that say it. */
static void append_writes(struct buffer *out, const json_t *write)
{
	const char *name;
	json_t *value;

	json_object_foreach ((json_t *)(uintptr_t)write, name, value) {
		const json_t *tag;
		size_t index;

		json_array_foreach (value, index, tag)
			buffer_printf(out, "%s+%s", out->length ? " " : "", json_string_value(tag));
		if (json_is_string(value))
			buffer_printf(out, "%s%s:%s", out->length ? " " : "", name, json_string_value(value));
	}
}

static void describe(json_t *context, const char *active)
{
	const char *name = json_string_value(json_object_get(context, "name"));
	struct buffer writes;

	buffer_init(&writes);
	append_writes(&writes, json_object_get(context, "write"));
	(void)json_object_set_new(context, "writes", json_string(buffer_text(&writes)));
	(void)json_object_set_new(context, "active", json_boolean(active && name && strcmp(active, name) == 0));
	buffer_deinit(&writes);
}

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	AUTO_FREE char *active = NULL;
	json_auto_t *contexts = NULL;
	json_t *context;
	size_t index;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = active_context_find(invocation, &active, trouble);
	if (!error)
		error = invocation_collect(invocation, CALLER_ACCOUNT, "context.list", "contexts", &contexts, trouble);
	if (error)
		return error;
	if (!invocation->arguments.is_json)
		json_array_foreach (contexts, index, context)
			describe(context, active);
	report_objects(invocation, &contexts_list, contexts);
	return ERROR_NONE;
}

static const struct report_field show_fields[] = {
	{ .heading = "Context", .name = "name" },
	{ .heading = "Shows", .name = "read_filter" },
	{ .heading = "Writes", .name = "writes" },
	{ 0 },
};

/* The one that is active, or another by its name. */
static enum error find_shown(struct invocation *invocation, char **ret_name, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	const char *word;
	enum error error;

	if (!words->count)
		return active_context_find(invocation, ret_name, trouble);
	error = invocation_take_word(invocation, "context", &word, trouble);
	if (!error)
		*ret_name = memory_strdup(word);
	return error;
}

static void print_context(const struct invocation *invocation, json_t *context)
{
	if (invocation->arguments.is_json) {
		report_json(context);
		return;
	}
	if (invocation->arguments.is_quiet) {
		(void)puts(json_string_value(json_object_get(context, "name")));
		return;
	}
	describe(context, NULL);
	report_details(invocation, show_fields, context);
}

static enum error run_show(struct invocation *invocation, struct trouble *trouble)
{
	AUTO_FREE char *name = NULL;
	json_auto_t *context = NULL;
	enum error error = find_shown(invocation, &name, trouble);

	if (error)
		return error;
	if (!name) {
		report_say(invocation, "No context is active.");
		if (invocation->arguments.is_json)
			(void)puts("null");
		return ERROR_NONE;
	}
	error = active_context_fetch(invocation, name, &context, trouble);
	if (!error)
		print_context(invocation, context);
	return error;
}

/* --- use --- */

static enum error run_use(struct invocation *invocation, struct trouble *trouble)
{
	const char *name = NULL;
	json_auto_t *context = NULL;
	enum error error = invocation_take_word(invocation, "context", &name, trouble);

	if (error)
		return error;
	if (strcmp(name, "none") == 0)
		name = NULL;
	else
		error = active_context_fetch(invocation, name, &context, trouble);
	if (!error)
		error = active_context_choose(invocation, name, trouble);
	if (error)
		return error;
	if (name)
		report_say(invocation, "Context %s. For everything: taskctl context use none", name);
	else
		report_say(invocation, "No context: everything is shown.");
	if (getenv("TASKCTL_CONTEXT"))
		trouble_warn("TASKCTL_CONTEXT is set, and goes over it");
	return ERROR_NONE;
}

/* --- set, delete --- */

/* A title would end up in other people's words. */
static enum error read_writes(const struct arguments *arguments, json_t **ret_writes, struct trouble *trouble)
{
	json_auto_t *writes = json_object();
	enum error error = change_words_read(arguments->writes.items, arguments->writes.count, writes, trouble);

	if (!error && json_object_get(writes, "title")) {
		(void)trouble_usage(trouble, "--write wants a quick word, not `%s`",
			json_string_value(json_object_get(writes, "title")));
		trouble_advise(trouble, "for example: --write project:work --write +office");
		return ERROR_INVALID_PARAMS;
	}
	if (!error)
		error = change_words_make_new(writes, trouble);
	if (!error)
		*ret_writes = json_incref(writes);
	return error;
}

/* The first word is the name, and the others are the filter. */
static enum error read_definition(
	const struct invocation *invocation, json_t *writes, json_t **ret_params, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	const struct word_list *words = &arguments->words;
	AUTO_FREE char *filter = NULL;

	if (!words->count || strcmp(words->items[0].text, "none") == 0) {
		(void)trouble_usage(trouble, words->count ? "`none` is what being in no context is called"
							  : "the name of the context is missing");
		trouble_advise(trouble, "for example: taskctl context set work project:work");
		return ERROR_INVALID_PARAMS;
	}
	filter = quick_words_read_filter(words->items + 1, words->count - 1);
	if (arguments->filter && filter[0])
		return trouble_usage(trouble, "the filter is given twice, by words and by --filter");
	*ret_params = json_pack("{s:s, s:s, s:O}", "name", words->items[0].text, "read_filter",
		arguments->filter ? arguments->filter : filter, "write", writes);
	return *ret_params ? ERROR_NONE : trouble_usage(trouble, "the name or the filter is not UTF-8");
}

static enum error run_set(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *writes = NULL;
	json_auto_t *params = NULL;
	json_auto_t *result = NULL;
	enum error error = read_writes(&invocation->arguments, &writes, trouble);

	if (!error)
		error = read_definition(invocation, writes, &params, trouble);
	if (!error)
		error = invocation_change(invocation, "context.set", params, &result, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	report_say(invocation, "Kept context %s. To go there: taskctl context use %s",
		invocation->arguments.words.items[0].text, invocation->arguments.words.items[0].text);
	return ERROR_NONE;
}

/* Whoever deletes the context that is active is in none. */
static enum error leave(struct invocation *invocation, const char *name, struct trouble *trouble)
{
	AUTO_FREE char *active = NULL;
	enum error error = active_context_find(invocation, &active, trouble);

	if (error || !active || strcmp(active, name) != 0 || getenv("TASKCTL_CONTEXT"))
		return error;
	report_say(invocation, "No context is active any more.");
	return active_context_choose(invocation, NULL, trouble);
}

static enum error run_delete(struct invocation *invocation, struct trouble *trouble)
{
	const char *name = NULL;
	json_auto_t *params = NULL;
	json_auto_t *result = NULL;
	enum error error = invocation_take_word(invocation, "context", &name, trouble);

	if (error)
		return error;
	params = json_pack("{s:s}", "name", name);
	if (!params)
		return trouble_usage(trouble, "the name is not UTF-8");
	error = invocation_change(invocation, "context.delete", params, &result, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	report_say(invocation, "Deleted context %s. Its tasks are as they were.", name);
	report_say(invocation, "Undo does not bring it back; to make it anew: taskctl context set %s FILTER", name);
	return leave(invocation, name, trouble);
}

/* --- the table --- */

static const struct argp_option set_option_table[] = {
	{ .name = "filter", .key = ARGUMENT_FILTER, .arg = "FILTER", .doc = "the tasks that it shows" },
	{ .name = "write",
		.key = ARGUMENT_WRITE,
		.arg = "WORD",
		.doc = "what a new task gets: project:work, +office, pri:L; may be given again" },
	{ 0 },
};

static const struct argp_option *const set_options[] = { set_option_table, NULL };

static const struct command_example set_examples[] = {
	{ "context set work project:work --write project:work", "what belongs to work, and is made there" },
	{ "context set calm -f 'pri.not:H -office'", "by any filter" },
	{ NULL, NULL },
};

static const struct command_example use_examples[] = {
	{ "context use none", "everything again" },
	{ NULL, NULL },
};

const struct command context_commands[] = {
	{ .name = "context list",
		.summary = "List your contexts, and mark the active one",
		.usage = "",
		.run = run_list },
	{ .name = "context show",
		.summary = "Show the active context, or another by its name",
		.usage = "[NAME]",
		.words = COMMAND_NAMES,
		.run = run_show },
	{ .name = "context use",
		.summary = "Be in a context: lists show what it shows, and new tasks get what it writes",
		.usage = "NAME | none",
		.details =
			"It holds for this login on this machine. TASKCTL_CONTEXT says it for one command. Changes by "
			"-f are confined to what the context shows; ids name tasks wherever they are.",
		.words = COMMAND_NAMES,
		.examples = use_examples,
		.run = run_use },
	{ .name = "context set",
		.summary = "Make a context, or change it",
		.usage = "NAME (FILTER… | -f FILTER) [--write WORD]",
		.words = COMMAND_FILTER,
		.options = set_options,
		.examples = set_examples,
		.run = run_set },
	{ .name = "context delete",
		.summary = "Delete a context, and none of its tasks",
		.usage = "NAME",
		.words = COMMAND_NAMES,
		.run = run_delete },
	{ .name = NULL },
};
