/* Taking back what was done, and doing it again. */
#include "commands/families.h"

#include "common/text.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"
#include "signs.h"
#include "terminal.h"

#include <stdio.h>
#include <unistd.h>

#define STEPS_MOST 1000
#define TASKS_MOST 10 /* that are named below the steps */

struct journey {
	const char *method;
	const char *past;
	const char *foreseen;
	const char *back; /* the command that goes the other way, and what to say of it */
};

static const struct journey undo_journey = {
	.method = "history.undo", .past = "Undone", .foreseen = "Would undo", .back = "To do it again: taskctl redo"
};
static const struct journey redo_journey = {
	.method = "history.redo", .past = "Redone", .foreseen = "Would redo", .back = "To take it back: taskctl undo"
};

static void print_step(const char *what, const json_t *step)
{
	json_int_t count = json_integer_value(json_object_get(step, "count"));
	struct buffer line;

	buffer_init(&line);
	buffer_printf(&line, "%s: ", what);
	report_append_member(&line, step, "action");
	buffer_printf(&line, " of %" JSON_INTEGER_FORMAT " task%s, from ", count, count == 1 ? "" : "s");
	report_append_time(&line, json_string_value(json_object_get(step, "at")));
	(void)puts(buffer_text(&line));
	buffer_deinit(&line);
}

static void append_task(struct buffer *out, const json_t *task)
{
	const json_t *title = json_object_get(task, "title");

	buffer_printf(out, "  task %" JSON_INTEGER_FORMAT ": ", json_integer_value(json_object_get(task, "id")));
	terminal_clean(out, json_string_value(title), json_string_length(title));
	buffer_append_char(out, '\n');
}

/* It was added by what is taken back. */
static void append_removed(struct buffer *out, const json_t *id)
{
	buffer_printf(out, "  task %" JSON_INTEGER_FORMAT ", removed\n", json_integer_value(id));
}

/* What the steps were about, so that the wrong one is seen at once. */
static void print_tasks_touched(const json_t *result)
{
	const json_t *tasks = json_object_get(result, "tasks");
	const json_t *removed = json_object_get(result, "removed");
	size_t total = json_array_size(tasks) + json_array_size(removed);
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < total && i < TASKS_MOST; i++)
		if (i < json_array_size(tasks))
			append_task(&out, json_array_get(tasks, i));
		else
			append_removed(&out, json_array_get(removed, i - json_array_size(tasks)));
	if (total > TASKS_MOST)
		signs_append(&out, "  … and more; see: taskctl history\n");
	(void)fputs(buffer_text(&out), stdout);
	buffer_deinit(&out);
}

/* Tasks of series that have two now. */
static void say_also_open(const struct invocation *invocation, const json_t *ids)
{
	const json_t *id;
	size_t index;

	json_array_foreach (ids, index, id)
		report_say(invocation,
			"Task %" JSON_INTEGER_FORMAT
			" of the same series is open as well. To leave it out: taskctl delete "
			"%" JSON_INTEGER_FORMAT,
			json_integer_value(id), json_integer_value(id));
}

static void print_steps_done(const struct invocation *invocation, const struct journey *journey, const json_t *result)
{
	bool is_trial = invocation->arguments.is_dry_run;
	const json_t *step;
	size_t index;

	if (invocation->arguments.is_json)
		report_json(result);
	if (invocation->arguments.is_json || invocation->arguments.is_quiet)
		return;
	json_array_foreach (json_object_get(result, "steps"), index, step)
		print_step(is_trial ? journey->foreseen : journey->past, step);
	print_tasks_touched(result);
	say_also_open(invocation, json_object_get(result, "also_open"));
	if (!is_trial && isatty(STDERR_FILENO))
		report_say(invocation, "%s", journey->back);
}

static enum error travel(struct invocation *invocation, const struct journey *journey, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	json_auto_t *params = json_object();
	json_auto_t *result = NULL;
	int64_t steps = 1;
	enum error error;

	if (words->count > 1 || (words->count && !text_parse_integer(words->items[0].text, 1, STEPS_MOST, &steps)))
		return trouble_usage(trouble, "how many steps is a number from 1 to %d, and here is `%s`", STEPS_MOST,
			words->items[words->count - 1].text);
	(void)json_object_set_new(params, "steps", json_integer(steps));
	if (invocation->arguments.is_dry_run)
		(void)json_object_set_new(params, "dry_run", json_true());
	error = invocation_change(invocation, journey->method, params, &result, trouble);
	if (!error)
		print_steps_done(invocation, journey, result);
	return error;
}

static enum error run_undo(struct invocation *invocation, struct trouble *trouble)
{
	return travel(invocation, &undo_journey, trouble);
}

static enum error run_redo(struct invocation *invocation, struct trouble *trouble)
{
	return travel(invocation, &redo_journey, trouble);
}

/* --- the table --- */

static const struct argp_option travel_option_table[] = {
	{ .name = "dry-run", .key = ARGUMENT_DRY_RUN, .doc = "change nothing, and show what would change" },
	{ 0 },
};

static const struct argp_option *const travel_options[] = { travel_option_table, NULL };

static const struct command_example undo_examples[] = {
	{ "undo --dry-run", "what it would be" },
	{ NULL, NULL },
};

const struct command undo_commands[] = {
	{ .name = "undo",
		.summary = "Take back the last change, or the last N",
		.usage = "[N]",
		.details = "A change is what one command did, be it to one task or to thousands. Where something has "
			   "changed since that stands in the way, it says what, and nothing happens.",
		.words = COMMAND_NAMES,
		.options = travel_options,
		.examples = undo_examples,
		.run = run_undo },
	{ .name = "redo",
		.summary = "Do again what was taken back last",
		.usage = "[N]",
		.words = COMMAND_NAMES,
		.options = travel_options,
		.run = run_redo },
	{ .name = NULL },
};
