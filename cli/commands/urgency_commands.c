/* What makes tasks urgent: the coefficients, shown and set. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "invocation.h"
#include "report.h"

/* --- urgency --- */

static const struct view_column list_columns[] = {
	{ .heading = "Own", .shrinks = 1 },
	{ .heading = "Name", .is_kept = true, .least = 16, .shrinks = 1 },
	{ .heading = "Value", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "Default", .align = VIEW_RIGHT },
	{ .heading = NULL },
};

static const struct report_field list_fields[] = {
	{ .heading = "Own", .name = "mark" },
	{ .heading = "Name", .name = "name" },
	{ .heading = "Value", .name = "value" },
	{ .heading = "Default", .name = "default" },
	{ 0 },
};

static const struct report_list urgency_list = {
	.columns = list_columns,
	.fields = list_fields,
	.id = "name",
	.mark = "own",
	.nothing = "There is no coefficient.",
};

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_call(invocation, "urgency.list", NULL, &result, trouble);
	if (!error)
		report_objects(invocation, &urgency_list, json_object_get(result, "coefficients"));
	return error;
}

/* --- urgency set, urgency unset --- */

static enum error set_coefficient(
	struct invocation *invocation, const char *name, json_t *value, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s, s:o}", "name", name, "value", value);
	json_auto_t *result = NULL;
	json_t *coefficient;
	struct buffer line;
	enum error error;

	if (!params)
		return trouble_usage(trouble, "the name is not UTF-8");
	error = invocation_change(invocation, "urgency.set", params, &result, trouble);
	if (error)
		return error;
	coefficient = json_object_get(result, "coefficient");
	if (invocation->arguments.is_json)
		report_json(coefficient);
	buffer_init(&line);
	report_append_member(&line, coefficient, "name");
	buffer_append_text(&line, " counts ");
	report_append_member(&line, coefficient, "value");
	report_say(invocation, "%s.", buffer_text(&line));
	buffer_deinit(&line);
	return ERROR_NONE;
}

/* A JSON number, as the wire has it. */
static json_t *read_number(const char *text)
{
	json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);

	if (json_is_number(value))
		return value;
	json_decref(value);
	return NULL;
}

static enum error run_set(struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	json_t *value;

	if (words->count != 2)
		return trouble_usage(
			trouble, "which coefficient, and how much? For example: taskctl urgency set due 10");
	value = read_number(words->items[1].text);
	if (!value)
		return trouble_usage(
			trouble, "how much is `%s`? It must be a number, such as 10 or -2.5", words->items[1].text);
	return set_coefficient(invocation, words->items[0].text, value, trouble);
}

static enum error run_unset(struct invocation *invocation, struct trouble *trouble)
{
	const char *name;
	enum error error = invocation_take_word(invocation, "NAME", &name, trouble);

	return error ? error : set_coefficient(invocation, name, json_null(), trouble);
}

static const struct command_example set_examples[] = {
	{ "urgency set due 20", "a term of Taskwarrior's counts more" },
	{ "urgency set user.project.home 3", "everything in a project, and below it" },
	{ "urgency set -- user.tag.someday -5", "a number below 0 looks like an option" },
	{ NULL, NULL },
};

static const struct command_example unset_examples[] = {
	{ "urgency unset due", "back to what it is for everybody" },
	{ NULL, NULL },
};

const struct command urgency_commands[] = {
	{ .name = "urgency",
		.summary = "Show what makes tasks urgent, and how much",
		.usage = "",
		.details =
			"Each term of a task is multiplied by what is shown here; taskctl show says what came of it.",
		.run = run_list },
	{ .name = "urgency list", .summary = "The same", .usage = "", .run = run_list },
	{ .name = "urgency set",
		.summary = "Let something make tasks more urgent, or less",
		.usage = "NAME VALUE",
		.details = "NAME is one that taskctl urgency shows, or user.project.NAME, user.tag.NAME,\n"
			   "user.field.NAME or user.field.NAME.VALUE. VALUE is from -1000 to 1000.",
		.words = COMMAND_NAMES,
		.examples = set_examples,
		.run = run_set },
	{ .name = "urgency unset",
		.summary = "Give a coefficient back its default",
		.usage = "NAME",
		.words = COMMAND_NAMES,
		.examples = unset_examples,
		.run = run_unset },
	{ .name = NULL },
};
