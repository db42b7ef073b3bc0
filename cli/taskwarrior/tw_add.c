/* New tasks, also those that are done already; and taking the last change back. */
#include "active_context.h"
#include "change_words.h"
#include "common/cleanup.h"
#include "taskwarrior/tw.h"

#include <stdio.h>
#include <string.h>

/* --- add, log --- */

static enum error read_task(struct tw *tw, struct tw_changes *changes, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.words;
	enum error error = ERROR_NONE;

	if (tw_changes_may_need_fields(words->items, words->count))
		error = tw_load_fields(tw, trouble);
	if (!error)
		error = tw_changes_read(words->items, words->count, tw->fields, changes, trouble);
	if (!error && changes->text)
		error = change_words_set(changes->values, "title", changes->text, trouble);
	if (!error && !json_object_get(changes->values, "title")) {
		(void)trouble_usage(trouble, "Additional text must be provided.");
		trouble_advise(trouble, "for example: task add Buy milk project:home +shop");
		error = ERROR_INVALID_PARAMS;
	}
	return error ? error : change_words_make_new(changes->values, trouble);
}

/* What rc.default.project and rc.default.due say of a task that has none. */
static void put_default(const struct tw *tw, const char *setting, const char *param, json_t *values)
{
	const char *value = tw_rc_get(&tw->line.rc, setting);

	if (value && value[0] && !json_object_get(values, param))
		(void)json_object_set_new(values, param, json_string(value));
}

static enum error complete(struct tw *tw, const json_t *task, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:O}", "id", json_object_get(task, "uuid"));
	json_auto_t *result = NULL;

	return invocation_change(tw->invocation, "task.done", params, &result, trouble);
}

static void say_created(const struct tw *tw, const json_t *task)
{
	json_int_t series = json_integer_value(json_object_get(task, "series"));
	json_int_t id = series ? series : json_integer_value(json_object_get(task, "id"));

	if (tw_rc_says(&tw->line.rc, "new-uuid"))
		tw_say(tw, "new-uuid", "Created task %s%s.", json_string_value(json_object_get(task, "uuid")),
			series ? " (recurrence template)" : "");
	else
		tw_say(tw, "new-id", "Created task %" JSON_INTEGER_FORMAT "%s.", id,
			series ? " (recurrence template)" : "");
}

static enum error add(struct tw *tw, json_t *values, struct trouble *trouble)
{
	bool is_over = strcmp(tw->line.command->name, "log") == 0;
	json_auto_t *result = NULL;
	bool in_context = false;
	const json_t *task;
	enum error error;

	put_default(tw, "default.project", "project", values);
	put_default(tw, "default.due", "due", values);
	error = active_context_name(tw->invocation, values, &in_context, trouble);
	if (!error)
		error = invocation_change(tw->invocation, "task.add", values, &result, trouble);
	active_context_advise(error, values, trouble);
	if (error == ERROR_NOT_FOUND)
		trouble->exit_status = EXIT_USAGE; /* what it depends on, or the context */
	task = json_object_get(result, "task");
	if (!error && is_over)
		error = complete(tw, task, trouble);
	if (error || is_over)
		return error;
	say_created(tw, task);
	return ERROR_NONE;
}

enum error tw_run_add(struct tw *tw, struct trouble *trouble)
{
	struct tw_changes changes;
	enum error error;

	tw_changes_init(&changes);
	error = read_task(tw, &changes, trouble);
	if (!error)
		error = add(tw, changes.values, trouble);
	tw_changes_deinit(&changes);
	return error;
}

/* --- undo --- */

static enum error look(struct tw *tw, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:i, s:b}", "steps", 1, "dry_run", 1);
	json_auto_t *result = NULL;
	const json_t *step;
	enum error error = invocation_change(tw->invocation, "history.undo", params, &result, trouble);

	if (error)
		return error;
	step = json_array_get(json_object_get(result, "steps"), 0);
	(void)printf("\nThe last modification was made %s: %s of %" JSON_INTEGER_FORMAT " task(s)\n\n",
		json_string_value(json_object_get(step, "at")), json_string_value(json_object_get(step, "action")),
		json_integer_value(json_object_get(step, "count")));
	return ERROR_NONE;
}

enum error tw_run_undo(struct tw *tw, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:i}", "steps", 1);
	json_auto_t *result = NULL;
	enum error error = look(tw, trouble);

	if (error)
		return error;
	if (tw_rc_is_on(&tw->line.rc, "confirmation") &&
		!tw_confirm("Are you sure you want to revert to the previous state?")) {
		(void)puts("No changes made.");
		return ERROR_NONE;
	}
	error = invocation_change(tw->invocation, "history.undo", params, &result, trouble);
	if (error)
		return error;
	(void)puts(json_array_size(json_object_get(result, "removed")) ? "Task removed." : "Modification reverted.");
	tw_note(tw, "To do it again: taskctl redo");
	return ERROR_NONE;
}
