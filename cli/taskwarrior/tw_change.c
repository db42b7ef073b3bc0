/* Commands that change tasks: look, ask as Taskwarrior does, change all of them in one step, and say so. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "taskwarrior/tw.h"
#include "taskwarrior/tw_act.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define IDS_MOST 1000u /* that the daemon takes at once */

/* A change on its way. */
struct change {
	struct tw *tw;
	const struct tw_act *act;
	struct tw_changes changes;
	json_t *tasks;  /* that were found; owned */
	json_t *ids;    /* of those that it is for: uuids; owned */
	json_t *chosen; /* these tasks; owned */
	bool says_all;
	bool says_quit;
};

static const char *text_of(const json_t *task, const char *name)
{
	const char *text = json_string_value(json_object_get(task, name));

	return text ? text : "";
}

/* --- questions --- */

static const char *complete_answer(const char *answer)
{
	static const char *const answers[] = { "yes", "no", "all", "quit" };

	for (size_t i = 0; answer[0] && i < COUNT_OF(answers); i++)
		if (strncasecmp(answers[i], answer, strlen(answer)) == 0)
			return answers[i];
	return "no";
}

/* One of several. */
static bool ask_among(struct change *change, const char *question)
{
	char line[TW_ANSWER_SIZE];
	const char *answer;

	tw_ask(question, "yes/no/all/quit", line);
	answer = complete_answer(line);
	change->says_all = strcmp(answer, "all") == 0;
	change->says_quit = strcmp(answer, "quit") == 0;
	return change->says_all || strcmp(answer, "yes") == 0;
}

/*
 * One task is asked about where the command is one of those that are, and rc.confirmation is on; several from rc.bulk
 * on, whatever rc.confirmation says.
 */
static bool is_allowed(struct change *change, const char *question)
{
	const struct tw_rc *rc = &change->tw->line.rc;
	bool is_confirmed = change->act->is_confirmed && tw_rc_is_on(rc, "confirmation");
	size_t count = json_array_size(change->tasks);
	int64_t bulk = tw_rc_number(rc, "bulk");

	if (change->says_all || change->says_quit)
		return change->says_all;
	if (count == 1)
		return !is_confirmed || tw_confirm(question);
	if ((!bulk || (int64_t)count < bulk) && !is_confirmed)
		return true;
	return ask_among(change, question);
}

static void consider(struct change *change, json_t *task)
{
	const struct tw_act *act = change->act;
	char name[TW_TASK_NAME_SIZE];
	struct buffer question;

	tw_act_name_task(task, name);
	if (!tw_act_is_for(act, task)) {
		if (act->ineligible)
			tw_say(change->tw, "affected", "Task %s '%s' %s", name, text_of(task, "title"),
				act->ineligible);
		return;
	}
	buffer_init(&question);
	buffer_printf(&question, "%s task %s '%s'?", act->infinitive, name, text_of(task, "title"));
	if (is_allowed(change, buffer_text(&question))) {
		(void)json_array_append(change->chosen, task);
		(void)json_array_append(change->ids, json_object_get(task, "uuid"));
	} else {
		tw_say(change->tw, "affected", "Task not %c%s.", act->past[0] | 0x20, act->past + 1);
	}
	buffer_deinit(&question);
}

static void choose(struct change *change)
{
	size_t count = json_array_size(change->tasks);
	json_t *task;
	size_t index;

	if (count > 1)
		tw_say(change->tw, "affected", "This command will alter %zu tasks.", count);
	json_array_foreach (change->tasks, index, task)
		consider(change, task);
}

/* --- changing --- */

/* The ids from `first` on, as many as one call takes. */
static json_t *slice_ids(const json_t *ids, size_t first)
{
	json_t *slice = json_array();

	for (size_t i = first; i < json_array_size(ids) && i < first + IDS_MOST; i++)
		(void)json_array_append(slice, json_array_get(ids, i));
	return slice;
}

/* A step of the history for each thousand; the result is that of the first. */
static enum error call(
	struct change *change, const char *method, const json_t *params, json_t **ret_result, struct trouble *trouble)
{
	enum error error = ERROR_NONE;

	for (size_t first = 0; !error && first < json_array_size(change->ids); first += IDS_MOST) {
		json_auto_t *part = json_copy((json_t *)(uintptr_t)params);
		json_auto_t *result = NULL;

		(void)json_object_set_new(part, "ids", slice_ids(change->ids, first));
		error = invocation_change(change->tw->invocation, method, part, &result, trouble);
		if (!error && !first)
			*ret_result = json_incref(result);
	}
	return error;
}

/* Each task gets a title of its own. */
static enum error substitute(struct change *change, struct trouble *trouble)
{
	json_t *task;
	size_t index;
	enum error error = ERROR_NONE;

	json_array_foreach (change->chosen, index, task) {
		AUTO_FREE char *title = tw_changes_substitute(&change->changes, text_of(task, "title"));
		json_auto_t *params = json_pack("{s:O, s:s}", "id", json_object_get(task, "uuid"), "title", title);
		json_auto_t *result = NULL;

		if (strcmp(title, text_of(task, "title")) != 0)
			error = invocation_change(change->tw->invocation, "task.modify", params, &result, trouble);
		if (error)
			return error;
		(void)json_object_set_new(task, "title", json_string(title));
	}
	return ERROR_NONE;
}

/* What else a line says of tasks that it completes, starts or deletes: its text is a remark. */
static enum error change_before(struct change *change, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s*}", "text", change->changes.text);
	json_auto_t *result = NULL;
	enum error error = ERROR_NONE;

	if (change->act->wording != TW_TEXT_REMARK)
		return ERROR_NONE;
	if (change->changes.text)
		error = call(change, "task.annotate", params, &result, trouble);
	json_decref(result);
	result = NULL;
	if (!error && json_object_size(change->changes.values))
		error = call(change, "task.modify", change->changes.values, &result, trouble);
	return error;
}

