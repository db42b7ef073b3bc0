/* Custom fields: which an account has beside the usual ones. */
#include "commands/families.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "invocation.h"
#include "named.h"
#include "report.h"

#include <string.h>

static const struct view_column list_columns[] = {
	{ .heading = "Field", .is_kept = true },
	{ .heading = "Type", .is_kept = true },
	{ .heading = "Label", .least = 8, .shrinks = 2 },
	{ .heading = "Choices", .wraps = true, .least = 8, .shrinks = 1 },
	{ .heading = NULL },
};

static const struct report_field list_fields[] = {
	{ .heading = "Field", .name = "name" },
	{ .heading = "Type", .name = "type" },
	{ .heading = "Label", .name = "label" },
	{ .heading = "Choices", .name = "choices" },
	{ 0 },
};

static const struct report_list fields_list = {
	.columns = list_columns,
	.fields = list_fields,
	.id = "name",
	.nothing = "There are no fields of your own. Make one: taskctl field define cost number",
};

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *fields = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_collect(invocation, CALLER_ACCOUNT, "field.list", "fields", &fields, trouble);
	if (!error)
		report_objects(invocation, &fields_list, fields);
	return error;
}

/* --- define --- */

static json_t *split_choices(const char *text)
{
	json_t *choices = json_array();

	for (;;) {
		size_t length = strcspn(text, ",");

		(void)json_array_append_new(choices, json_stringn(text, length));
		if (!text[length])
			return choices;
		text += length + 1;
	}
}

static enum error read_definition(const struct invocation *invocation, json_t **ret_params, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	const struct word_list *words = &arguments->words;

	if (words->count != 2) {
		(void)trouble_usage(trouble, "a name and a type are wanted");
		trouble_advise(trouble, "for example: taskctl field define cost number");
		return ERROR_INVALID_PARAMS;
	}
	*ret_params = json_pack("{s:s, s:s, s:s*, s:o*}", "name", words->items[0].text, "type", words->items[1].text,
		"label", arguments->label, "choices", arguments->choices ? split_choices(arguments->choices) : NULL);
	return *ret_params ? ERROR_NONE : trouble_usage(trouble, "the definition is not UTF-8");
}

static enum error run_define(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *params = NULL;
	enum error error = read_definition(invocation, &params, trouble);

	return error ? error : named_change(invocation, "field.define", params, "Defined field", trouble);
}

static enum error run_delete(struct invocation *invocation, struct trouble *trouble)
{
	return named_delete(invocation, "field.delete", "field", "field define", trouble);
}

/* --- the table --- */

static const struct argp_option define_option_table[] = {
	{ .name = "choices",
		.key = ARGUMENT_CHOICES,
		.arg = "A,B,…",
		.doc = "what a field of the type string may hold" },
	{ .name = "label", .key = ARGUMENT_LABEL, .arg = "TEXT", .doc = "what it is called in tables" },
	{ 0 },
};

static const struct argp_option *const define_options[] = { define_option_table, NULL };

static const struct command_example define_examples[] = {
	{ "field define cost number", "then: taskctl add Printer --set cost=120" },
	{ "field define size string --choices S,M,L --label Size", "one out of three" },
	{ NULL, NULL },
};

const struct command field_commands[] = {
	{ .name = "field list",
		.summary = "List the fields that you have defined for your tasks",
		.usage = "",
		.run = run_list },
	{ .name = "field define",
		.summary = "Define a field of your own, for --set NAME=VALUE",
		.usage = "NAME string|number|date|duration [--label TEXT] [--choices A,B,…]",
		.words = COMMAND_NAMES,
		.options = define_options,
		.examples = define_examples,
		.run = run_define },
	{ .name = "field delete",
		.summary = "Delete a field that you have defined",
		.usage = "NAME",
		.words = COMMAND_NAMES,
		.run = run_delete },
	{ .name = NULL },
};
