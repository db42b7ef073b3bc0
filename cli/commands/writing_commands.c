/* What tasks say: words put to their titles, and their notes. */
#include "commands/families.h"

#include "bulk.h"
#include "common/cleanup.h"
#include "edit_session.h"
#include "editor.h"
#include "file_read.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"
#include "selection.h"
#include "task_print.h"
#include "terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NOTE_LIMIT ((size_t)256 * 1024) /* bytes, as the daemon has it */

static const struct bulk_act modify = { .method = "task.modify", .infinitive = "Change", .past = "Changed" };

/* --- append, prepend --- */

static enum error run_title_end(struct invocation *invocation, const char *param, struct trouble *trouble)
{
	json_auto_t *params = json_object();
	enum error error = selection_read_text(invocation, param, params, trouble);

	return error ? error : bulk_run(invocation, &modify, params, trouble);
}

static enum error run_append(struct invocation *invocation, struct trouble *trouble)
{
	return run_title_end(invocation, "append_title", trouble);
}

static enum error run_prepend(struct invocation *invocation, struct trouble *trouble)
{
	return run_title_end(invocation, "prepend_title", trouble);
}

/* --- note --- */

static void print_text(const json_t *text)
{
	struct buffer out;

	buffer_init(&out);
	terminal_clean_lines(&out, json_string_value(text), json_string_length(text));
	if (out.length && out.data[out.length - 1] != '\n')
		buffer_append_char(&out, '\n');
	(void)fwrite(out.data, 1, out.length, stdout);
	buffer_deinit(&out);
}

static void print_note(const struct invocation *invocation, const json_t *task)
{
	enum task_print_form form = task_print_form(&invocation->arguments);
	const json_t *note = json_object_get(task, "note");

	if (form == TASK_PRINT_JSON || form == TASK_PRINT_TEMPLATE)
		task_print_details(invocation, task);
	else if (note)
		print_text(note);
	else
		report_say(invocation, "Task %" JSON_INTEGER_FORMAT " has no note.",
			json_integer_value(json_object_get(task, "id")));
}

static enum error show_note(struct invocation *invocation, json_t *params, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = invocation_call(invocation, "task.get", params, &result, trouble);

	if (!error)
		print_note(invocation, json_object_get(result, "task"));
	return error;
}

/* Without the line feed at the end, which printing puts there. */
static enum error read_input(json_t **ret_text, struct trouble *trouble)
{
	enum error error = ERROR_NONE;
	struct buffer text;

	buffer_init(&text);
	if (!file_read_all(STDIN_FILENO, NOTE_LIMIT + 1, &text))
		error = errno == EFBIG ? trouble_usage(trouble, "the note on standard input is longer than 256 KiB")
				       : trouble_usage(trouble, "cannot read standard input: %s", strerror(errno));
	if (text.length && text.data[text.length - 1] == '\n')
		text.length--;
	*ret_text = error ? NULL : json_stringn(buffer_text(&text), text.length);
	buffer_deinit(&text);
	if (!error && !*ret_text)
		error = trouble_usage(trouble, "the note on standard input is not UTF-8");
	return error;
}

static bool is_standard_input(const struct word_list *words)
{
	return words->count == 2 && !words->items[1].is_literal && strcmp(words->items[1].text, "-") == 0;
}

static enum error set_note(struct invocation *invocation, json_t *params, struct trouble *trouble)
{
	json_t *text = NULL;
	enum error error = is_standard_input(&invocation->arguments.words)
				   ? read_input(&text, trouble)
				   : selection_join_words(invocation, 1, &text, trouble);

	if (error)
		return error;
	if (!json_string_length(text)) {
		json_decref(text);
		text = json_null();
	}
	(void)json_object_set_new(params, "note", text);
	return bulk_run(invocation, &modify, params, trouble);
}

static enum error run_note(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *params = json_object();
	json_t *id = NULL;
	enum error error = selection_read_one(invocation, &id, trouble);

	if (error)
		return error;
	(void)json_object_set_new(params, "id", id);
	return invocation->arguments.words.count == 1 ? show_note(invocation, params, trouble)
						      : set_note(invocation, params, trouble);
}

/* --- edit --- */

static enum error run_edit(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *id = NULL;
	enum error error = selection_read_one(invocation, &id, trouble);

	if (!error && invocation->arguments.words.count > 1) {
		error = trouble_usage(trouble, "edit takes one task, and its text in the editor");
		trouble_advise(trouble, "to change it in one line: taskctl modify ID CHANGES");
	}
	if (!error)
		error = editor_check(trouble);
	return error ? error : edit_session_run(invocation, json_incref(id), trouble);
}

static const struct argp_option *const title_options[] = { option_group_filter, option_group_confirming, NULL };
static const struct argp_option *const note_options[] = { option_group_dry_run, NULL };

static const struct command_example append_examples[] = {
	{ "append 3 and a loaf of bread", "behind the title" },
	{ "append -f project:book --yes '(second edition)'", "to each that a filter finds, in one step of undo" },
	{ NULL, NULL },
};

static const struct command_example prepend_examples[] = {
	{ "prepend 3 Tomorrow:", "before the title" },
	{ NULL, NULL },
};

static const struct command_example note_examples[] = {
	{ "note 3", "print it" },
	{ "note 3 Ring twice, the bell is faint", "in place of what it was" },
	{ "note 3 | sed 's/twice/three times/' | taskctl note 3 -", "through a program" },
	{ "note 3 \"\"", "no note any more" },
	{ NULL, NULL },
};

static const struct command_example edit_examples[] = {
	{ "edit 3", "in $VISUAL, $EDITOR or vi" },
	{ NULL, NULL },
};

const struct command writing_commands[] = {
	{ .name = "append",
		.summary = "Put words behind the titles of tasks",
		.usage = "(IDS | -f FILTER) TEXT…",
		.words = COMMAND_CHANGES,
		.takes_ids = true,
		.options = title_options,
		.examples = append_examples,
		.run = run_append },
	{ .name = "prepend",
		.summary = "Put words before the titles of tasks",
		.usage = "(IDS | -f FILTER) TEXT…",
		.words = COMMAND_CHANGES,
		.takes_ids = true,
		.options = title_options,
		.examples = prepend_examples,
		.run = run_prepend },
	{ .name = "note",
		.summary = "Print the note of a task, or set it",
		.usage = "ID [TEXT… | -]",
		.details = "With - it is what comes from standard input. An empty text takes the note off.",
		.words = COMMAND_CHANGES,
		.options = note_options,
		.examples = note_examples,
		.run = run_note },
	{ .name = "edit",
		.summary = "Edit a task in your editor",
		.usage = "ID",
		.details = "A line for each field, and the note below. What the daemon does not take is shown above, "
			   "and the "
			   "editor opened again. A text that comes to nothing stays in a file.",
		.words = COMMAND_IDS,
		.examples = edit_examples,
		.run = run_edit },
	{ .name = NULL },
};