static void put_text(struct change *change, json_t *params)
{
	if (change->act->text && change->changes.text)
		(void)json_object_set_new(params, change->act->text, json_string(change->changes.text));
	if (change->act->has_children)
		(void)json_object_set_new(params, "children", json_string("keep"));
}

/* The titles that tasks have now, for the lines that show those. */
static void take_titles(struct change *change, const json_t *result)
{
	const json_t *after;
	size_t index;

	json_array_foreach (json_object_get(result, "tasks"), index, after) {
		json_t *task;
		size_t at;

		json_array_foreach (change->chosen, at, task)
			if (strcmp(text_of(task, "uuid"), text_of(after, "uuid")) == 0)
				(void)json_object_set(task, "title", json_object_get(after, "title"));
	}
}

/* The remarks that went. */
static void say_denotated(const struct change *change, const json_t *task)
{
	const json_t *annotation;
	size_t index;

	json_array_foreach (json_object_get(task, "annotations"), index, annotation)
		if (strstr(text_of(annotation, "text"), change->changes.text))
			tw_say(change->tw, "affected", "Found annotation '%s' and deleted it.",
				text_of(annotation, "text"));
}

static void say_each(const struct change *change, const json_t *result)
{
	json_int_t copy =
		json_integer_value(json_object_get(json_array_get(json_object_get(result, "tasks"), 0), "id"));
	const json_t *task;
	size_t index;

	json_array_foreach (change->chosen, index, task) {
		char name[TW_TASK_NAME_SIZE];

		tw_act_name_task(task, name);
		if (change->act->doing)
			tw_say(change->tw, "affected", "%s task %s '%s'.", change->act->doing, name,
				text_of(task, "title"));
		else
			say_denotated(change, task);
		if (change->act->makes_new)
			tw_say(change->tw, "new-id", "Created task %" JSON_INTEGER_FORMAT ".",
				copy + (json_int_t)index);
	}
}

static enum error apply(struct change *change, struct trouble *trouble)
{
	bool has_remark = change->act->wording == TW_TEXT_REMARK;
	json_auto_t *params = has_remark ? json_object() : json_incref(change->changes.values);
	json_auto_t *result = NULL;
	enum error error = change_before(change, trouble);

	if (!error && change->changes.from)
		error = substitute(change, trouble);
	put_text(change, params);
	if (!error && (json_object_size(params) || has_remark || change->act->eligible == TW_DELETED ||
			      change->act->makes_new))
		error = call(change, change->act->method, params, &result, trouble);
	if (error == ERROR_CONFLICT && !change->act->doing)
		trouble->exit_status = EXIT_USAGE; /* there is no such remark */
	if (error)
		return error;
	if (change->act->is_after_that)
		take_titles(change, result);
	say_each(change, result);
	return ERROR_NONE;
}

/* --- the command --- */

static enum error check(struct change *change, struct trouble *trouble)
{
	const struct tw_line *line = &change->tw->line;

	if (!line->filter.count &&
		(!tw_rc_is_on(&line->rc, "allow.empty.filter") ||
			!tw_confirm("This command has no filter, and will modify all (including completed and "
				    "deleted) tasks.  Are you sure?")))
		return trouble_usage(trouble, "Command prevented from running.");
	if (change->act->wording == TW_TEXT_OWN && !change->changes.text)
		return trouble_usage(trouble, "Additional text must be provided.");
	if (json_object_get(change->changes.values, "recur")) {
		(void)trouble_usage(trouble, "how often a task comes again is a matter of its series");
		trouble_advise(trouble, "to change it: taskctl series modify ID recur:RULE");
		return ERROR_INVALID_PARAMS;
	}
	return ERROR_NONE;
}

static enum error read_words(struct change *change, struct trouble *trouble)
{
	const struct word_list *words = &change->tw->line.words;
	enum error error = ERROR_NONE;

	if (tw_changes_may_need_fields(words->items, words->count))
		error = tw_load_fields(change->tw, trouble);
	if (!error)
		error = tw_changes_read(words->items, words->count, change->tw->fields, &change->changes, trouble);
	return error ? error : check(change, trouble);
}

static bool is_nothing_to_do(const struct change *change)
{
	return strcmp(change->act->command, "modify") == 0 && !json_object_size(change->changes.values) &&
	       !change->changes.text && !change->changes.from;
}

static enum error run_change(struct change *change, struct trouble *trouble)
{
	size_t count;
	enum error error = read_words(change, trouble);

	if (!error)
		error = tw_find_tasks(change->tw, &change->tasks, trouble);
	if (error)
		return error;
	if (!json_array_size(change->tasks)) {
		tw_note(change->tw, "No tasks specified.");
		return tw_fail(trouble);
	}
	if (!is_nothing_to_do(change))
		choose(change);
	count = json_array_size(change->chosen);
	if (count)
		error = apply(change, trouble);
	if (error)
		return error;
	tw_say(change->tw, "affected", "%s %zu task%s.", change->act->past, count, count == 1 ? "" : "s");
	return count || is_nothing_to_do(change) ? ERROR_NONE : tw_fail(trouble);
}

enum error tw_run_change(struct tw *tw, struct trouble *trouble)
{
	struct change change = {
		.tw = tw, .act = tw_act_find(tw->line.command->name), .ids = json_array(), .chosen = json_array()
	};
	enum error error;

	tw_changes_init(&change.changes);
	error = run_change(&change, trouble);
	tw_changes_deinit(&change.changes);
	json_decref(change.tasks);
	json_decref(change.ids);
	json_decref(change.chosen);
	return error;
}
