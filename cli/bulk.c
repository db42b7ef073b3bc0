/* Look, ask, change. */
#include "bulk.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "doubts.h"
#include "prompt.h"
#include "report.h"
#include "signs.h"
#include "task_print.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define ASK_FROM     3  /* tasks at once */
#define TRIES        5  /* when others change tasks between looking and changing */
#define PREVIEW_MOST 10 /* lines of a question */

static json_int_t count_of(const json_t *result)
{
	return json_integer_value(json_object_get(result, "count"));
}

/* --- what was done --- */

static void append_task_line(struct buffer *out, const char *what, const json_t *task)
{
	const json_t *title = json_object_get(task, "title");

	buffer_append_text(out, what);
	if (json_object_get(task, "id"))
		buffer_printf(out, " %" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(task, "id")));
	buffer_append_text(out, ": ");
	terminal_clean(out, json_string_value(title), json_string_length(title));
	buffer_append_char(out, '\n');
}

static void append_lines(struct buffer *out, const char *what, const json_t *result, size_t most)
{
	const json_t *tasks = json_object_get(result, "tasks");
	size_t shown = json_array_size(tasks) < most ? json_array_size(tasks) : most;
	json_int_t more = count_of(result) - (json_int_t)shown;

	for (size_t i = 0; i < shown; i++)
		append_task_line(out, what, json_array_get(tasks, i));
	if (more > 0)
		buffer_printf(out, "%s and %" JSON_INTEGER_FORMAT " more\n", sign_text(SIGN_ELLIPSIS), more);
}

static void print_lines(FILE *stream, const char *what, const json_t *result, size_t most)
{
	struct buffer out;

	buffer_init(&out);
	append_lines(&out, what, result, most);
	if (out.length)
		(void)fwrite(out.data, 1, out.length, stream);
	buffer_deinit(&out);
}

static void say_undo(const struct invocation *invocation, const struct bulk_act *act, const json_t *result)
{
	if (act->is_final)
		report_say(invocation, "Nothing brings %s back.", count_of(result) == 1 ? "it" : "them");
	else if (!act->is_light || count_of(result) >= ASK_FROM)
		report_undo(invocation);
}

static bool is_series(const json_t *task)
{
	return json_is_string(json_object_get(task, "recur"));
}

/* What becomes of the series of which there is something in the bin now. */
static void say_series(const struct invocation *invocation, const struct bulk_act *act, const json_t *result)
{
	const json_t *task;
	size_t index;

	if (!act->ends_series)
		return;
	json_array_foreach (json_object_get(result, "tasks"), index, task) {
		if (is_series(task))
			report_say(invocation, "Series %" JSON_INTEGER_FORMAT " has ended: no more tasks come of it.",
				json_integer_value(json_object_get(task, "id")));
		else if (json_is_integer(json_object_get(task, "series")) && count_of(result) == 1)
			report_say(invocation,
				"Its series goes on. To end that as well: taskctl delete %" JSON_INTEGER_FORMAT,
				json_integer_value(json_object_get(task, "series")));
	}
}

static void print_people(const struct invocation *invocation, const struct bulk_act *act, const json_t *result)
{
	char what[64];

	if (invocation->arguments.is_dry_run && act->makes_new)
		(void)snprintf(what, sizeof(what), "Would add");
	else if (invocation->arguments.is_dry_run)
		(void)snprintf(what, sizeof(what), "Would %c%s task", act->infinitive[0] | 0x20, act->infinitive + 1);
	else
		(void)snprintf(what, sizeof(what), "%s task", act->past);
	print_lines(stdout, what, result, SIZE_MAX);
	if (invocation->arguments.is_dry_run)
		return;
	say_series(invocation, act, result);
	say_undo(invocation, act, result);
}

static void print_list(const struct invocation *invocation, const json_t *result)
{
	struct task_list_printer printer;

	task_list_print_begin(&printer, invocation);
	task_list_print_page(&printer, json_object_get(result, "tasks"));
	(void)task_list_print_end(&printer);
}

/* New tasks have ids one behind the other; the answer shows the first of them. */
static void print_new_ids(const struct invocation *invocation, const json_t *result)
{
	json_t *first = json_object_get(json_array_get(json_object_get(result, "tasks"), 0), "id");

	if (invocation->arguments.is_dry_run)
		return;
	for (json_int_t i = 0; i < count_of(result); i++)
		(void)printf("%" JSON_INTEGER_FORMAT "\n", json_integer_value(first) + i);
}

static void print_result(const struct invocation *invocation, const struct bulk_act *act, json_t *result)
{
	switch (task_print_form(&invocation->arguments)) {
	case TASK_PRINT_TABLE:
		print_people(invocation, act, result);
		break;
	case TASK_PRINT_JSON:
		task_print_result(&invocation->arguments, result);
		break;
	case TASK_PRINT_TEMPLATE:
	case TASK_PRINT_PLAIN:
	case TASK_PRINT_CSV:
		print_list(invocation, result);
		break;
	case TASK_PRINT_IDS:
		if (act->makes_new)
			print_new_ids(invocation, result);
		break;
	}
}

/* --- the question --- */

/* One id, or two; what a filter finds is not known before it was tried. */
static bool is_surely_few(const json_t *params)
{
	const json_t *ids = json_object_get(params, "ids");

	return json_object_get(params, "id") || (ids && json_array_size(ids) < ASK_FROM);
}

static enum error refuse_unasked(const struct bulk_act *act, json_int_t count, struct trouble *trouble)
{
	(void)trouble_usage(trouble, "this would %s %" JSON_INTEGER_FORMAT " task%s%s, and nobody can be asked",
		act->is_final ? "remove" : "change", count, count == 1 ? "" : "s", act->is_final ? " for good" : "");
	trouble_advise(trouble, "if that is what you want, add --yes; to look first, add --dry-run");
	return ERROR_INVALID_PARAMS;
}

static enum error refuse_declined(struct trouble *trouble)
{
	(void)trouble_set(trouble, ERROR_CONFLICT, "nothing was changed");
	trouble->exit_status = EXIT_INTERRUPTED;
	return ERROR_CONFLICT;
}

static enum error ask(const struct bulk_act *act, const json_t *found, struct trouble *trouble)
{
	json_int_t count = count_of(found);
	char question[96];

	if (!prompt_is_possible())
		return refuse_unasked(act, count, trouble);
	print_lines(stderr, "  task", found, PREVIEW_MOST);
	if (count == 1)
		(void)snprintf(question, sizeof(question), "%s this task?", act->infinitive);
	else
		(void)snprintf(
			question, sizeof(question), "%s these %" JSON_INTEGER_FORMAT " tasks?", act->infinitive, count);
	return prompt_confirm(question) ? ERROR_NONE : refuse_declined(trouble);
}

/* --- running --- */

static enum error try_dry(struct invocation *invocation, const struct bulk_act *act, const json_t *params,
	json_t **ret_found, struct trouble *trouble)
{
	json_auto_t *trial = json_copy((json_t *)(uintptr_t)params);

	(void)json_object_set_new(trial, "dry_run", json_true());
	return invocation_change(invocation, act->method, trial, ret_found, trouble);
}

static enum error look_and_change(struct invocation *invocation, const struct bulk_act *act, const json_t *params,
	json_t **ret_result, struct trouble *trouble)
{
	json_auto_t *found = NULL;
	json_auto_t *change = NULL;
	enum error error = try_dry(invocation, act, params, &found, trouble);

	if (!error && count_of(found) >= (act->is_final ? 1 : ASK_FROM))
		error = ask(act, found, trouble);
	if (error)
		return error;
	change = json_copy((json_t *)(uintptr_t)params);
	(void)json_object_set(change, "if_revision", json_object_get(found, "revision"));
	return invocation_change(invocation, act->method, change, ret_result, trouble);
}

static bool has_moved(enum error error, const struct trouble *trouble)
{
	return error == ERROR_CONFLICT && strcmp(trouble->refusal.field, "if_revision") == 0;
}

static enum error change(struct invocation *invocation, const struct bulk_act *act, json_t *params, json_t **ret_result,
	struct trouble *trouble)
{
	enum error error;

	if (invocation->arguments.is_dry_run)
		return try_dry(invocation, act, params, ret_result, trouble);
	if (invocation->arguments.is_confirmed || (!act->is_final && is_surely_few(params)))
		return invocation_change(invocation, act->method, params, ret_result, trouble);
	error = look_and_change(invocation, act, params, ret_result, trouble);
	for (int tries = 1; has_moved(error, trouble) && tries < TRIES; tries++)
		error = look_and_change(invocation, act, params, ret_result, trouble);
	return error;
}

/* --- open children --- */

static bool has_open_children(enum error error, const struct trouble *trouble)
{
	return error == ERROR_CONFLICT && strcmp(trouble->refusal.field, "children") == 0;
}

static void set_children(const char *what, json_t *params)
{
	(void)json_object_set_new(params, "children", json_string(what));
}

/* The trouble names them, and behind a semicolon how to say it on the wire. */
static enum error ask_about_children(const struct bulk_act *act, json_t *params, struct trouble *trouble)
{
	char *message = trouble->refusal.message;
	char question[512];
	char answer[16];

	message[strcspn(message, ";")] = '\0';
	if (!prompt_is_possible()) {
		trouble_advise(trouble, "for them as well: --with-children; to leave them open: --keep-children");
		return ERROR_CONFLICT;
	}
	(void)snprintf(question, sizeof(question), "%s.\n%s them too? [y/N/keep]", message, act->infinitive);
	prompt_answer(question, answer, sizeof(answer));
	if (strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0)
		set_children(act->children, params);
	else if (strcasecmp(answer, "k") == 0 || strcasecmp(answer, "keep") == 0)
		set_children("keep", params);
	else
		return refuse_declined(trouble);
	return ERROR_NONE;
}

static enum error change_with_children(struct invocation *invocation, const struct bulk_act *act, json_t *params,
	json_t **ret_result, struct trouble *trouble)
{
	enum error error;

	if (act->children && invocation->arguments.wants_children)
		set_children(act->children, params);
	else if (act->children && invocation->arguments.keeps_children)
		set_children("keep", params);
	error = change(invocation, act, params, ret_result, trouble);
	if (!act->children || !has_open_children(error, trouble))
		return error;
	error = ask_about_children(act, params, trouble);
	return error ? error : change(invocation, act, params, ret_result, trouble);
}

/* The trouble names the series, and behind a semicolon how to change it on the wire. */
static enum error advise_about_series(const struct bulk_act *act, enum error error, struct trouble *trouble)
{
	char *message = trouble->refusal.message;

	if (error == ERROR_CONFLICT && strcmp(trouble->refusal.field, "series") == 0) {
		message[strcspn(message, ";")] = '\0';
		trouble_advise(trouble, "%s",
			act->makes_new
				? "one of its tasks can be duplicated: name that"
				: "to change it, and the task of it that is open: taskctl series modify ID CHANGES");
	}
	return error;
}

static enum error refuse_nothing_found(
	struct invocation *invocation, const json_t *params, const json_t *result, struct trouble *trouble)
{
	const char *filter = json_string_value(json_object_get(params, "filter"));
	struct buffer reason;

	if (task_print_form(&invocation->arguments) == TASK_PRINT_JSON)
		task_print_result(&invocation->arguments, result);
	buffer_init(&reason);
	doubts_explain_filter(invocation, filter ? filter : "", &reason);
	(void)trouble_set(
		trouble, ERROR_NOT_FOUND, "no task matches%s%s", reason.length ? ": " : "", buffer_text(&reason));
	buffer_deinit(&reason);
	return ERROR_NOT_FOUND;
}

enum error bulk_run(struct invocation *invocation, const struct bulk_act *act, json_t *params, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = change_with_children(invocation, act, params, &result, trouble);

	if (error)
		return advise_about_series(act, error, trouble);
	if (!count_of(result))
		return refuse_nothing_found(invocation, params, result, trouble);
	print_result(invocation, act, result);
	doubts_say(invocation, result, invocation->arguments.words.items, invocation->arguments.words.count);
	return ERROR_NONE;
}
